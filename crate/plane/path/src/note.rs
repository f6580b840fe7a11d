//! A note of a path. Plain data.

use std::cmp::Ordering;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// A note: while it lasts, the path sounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathNote {
    /// Its start, in seconds from the beginning of the path.
    pub start_s: f64,
    /// The time for which it is held, in seconds, 0 or more.
    pub length_s: f64,
    /// MIDI key, 0…127; `None` if it takes the key that the page plays.
    #[serde(default, deserialize_with = "whole_or_none")]
    pub key: Option<u8>,
    /// MIDI velocity, 1…127.
    #[serde(default = "usual_velocity", deserialize_with = "whole")]
    pub velocity: u8,
}

fn usual_velocity() -> u8 {
    crate::strokes::USUAL_VELOCITY
}

/// A whole number, which JSON may also write as 60.0.
pub(crate) fn whole<'de, D: Deserializer<'de>>(source: D) -> Result<u8, D::Error> {
    let number = f64::deserialize(source)?;
    let whole = number as u8;
    if f64::from(whole) == number {
        Ok(whole)
    } else {
        Err(D::Error::custom(format!("{number} is not a whole number from 0 to 255")))
    }
}

fn whole_or_none<'de, D: Deserializer<'de>>(source: D) -> Result<Option<u8>, D::Error> {
    #[derive(Deserialize)]
    struct Whole(#[serde(deserialize_with = "whole")] u8);
    Ok(Option::<Whole>::deserialize(source)?.map(|own| own.0))
}

impl PathNote {
    /// Its end, in seconds from the beginning of the path.
    pub fn end_s(&self) -> f64 {
        self.start_s + self.length_s
    }

    /// Orders notes by start, then by key, length and velocity.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        let by_start = self.start_s.total_cmp(&other.start_s);
        let by_length = || self.length_s.total_cmp(&other.length_s);
        by_start.then(self.key.cmp(&other.key)).then_with(by_length).then(self.velocity.cmp(&other.velocity))
    }

    /// The same note with its times multiplied by a factor.
    pub(crate) fn stretched(self, factor: f64) -> Self {
        Self { start_s: self.start_s * factor, length_s: self.length_s * factor, ..self }
    }

    /// The part of it within 0…`length_s`, with times in whole tenths of a millisecond. `None` if it begins later or
    /// has ended before, or if one of its numbers is not finite.
    pub(crate) fn within(self, length_s: f64) -> Option<Self> {
        let (start_s, end_s) = (self.start_s.max(0.0), self.end_s().min(length_s));
        let is_within = self.start_s.is_finite() && self.length_s.is_finite() && self.length_s >= 0.0;
        (is_within && self.end_s() >= 0.0 && self.start_s <= length_s).then(|| {
            let start_s = crate::strokes::rounded_s(start_s);
            Self {
                start_s,
                length_s: crate::strokes::rounded_s((end_s - start_s).max(0.0)),
                key: self.key.map(|key| key.min(127)),
                velocity: self.velocity.clamp(1, 127),
            }
        })
    }
}
