//! How A to D are chosen, also where a patch comes late, a person goes elsewhere, or another decoder plays.

use super::*;

#[test]
fn the_current_sound_is_a_once_it_is_decoded_and_nothing_moves() {
    let mut page = BetweenPage::loading();
    assert_eq!(page.model().status, BetweenStatus::Missing { end: 0 });
    let notes = page.notes;
    page.work();
    assert_eq!(
        page.model().ends[0],
        Some(BetweenName { kind: BetweenNameKind::Nothing, name: String::new() })
    );
    assert_eq!(page.model().status, BetweenStatus::Missing { end: 1 });
    assert_eq!((page.point(), page.notes), ([0.5, 0.5], notes));
}

#[test]
fn the_current_sound_is_named_after_the_preset_that_it_is_or_that_is_near() {
    let mut page = BetweenPage::open();
    page.act(Action::Edit(Edit::GoToPreset(1)));
    page.frame();
    page.choose_here(1);
    assert_eq!(page.model().ends[1], Some(BetweenName::own("Harpsichord")));
    page.move_to(1.0, 1.0);
    for (x, kind) in [(3.0, BetweenNameKind::At), (2.8, BetweenNameKind::Near)] {
        page.move_to(x, 0.0);
        page.choose_here(2);
        page.work();
        assert_eq!(page.model().ends[2], Some(BetweenName { kind, name: "Harpsichord".to_owned() }));
    }
}

#[test]
fn a_chosen_sound_becomes_the_current_one_as_one_step_of_undo_and_is_heard() {
    let mut page = BetweenPage::open();
    let notes = page.notes;
    page.choose(1, 1);
    assert_eq!((page.point(), page.heard()), ([3.0, 0.0], Some(preset(1))));
    assert_eq!(page.notes, notes + 1);
    assert_eq!(page.model().slider.step, LAST_STEP);
    page.undo();
    assert_eq!(page.point(), [0.5, 0.5]);
}

#[test]
fn a_person_who_plays_elsewhere_while_a_sound_loads_stays_there_and_nothing_sounds() {
    let mut page = BetweenPage::loading();
    page.move_to(2.0, -1.0);
    let notes = page.notes;
    page.work();
    assert_eq!((page.point(), page.notes), ([2.0, -1.0], notes));
    assert!(page.model().ends[0].is_some());
}

#[test]
fn with_a_locked_group_the_panel_opens_silently_and_a_stays_what_it_is() {
    let mut page = BetweenPage::loading();
    page.close();
    page.act(Action::Edit(Edit::ToggleLock(patch::Group::Filter)));
    let (before, notes) = (page.state.document().here(), page.notes);
    page.reopen();
    page.work();
    assert_eq!((page.state.document().here(), page.notes), (before, notes));
    assert!(page.model().landmark.is_some(), "it is A");
    page.choose(1, 1);
    page.work();
    page.own(BetweenAction::MoveSlider { step: 0 });
    assert_eq!(page.state.heard_patch(), Some(Patch::default()));
    page.undo();
    page.undo();
    assert!(page.model().landmark.is_some(), "it is A again");
}

#[test]
fn a_choice_that_loads_does_not_replace_a_later_one() {
    let mut page = BetweenPage::open();
    page.move_to(2.0, -1.0);
    page.choose_here(0);
    let late = page.decoding();
    page.choose(0, 0);
    assert_eq!(page.name(0), "Choir");
    page.answer(late, BetweenAnswer::Patch { values: decoded([2.0, -1.0], 0.0).values().to_vec() });
    assert_eq!((page.name(0), page.point()), ("Choir".to_owned(), [-3.0, 0.0]));
}

#[test]
fn b_is_compared_with_the_a_that_still_loads_not_with_the_a_before() {
    let mut page = BetweenPage::open();
    page.choose(0, 0);
    page.move_to(2.0, -1.0);
    page.choose_here(0);
    let loading = page.decoding();
    page.choose(1, 0);
    assert_eq!(page.name(1), "", "it waits for A");
    page.perform(loading);
    assert_eq!((page.name(0).as_str(), page.name(1).as_str()), ("", "Choir"));
    assert_ne!(page.model().ends[0], page.model().ends[1]);
}

#[test]
fn a_choice_that_loads_takes_part_when_a_and_b_change_places() {
    let mut page = BetweenPage::with_ends(2);
    page.move_to(2.0, -1.0);
    page.choose_here(0);
    page.own(BetweenAction::Swap);
    assert_eq!((page.name(0), page.name(1)), ("Harpsichord".to_owned(), "Choir".to_owned()));
    page.work();
    assert_eq!((page.name(0), page.name(1)), ("Harpsichord".to_owned(), String::new()));
}

#[test]
fn the_same_sound_twice_is_refused_and_the_end_stays() {
    let mut page = BetweenPage::with_ends(2);
    page.choose(1, 0);
    let stays = Some(BetweenName::own("Harpsichord"));
    let problem = BetweenProblem::Same { end: 1, stays };
    assert_eq!(page.model().status, BetweenStatus::Problem { problem });
    assert_eq!((page.name(1), page.point()), ("Harpsichord".to_owned(), [3.0, 0.0]));
    page.own(BetweenAction::ToggleAround);
    assert!(!matches!(page.model().status, BetweenStatus::Problem { .. }), "the person does something else");
}

#[test]
fn a_sound_that_cannot_be_decoded_is_told_and_the_end_stays() {
    let mut page = BetweenPage::with_ends(2);
    page.move_to(2.0, -1.0);
    page.choose_here(0);
    page.fail(page.decoding(), "lost");
    assert_eq!(page.model().status, BetweenStatus::Problem { problem: BetweenProblem::Lost });
    assert_eq!(page.name(0), "Choir");
    page.move_to(1.0, -1.0);
    assert!(!matches!(page.model().status, BetweenStatus::Problem { .. }), "the person plays elsewhere");
}

#[test]
fn another_decoder_computes_the_sounds_of_the_map_anew_and_what_sounds_stays() {
    let mut page = BetweenPage::open();
    page.choose(1, 1);
    page.work();
    let (here, notes) = (page.state.document().here(), page.notes);
    page.change_decoder();
    page.work();
    let ends = &page.state.panels.between.ends.chosen;
    assert_eq!(ends[0].as_ref().map(|end| end.patch), Some(decoded([0.5, 0.5], 0.1)));
    assert_eq!(ends[1].as_ref().map(|end| end.patch), Some(preset(1)), "a preset has its own patch");
    assert_eq!((page.state.document().here(), page.notes), (here, notes));
    assert!(page.model().slider.is_ready);
}

#[test]
fn a_decoder_that_changes_while_a_choice_loads_or_the_panel_is_closed_computes_it_anew() {
    let mut page = BetweenPage::loading();
    let late = page.decoding();
    page.change_decoder();
    page.answer(late, BetweenAnswer::Patch { values: decoded([0.5, 0.5], 0.0).values().to_vec() });
    assert_eq!(page.name(0), "", "it is of the decoder before");
    assert!(page.model().ends[0].is_none());
    page.work();
    let patch = |page: &BetweenPage| page.state.panels.between.ends.chosen[0].as_ref().map(|end| end.patch);
    assert_eq!(patch(&page), Some(decoded([0.5, 0.5], 0.1)));
    page.close();
    page.change_decoder();
    assert!(page.task(|task| *task != BetweenTask::Free).is_none(), "nobody sees it");
    page.reopen();
    page.work();
    assert_eq!(patch(&page), Some(decoded([0.5, 0.5], 0.2)));
}

#[test]
fn a_later_choice_counts_more_than_the_same_sound_by_another_decoder() {
    let mut page = BetweenPage::open();
    page.change_decoder();
    let late = page.decoding();
    page.choose(0, 0);
    page.answer(late, BetweenAnswer::Patch { values: decoded([0.5, 0.5], 0.1).values().to_vec() });
    page.work();
    assert_eq!(page.name(0), "Choir");
}

#[test]
fn a_sound_that_another_decoder_cannot_compute_is_gone() {
    let mut page = BetweenPage::open();
    page.change_decoder();
    page.fail(page.decoding(), "lost");
    assert_eq!(page.model().status, BetweenStatus::Problem { problem: BetweenProblem::Lost });
    assert!(page.model().ends[0].is_none());
}

#[test]
fn closing_drops_what_loads_and_opening_again_begins_with_the_current_sound() {
    let mut page = BetweenPage::loading();
    let late = page.decoding();
    page.close();
    assert_eq!(page.state.marked_ends(), [None; END_COUNT]);
    page.answer(late, BetweenAnswer::Patch { values: decoded([0.5, 0.5], 0.0).values().to_vec() });
    assert!(page.model().ends[0].is_none());
    page.move_to(2.0, -1.0);
    page.reopen();
    page.work();
    assert_eq!(page.state.marked_ends()[0], Some(Point { x: 2.0, y: -1.0 }));
}

#[test]
fn the_map_marks_the_ends_while_the_panel_is_seen() {
    let mut page = BetweenPage::with_ends(4);
    let [a, b, ..] = page.state.marked_ends();
    assert_eq!([a, b], [Some(Point { x: -3.0, y: 0.0 }), Some(Point { x: 3.0, y: 0.0 })]);
    assert_eq!(page.state.marked_ends()[2..], [None, None], "the square is not shown");
    page.own(BetweenAction::ToggleFour);
    assert!(page.state.marked_ends().iter().all(Option::is_some));
    page.act(Action::Page(PageAction::SelectTab(Tab::Sound)));
    assert_eq!(page.state.marked_ends(), [None; END_COUNT]);
}
