//! Errors of the analysis and the synthesis. Never mentions files: the caller adds the path.

use thiserror::Error;

/// The reason why frames cannot be laid out or used, and what to do about it.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum SpectralError {
    /// A window and a hop that do not fit.
    #[error(
        "a window of {window} samples with a hop of {hop} is not possible; choose an even window of 16 to 65536 \
         samples and a hop that divides it and is at most a quarter of it"
    )]
    Layout {
        /// Samples of the window that was asked for.
        window: usize,
        /// Samples from frame to frame that were asked for.
        hop: usize,
    },
    /// A block that does not divide the hop.
    #[error("a block of {block} samples does not divide the hop of {hop}; choose 64 or 128")]
    Block {
        /// Samples of a block that were asked for.
        block: usize,
        /// Samples from frame to frame.
        hop: usize,
    },
    /// A sample rate that no sound here has.
    #[error("a sample rate of {sample_rate_hz} Hz is outside of 8000 to 192000 Hz; resample the sound first")]
    SampleRate {
        /// The rate that was asked for, in Hz.
        sample_rate_hz: f32,
    },
    /// Bins of a constant-Q transform that a sound of this rate cannot have.
    #[error(
        "{bins} bins from {lowest_hz} Hz on are not possible at {sample_rate_hz} Hz; choose at least one, from 10 Hz \
         to half the sample rate, and a hop of 1 to 65536 samples"
    )]
    ConstantQ {
        /// Bins that were asked for.
        bins: usize,
        /// The lowest bin that was asked for, in Hz.
        lowest_hz: f32,
        /// The rate of the sounds, in Hz.
        sample_rate_hz: f32,
    },
    /// Frames of another number of bins.
    #[error("the frames have {bins} bins and {expected} are needed; analyse them with the same window")]
    Bins {
        /// Bins of the frames that were given.
        bins: usize,
        /// Bins that the window has.
        expected: usize,
    },
}
