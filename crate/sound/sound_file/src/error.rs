//! The reasons why bytes are no sound, and the parts of a file that its sound lacks. No sentence of a library is shown to a
//! person.

use crate::sound::LONGEST_S;

/// The reason why bytes are no sound.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SoundFileError {
    /// No supported format begins like this.
    #[error("its format is unknown")]
    UnknownFormat,
    /// A format that is known and not supported.
    #[error("it is {0}, which cannot be read here")]
    Unsupported(String),
    /// No track, or one without samples.
    #[error("it has no sound")]
    NoSound,
    /// A WAV header that says 0 samples a second.
    #[error("its sample rate is 0 Hz")]
    NoSampleRate,
    /// The bytes end before the first sample.
    #[error("it ends too early")]
    EndsTooEarly,
    /// A part of the format that is damaged.
    #[error("it is damaged")]
    Damaged,
}

impl SoundFileError {
    /// The advice to the person.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Unsupported(_) => {
                "convert it to a WAV file with PCM samples, to FLAC, OGG Vorbis, Opus or MP3"
            }
            _ => "give a WAV, FLAC, OGG Vorbis, Opus or MP3 file",
        }
    }
}

/// A part of a file that its sound lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SoundLoss {
    /// Some bytes cannot be read.
    #[error("it is damaged, and only the part that can be read counts")]
    Damaged,
    /// It is longer than what is read.
    #[error("it is longer than {LONGEST_S} seconds, and only the first {LONGEST_S} count")]
    Long,
}
