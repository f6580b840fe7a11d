//! A recording from the microphone: the task records; here are its seconds, and what ends it.

use super::{MatchAction, MatchRefusal, MatchSentence, MatchTask};
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::FileNumber;

const SECOND_MS: i32 = 1000;

/// A recording.
#[derive(Clone, Debug, Default)]
pub(super) struct MicrophoneRecording {
    task: Option<TaskNumber>,
    /// True once the microphone is on.
    pub is_on: bool,
    seconds: u32,
    /// Counts the recordings.
    count: u32,
}

impl Reducer<'_> {
    /// Begins to record, or ends the recording. A recording whose microphone is not on yet is dropped.
    pub(super) fn toggle_recording(&mut self) {
        let recording = &self.sound_match().recording;
        match (recording.task, recording.is_on) {
            (None, _) => {
                let task = self.begin_task(MatchTask::Record);
                self.sound_match().recording.task = Some(task);
            }
            (Some(_), true) => drop(self.begin_task(MatchTask::FinishRecording)),
            (Some(_), false) => self.drop_recording(),
        }
    }

    /// The microphone is on.
    pub(super) fn begin_counting(&mut self, task: TaskNumber) {
        let recording = &mut self.sound_match().recording;
        if recording.task != Some(task) || recording.is_on {
            return;
        }
        recording.is_on = true;
        recording.seconds = 0;
        recording.count = recording.count.wrapping_add(1);
        self.say_seconds();
    }

    pub(super) fn count_second(&mut self, count: u32) {
        let recording = &mut self.sound_match().recording;
        if recording.is_on && recording.count == count {
            recording.seconds += 1;
            self.say_seconds();
        }
    }

    fn say_seconds(&mut self) {
        let MicrophoneRecording { seconds, count, .. } = self.sound_match().recording;
        self.say_match(vec![MatchSentence::Recording { seconds }]);
        self.match_later(SECOND_MS, MatchAction::CountSecond { count });
    }

    /// The recording is over, and its sound is searched for.
    pub(super) fn take_recording(&mut self, task: TaskNumber, file: FileNumber, name: String) {
        if self.forget_recording(task) {
            self.read_sound(file, name);
        }
    }

    /// The recording has ended; without a sound nothing is said of it any more.
    pub(super) fn end_recording(&mut self, task: TaskNumber) {
        if self.forget_recording(task) {
            self.say_match(Vec::new());
        }
    }

    pub(super) fn fail_recording(&mut self, task: TaskNumber, refusal: MatchRefusal) {
        if self.forget_recording(task) {
            self.say_match(vec![MatchSentence::Refused { refusal, name: String::new() }]);
        }
    }

    /// Another sound is given, or the panel is closed: the recording is not wanted any more.
    pub(super) fn drop_recording(&mut self) {
        let recording = &mut self.sound_match().recording;
        recording.is_on = false;
        let task = recording.task.take();
        self.cancel_task(task);
    }

    /// Returns true if the task was that of the recording.
    fn forget_recording(&mut self, task: TaskNumber) -> bool {
        let recording = &mut self.sound_match().recording;
        let is_own = recording.task == Some(task);
        if is_own {
            recording.task = None;
            recording.is_on = false;
        }
        is_own
    }
}
