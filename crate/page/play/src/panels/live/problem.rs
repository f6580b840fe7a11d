//! Why the microphone cannot play, or plays no more.

use serde::Serialize;

/// A reason, by the word of the panel's texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum VoiceProblem {
    /// The person or the browser has refused the microphone.
    Refused,
    /// There is no microphone.
    Missing,
    /// The microphone does not answer.
    Busy,
    /// The page is not secure, so it has no microphone.
    Insecure,
    /// The browser cannot connect the microphone with the sound.
    Unusable,
    /// The microphone is unplugged.
    Ended,
    /// The program that listens cannot be loaded.
    Lost,
    /// The sound of the page does not run.
    NoSound,
}

impl VoiceProblem {
    /// The problem of a word; of an unknown one the browser cannot do it.
    pub(crate) fn named(word: &str) -> Self {
        match word {
            "refused" => Self::Refused,
            "missing" => Self::Missing,
            "busy" => Self::Busy,
            "insecure" => Self::Insecure,
            "ended" => Self::Ended,
            "lost" => Self::Lost,
            "no_sound" => Self::NoSound,
            _ => Self::Unusable,
        }
    }
}
