//! The sounds that a person gives: those that count, and the sentences about those that cannot be used.

use super::*;

const A: TonePlace = TonePlace::A;
const B: TonePlace = TonePlace::B;

fn refusal(name: &str, problem: ToneProblem) -> Vec<(String, ToneProblem)> {
    vec![(name.to_owned(), problem)]
}

#[test]
fn a_sound_that_is_given_later_is_not_replaced_by_an_earlier_file() {
    let mut page = SoundsPage::open();
    let slow = page.give(A, "slow.wav");
    page.take_example(A);
    page.compute();
    let before = page.said();
    page.read(slow);
    assert_eq!((page.name(A).as_deref(), page.said()), (Some("example"), before));

    let first = page.give(A, "first.wav");
    let second = page.give(A, "second.wav");
    page.read(second);
    page.fail(first, "not_audio");
    assert_eq!(page.name(A).as_deref(), Some("second.wav"));
    assert_eq!((page.refused(), page.said()), (vec![], Some(ToneSentence::Computing)));
}

#[test]
fn a_refused_file_leaves_the_sound_before_it_alone_and_an_earlier_one_that_is_read_later() {
    let mut page = SoundsPage::with_result();
    let bad = page.give(A, "bad.wav");
    page.fail(bad, "not_audio");
    assert_eq!(page.refused(), refusal("bad.wav", ToneProblem::NotAudio));
    assert_eq!((page.name(A).as_deref(), page.said()), (Some("example"), None));

    let slow = page.give(A, "slow.wav");
    let bad = page.give(A, "bad.wav");
    page.fail(bad, "silent");
    assert_eq!(page.said(), Some(ToneSentence::Reading), "the earlier one is still read");
    page.read(slow);
    page.compute();
    assert_eq!(page.name(A).as_deref(), Some("slow.wav"));
    assert_eq!(page.refused(), refusal("bad.wav", ToneProblem::Silent));
}

#[test]
fn what_is_said_of_a_refused_file_stays_until_a_person_does_something_else() {
    let mut page = SoundsPage::open();
    page.drop_files(&["pluck.wav", "bad.wav"]);
    let (bad, pluck) = (page.running[1].0, page.running[0].0);
    page.fail(bad, "not_audio");
    page.read(pluck);
    page.compute();
    page.wait();
    assert_eq!(page.refused(), refusal("bad.wav", ToneProblem::NotAudio));
    assert_eq!((page.name(A).as_deref(), page.name(B)), (Some("pluck.wav"), None));
    page.own(ToneSoundsAction::TogglePlaying);
    assert_eq!(page.refused(), vec![]);
}

#[test]
fn of_dropped_files_the_first_two_count_also_while_the_script_loads() {
    let mut page = SoundsPage::new();
    page.drop_files(&["a.wav", "b.wav", "c.wav"]);
    assert!(page.running.is_empty());
    page.panel(PanelAction::Loaded(PanelId::ToneSounds));
    let tasks: Vec<TaskNumber> = page.running.iter().map(|(number, _)| *number).collect();
    assert_eq!(tasks.len(), 2);
    tasks.into_iter().for_each(|task| page.read(task));
    assert_eq!((page.name(A).as_deref(), page.name(B).as_deref()), (Some("a.wav"), Some("b.wav")));
}

#[test]
fn a_dropped_sound_leaves_alone_what_is_chosen_under_through() {
    let mut page = SoundsPage::with_result();
    page.own(ToneSoundsAction::ChooseThrough { through: 3 });
    page.compute();
    page.drop_files(&["pluck.wav"]);
    let task = page.reading();
    page.read(task);
    assert_eq!((page.model().through, page.asked().0.as_str()), (3, "brass"));
    assert_eq!(page.model().brought, 1, "the panel is brought into view");
}

#[test]
fn a_sound_b_alone_asks_for_a_and_a_removed_a_is_replaced_by_b() {
    let mut page = SoundsPage::open();
    page.take_example(B);
    assert_eq!(page.said(), Some(ToneSentence::MissingA));
    assert_eq!(page.computing(), None);
    let task = page.give(A, "a.wav");
    page.read(task);
    page.compute();
    page.own(ToneSoundsAction::Remove { place: A });
    assert_eq!((page.name(A).as_deref(), page.name(B)), (Some("example"), None));
    page.compute();
    page.own(ToneSoundsAction::Remove { place: A });
    assert_eq!((page.name(A), page.model().result.can_save, page.said()), (None, false, None));
    assert_eq!(page.computing(), None);
}

#[test]
fn what_is_said_stands_with_the_sound_whose_button_was_pressed_and_a_result_below() {
    let mut page = SoundsPage::open();
    assert_eq!(page.model().speech.place, None);
    page.own(ToneSoundsAction::AskForFile { place: B });
    assert_eq!(page.model().speech.place, Some(ToneSpeechPlace::B));
    page.take_example(A);
    assert_eq!(page.model().speech.place, Some(ToneSpeechPlace::A));
    page.compute();
    assert_eq!(
        (page.model().speech.place, page.said()),
        (Some(ToneSpeechPlace::Result), Some(ToneSentence::Done))
    );
}
