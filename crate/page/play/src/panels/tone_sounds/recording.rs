//! A recording from the microphone for A or B: the task records; here are its seconds, and what ends it. One recording
//! runs at a time.

use super::{TonePlace, ToneProblem, ToneSentence, ToneSoundsAction, ToneSoundsTask};
use crate::panels::OwnAction;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::FileNumber;

const SECOND_MS: i32 = 1000;

/// The stage of a recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum RecordingStage {
    /// The microphone is asked for.
    #[default]
    Asking,
    /// The microphone is on.
    On,
    /// The recording becomes a file.
    Ending,
}

/// A recording.
#[derive(Clone, Debug, Default)]
pub(super) struct ToneRecording {
    task: Option<TaskNumber>,
    place: TonePlace,
    stage: RecordingStage,
    /// The place of the recording that begins once this one has ended.
    next: Option<TonePlace>,
    seconds: u32,
    /// Counts the recordings.
    count: u32,
}

impl ToneRecording {
    /// The place whose recording goes on.
    pub fn shown(&self) -> Option<TonePlace> {
        (self.task.is_some() && self.stage != RecordingStage::Asking).then_some(self.place)
    }
}

impl Reducer<'_> {
    /// Begins to record for a place, or ends its recording. A recording for the other place ends and becomes its sound.
    pub(super) fn record_tone(&mut self, place: TonePlace) {
        let recording = &mut self.tone_sounds().recording;
        if recording.task.is_none() {
            return self.begin_recording_tone(place);
        }
        if recording.stage == RecordingStage::Asking {
            recording.place = place;
            return;
        }
        recording.next = (recording.place != place).then_some(place);
        if recording.stage == RecordingStage::On {
            recording.stage = RecordingStage::Ending;
            self.begin_task(ToneSoundsTask::FinishRecording);
        }
    }

    fn begin_recording_tone(&mut self, place: TonePlace) {
        self.silence_tones();
        let task = self.begin_task(ToneSoundsTask::Record);
        let recording = &mut self.tone_sounds().recording;
        *recording = ToneRecording { task: Some(task), place, count: recording.count, ..Default::default() };
    }

    /// The microphone is on.
    pub(super) fn begin_counting_tone(&mut self, task: TaskNumber) {
        let recording = &mut self.tone_sounds().recording;
        if recording.task != Some(task) || recording.stage != RecordingStage::Asking {
            return;
        }
        recording.stage = RecordingStage::On;
        recording.count = recording.count.wrapping_add(1);
        self.say_tone_seconds();
    }

    pub(super) fn count_tone_second(&mut self, count: u32) {
        let recording = &mut self.tone_sounds().recording;
        let is_on = recording.task.is_some() && recording.stage == RecordingStage::On;
        if is_on && recording.count == count {
            recording.seconds += 1;
            self.say_tone_seconds();
        }
    }

    fn say_tone_seconds(&mut self) {
        let ToneRecording { seconds, count, .. } = self.tone_sounds().recording;
        self.say_tones(Some(ToneSentence::Recording { seconds }));
        self.act_later(SECOND_MS, OwnAction::ToneSounds(ToneSoundsAction::CountSecond { count }));
    }

    /// The recording is over, and its sound is read for its place.
    pub(super) fn take_recorded_tone(&mut self, task: TaskNumber, file: FileNumber, name: String) {
        let recording = &mut self.tone_sounds().recording;
        if recording.task == Some(task) {
            recording.stage = RecordingStage::Ending;
            let place = recording.place;
            self.read_tone(place, file, name);
        }
    }

    /// The recording has ended.
    pub(super) fn end_recording_tone(&mut self, task: TaskNumber) {
        if self.forget_recording_tone(task) {
            self.say_tone_progress();
            self.record_next_tone();
        }
    }

    pub(super) fn fail_recording_tone(&mut self, task: TaskNumber, problem: ToneProblem) {
        if self.forget_recording_tone(task) {
            self.say_tones(Some(ToneSentence::Problem { problem }));
            self.record_next_tone();
        }
    }

    fn record_next_tone(&mut self) {
        if let Some(place) = self.tone_sounds().recording.next.take() {
            self.begin_recording_tone(place);
        }
    }

    /// The panel is closed: the recording is not wanted any more.
    pub(super) fn drop_recording_tone(&mut self) {
        let recording = &mut self.tone_sounds().recording;
        recording.next = None;
        let task = recording.task.take();
        if task.is_some() {
            self.cancel_task(task);
            self.say_tone_progress();
        }
    }

    /// Returns true if the task was that of the recording.
    fn forget_recording_tone(&mut self, task: TaskNumber) -> bool {
        self.tone_sounds().recording.task.take_if(|running| *running == task).is_some()
    }
}
