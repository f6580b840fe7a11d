//! A part of the given sound, as plain values.

use serde::Serialize;

use crate::sounds::SoundNumber;

/// The shortest part, in seconds: the shortest sound that is searched for.
const LEAST_S: f32 = 0.05;

/// A part of a sound.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SoundPart {
    /// Its begin.
    pub from_s: f32,
    /// Its end.
    pub to_s: f32,
}

/// The part that a person is choosing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PartChoice {
    /// The part as it is aimed at.
    pub aimed: Option<SoundPart>,
    /// The time at which a drag has begun.
    pub anchor_s: Option<f32>,
    /// Counts the changes of the sliders.
    pub count: u32,
}

/// The waveform of the given sound and the chosen part of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ShownPart {
    /// The number of the given sound.
    pub sound: SoundNumber,
    /// Its length.
    #[serde(rename = "length_s")]
    pub length_s: f32,
    /// The begin of the part.
    #[serde(rename = "from_s")]
    pub from_s: f32,
    /// The end of the part.
    #[serde(rename = "to_s")]
    pub to_s: f32,
    /// True if it is the whole sound.
    pub is_whole: bool,
}

impl SoundPart {
    /// The nearest part within a sound that is long enough.
    pub(super) fn within(self, length_s: f32) -> Self {
        let [low, high] =
            if self.from_s <= self.to_s { [self.from_s, self.to_s] } else { [self.to_s, self.from_s] };
        let from_s = low.clamp(0.0, (length_s - LEAST_S).max(0.0));
        Self { from_s, to_s: high.clamp((from_s + LEAST_S).min(length_s), length_s) }
    }
}
