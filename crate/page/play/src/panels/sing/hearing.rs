//! From a recording to its parts: the workers hear it, tell whether it is a melody or a rhythm, and search for patches
//! until they are done or nobody waits any more.

use patch::Patch;

use super::parts::{SungPart, SungParts, melody_of, parts_of_hits, patch_of};
use super::{HeardPart, SingAnswer, SingRefusal, SingTask};
use crate::Point;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::SoundNumber;
use crate::tracks::sung::time::{LONGEST_S, SungSpan};

/// A problem above this concerns melodies alone, see the protocol's `VoiceProblem`.
const UNUSABLE: u8 = 3;

/// A recording, or a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SungVoice {
    pub sound: SoundNumber,
    pub time: VoiceTime,
    /// True if others have given the tempo.
    pub is_tempo_given: bool,
}

/// When a voice was taken, in seconds of its recording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum VoiceTime {
    /// In free time, until then.
    Free { ended_s: f64 },
    /// In bars of the clock.
    OnClock(SungSpan),
}

impl SungVoice {
    /// The part that is heard.
    pub fn part(&self) -> HeardPart {
        let (from_s, to_s) = match self.time {
            VoiceTime::Free { ended_s } => (0.0, ended_s.clamp(0.0, LONGEST_S)),
            VoiceTime::OnClock(span) => span.heard(),
        };
        HeardPart { from_s, to_s }
    }
}

/// The work on a recording.
#[derive(Clone, Debug, Default)]
pub(super) struct SungSearch {
    /// Hears the recording.
    pub examining: Option<TaskNumber>,
    /// Searches for patches.
    pub task: Option<TaskNumber>,
    /// Places a patch: its task, the part, and the patch.
    pub placing: Option<(TaskNumber, usize, Box<Patch>)>,
    /// Decodes the cutoffs around a place: its task, the part, and the place.
    pub decoding: Option<(TaskNumber, usize, Point)>,
}

impl Reducer<'_> {
    /// The workers hear the recording.
    pub(super) fn examine_sung(&mut self) {
        let Some(voice) = self.sing().voice else { return };
        let task = self.begin_task(SingTask::Examine { sound: voice.sound, part: voice.part() });
        self.sing().search.examining = Some(task);
    }

    /// A melody has a pitch; everything else that has hits is a rhythm.
    pub(super) fn take_sung_examination(&mut self, task: TaskNumber, answer: &SingAnswer) {
        let &SingAnswer::Examined { problem, has_hits, is_unvoiced } = answer else { return };
        if self.sing().search.examining.take_if(|own| *own == task).is_none() {
            return;
        }
        let is_melody = problem == 0 && !(has_hits && is_unvoiced);
        if (1..=UNUSABLE).contains(&problem) || !is_melody && !has_hits {
            return self.refuse_sung(SingRefusal::of_problem(problem));
        }
        let locks = self.state.document().locks;
        let task = if is_melody {
            let patch = locks.apply(&Patch::default()).values().to_vec();
            SingTask::SketchMelody { locked: locks.indices(), patch }
        } else {
            SingTask::SketchRhythm
        };
        let task = self.begin_task(task);
        self.sing().search.task = Some(task);
    }

    /// Better notes or a better patch.
    pub(super) fn take_sung_result(&mut self, task: TaskNumber, answer: SingAnswer) {
        if self.sing().search.task != Some(task) {
            return;
        }
        let later_s = self.sing().voice.map_or(0.0, |voice| voice.part().from_s);
        let parts = &mut self.sing().parts;
        match answer {
            SingAnswer::Melody { performance, patch, share } => {
                let (Some((notes, timbre)), patch @ Some(_)) =
                    (melody_of(&performance, later_s), patch_of(&patch))
                else {
                    return;
                };
                let (place, ground) =
                    parts.all.pop().map(|part| (part.place, part.ground)).unwrap_or_default();
                let part = SungPart { notes, timbre, patch, place, ground, share };
                *parts = SungParts { all: vec![part], are_hits: false };
            }
            SingAnswer::Hits { hits } => {
                *parts = SungParts { all: parts_of_hits(&hits, later_s), are_hits: true };
            }
            SingAnswer::Kind { kind, patch, share } => {
                let Some(part) = parts.all.get_mut(kind) else { return };
                (part.patch, part.share) = (patch_of(&patch).or(part.patch.take()), share);
            }
            _ => return,
        }
        self.place_sung();
        self.refresh_trial();
    }

    /// A search is over. Without any notes in the bars there is nothing to keep.
    pub(super) fn end_sung_search(&mut self, task: TaskNumber) {
        if self.sing().search.task.take_if(|own| *own == task).is_some() && self.sing().trial.loops.is_empty()
        {
            self.refuse_sung(SingRefusal::NoNotes);
        }
    }

    /// A task has failed. A loop that plays already stays.
    pub(super) fn fail_sung_task(&mut self, task: TaskNumber, word: &str) {
        let own = self.sing();
        let is_reading = own.reading.take_if(|own| *own == task).is_some();
        let is_examining = own.search.examining.take_if(|own| *own == task).is_some();
        let is_searching = own.search.task.take_if(|own| *own == task).is_some();
        if own.search.placing.take_if(|(own, ..)| *own == task).is_some()
            || own.search.decoding.take_if(|(own, ..)| *own == task).is_some()
        {
            return;
        }
        if is_reading || is_examining || is_searching && own.parts.with_room(1).is_empty() {
            self.refuse_sung(SingRefusal::of_word(word));
        }
    }

    /// Everything of the last recording is dropped.
    pub(super) fn drop_sung(&mut self) {
        self.drop_sung_recording();
        let own = self.sing();
        let search = std::mem::take(&mut own.search);
        let (reading, voice) = (own.reading.take(), own.voice.take());
        own.parts = SungParts::default();
        own.refusal = None;
        self.cancel_task(reading);
        self.cancel_task(search.examining);
        self.cancel_task(search.task);
        if let Some(voice) = voice {
            self.forget_sung(voice.sound);
        }
        self.end_trial();
    }

    pub(super) fn refuse_sung(&mut self, refusal: SingRefusal) {
        self.drop_sung();
        self.sing().refusal = Some(refusal);
    }

    /// The page frees a sound.
    pub(super) fn forget_sung(&mut self, sound: SoundNumber) {
        self.begin_task(SingTask::Forget { sound });
    }
}
