//! Everything that a player can set and wants back: by undo, tomorrow, or by a link.

use patch::Patch;
use serde::Serialize;

use crate::compare::{Comparison, Location};
use crate::field_by_field::field_by_field;
use crate::saved_patch::{self, SavedPatch};
use crate::{Landmarks, Notes, Point};

/// Where you are and what you have. A fresh one stands in the middle with nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Document {
    /// Where you are.
    #[serde(rename = "place")]
    pub point: Point,
    /// The patch that you hear there, where that is not the decoded one: edited, or a preset's own.
    #[serde(serialize_with = "saved_patch::serialize", skip_serializing_if = "Option::is_none")]
    pub patch: Option<Box<Patch>>,
    /// Which notes a touch plays.
    pub notes: Notes,
    /// What you marked.
    pub landmarks: Landmarks,
    /// A and B.
    pub comparison: Comparison,
}

field_by_field!(Document { point = "place", patch as SavedPatch, notes, landmarks, comparison });

impl Document {
    /// Where you are, with what you hear there.
    pub fn here(&self) -> Location {
        Location { point: self.point, patch: self.patch.clone() }
    }

    /// Goes to a place.
    pub fn go(&mut self, place: Location) {
        self.point = place.point;
        self.patch = place.patch;
    }

    /// Changes sides between A and B.
    pub fn switch_sides(&mut self) {
        let here = self.here();
        let there = self.comparison.switch(here);
        self.go(there);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changing_sides_takes_place_and_patch_along() {
        let mut state = Document { patch: Some(Box::default()), ..Document::default() };
        state.switch_sides();
        state.go(Location { point: Point { x: 2.0, y: 0.0 }, patch: None });
        state.switch_sides();
        assert_eq!((state.point, state.patch.is_some()), (Point::default(), true));
        state.switch_sides();
        assert_eq!((state.point.x, state.patch.is_some()), (2.0, false));
    }
}
