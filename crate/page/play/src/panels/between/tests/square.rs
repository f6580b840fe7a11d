//! The square of four sounds.

use super::*;

#[test]
fn a_drag_in_the_square_is_one_step_of_undo_and_its_corners_are_exact() {
    let mut page = BetweenPage::with_square();
    assert_eq!(page.model().square, BetweenSquare { at: [100, 100], is_ready: true, is_here: true });
    page.own(BetweenAction::PressSquare { pointer: 1, at: [0.8, 0.8] });
    assert!(page.state.is_sounding());
    page.work();
    page.own(BetweenAction::DragSquare { pointer: 1, at: [0.4, 0.4] });
    page.work();
    page.own(BetweenAction::LiftSquare { pointer: 1 });
    assert!(!page.state.is_sounding());
    assert_eq!(page.model().square.at, [40, 40]);
    let mixture = page.heard();
    assert_eq!(mixture.map(|patch| patch.get(Parameter::ReverbWidth)), Some(0.8));
    page.undo();
    assert_eq!((page.model().square.at, page.heard()), ([100, 100], Some(preset(3))));
    page.own(BetweenAction::PressSquare { pointer: 1, at: [0.1, 0.9] });
    page.own(BetweenAction::DragSquare { pointer: 1, at: [-0.1, 1.2] });
    page.work();
    page.own(BetweenAction::LiftSquare { pointer: 1 });
    assert_eq!(page.heard(), Some(preset(2)));
}

#[test]
fn while_a_mixture_is_computed_only_the_last_wish_counts() {
    let mut page = BetweenPage::with_square();
    page.own(BetweenAction::PressSquare { pointer: 1, at: [0.9, 0.9] });
    let first = page.mixing().expect("a mixture is computed");
    for across in [0.8, 0.6, 0.3] {
        page.own(BetweenAction::DragSquare { pointer: 1, at: [across, 0.9] });
    }
    assert_eq!(page.mixing(), Some(first), "one at a time");
    page.own(BetweenAction::LiftSquare { pointer: 1 });
    page.perform(first);
    page.perform(page.mixing().expect("the last wish"));
    assert_eq!(page.mixing(), None);
    assert_eq!(page.model().square.at, [30, 90]);
    page.undo();
    assert_eq!(page.model().square.at, [100, 100], "all of it is one step");
}

#[test]
fn keys_that_move_the_point_and_a_drag_right_after_them_are_two_steps_of_undo() {
    let mut page = BetweenPage::with_square();
    page.own(BetweenAction::StepSquareAxis { axis: 0, by: -1 });
    // The mixture of the key is still computed.
    page.own(BetweenAction::PressSquare { pointer: 1, at: [0.7, 0.7] });
    page.rest();
    page.work();
    page.own(BetweenAction::DragSquare { pointer: 1, at: [0.4, 0.4] });
    page.work();
    page.own(BetweenAction::LiftSquare { pointer: 1 });
    page.undo();
    assert_eq!(page.model().square.at, [99, 100]);
    page.undo();
    assert_eq!(page.model().square.at, [100, 100]);
}

#[test]
fn keys_move_the_point_by_steps_within_the_square() {
    let mut page = BetweenPage::with_square();
    page.own(BetweenAction::StepSquareAxis { axis: 0, by: -10 });
    page.own(BetweenAction::StepSquareAxis { axis: 1, by: 5 });
    page.own(BetweenAction::SetSquareAxis { axis: 1, step: 41 });
    page.work();
    page.rest();
    assert_eq!(page.model().square.at, [90, 41]);
    page.undo();
    assert_eq!(page.model().square.at, [100, 100]);
}

#[test]
fn only_the_first_finger_moves_the_square() {
    let mut page = BetweenPage::with_square();
    page.own(BetweenAction::PressSquare { pointer: 1, at: [0.3, 0.7] });
    page.own(BetweenAction::PressSquare { pointer: 2, at: [0.8, 0.2] });
    page.own(BetweenAction::DragSquare { pointer: 2, at: [0.9, 0.2] });
    page.own(BetweenAction::LiftSquare { pointer: 2 });
    assert_eq!(page.model().square.at, [30, 70]);
    assert!(page.state.is_sounding());
    page.own(BetweenAction::DragSquare { pointer: 1, at: [0.6, 0.7] });
    page.own(BetweenAction::LiftSquare { pointer: 1 });
    assert_eq!(page.model().square.at, [60, 70]);
    assert!(!page.state.is_sounding());
}

#[test]
fn a_finger_that_scrolls_leaves_the_point_where_it_was() {
    let mut page = BetweenPage::with_square();
    page.own(BetweenAction::PressSquare { pointer: 1, at: [0.3, 0.7] });
    page.own(BetweenAction::CancelSquare { pointer: 1 });
    page.work();
    page.rest();
    assert_eq!((page.model().square.at, page.heard()), ([100, 100], Some(preset(3))));
    assert!(!page.state.is_sounding());
}

#[test]
fn a_mixture_of_other_corners_is_dropped_and_a_lost_worker_is_told() {
    let mut page = BetweenPage::with_square();
    page.own(BetweenAction::StepSquareAxis { axis: 0, by: -10 });
    let late = page.mixing().expect("a mixture is computed");
    page.choose(3, 4);
    page.answer(late, BetweenAnswer::Patch { values: preset(0).values().to_vec() });
    assert_eq!(page.heard(), Some(preset(4)));
    page.own(BetweenAction::StepSquareAxis { axis: 0, by: -10 });
    page.fail(page.mixing().expect("a mixture is computed"), "lost");
    assert_eq!(page.model().status, BetweenStatus::Problem { problem: BetweenProblem::Lost });
    page.own(BetweenAction::StepSquareAxis { axis: 0, by: -10 });
    assert!(page.mixing().is_some(), "the next key tries again");
}

#[test]
fn the_square_waits_for_all_four() {
    let mut page = BetweenPage::with_ends(3);
    page.own(BetweenAction::ToggleFour);
    assert_eq!(page.model().status, BetweenStatus::Missing { end: 3 });
    page.own(BetweenAction::PressSquare { pointer: 1, at: [0.3, 0.7] });
    assert!(!page.state.is_sounding() && !page.model().square.is_ready);
}
