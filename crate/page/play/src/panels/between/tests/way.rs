//! The slider from A to B and its three ways.

use super::*;
use crate::held_keys::KeyHolder;

fn move_to(page: &mut BetweenPage, step: usize) {
    page.own(BetweenAction::PressSliderKey);
    page.own(BetweenAction::MoveSlider { step });
    page.own(BetweenAction::MovedSlider);
    page.rest();
}

/// The parameter that tells the simulated ways apart.
fn width(page: &BetweenPage) -> f32 {
    page.heard().expect("a patch between").get(Parameter::ReverbWidth)
}

#[test]
fn the_slider_leads_through_every_sound_between_and_its_ends_are_exact() {
    let mut page = BetweenPage::with_ends(2);
    assert!(page.model().slider.is_ready);
    move_to(&mut page, 48);
    assert_eq!(page.point(), [0.0, 0.0]);
    let half = page.heard().expect("a patch").get(Parameter::ReverbWet);
    assert!(half > 0.1 && half < 0.3, "{half}");
    assert_eq!(page.model().slider.percent, 50);
    for (step, row) in [(0, 0), (LAST_STEP, 1)] {
        move_to(&mut page, step);
        assert_eq!(page.heard(), Some(preset(row)));
    }
}

#[test]
fn a_drag_sounds_while_it_is_pressed_and_is_one_step_of_undo_that_the_slider_follows() {
    let mut page = BetweenPage::with_ends(2);
    let notes = page.notes;
    page.own(BetweenAction::PressSlider { pointer: 1 });
    assert!(page.state.is_sounding());
    for step in [90, 70, 48] {
        page.own(BetweenAction::MoveSlider { step });
    }
    page.own(BetweenAction::PressSlider { pointer: 2 });
    page.own(BetweenAction::LiftSlider { pointer: 2 });
    assert!(page.state.is_sounding(), "the first pointer plays on");
    page.own(BetweenAction::MovedSlider);
    page.own(BetweenAction::LiftSlider { pointer: 1 });
    assert!(!page.state.is_sounding());
    assert_eq!(page.notes, notes + 1);
    page.undo();
    assert_eq!((page.model().slider.step, page.heard()), (LAST_STEP, Some(preset(1))));
    page.act(Action::Edit(Edit::Redo));
    page.frame();
    assert_eq!(page.model().slider.step, 48);
}

#[test]
fn keys_that_move_the_slider_and_a_drag_right_after_them_are_two_steps_of_undo() {
    let mut page = BetweenPage::with_ends(2);
    page.own(BetweenAction::PressSliderKey);
    page.own(BetweenAction::MoveSlider { step: 95 });
    page.own(BetweenAction::MovedSlider);
    page.own(BetweenAction::PressSlider { pointer: 1 });
    page.rest();
    page.own(BetweenAction::MoveSlider { step: 48 });
    page.own(BetweenAction::LiftSlider { pointer: 1 });
    page.undo();
    assert_eq!(page.model().slider.step, 95);
    page.undo();
    assert_eq!(page.model().slider.step, LAST_STEP);
}

#[test]
fn a_finger_that_scrolls_leaves_the_slider_where_it_was() {
    let mut page = BetweenPage::with_ends(2);
    page.own(BetweenAction::PressSlider { pointer: 3 });
    page.own(BetweenAction::MoveSlider { step: 30 });
    page.own(BetweenAction::ScrollSlider { pointer: 3 });
    assert_eq!((page.model().slider.step, page.heard()), (LAST_STEP, Some(preset(1))));
    assert!(!page.state.is_sounding());
}

#[test]
fn the_current_sound_follows_the_chosen_way() {
    let mut page = BetweenPage::with_ends(2);
    move_to(&mut page, 24);
    assert_eq!(width(&page), 0.5);
    page.own(BetweenAction::ChooseWay { way: BetweenWay::Plane });
    assert_eq!(width(&page), 0.5, "until it is computed");
    page.work();
    assert_eq!(width(&page), 0.6);
    assert_eq!(page.model().status, BetweenStatus::About { way: BetweenWay::Plane });
    page.own(BetweenAction::ChooseWay { way: BetweenWay::Straight });
    assert_eq!(width(&page), 0.5);
}

#[test]
fn the_way_by_sound_is_measured_and_a_person_can_stop_that() {
    let mut page = BetweenPage::with_ends(2);
    move_to(&mut page, 24);
    page.own(BetweenAction::ChooseWay { way: BetweenWay::Sound });
    let late = page.measuring().expect("it is measured");
    page.news(late, TaskNews::Progress(0.31));
    assert_eq!(page.model().status, BetweenStatus::Measuring { percent: 31 });
    page.own(BetweenAction::ToggleMeasuring);
    assert_eq!(page.model().status, BetweenStatus::Unmeasured);
    let way = answers(
        &BetweenTask::BySound {
            values: vec![0.0; 82],
            count: 97,
            note: BetweenNote { key: 60, held_s: 2.0 },
        },
        0.0,
    )
    .remove(0);
    page.answer(late, way);
    assert_eq!((page.model().status, width(&page)), (BetweenStatus::Unmeasured, 0.5));
    page.own(BetweenAction::ToggleMeasuring);
    page.perform(page.measuring().expect("it is measured again"));
    assert_eq!(page.model().status, BetweenStatus::About { way: BetweenWay::Sound });
    assert_eq!(width(&page), 0.7);
    assert!(!page.model().slider.can_measure);
}

/// The note of the task that measures the way by sound.
fn measured_note(page: &BetweenPage) -> Option<BetweenNote> {
    page.running.iter().find_map(|(_, task)| match task {
        BetweenTask::BySound { note, .. } => Some(*note),
        _ => None,
    })
}

#[test]
fn the_ways_are_compared_at_the_key_that_a_person_plays_and_measured_again_at_another_one() {
    let mut page = BetweenPage::with_ends(2);
    page.state.keys.press(KeyHolder::Midi(48), 48, 100, false);
    page.own(BetweenAction::ChooseWay { way: BetweenWay::Sound });
    let low = BetweenNote { key: 48, held_s: 2.0 };
    assert_eq!(measured_note(&page), Some(low));
    page.perform(page.measuring().expect("it is measured"));
    page.work();
    let comparison = page.model().comparison;
    let uneven: Vec<f32> = comparison.figures.iter().flatten().map(|way| way.uneven_points).collect();
    assert_eq!((comparison.note, comparison.played, uneven), (Some(low), None, vec![5.0, 6.0, 7.0]));
    assert!(!page.model().slider.can_measure);
    page.state.keys.press(KeyHolder::Midi(72), 72, 100, false);
    assert_eq!(page.model().comparison.played, Some(BetweenNote { key: 72, held_s: 2.0 }));
    page.own(BetweenAction::ToggleMeasuring);
    assert_eq!(measured_note(&page).map(|note| note.key), Some(72));
    page.own(BetweenAction::ToggleMeasuring);
    assert_eq!(page.model().comparison.note, Some(low), "a stopped measurement changes nothing");
    page.choose(0, 2);
    assert_eq!(page.model().comparison.figures, [None; 3], "of another pair nothing is known");
}

#[test]
fn a_way_with_a_silent_sound_has_no_figures_and_the_others_have() {
    let mut page = BetweenPage::with_ends(2);
    page.own(BetweenAction::ChooseWay { way: BetweenWay::Sound });
    page.perform(page.measuring().expect("it is measured"));
    let comparing = |page: &BetweenPage| page.task(|task| matches!(task, BetweenTask::Compare { .. }));
    page.fail(comparing(&page).expect("the straight way comes first"), "silent");
    page.work();
    let known: Vec<bool> = page.model().comparison.figures.iter().map(Option::is_some).collect();
    assert_eq!(known, [false, true, true]);
    assert_eq!(page.model().status, BetweenStatus::About { way: BetweenWay::Sound });
}

#[test]
fn a_silent_end_is_told_and_the_way_stays_straight() {
    let mut page = BetweenPage::with_ends(2);
    move_to(&mut page, 24);
    page.own(BetweenAction::ChooseWay { way: BetweenWay::Sound });
    page.fail(page.measuring().expect("it is measured"), "silent");
    assert_eq!(page.model().status, BetweenStatus::Problem { problem: BetweenProblem::Silent });
    assert_eq!(width(&page), 0.5);
    assert!(page.model().slider.can_measure);
}

#[test]
fn when_a_and_b_change_places_the_sound_stays_and_a_measurement_begins_anew() {
    let mut page = BetweenPage::with_ends(2);
    move_to(&mut page, 24);
    let before = page.heard();
    page.own(BetweenAction::Swap);
    assert_eq!((page.model().slider.step, page.heard()), (72, before));
    assert_eq!((page.name(0), page.name(1)), ("Harpsichord".to_owned(), "Choir".to_owned()));
    move_to(&mut page, 0);
    assert_eq!(page.heard(), Some(preset(1)));
    page.own(BetweenAction::ChooseWay { way: BetweenWay::Sound });
    let late = page.measuring();
    page.own(BetweenAction::Swap);
    assert!(page.measuring().is_some() && page.measuring() != late);
}

#[test]
fn a_panel_that_is_closed_while_it_measures_measures_anew_when_it_opens_again() {
    let mut page = BetweenPage::with_ends(2);
    page.own(BetweenAction::ChooseWay { way: BetweenWay::Sound });
    let late = page.measuring().expect("it is measured");
    page.news(late, TaskNews::Progress(0.5));
    page.close();
    page.reopen();
    assert_eq!(page.model().status, BetweenStatus::Measuring { percent: 0 });
    page.fail(late, "lost");
    assert_eq!(page.model().status, BetweenStatus::Measuring { percent: 0 });
}

#[test]
fn a_way_of_other_ends_is_dropped() {
    let mut page = BetweenPage::open();
    page.choose(0, 0);
    page.choose(1, 1);
    let late = page.task(|task| matches!(task, BetweenTask::Straight { .. })).expect("a way is computed");
    page.choose(1, 3);
    let way = answers(&BetweenTask::Straight { values: vec![0.0; 82], count: 97 }, 0.0).remove(0);
    page.answer(late, way);
    assert!(!page.model().slider.is_ready);
    page.work();
    move_to(&mut page, LAST_STEP);
    assert_eq!(page.heard(), Some(preset(3)));
}

#[test]
fn a_sound_elsewhere_is_told_and_the_slider_leads_back() {
    let mut page = BetweenPage::with_ends(2);
    page.move_to(1.0, 1.0);
    assert_eq!(page.model().status, BetweenStatus::Away);
    assert!(!page.model().slider.is_here);
    move_to(&mut page, 10);
    assert_eq!(page.model().status, BetweenStatus::About { way: BetweenWay::Straight });
}
