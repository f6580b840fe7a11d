//! The sentence below the title: which one, as a value that the script's words say in the page's language.

use patch::Patch;
use serde::Serialize;

use super::{MatchKind, SoundMatch};
use crate::reduce::Reducer;

/// A sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum MatchSentence {
    /// A file is read.
    Reading { name: String },
    /// The workers take the sound.
    Listening { name: String },
    /// The microphone records for so many seconds.
    Recording { seconds: u32 },
    /// A sound, a recording or a search is refused.
    Refused { refusal: MatchRefusal, name: String },
    /// Without an answer a search cannot keep any of its parts.
    NothingToKeep,
    /// The search is done, and its closest answer is so many per cent off; null before all answers are compared.
    Done { percent: Option<f32> },
    /// The search was stopped; the closest answer so far.
    Stopped { percent: Option<f32> },
    /// The sketch was stopped.
    StoppedSketch,
    /// The share of a voice's time in which its sketch has its pitch.
    InTune { share: f32 },
    /// Much of a melody has no pitch.
    MaybeRhythm,
    /// The sketch of a rhythm.
    Hits { hits: usize, kinds: usize },
    /// A melody without pitch is a rhythm.
    TakenAsRhythm { name: String },
    /// Parts of the sound's file are missing.
    InPart { name: String },
    /// An answer is the patch now.
    Kept { kind: MatchKind, number: usize },
}

/// The reason why something is refused: a word of the script's texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the texts explain each")]
pub enum MatchRefusal {
    NotAudio,
    TooLarge,
    Silent,
    SilentAtFirst,
    TooShort,
    Unusable,
    NoVoice,
    ShortNotes,
    NoHits,
    MicrophoneRefused,
    MicrophoneMissing,
    MicrophoneBusy,
    MicrophoneInsecure,
    NoSound,
    Lost,
}

impl MatchRefusal {
    /// The refusal of a sound with this problem, as the workers number it from 1; of a long one only its first part was
    /// heard.
    pub fn of_problem(problem: u8, is_long: bool) -> Self {
        match problem {
            1 if is_long => Self::SilentAtFirst,
            1 => Self::Silent,
            2 => Self::TooShort,
            _ => Self::Unusable,
        }
    }

    /// The refusal of a task that has failed for this reason.
    pub fn of_reason(reason: &str) -> Self {
        match reason {
            "not_audio" => Self::NotAudio,
            "too_large" => Self::TooLarge,
            "microphone_refused" => Self::MicrophoneRefused,
            "microphone_missing" => Self::MicrophoneMissing,
            "microphone_busy" => Self::MicrophoneBusy,
            "microphone_insecure" => Self::MicrophoneInsecure,
            "no_sound" => Self::NoSound,
            _ => Self::Lost,
        }
    }
}

/// The sentences that are said.
#[derive(Clone, Debug, Default)]
pub(super) struct MatchSpeech {
    /// The sentences that stand there.
    pub said: Vec<MatchSentence>,
    /// The last refusal of a sound.
    refusal: Option<MatchSentence>,
    /// The sentence for the answer of this search that became the patch, and that patch.
    pub kept: Option<(MatchSentence, Box<Patch>)>,
    /// True if that was the current patch when it was looked at last.
    pub was_current: bool,
    /// The sentence for a melody that turned out to be a rhythm.
    pub note: Option<MatchSentence>,
}

impl SoundMatch {
    /// The sentences for the search that is over; none while it runs, and without a compared answer.
    pub(super) fn outcome(&self) -> Vec<MatchSentence> {
        if self.search.is_running() || self.search.least_distance().is_none() {
            return Vec::new();
        }
        let is_complete = self.search.is_complete();
        if self.kind == MatchKind::Sound {
            let percent = self.least_percent();
            let whole = MatchSentence::Done { percent };
            let end = if is_complete { whole } else { MatchSentence::Stopped { percent } };
            return [end].into_iter().chain(self.damage()).collect();
        }
        let mut said = Vec::new();
        if !is_complete {
            said.push(MatchSentence::StoppedSketch);
        }
        match (self.kind, self.sketch_as_found()) {
            (MatchKind::Voice, Some(sketch)) => said.push(MatchSentence::InTune { share: sketch.in_tune }),
            (MatchKind::Rhythm, _) => {
                said.push(MatchSentence::Hits { hits: self.hits.len(), kinds: self.hit_kinds() });
            }
            _ => {}
        }
        said.extend(self.suggestion());
        said.extend(self.speech.note.clone());
        said.extend(self.damage());
        said
    }

    /// The sentence about a file of which parts are missing.
    fn damage(&self) -> Option<MatchSentence> {
        let target = self.target.as_ref().filter(|target| target.is_damaged)?;
        Some(MatchSentence::InPart { name: target.name.clone() })
    }

    /// The suggestion that a melody is a rhythm.
    fn suggestion(&self) -> Option<MatchSentence> {
        let fit = self.target.as_ref()?.fit?;
        (self.kind == MatchKind::Voice && fit.is_maybe_rhythm()).then_some(MatchSentence::MaybeRhythm)
    }

    /// Another kind was wanted than the one that is found: a melody turned out to be a rhythm.
    pub(super) fn note_turn(&mut self) {
        let is_turned = self.wanted != self.kind;
        let name = self.target.as_ref().map(|target| target.name.clone());
        self.speech.note = name.filter(|_| is_turned).map(|name| MatchSentence::TakenAsRhythm { name });
    }
}

impl Reducer<'_> {
    pub(super) fn say_match(&mut self, said: Vec<MatchSentence>) {
        self.sound_match().speech.said = said;
    }

    /// Says why a sound is refused, unless another one was given since.
    pub(super) fn say_refusal(&mut self, given: u32, name: String, refusal: MatchRefusal) {
        self.end_part_choice();
        let own = self.sound_match();
        if own.given.is_last(given) {
            let sentence = MatchSentence::Refused { refusal, name };
            own.speech.refusal = Some(sentence.clone());
            own.speech.said = vec![sentence];
        }
    }

    /// Says what is true of the kind that is searched for now.
    pub(super) fn say_of_kind(&mut self) {
        let own = self.sound_match();
        if !own.given.are_awaited() {
            let said = own.speech.note.clone().into_iter().chain(own.suggestion()).chain(own.damage());
            let said = said.collect();
            self.say_match(said);
        }
    }

    /// The answers have changed: the sentence about them follows.
    pub(super) fn say_outcome_anew(&mut self) {
        let own = self.sound_match();
        let is_outcome = |sentence: &MatchSentence| {
            use MatchSentence::{Done, Hits, InTune, Stopped};
            matches!(sentence, Done { .. } | Stopped { .. } | InTune { .. } | Hits { .. })
        };
        if own.speech.said.iter().any(is_outcome) {
            own.speech.said = own.outcome();
        }
    }

    /// A search is over. The refusal of a sound stays, and nothing is said while another sound is judged.
    pub(super) fn say_outcome(&mut self) {
        let own = self.sound_match();
        let outcome = own.outcome();
        let is_refusal =
            own.speech.refusal.as_ref().is_some_and(|refusal| own.speech.said == [refusal.clone()]);
        if !outcome.is_empty() && !is_refusal && !own.given.are_awaited() {
            self.say_match(outcome);
        }
    }
}
