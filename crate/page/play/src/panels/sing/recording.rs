//! The recording of a voice. It is a take like any other, which counts in, ends at its line and shows the state of
//! Record; in place of hands there is the microphone, which is open from before the count-in until after the end.

use super::hearing::{SungVoice, VoiceTime};
use super::{Sing, SingAnswer, SingRefusal, SingTask};
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::{FileNumber, SoundNumber};
use crate::tracks::sung::time::{LONGEST_S, SungSpan, microphone_delay_ms};
use crate::tracks::take::Take;

/// How long the microphone stays open after the end, in milliseconds: more than most microphones are late.
const TAIL_MS: f64 = 300.0;

/// A recording.
#[derive(Clone, Debug)]
pub(super) struct SungRecording {
    pub task: TaskNumber,
    /// When the microphone was open, in milliseconds on the clock of the frames.
    pub opened_ms: Option<f64>,
    pub end: Option<TakenTime>,
}

/// When a voice was taken, on the clock of the frames in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TakenTime {
    /// In free time, until then.
    Free { ended_ms: f64 },
    /// From a bar line on, which a person heard then.
    OnClock { line_ms: f64, length_s: f64, beats: u16, offset_beats: u16 },
}

impl TakenTime {
    /// The same in seconds of a recording that began then.
    fn within(self, from_ms: f64) -> VoiceTime {
        match self {
            Self::Free { ended_ms } => VoiceTime::Free { ended_s: (ended_ms - from_ms) / 1000.0 },
            Self::OnClock { line_ms, length_s, beats, offset_beats } => {
                let begin_s = (line_ms - from_ms) / 1000.0;
                VoiceTime::OnClock(SungSpan { begin_s, length_s, beats, offset_beats, sets_bpm: None })
            }
        }
    }
}

impl Sing {
    fn recording_of(&mut self, task: TaskNumber) -> Option<&mut SungRecording> {
        self.recording.as_mut().filter(|recording| recording.task == task)
    }
}

impl Reducer<'_> {
    /// Asks for the microphone. What was sung before is dropped.
    pub(super) fn record_sung(&mut self) {
        if self.sing().recording.is_some() {
            return;
        }
        self.drop_sung();
        if self.state.document().loops.are_full() {
            return self.refuse_sung(SingRefusal::Full);
        }
        let now_ms = self.state.panels.now_ms;
        self.keep_recording(now_ms);
        let task = self.begin_task(SingTask::Record);
        self.sing().recording = Some(SungRecording { task, opened_ms: None, end: None });
    }

    /// The microphone is open: the take begins, or waits for its line.
    pub(super) fn begin_sung_recording(&mut self, task: TaskNumber) {
        let now_ms = self.state.panels.now_ms;
        let Some(recording) = self.sing().recording_of(task) else { return };
        if recording.opened_ms.replace(now_ms).is_none() {
            // A take of hands that began meanwhile.
            self.keep_recording(now_ms);
            self.begin_sung_take(now_ms);
        }
    }

    /// The button of the panel does what the one that records does, but a second press does not drop what was sung.
    pub(super) fn finish_sung(&mut self) {
        let take = self.state.gesture.take.as_ref().filter(|take| take.is_sung);
        if let Some(is_closing) = take.map(|take| take.is_closing()) {
            if !is_closing {
                self.toggle_take(self.state.panels.now_ms);
            }
        } else {
            self.drop_open_recording();
        }
    }

    /// The take is over. The microphone stays open for a while: what was sung until now is still on its way.
    pub(crate) fn end_sung_take(&mut self, mut take: Take, now_ms: f64) {
        let transport = &self.state.gesture.transport;
        let beats = transport.beats_at(now_ms);
        let has_begun = take.has_begun(beats) && (take.span_beats().is_some() || take.end(beats));
        let beat_ms = transport.beat_ms();
        let end = match (take.span_beats(), beats) {
            _ if !has_begun => None,
            (Some((from, length)), Some(beats)) => Some(TakenTime::OnClock {
                line_ms: now_ms - (beats - from) * beat_ms,
                length_s: length * beat_ms / 1000.0,
                beats: length as u16,
                offset_beats: from.rem_euclid(length) as u16,
            }),
            _ if take.is_free() => Some(TakenTime::Free { ended_ms: now_ms }),
            _ => None,
        };
        let Some(end) = end else { return self.drop_sung_recording() };
        if let Some(recording) = &mut self.sing().recording {
            recording.end = Some(end);
            self.begin_task(SingTask::FinishRecording { after_ms: TAIL_MS });
        }
    }

    /// Closes the microphone, unless what was sung is on its way.
    pub(super) fn drop_open_recording(&mut self) {
        if self.sing().recording.as_ref().is_some_and(|recording| recording.end.is_none()) {
            self.drop_sung_recording();
        }
    }

    /// A take in free time is not longer than what is heard of a recording.
    pub(crate) fn limit_sung_take(&mut self, now_ms: f64) {
        let opened_ms = self.sing().recording.as_ref().and_then(|recording| recording.opened_ms);
        if opened_ms.is_none_or(|opened_ms| now_ms - opened_ms >= 1000.0 * LONGEST_S) {
            self.keep_recording(now_ms);
        }
    }

    /// The recording is in the page.
    pub(super) fn take_sung_recording(&mut self, task: TaskNumber, answer: &SingAnswer) {
        let &SingAnswer::Recorded { sound, from_ms, microphone_s, buffer_s } = answer else { return };
        if self.sing().recording_of(task).is_none() {
            return self.forget_sung(sound);
        }
        // Another listener has the microphone: the take ends with what there is.
        if self.sing().recording_of(task).is_some_and(|recording| recording.end.is_none()) {
            self.keep_recording(self.state.panels.now_ms);
        }
        let end = self.sing().recording.take().and_then(|recording| recording.end);
        let Some(end) = end else { return self.forget_sung(sound) };
        let from_ms = from_ms - microphone_delay_ms(microphone_s, buffer_s);
        self.hear_sung(sound, end.within(from_ms));
    }

    /// The microphone cannot be used, or is gone.
    pub(super) fn fail_sung_recording(&mut self, task: TaskNumber, word: &str) {
        if self.sing().recording_of(task).is_some() {
            self.drop_sung_recording();
            self.refuse_sung(SingRefusal::of_word(word));
        }
    }

    /// A recording that goes on is dropped.
    pub(super) fn drop_sung_recording(&mut self) {
        let task = self.sing().recording.take().map(|recording| recording.task);
        self.cancel_task(task);
        self.state.gesture.take.take_if(|take| take.is_sung);
    }

    /// A take that something else has ended drops the recording, too.
    pub(super) fn follow_sung_take(&mut self) {
        let is_taken = self.state.gesture.take.as_ref().is_some_and(|take| take.is_sung);
        let is_lost =
            |recording: &SungRecording| recording.opened_ms.is_some() && recording.end.is_none() && !is_taken;
        if self.sing().recording.as_ref().is_some_and(is_lost) {
            self.drop_sung_recording();
        }
    }

    /// A person gives a file in place of the microphone.
    pub(super) fn read_sung(&mut self, file: FileNumber) {
        self.drop_sung();
        if self.state.document().loops.are_full() {
            return self.refuse_sung(SingRefusal::Full);
        }
        let task = self.begin_task(SingTask::Read { file });
        self.sing().reading = Some(task);
    }

    pub(super) fn take_sung_file(&mut self, task: TaskNumber, sound: SoundNumber, length_s: f64) {
        if self.sing().reading.take_if(|reading| *reading == task).is_none() {
            return self.forget_sung(sound);
        }
        self.hear_sung(sound, VoiceTime::Free { ended_s: length_s });
    }

    fn hear_sung(&mut self, sound: SoundNumber, time: VoiceTime) {
        let is_given = self.state.has_bars();
        let voice = SungVoice { sound, time, is_tempo_given: is_given };
        self.sing().voice = Some(voice);
        self.examine_sung();
    }
}
