//! The reasons why a sound cannot be matched, and the limits that they name.

use std::ops::RangeInclusive;

/// The shortest sound that can be matched, in seconds: two frames of the spectrum.
pub const SHORTEST_S: f32 = 0.05;

/// Sample rates of a target, in Hz.
pub(crate) const RATES_HZ: RangeInclusive<u32> = 4_000..=384_000;

/// The reason why a sound cannot be matched.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// It has no channel.
    #[error("the sound has no channel: give one with at least one")]
    NoChannels,
    /// Its rate is not supported.
    #[error("a sample rate of {sample_rate_hz} Hz is not supported: use one from {} to {} Hz", RATES_HZ.start(), RATES_HZ.end())]
    BadRate {
        /// The given rate.
        sample_rate_hz: u32,
    },
    /// A sample is infinite or not a number.
    #[error("the sound has samples that are not numbers: save it anew")]
    NotFinite,
    /// No sample is loud enough.
    #[error("the sound is silent: give one that can be heard")]
    Silent,
    /// The sound is too short.
    #[error("the sound is only {seconds:.3} s long: give one of at least {SHORTEST_S} s")]
    TooShort {
        /// Its length from onset to end.
        seconds: f32,
    },
}
