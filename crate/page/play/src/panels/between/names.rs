//! The names of the sounds between which a person moves, and of the landmarks that are made there.

use serde::{Deserialize, Serialize};

use super::grids::GRID_COUNT;
use crate::action::Edit;
use crate::compare::Location;
use crate::library::SAME_POINT;
use crate::reduce::Reducer;
use crate::state::{LONELY_DISTANCE, State};

/// The name of a sound. An empty one is that of a preset without a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BetweenName {
    /// The owner of the name.
    pub kind: BetweenNameKind,
    /// The name.
    pub name: String,
}

/// The owner of the name of a sound.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum BetweenNameKind {
    /// The sound itself.
    Own,
    /// The preset at the same point.
    At,
    /// The nearest preset.
    Near,
    /// Nothing: no preset is near.
    Nothing,
}

impl BetweenName {
    /// The name of a sound that has one.
    pub fn own(name: &str) -> Self {
        Self { kind: BetweenNameKind::Own, name: name.trim().to_owned() }
    }

    /// The name of the current sound.
    pub fn here(state: &State) -> Self {
        let named = |kind, name: &str| Self { kind, name: name.trim().to_owned() };
        let nothing = || named(BetweenNameKind::Nothing, "");
        let Some(known) = state.library.known.as_deref() else { return nothing() };
        if let Some(row) = state.heard_preset() {
            return Self::own(&known.name[row]);
        }
        let point = state.point();
        match known.nearest(point.x, point.y, 1).first() {
            Some(near) if near.distance <= SAME_POINT => {
                named(BetweenNameKind::At, &known.name[near.position])
            }
            Some(near) if near.distance <= LONELY_DISTANCE => {
                named(BetweenNameKind::Near, &known.name[near.position])
            }
            _ => nothing(),
        }
    }
}

/// The name of a landmark at the current sound.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum BetweenLandmark {
    /// It is one of the chosen sounds.
    End { name: BetweenName },
    /// It lies between A and B.
    Way { from: BetweenName, to: BetweenName, percent: u8 },
    /// It is a mixture of the four.
    Mixture { names: Vec<BetweenName> },
    /// It lies around A or B.
    Around { name: BetweenName },
}

/// A landmark that was made, or for which there was no room.
#[derive(Clone, Debug)]
pub(super) struct KeptSound {
    /// The button's place.
    pub place: usize,
    /// The current sound at that time.
    pub sound: Location,
    /// The name of the landmark; `None` without room.
    pub name: Option<String>,
}

/// How a landmark at the current sound would be named; `None` if that sound is elsewhere.
pub(super) fn landmark_name(state: &State) -> Option<BetweenLandmark> {
    let between = &state.panels.between;
    let seen = between.seen.as_ref()?;
    let ends = &between.ends.chosen;
    let name = |end: usize| ends[end].as_ref().map(|end| end.name.clone());
    if let Some(end) = ends.iter().flatten().find(|end| end.key == *seen) {
        return Some(BetweenLandmark::End { name: end.name.clone() });
    }
    if between.slider.known.has(seen) {
        let percent = between.slider.percent();
        return Some(BetweenLandmark::Way { from: name(0)?, to: name(1)?, percent });
    }
    if between.square.known.has(seen) {
        return Some(BetweenLandmark::Mixture { names: (0..ends.len()).filter_map(name).collect() });
    }
    let around = (0..GRID_COUNT).find(|&grid| between.grids[grid].known.has(seen))?;
    Some(BetweenLandmark::Around { name: name(around)? })
}

impl Reducer<'_> {
    /// Keeps the current sound as a landmark.
    pub(super) fn keep_between(&mut self, place: usize, name: String) {
        if landmark_name(self.state).is_none() {
            return;
        }
        let count = |state: &State| state.document().landmarks.all().len();
        let before = count(self.state);
        self.edit(Edit::AddLandmark(name));
        let is_kept = count(self.state) > before;
        let last = self.state.document().landmarks.all().last();
        let name = last.filter(|_| is_kept).map(|landmark| landmark.name.clone());
        let sound = self.between_here();
        self.between().kept = Some(KeptSound { place, sound, name });
    }
}
