//! Recordings from the microphone for A and B.

use super::*;

const A: TonePlace = TonePlace::A;
const B: TonePlace = TonePlace::B;

impl SoundsPage {
    fn press_record(&mut self, place: TonePlace) {
        self.own(ToneSoundsAction::Record { place });
    }

    /// The microphone is granted.
    fn listen(&mut self) {
        let task = self.recording().expect("the microphone is asked for");
        self.answer(task, ToneSoundsAnswer::Listening);
    }

    /// The recording becomes a file, which is read.
    fn finish_recording(&mut self) {
        let task = self.recording().expect("a recording goes on");
        let file = self.file();
        self.answer(task, ToneSoundsAnswer::Recorded { file, name: "recording".to_owned() });
        self.end(task);
        let task = self.reading();
        self.read(task);
    }

    fn shown(&self) -> Option<TonePlace> {
        self.model().recording
    }

    fn asked_microphones(&self) -> usize {
        self.begun.iter().filter(|task| matches!(task, ToneSoundsTask::Record)).count()
    }
}

#[test]
fn a_recording_counts_its_seconds_and_becomes_the_sound_of_its_place() {
    let mut page = SoundsPage::open();
    page.press_record(A);
    assert_eq!(page.shown(), None, "the microphone is not on yet");
    page.listen();
    assert_eq!((page.shown(), page.said()), (Some(A), Some(ToneSentence::Recording { seconds: 0 })));
    page.wait();
    page.wait();
    assert_eq!(page.said(), Some(ToneSentence::Recording { seconds: 2 }));
    page.press_record(A);
    assert_eq!(page.begun.last(), Some(&ToneSoundsTask::FinishRecording));
    page.finish_recording();
    assert_eq!((page.shown(), page.name(A).as_deref()), (None, Some("recording")));
    page.wait();
    assert_eq!(page.said(), Some(ToneSentence::Computing), "the clock has ended with the recording");
}

#[test]
fn of_presses_while_the_microphone_is_not_on_yet_only_the_last_one_records() {
    let mut page = SoundsPage::open();
    for place in [A, A, B] {
        page.press_record(place);
    }
    assert_eq!(page.asked_microphones(), 1);
    page.listen();
    assert_eq!(page.shown(), Some(B));
}

#[test]
fn a_press_for_the_other_sound_ends_a_recording_which_counts_and_begins_the_next() {
    let mut page = SoundsPage::open();
    page.press_record(A);
    page.listen();
    page.press_record(B);
    assert_eq!(page.asked_microphones(), 1);
    page.finish_recording();
    assert_eq!(page.asked_microphones(), 2);
    page.listen();
    assert_eq!((page.name(A).as_deref(), page.shown()), (Some("recording"), Some(B)));

    page.press_record(A);
    page.press_record(B);
    page.finish_recording();
    assert_eq!(page.asked_microphones(), 2, "the last press was for the recording that ends");
}

#[test]
fn a_closed_panel_drops_a_recording_also_before_the_microphone_is_on() {
    for is_on in [false, true] {
        let mut page = SoundsPage::open();
        page.press_record(A);
        if is_on {
            page.listen();
        }
        page.close();
        assert_eq!(page.recording(), None);
        page.press_open();
        page.wait();
        assert_eq!((page.shown(), page.said(), page.name(A)), (None, None, None));
        page.press_record(A);
        page.listen();
        assert_eq!(page.shown(), Some(A));
    }
}

#[test]
fn a_refused_microphone_is_explained_and_an_empty_recording_changes_nothing() {
    let mut page = SoundsPage::with_result();
    page.press_record(A);
    let task = page.recording().expect("the microphone is asked for");
    page.fail(task, "microphone_refused");
    assert_eq!(page.said(), Some(ToneSentence::Problem { problem: ToneProblem::MicrophoneRefused }));
    page.press_record(A);
    page.listen();
    let task = page.recording().expect("a recording goes on");
    page.end(task);
    assert_eq!((page.said(), page.name(A).as_deref()), (None, Some("example")));
}
