//! A recording from the microphone.

use super::*;

fn recording(page: &MatchPage) -> Option<TaskNumber> {
    page.task(|task| *task == MatchTask::Record)
}

fn seconds(page: &MatchPage) -> Option<u32> {
    match page.model().status.as_slice() {
        [MatchSentence::Recording { seconds }] => Some(*seconds),
        _ => None,
    }
}

/// A page whose microphone is on.
fn listening() -> (MatchPage, TaskNumber) {
    let mut page = MatchPage::open();
    page.own(MatchAction::Record);
    let task = recording(&page).expect("it records");
    page.answer(task, MatchAnswer::Listening);
    (page, task)
}

#[test]
fn a_recording_counts_its_seconds_and_is_searched_for() {
    let (mut page, task) = listening();
    assert!(page.model().is_recording);
    page.wait();
    page.wait();
    assert_eq!(seconds(&page), Some(2));
    page.own(MatchAction::Record);
    assert!(page.task(|task| *task == MatchTask::FinishRecording).is_some());
    page.finish(task, MatchAnswer::Recorded { file: FileNumber::of(7), name: "your recording".to_owned() });
    assert!(!page.model().is_recording);
    page.read();
    page.hear();
    assert_eq!(page.target(), "your recording");
    page.wait();
    assert_eq!(page.model().status, [], "its clock has stopped");
}

#[test]
fn a_microphone_that_is_blocked_missing_or_busy_is_explained() {
    for (reason, refusal) in [
        ("microphone_refused", MatchRefusal::MicrophoneRefused),
        ("microphone_missing", MatchRefusal::MicrophoneMissing),
        ("microphone_busy", MatchRefusal::MicrophoneBusy),
        ("microphone_insecure", MatchRefusal::MicrophoneInsecure),
        ("no_sound", MatchRefusal::NoSound),
    ] {
        let mut page = MatchPage::open();
        page.own(MatchAction::Record);
        let task = recording(&page).expect("it records");
        page.fail(task, reason);
        assert_eq!((page.refusal(), page.model().is_recording), (Some(refusal), false));
    }
}

#[test]
fn another_sound_or_the_closed_panel_drops_a_recording() {
    let (mut page, task) = listening();
    page.give("harp.wav");
    assert!(recording(&page).is_none() && !page.model().is_recording);
    page.answer(task, MatchAnswer::Recorded { file: FileNumber::of(7), name: "your recording".to_owned() });
    page.wait();
    assert_eq!(page.model().status, [MatchSentence::Reading { name: "harp.wav".to_owned() }]);
    let (mut page, _) = listening();
    page.close();
    assert!(recording(&page).is_none() && !page.model().is_recording && page.model().status.is_empty());
}

#[test]
fn pressed_again_before_the_microphone_is_on_nothing_is_recorded() {
    let mut page = MatchPage::open();
    page.own(MatchAction::Record);
    page.own(MatchAction::Record);
    assert_eq!(recording(&page), None);
    page.own(MatchAction::Record);
    assert!(recording(&page).is_some());
}
