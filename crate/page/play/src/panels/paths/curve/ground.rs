//! The map that a target is on: that of what plays, amSynth with the page's model or a person's own, or a domain of
//! recorded tones. Another map is another target, and ends the search.

use std::rc::Rc;

use plane::Map;
use plane::preset_layers::LAYERS;
use serde::Serialize;

use super::PathsCurveRemark;
use crate::panels::PanelId;
use crate::panels::paths::PathsWay;
use crate::reduce::Reducer;
use crate::state::State;
use crate::tone_domain::ToneDomain;

/// The name of each domain in the names of its files, and the key at which its map was measured: the middle one of its
/// notes (`latent-pad timbre plane`).
const TONES: [(&str, u8); ToneDomain::ALL.len()] =
    [("strings", 64), ("voices", 63), ("winds", 65), ("brass", 63), ("amsynth", 60)];

/// A domain of recorded tones, as a measurement needs it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsTones {
    /// Its name in the names of its files.
    pub domain: String,
    /// The MIDI key at which its map was measured.
    pub key: u8,
}

/// The map that plays.
#[derive(Clone, Debug)]
pub(super) struct TargetGround {
    pub map: Rc<Map>,
    domain: Option<ToneDomain>,
}

/// The map that the target is on.
#[derive(Clone, Debug, Default)]
pub(super) struct GroundState {
    ground: Option<TargetGround>,
    /// True if a person has been shown the curve: the target has the range of a map, or lacks one.
    is_known: bool,
}

impl GroundState {
    /// The map; `None` while the page has none.
    pub fn get(&self) -> Option<&TargetGround> {
        self.ground.as_ref()
    }
}

impl TargetGround {
    fn of(state: &State) -> Option<Self> {
        let map = state.library.map.clone()?;
        Some(Self { map, domain: state.sound.instruments.domain })
    }

    /// True if what is measured of a sound are the layers of the map.
    pub fn is_measurable(&self) -> bool {
        self.domain.is_some() || self.map.layers.iter().map(|layer| layer.name.as_str()).eq(LAYERS)
    }

    /// The domain of recorded tones that sounds at its points; `None` for amSynth.
    pub fn tones(&self) -> Option<PathsTones> {
        let (name, key) = TONES[self.domain? as usize];
        Some(PathsTones { domain: name.to_owned(), key })
    }
}

/// True if the model that plays came without a map.
fn lacks_map(state: &State) -> bool {
    let is_imported = state.library.known.as_ref().is_some_and(|known| known.model.is_empty());
    state.library.map.is_none() && is_imported
}

impl Reducer<'_> {
    /// The page shows the curve, or another map may play.
    pub(in super::super) fn follow_ground_of_curve(&mut self) {
        let paths = &self.state.panels.paths;
        let is_seen = self.state.panels.is_open(PanelId::Paths) && paths.way == PathsWay::Curve;
        let known = &paths.curve.ground;
        let now = TargetGround::of(self.state);
        let is_same = match (&known.ground, &now) {
            (Some(one), Some(other)) => one.domain == other.domain && Rc::ptr_eq(&one.map, &other.map),
            (None, None) => true,
            _ => false,
        };
        if known.is_known && is_same || !known.is_known && !is_seen {
            return;
        }
        let had_none = known.ground.is_none();
        let waits = paths.curve.search.is_waiting;
        self.curve().ground = GroundState { ground: now, is_known: true };
        self.take_ground_of_curve();
        if let Some(reason) = self.reason_without_ground() {
            self.say_of_curve(reason);
        } else if waits && had_none {
            self.begin_path_search();
        }
    }

    /// The target is on another map: it has the usual ranges there, and what was found on the last map is a path like
    /// any other.
    fn take_ground_of_curve(&mut self) {
        self.curve().search.number = 0;
        self.set_target_range();
        self.set_second_range();
        self.forget_found();
    }

    /// The reason why there is no map to search on, if it is known.
    pub(super) fn reason_without_ground(&self) -> Option<PathsCurveRemark> {
        match self.state.panels.paths.curve.ground.get() {
            Some(ground) if !ground.is_measurable() => Some(PathsCurveRemark::OtherMap),
            None if lacks_map(self.state) => Some(PathsCurveRemark::NoMap),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panels::paths::PathsDescriptor;

    #[test]
    fn the_descriptors_are_the_first_layers_of_a_measurement() {
        assert_eq!(LAYERS[..7], PathsDescriptor::ALL.map(PathsDescriptor::name));
    }
}
