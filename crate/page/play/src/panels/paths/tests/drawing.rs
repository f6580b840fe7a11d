//! Lanes, notes and operators.

use super::*;

fn place(time_s: f64, value: f32) -> PathsPlace {
    PathsPlace { time_s, value }
}

impl PathsPage {
    /// A pointer draws a line in a lane.
    fn draw(&mut self, lane: PathsLane, from: PathsPlace, to: PathsPlace) {
        self.own(PathsAction::PressLane { pointer: 1, lane, place: from });
        self.own(PathsAction::Draw { pointer: 1, places: vec![to] });
        self.own(PathsAction::LiftLane { pointer: 1 });
    }

    /// The ends of the curve x.
    fn ends(&self) -> Vec<f32> {
        self.values(1, 0, &[0.0, 1.0])
    }

    fn move_amount(&mut self, amounts: &[f64]) {
        for &amount in amounts {
            self.own(PathsAction::MoveAmount { amount });
        }
        self.own(PathsAction::AmountMoved { amount: amounts[amounts.len() - 1] });
    }

    fn notes(&self) -> PathsNotesModel {
        self.lanes().notes
    }
}

#[test]
fn a_lane_is_drawn_its_points_move_and_each_change_is_one_step_of_undo() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::ChooseLane { lane: PathsLane::Y });
    page.draw(PathsLane::Y, place(1.0, 3.5), place(3.0, 3.5));
    assert_eq!(page.values(1, 1, &[0.5]), [3.5]);
    page.undo();
    assert_eq!(page.values(1, 1, &[0.5]), [0.0]);
    assert_eq!(page.lanes().points[2].value, 0.0, "the editor shows the result of undo");
    page.own(PathsAction::ChooseLane { lane: PathsLane::X });
    page.own(PathsAction::FocusPoint { lane: PathsLane::X, index: 1 });
    let before = page.lanes().points[1].value;
    page.own(PathsAction::MovePoint { lane: PathsLane::X, index: 1, value: before + 0.8 });
    page.own(PathsAction::PointMoved);
    assert!((page.lanes().points[1].value - before - 0.8).abs() < 1e-3);
    page.own(PathsAction::TypePoint { value: 99.0 });
    assert_eq!(page.lanes().points[1].value, 4.0, "a typed value stays within the map");
    page.undo();
    page.undo();
    assert_eq!(page.lanes().points[1].value, before);
}

#[test]
fn two_fingers_draw_two_lines_and_nothing_between_them() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::ChooseLane { lane: PathsLane::Y });
    page.own(PathsAction::PressLane { pointer: 1, lane: PathsLane::Y, place: place(0.6, 3.0) });
    page.own(PathsAction::PressLane { pointer: 2, lane: PathsLane::Y, place: place(3.4, -3.0) });
    page.own(PathsAction::Draw { pointer: 1, places: vec![place(1.2, 3.0)] });
    page.own(PathsAction::LiftLane { pointer: 1 });
    page.own(PathsAction::Draw { pointer: 2, places: vec![place(2.8, -3.0)] });
    page.own(PathsAction::LiftLane { pointer: 2 });
    assert_eq!(page.values(1, 1, &[0.22, 0.5, 0.78]), [3.0, 0.0, -3.0]);
}

#[test]
fn a_press_in_another_lane_than_the_chosen_one_draws_nothing() {
    let mut page = PathsPage::begun();
    page.draw(PathsLane::Y, place(1.0, 3.0), place(3.0, 3.0));
    assert_eq!(page.values(1, 1, &[0.5]), [0.0]);
}

#[test]
fn an_erasure_goes_on_in_another_lane() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::ChooseLane { lane: PathsLane::Y });
    page.draw(PathsLane::Y, place(1.0, 3.0), place(3.0, 3.0));
    page.own(PathsAction::ChooseLane { lane: PathsLane::X });
    page.own(PathsAction::Operate { operator: PathsOperator::Erase });
    page.own(PathsAction::ChooseLane { lane: PathsLane::Y });
    page.draw(PathsLane::Y, place(0.8, -3.0), place(3.2, -3.0));
    assert_eq!(page.values(1, 1, &[0.5]), [0.0], "it is erased, and no line is drawn");
    assert!(page.lanes().erases);
}

#[test]
fn an_operator_starts_from_the_original_and_all_changes_of_its_amount_are_one_step() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::Operate { operator: PathsOperator::Scale });
    page.move_amount(&[0.2, 1.7, 0.5]);
    assert_eq!(page.ends(), [-1.0, 1.0], "half of 2, not half of the amount before");
    page.move_amount(&[1.0]);
    assert_eq!(page.ends(), [-2.0, 2.0], "the factor 1 changes nothing");
    page.move_amount(&[1.2]);
    page.undo();
    assert_eq!(page.ends(), [-2.0, 2.0]);
    page.own(PathsAction::EndOperator);
    page.own(PathsAction::Operate { operator: PathsOperator::Reverse });
    assert_eq!(page.ends(), [2.0, -2.0]);
    page.undo();
    assert_eq!(page.ends(), [-2.0, 2.0]);
}

#[test]
fn a_change_by_hand_keeps_the_result_of_the_open_operator() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::Operate { operator: PathsOperator::Scale });
    page.move_amount(&[0.5]);
    page.own(PathsAction::MovePoint { lane: PathsLane::X, index: 0, value: 3.0 });
    page.own(PathsAction::PointMoved);
    assert_eq!(page.ends(), [3.0, 1.0], "the other end stays as the operator has made it");
    assert_eq!(page.lanes().operator, None);
    page.undo();
    assert_eq!(page.ends(), [-1.0, 1.0], "the operator is a step of its own");
    page.undo();
    assert_eq!(page.ends(), [-2.0, 2.0]);
    page.own(PathsAction::Operate { operator: PathsOperator::Scale });
    page.move_amount(&[0.5]);
    page.own(PathsAction::ChooseNote { index: 0 });
    page.own(PathsAction::StepNote { step: PathsNoteStep::Higher });
    assert_eq!((page.ends(), page.notes().chosen.key), (vec![-1.0, 1.0], Some(61)));
}

#[test]
fn another_lane_keeps_the_result_of_the_operator_and_begins_anew_there() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::Operate { operator: PathsOperator::Shift });
    page.move_amount(&[0.5]);
    page.own(PathsAction::ChooseLane { lane: PathsLane::Y });
    let operator = page.lanes().operator.expect("it is still open");
    assert_eq!((operator.slider, operator.lane), (0.0, Some(PathsLane::Y)));
    page.move_amount(&[1.0]);
    assert_eq!((page.ends(), page.values(1, 1, &[0.5])), (vec![-1.5, 2.5], vec![1.0]));
    page.own(PathsAction::ChooseLane { lane: PathsLane::Notes });
    assert_eq!(page.lanes().operator.expect("it is still open").lane, None, "notes have no values");
}

#[test]
fn a_stretched_path_is_seen_in_full_as_before_and_lasts_ten_minutes_at_most() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::Operate { operator: PathsOperator::Stretch });
    for (amount, seconds) in [(1.0, 8.0), (-1.0, 2.0), (0.0, 4.0)] {
        page.move_amount(&[amount]);
        assert!((page.loops()[0].length_s - seconds).abs() < 1e-9);
        assert!((page.lanes().to_s - seconds).abs() < 1e-9, "{amount}");
    }
    page.own(PathsAction::EndOperator);
    page.add(PathsFileValues { rate_hz: 0.1, ..still("Long", 1.0, 1.0) });
    page.own(PathsAction::Operate { operator: PathsOperator::Stretch });
    assert_eq!(page.lanes().operator.expect("it is open").range.most, 1.58);
}

#[test]
fn where_loops_last_whole_beats_a_stretched_path_lasts_more_of_them_and_a_new_one_its_seconds() {
    let mut page = PathsPage::open();
    page.add(still("Tide", 1.0, 1.0));
    page.act(Action::Gesture(GestureAction::SetInBeats(true)));
    page.frame();
    // At 112 beats a minute.
    assert_eq!(page.loops()[0].beats, Some(4));
    page.own(PathsAction::Operate { operator: PathsOperator::Stretch });
    page.move_amount(&[1.0]);
    assert_eq!(page.loops()[0].beats, Some(8));
    page.own(PathsAction::EndOperator);
    page.add(still("Ebb", 1.0, 1.0));
    assert_eq!(page.loops().iter().map(|own| own.beats).collect::<Vec<_>>(), [Some(8), None]);
}

#[test]
fn notes_are_added_moved_within_their_room_and_deleted() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::ChooseLane { lane: PathsLane::Notes });
    page.own(PathsAction::AddNote);
    assert_eq!(page.notes().shown.len(), 2);
    page.own(PathsAction::TypeNote { value: PathsNoteValue::Key { key: Some(64) } });
    page.own(PathsAction::StepNote { step: PathsNoteStep::Higher });
    assert_eq!(page.notes().shown.iter().map(|note| note.key).collect::<Vec<_>>(), [None, Some(65)]);
    page.own(PathsAction::TypeNote { value: PathsNoteValue::Start { start_s: 100.0 } });
    assert_eq!(page.notes().chosen.start_s, 2.0, "it stays within the path");
    page.own(PathsAction::TypeNote { value: PathsNoteValue::Length { length_s: 1.0 } });
    page.own(PathsAction::TypeNote { value: PathsNoteValue::Start { start_s: 0.0 } });
    assert_eq!(page.notes().chosen.start_s, 2.0, "and beside the note before it");
    page.own(PathsAction::DragNote { start_s: Some(2.713), end_s: None });
    page.own(PathsAction::DropNote { has_moved: true });
    assert_eq!(page.notes().chosen.start_s, 2.71, "a dragged note snaps");
    page.own(PathsAction::GoToNote { by: -1 });
    page.own(PathsAction::DeleteNote);
    assert_eq!((page.notes().shown.len(), page.notes().is_only), (1, true));
    page.own(PathsAction::DeleteNote);
    assert_eq!(page.notes().shown.len(), 1, "the last note stays");
}

#[test]
fn another_key_or_velocity_leaves_a_tap_a_tap_and_its_start_moves_it() {
    let mut page = PathsPage::open();
    let note = |start_s, length_s| PathsFileNote { start_s, length_s, key: None, velocity: 100 };
    page.add(PathsFileValues { notes: vec![note(0.5, 0.0), note(0.51, 1.0)], ..still("Tap", 1.0, 1.0) });
    page.own(PathsAction::ChooseNote { index: 0 });
    page.own(PathsAction::TypeNote { value: PathsNoteValue::Key { key: Some(64) } });
    page.own(PathsAction::TypeNote { value: PathsNoteValue::Velocity { velocity: 90.0 } });
    page.own(PathsAction::TypeNote { value: PathsNoteValue::Start { start_s: 0.25 } });
    let notes: Vec<_> =
        page.notes().shown.iter().map(|note| (note.start_s, note.length_s, note.key)).collect();
    assert_eq!(notes, [(0.25, 0.0, Some(64)), (0.51, 1.0, None)]);
}

#[test]
fn a_person_who_passes_the_notes_with_the_keyboard_keeps_the_chosen_lane() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::ChooseLane { lane: PathsLane::Y });
    page.own(PathsAction::FocusNote { index: 0 });
    page.own(PathsAction::Operate { operator: PathsOperator::Scale });
    assert_eq!(page.lanes().operator.expect("it is open").lane, Some(PathsLane::Y));
}

#[test]
fn a_path_is_named_and_loses_its_name_with_the_text_of_its_field() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::Rename { name: "Slow tide".to_owned() });
    assert_eq!((page.names(), page.model().name), (vec!["Slow tide".to_owned()], "Slow tide".to_owned()));
    page.own(PathsAction::Rename { name: String::new() });
    assert_eq!((page.names(), page.model().name), (vec!["Loop 1".to_owned()], String::new()));
}

#[test]
fn a_typed_text_that_is_no_value_gets_a_sentence_until_the_next_value() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::TypeNothing { field: PathsField::Point });
    assert_eq!(page.model().remarks, [PathsRemark::NoValue { field: PathsField::Point }]);
    page.own(PathsAction::TypePoint { value: 0.0 });
    assert_eq!(page.model().remarks, []);
}
