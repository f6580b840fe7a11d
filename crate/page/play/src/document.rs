//! Everything that undo, the session and links restore.

use patch::{Parameter, Patch};
use serde::Serialize;

use crate::compare::{Comparison, Location};
use crate::field_by_field::field_by_field;
use crate::saved_patch::{self, SavedInstrument, SavedPatch};
use crate::tone_domain::LocationInstrument;
use crate::tracks::beat::Beat;
use crate::{Favourites, Landmarks, Locks, Loops, Notes, Point};

/// The current point, patch, notes, landmarks and loops. The default is the middle of the plane with nothing set.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Document {
    /// The current point.
    #[serde(rename = "place")]
    pub point: Point,
    /// The current patch, if it is not the decoded one: edited, or a preset's own.
    #[serde(serialize_with = "saved_patch::serialize", skip_serializing_if = "Option::is_none")]
    pub patch: Option<Box<Patch>>,
    /// The instrument of the current point.
    #[serde(with = "saved_patch::instrument", skip_serializing_if = "LocationInstrument::is_amsynth")]
    pub instrument: LocationInstrument,
    /// Which notes a touch plays.
    pub notes: Notes,
    /// The landmarks.
    pub landmarks: Landmarks,
    /// The comparison of A and B.
    pub comparison: Comparison,
    /// The locked groups of parameters.
    pub locks: Locks,
    /// The title of the loops, by which a link calls them; empty without one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The recorded loops.
    pub loops: Loops,
    /// The beat beside them.
    pub beat: Beat,
    /// The starred presets.
    pub favourites: Favourites,
}

field_by_field!(Document {
    point = "place",
    patch as SavedPatch,
    instrument as SavedInstrument,
    notes,
    landmarks,
    comparison,
    locks,
    title,
    loops,
    beat,
    favourites,
});

impl Document {
    /// The current point with its instrument and its own patch, if any.
    pub fn here(&self) -> Location {
        Location { point: self.point, patch: self.patch.clone(), instrument: self.instrument }
    }

    /// Goes to a location.
    pub fn go(&mut self, location: Location) {
        self.point = location.point;
        self.patch = location.patch;
        self.instrument = location.instrument;
    }

    /// Switches sides between A and B.
    pub fn switch_sides(&mut self) {
        let here = self.here();
        let there = self.comparison.switch(here);
        self.go(there);
    }
}

/// A patch with the parameters that locks and notes override.
pub(crate) fn overridden(patch: &Patch, Document { locks, notes, .. }: &Document) -> Patch {
    let mut patch = locks.apply(patch);
    patch.set(Parameter::KeyboardMode, notes.keyboard_mode);
    patch.set(Parameter::PortamentoTime, notes.portamento_time);
    patch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changing_sides_switches_point_and_patch() {
        let mut state = Document { patch: Some(Box::default()), ..Document::default() };
        state.switch_sides();
        state.go(Point { x: 2.0, y: 0.0 }.into());
        state.switch_sides();
        assert_eq!((state.point, state.patch.is_some()), (Point::default(), true));
        state.switch_sides();
        assert_eq!((state.point.x, state.patch.is_some()), (2.0, false));
    }
}
