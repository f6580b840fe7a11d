//! Everything that a player can set and wants back: by undo, tomorrow, or by a link.

use patch::Patch;
use serde::Serialize;

use crate::compare::{Comparison, Location, morph};
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

    /// A share 0…1 of the way between two landmarks: on the plane, and where both have patches of their own, between
    /// these. None if one of them does not exist.
    pub fn between(&self, from: usize, to: usize, share: f32) -> Option<Location> {
        let (from, to) = (self.landmarks.get(from).ok()?, self.landmarks.get(to).ok()?);
        let point = from.point.towards(to.point, share);
        let patch = match (share, &from.patch, &to.patch) {
            (0.0, patch, _) | (1.0, _, patch) => patch.clone(),
            (_, Some(one), Some(other)) => Some(Box::new(morph(one, other, share))),
            _ => None,
        };
        Some(Location { point, patch })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_morph_begins_and_ends_at_the_landmarks_with_their_patches() {
        let mut document = Document::default();
        document.landmarks.drop_at(Point { x: -1.0, y: 0.0 }, "A", None).unwrap();
        document.landmarks.drop_at(Point { x: 3.0, y: 2.0 }, "B", Some(Box::default())).unwrap();
        let half = document.between(0, 1, 0.5).unwrap();
        assert_eq!((half.point, half.patch.is_some()), (Point { x: 1.0, y: 1.0 }, false));
        assert!(document.between(0, 1, 1.0).unwrap().patch.is_some());
        assert_eq!(document.between(0, 7, 0.5), None);
    }

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
