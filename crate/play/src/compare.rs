//! The comparison of two locations, A and B, and the morph between two locations.

use patch::Patch;
use serde::{Deserialize, Serialize};

use crate::field_by_field::field_by_field;
use crate::saved_patch;
use crate::{Document, Point};

/// One side of a comparison: a point, and a patch if it differs from the decoded one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Its point on the plane.
    pub point: Point,
    /// Its patch, if it is not the one decoded at the point.
    #[serde(default, with = "saved_patch", skip_serializing_if = "Option::is_none")]
    pub patch: Option<Box<Patch>>,
}

/// A side of the comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// The first.
    #[default]
    A,
    /// The second.
    B,
}

impl Side {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// The two sides. The document holds the active one, this struct the other one.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// The active side.
    pub heard: Side,
    /// The inactive side; none before the first switch, when both are the same.
    pub other: Option<Location>,
}

field_by_field!(Comparison { heard, other });

impl Comparison {
    /// Switches sides and stores `here` on the old one. Returns the new side's location; at first that is `here`
    /// itself.
    pub fn switch(&mut self, here: Location) -> Location {
        self.heard = self.heard.other();
        self.other.replace(here.clone()).unwrap_or(here)
    }
}

/// The patch at a fraction `share` between two patches: continuous values are interpolated, choices change in the
/// middle. (For patches that are not decoded from the plane; [`Point::towards`] interpolates points.)
pub fn morph(from: &Patch, to: &Patch, share: f32) -> Patch {
    let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
    let mut patch = *from;
    for parameter in patch::Parameter::ALL {
        let (one, other) = (from.get(parameter), to.get(parameter));
        let stepped = parameter.info().step > 0.0;
        let value = match stepped {
            true if share < 0.5 => one,
            true => other,
            false => one * (1.0 - share) + other * share,
        };
        patch.set(parameter, value);
    }
    patch
}

/// The location at a fraction 0…1 between two landmarks: the point is interpolated, and the patch, if both have one;
/// none if there are no such landmarks.
pub fn between(document: &Document, from: usize, to: usize, share: f32) -> Option<Location> {
    let (from, to) = (document.landmarks.get(from).ok()?, document.landmarks.get(to).ok()?);
    let point = from.point.towards(to.point, share);
    let patch = match (share, &from.patch, &to.patch) {
        (0.0, patch, _) => patch.clone(),
        (1.0, _, patch) => patch.clone(),
        (_, Some(one), Some(other)) => Some(Box::new(morph(one, other, share))),
        _ => None,
    };
    Some(Location { point, patch })
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::Parameter::{FilterCutoff, Osc1Waveform};

    fn at(x: f32) -> Location {
        Location { point: Point { x, y: 0.0 }, patch: None }
    }

    #[test]
    fn switching_twice_is_back_again() {
        let mut comparison = Comparison::default();
        assert_eq!(comparison.switch(at(1.0)), at(1.0), "at first both sides are the same");
        assert_eq!(comparison.heard, Side::B);
        assert_eq!(comparison.switch(at(2.0)), at(1.0));
        assert_eq!(comparison.switch(at(1.0)), at(2.0));
    }

    #[test]
    fn a_morph_mixes_numbers_and_switches_choices() {
        let (mut one, mut other) = (Patch::default(), Patch::default());
        one.set(FilterCutoff, 0.0);
        other.set(FilterCutoff, 1.0);
        one.set(Osc1Waveform, 0.0);
        other.set(Osc1Waveform, 4.0);
        let quarter = morph(&one, &other, 0.25);
        assert_eq!((quarter.get(FilterCutoff), quarter.get(Osc1Waveform)), (0.25, 0.0));
        assert_eq!((morph(&one, &other, 0.0), morph(&one, &other, 1.0)), (one, other));
        assert_eq!(morph(&one, &other, f32::NAN), one);
    }

    #[test]
    fn the_way_begins_and_ends_at_the_landmarks_with_their_patches() {
        let mut document = Document::default();
        document.landmarks.drop_at(Point { x: -1.0, y: 0.0 }, "A", None).unwrap();
        document.landmarks.drop_at(Point { x: 3.0, y: 2.0 }, "B", Some(Box::default())).unwrap();
        let half = between(&document, 0, 1, 0.5).unwrap();
        assert_eq!((half.point, half.patch.is_some()), (Point { x: 1.0, y: 1.0 }, false));
        assert!(between(&document, 0, 1, 1.0).unwrap().patch.is_some());
        assert_eq!(between(&document, 0, 7, 0.5), None);
    }
}
