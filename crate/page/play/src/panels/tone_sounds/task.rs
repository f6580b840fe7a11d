//! The tasks of “From sounds…”, which its script performs, and their answers.

use serde::Serialize;

use crate::panels::script_value::script_enum;

use super::TonePlace;
use crate::sounds::{FileNumber, SoundNumber};

/// A task of “From sounds…”.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum ToneSoundsTask {
    /// Reads the beginning of a sound file: [`ToneSoundsAnswer::Read`]. Fails with `too_large`, `not_audio`, `silent`
    /// or `silent_at_first`.
    Read { file: FileNumber },
    /// Computes the example of a place: [`ToneSoundsAnswer::Read`].
    Example { place: TonePlace },
    /// Records from the microphone, to its longest or until [`ToneSoundsTask::FinishRecording`]:
    /// [`ToneSoundsAnswer::Listening`], then [`ToneSoundsAnswer::Recorded`]. Fails with a word of
    /// [`super::ToneProblem`].
    Record,
    /// Ends the recording.
    FinishRecording,
    /// Computes the result by the model of this name: [`ToneSoundsAnswer::Computed`]. Without B it is A with that share
    /// of the timbre; otherwise it is at these places between them, at equally many times. Fails with `failed`, or with
    /// `lost` if something could not be loaded.
    Compute {
        model: String,
        a: SoundNumber,
        b: Option<SoundNumber>,
        strength: f32,
        curve: Vec<f32>,
        is_aligned: bool,
    },
    /// Saves a sound as a WAV file of this name.
    Save { sound: SoundNumber, file: String },
    /// Frees sounds that nothing names any more.
    Forget { sounds: Vec<SoundNumber> },
}

script_enum! {
    /// A result of these tasks.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum ToneSoundsAnswer {
        /// A sound is read; it is cut if the file goes on after it.
        Read { sound: SoundNumber, is_cut: bool, is_damaged: bool },
        /// The microphone is on.
        Listening,
        /// The recording, as a file of this name.
        Recorded { file: FileNumber, name: String },
        /// The result, with the places of all frames on the plane.
        Computed { sound: SoundNumber },
    }
}
