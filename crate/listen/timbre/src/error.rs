//! Errors of the analysis. Never mentions files: the caller adds the path.

use thiserror::Error;

use crate::input::RATES_HZ;

/// The reason why a sound cannot be analysed, and what to do about it.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum TimbreError {
    /// Every sample of the sum of the channels is zero.
    #[error("the sound is silent: every sample, or the sum of both channels, is zero; choose an audible one")]
    Silent,
    /// No 400 ms of the sound reach -70 LUFS.
    #[error("the sound is too quiet to have a loudness (-70 LUFS or less throughout); amplify it first")]
    TooQuiet,
    /// Fewer samples than the shortest frame.
    #[error("the sound has {samples} samples but at least {least} are needed; choose a longer one")]
    TooShort {
        /// Samples that were given.
        samples: usize,
        /// Samples that are needed at this rate.
        least: usize,
    },
    /// A sample is infinite or not a number.
    #[error("sample {position} is not a finite number; repair the sound or its file")]
    NotFinite {
        /// Index of the first such sample.
        position: usize,
    },
    /// The channels of a stereo sound differ in length.
    #[error("the left channel has {left} samples and the right one {right}; give both the same length")]
    Channels {
        /// Samples of the left channel.
        left: usize,
        /// Samples of the right channel.
        right: usize,
    },
    /// A sample rate outside of the models' range.
    #[error(
        "a sample rate of {sample_rate_hz} Hz is outside of {} to {} Hz; resample the sound first",
        RATES_HZ.start(), RATES_HZ.end()
    )]
    SampleRate {
        /// The rate that was given, in Hz.
        sample_rate_hz: u32,
    },
    /// The resampler refuses the sample rate.
    #[error(
        "the sound cannot be resampled from {sample_rate_hz} Hz to 44100 Hz ({reason}); convert it first"
    )]
    Resampling {
        /// The rate that was given, in Hz.
        sample_rate_hz: u32,
        /// The resampler's message.
        reason: String,
    },
}
