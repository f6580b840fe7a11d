//! The result: the wish that is computed, the result that counts, and the sentences about failures.

use super::*;

const A: TonePlace = TonePlace::A;
const B: TonePlace = TonePlace::B;

fn strength(share: f32) -> ToneSoundsAction {
    ToneSoundsAction::SetStrength { share }
}

#[test]
fn while_a_result_is_computed_only_the_last_wish_counts() {
    let mut page = SoundsPage::with_result();
    let begun = page.begun.len();
    for share in [0.1, 0.2, 0.3] {
        page.own(strength(share));
    }
    assert_eq!(page.asked().1, 0.1);
    let task = page.computing().expect("the first");
    page.finish_computing(task);
    assert_eq!(page.asked().1, 0.3);
    page.compute();
    let computed = page.begun[begun..].iter().filter(|task| matches!(task, ToneSoundsTask::Compute { .. }));
    assert_eq!((computed.count(), page.said()), (2, None));
}

#[test]
fn a_result_of_the_sound_before_is_neither_heard_nor_saved_under_the_name_of_the_new_one() {
    let mut page = SoundsPage::with_result();
    page.own(ToneSoundsAction::ChooseThrough { through: 3 });
    let old = page.computing().expect("that of the example");
    let task = page.give(A, "pluck.wav");
    page.read(task);
    assert!(!page.model().result.can_save);
    let begun = page.begun.len();
    page.own(ToneSoundsAction::Save);
    assert_eq!((page.begun.len(), page.said()), (begun, Some(ToneSentence::Computing)));
    page.finish_computing(old);
    assert!(!page.model().result.can_save);
    page.compute();
    page.own(ToneSoundsAction::Save);
    let file = "pluck.wav".to_owned();
    assert!(matches!(page.begun.last(), Some(ToneSoundsTask::Save { file: own, .. }) if *own == file));
    assert_eq!(page.said(), Some(ToneSentence::Saved { file }));
}

#[test]
fn the_way_between_two_sounds_is_as_chosen() {
    let mut page = SoundsPage::with_result();
    page.take_example(B);
    page.compute();
    page.own(ToneSoundsAction::SetShare { share: 7.0 });
    assert_eq!(page.asked(), ("strings".to_owned(), 1.0, vec![1.5], false));
    page.compute();
    for (way, places) in [
        (ToneWay::Goes, vec![0.0, 1.5]),
        (ToneWay::Returns, vec![0.0, 1.5, 0.0]),
        (ToneWay::Stays, vec![1.5]),
    ] {
        page.own(ToneSoundsAction::ChooseWay { way });
        assert_eq!(page.asked().2, places);
        page.compute();
    }
    page.own(ToneSoundsAction::ChooseWay { way: ToneWay::Drawn });
    assert_eq!(page.asked().2.len(), CURVE_POINTS);
    page.compute();
    page.own(ToneSoundsAction::ToggleAligned);
    assert!(page.asked().3);
}

#[test]
fn chords_and_noises_have_a_model_of_their_own_that_another_instrument_leaves() {
    let mut page = SoundsPage::with_result();
    page.own(ToneSoundsAction::ChooseThrough { through: usize::MAX });
    assert_eq!((page.asked().0.as_str(), page.model().is_textures), ("textures", true));
    page.compute();
    page.choose_instrument(Some(ToneDomain::AmSynth));
    assert_eq!(
        (page.asked().0.as_str(), page.model().is_textures, page.model().through),
        ("amsynth", false, 4)
    );
}

#[test]
fn a_failure_is_explained_takes_the_result_away_and_the_next_wish_tries_again() {
    for (reason, problem) in [("lost", ToneProblem::Lost), ("failed", ToneProblem::Failed)] {
        let mut page = SoundsPage::with_result();
        page.own(ToneSoundsAction::TogglePlaying);
        page.own(strength(0.5));
        let task = page.computing().expect("a result is computed");
        page.fail(task, reason);
        assert_eq!(page.said(), Some(ToneSentence::Problem { problem }));
        let result = page.model().result;
        assert_eq!((result.can_save, result.is_playing, result.player), (false, false, None));
        page.own(strength(0.6));
        page.compute();
        assert_eq!((page.model().result.can_save, page.said()), (true, None));
    }
}

#[test]
fn a_failure_after_another_wish_is_not_told_before_that_was_tried() {
    let mut page = SoundsPage::with_result();
    page.own(strength(0.5));
    page.own(strength(0.6));
    let task = page.computing().expect("a result is computed");
    page.fail(task, "lost");
    assert_eq!((page.said(), page.asked().1), (Some(ToneSentence::Computing), 0.6));
}

#[test]
fn the_page_keeps_no_sound_that_nothing_names() {
    let mut page = SoundsPage::with_result();
    for share in [0.1, 0.5] {
        page.own(strength(share));
        page.compute();
    }
    page.take_example(A);
    page.compute();
    page.take_example(B);
    page.compute();
    assert_eq!(page.kept.len(), 3, "A, B and the result");
    page.own(ToneSoundsAction::Remove { place: A });
    page.compute();
    assert_eq!(page.kept.len(), 2, "A and the result");
}
