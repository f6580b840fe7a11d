//! The sentences of “From sounds…”: which ones, and where they stand, as values that the script's words say in the
//! page's language. Why a sound was refused stays until a person does something else.

use serde::Serialize;

use super::TonePlace;
use crate::reduce::Reducer;

/// A sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum ToneSentence {
    /// A file is read.
    Reading,
    /// The result is computed.
    Computing,
    /// The first result of a new sound is there.
    Done,
    /// There is a sound B, but no sound A.
    MissingA,
    /// The microphone records for so many seconds.
    Recording { seconds: u32 },
    /// The result is saved as this file.
    Saved { file: String },
    /// Something else than a sound could not be used.
    Problem { problem: ToneProblem },
}

/// The reason why something cannot be used: a word of the script's texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the texts explain each")]
pub enum ToneProblem {
    NotAudio,
    TooLarge,
    Silent,
    SilentAtFirst,
    MicrophoneRefused,
    MicrophoneMissing,
    MicrophoneBusy,
    MicrophoneInsecure,
    NoSound,
    Failed,
    Lost,
}

impl ToneProblem {
    /// The problem of a task that has failed for this reason.
    pub fn of_reason(reason: &str) -> Self {
        match reason {
            "not_audio" => Self::NotAudio,
            "too_large" => Self::TooLarge,
            "silent" => Self::Silent,
            "silent_at_first" => Self::SilentAtFirst,
            "microphone_refused" => Self::MicrophoneRefused,
            "microphone_missing" => Self::MicrophoneMissing,
            "microphone_busy" => Self::MicrophoneBusy,
            "microphone_insecure" => Self::MicrophoneInsecure,
            "no_sound" => Self::NoSound,
            "failed" => Self::Failed,
            _ => Self::Lost,
        }
    }
}

/// A sound that cannot be used.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ToneRefusal {
    /// Its name.
    pub name: String,
    /// The reason.
    pub problem: ToneProblem,
}

/// The place of the sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum ToneSpeechPlace {
    /// With sound A, whose button was pressed.
    A,
    /// With sound B.
    B,
    /// With the result.
    Result,
}

/// The sentences that are said beside those of the refused sounds.
#[derive(Clone, Debug, Default)]
pub(super) struct ToneSpeech {
    pub said: Option<ToneSentence>,
    /// The place of the sentences; `None`: that at first.
    pub place: Option<ToneSpeechPlace>,
}

impl Reducer<'_> {
    pub(super) fn say_tones(&mut self, said: Option<ToneSentence>) {
        self.tone_sounds().speech.said = said;
    }

    /// Says what belongs to the result.
    pub(super) fn say_tones_below(&mut self, said: ToneSentence) {
        self.tone_sounds().speech.place = Some(ToneSpeechPlace::Result);
        self.say_tones(Some(said));
    }

    /// A button of a sound was pressed: what is said from now on stands with it.
    pub(super) fn say_tones_at(&mut self, place: TonePlace) {
        let speech = &mut self.tone_sounds().speech;
        speech.place = Some(match place {
            TonePlace::A => ToneSpeechPlace::A,
            TonePlace::B => ToneSpeechPlace::B,
        });
        speech.said = None;
    }

    /// Says what goes on.
    pub(super) fn say_tone_progress(&mut self) {
        let own = self.tone_sounds();
        let said = if own.is_reading() {
            Some(ToneSentence::Reading)
        } else {
            own.computing.is_running().then_some(ToneSentence::Computing)
        };
        self.say_tones(said);
    }

    /// A person does something else.
    pub(super) fn forget_tone_refusals(&mut self) {
        for place in &mut self.tone_sounds().given {
            place.refusal = None;
        }
    }
}
