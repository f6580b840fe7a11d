//! The comparison of two locations, A and B.

use patch::Patch;
use serde::{Deserialize, Serialize};

use crate::Point;
use crate::field_by_field::field_by_field;
use crate::saved_patch;
use crate::tone_domain::LocationInstrument;

/// A point of an instrument's plane, with a patch if it differs from the decoded one: a side of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Its point on the plane.
    pub point: Point,
    /// Its patch, if it is not the one decoded at the point.
    #[serde(default, with = "saved_patch", skip_serializing_if = "Option::is_none")]
    pub patch: Option<Box<Patch>>,
    /// Its instrument.
    #[serde(
        default,
        with = "saved_patch::instrument",
        skip_serializing_if = "LocationInstrument::is_amsynth"
    )]
    pub instrument: LocationInstrument,
}

/// A point of amSynth's plane without a patch of its own.
impl From<Point> for Location {
    fn from(point: Point) -> Self {
        Self { point, ..Self::default() }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f32) -> Location {
        Point { x, y: 0.0 }.into()
    }

    #[test]
    fn switching_twice_is_back_again() {
        let mut comparison = Comparison::default();
        assert_eq!(comparison.switch(at(1.0)), at(1.0), "at first both sides are the same");
        assert_eq!(comparison.heard, Side::B);
        assert_eq!(comparison.switch(at(2.0)), at(1.0));
        assert_eq!(comparison.switch(at(1.0)), at(2.0));
    }
}
