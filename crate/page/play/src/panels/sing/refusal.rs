//! The reasons why there is no sung loop. Their sentences are the script's.

use serde::Serialize;

/// A reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum SingRefusal {
    /// The microphone may not be used.
    Refused,
    /// There is none.
    Missing,
    /// Another program has it, or it was disconnected.
    Busy,
    /// Only a secure page may use it.
    Insecure,
    /// There is no sound output.
    NoSound,
    /// Nothing was sung.
    Silent,
    /// Too little was sung.
    TooShort,
    /// Neither notes nor hits were heard.
    NoNotes,
    /// The file is too large.
    TooLarge,
    /// The file is no sound.
    NotAudio,
    /// There is no room for another loop.
    Full,
    /// The workers or their files could not be loaded.
    Lost,
}

impl SingRefusal {
    /// The reason why a task failed.
    pub fn of_word(word: &str) -> Self {
        match word {
            "refused" => Self::Refused,
            "missing" => Self::Missing,
            "busy" => Self::Busy,
            "insecure" => Self::Insecure,
            "no_sound" => Self::NoSound,
            "too_large" => Self::TooLarge,
            "not_audio" => Self::NotAudio,
            _ => Self::Lost,
        }
    }

    /// The reason why a sound of this problem cannot be searched for, see the protocol's `VoiceProblem`.
    pub fn of_problem(problem: u8) -> Self {
        match problem {
            1 => Self::Silent,
            2 => Self::TooShort,
            _ => Self::NoNotes,
        }
    }
}
