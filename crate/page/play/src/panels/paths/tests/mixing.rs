//! Mixes: of two paths by an operator, and of four in the square.

use super::*;

impl PathsPage {
    /// A page with two paths, which shows the square.
    fn of_two() -> Self {
        let mut page = Self::open();
        page.add(still("Low", -1.0, -3.0));
        page.add(still("High", 1.0, 3.0));
        page.own(PathsAction::SetWay { way: PathsWay::Four });
        page
    }

    fn square(&self) -> PathsFourModel {
        self.model().four.expect("the square is shown")
    }

    fn mix_at(&mut self, right: f64, down: f64) {
        self.own(PathsAction::MoveInSquare { place: [right, down] });
        self.own(PathsAction::EndMix);
    }
}

#[test]
fn a_mix_with_a_single_path_needs_a_second_one_and_begins_once_it_is_there() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::Operate { operator: PathsOperator::Mix });
    let operator = page.lanes().operator.expect("it is chosen");
    assert_eq!((operator.is_open, operator.lacks_other), (false, true));
    page.own(PathsAction::AmountMoved { amount: 1.0 });
    assert_eq!(page.values(1, 0, &[0.0, 1.0]), [-2.0, 2.0]);
    page.add(still("High", 1.0, 3.0));
    let operator = page.lanes().operator.expect("it is still chosen");
    assert_eq!((operator.is_open, operator.other), (true, 1));
    page.own(PathsAction::AmountMoved { amount: 1.0 });
    assert_eq!(page.values(2, 1, &[0.0, 1.0]), [0.0, 0.0], "it is the straight one");
    assert_eq!(page.names()[1], "High", "the other one only lends its values");
}

#[test]
fn a_path_goes_over_into_another_one_as_one_step_of_undo() {
    let mut page = PathsPage::of_two();
    page.own(PathsAction::SetWay { way: PathsWay::Lanes });
    page.own(PathsAction::Operate { operator: PathsOperator::Mix });
    page.own(PathsAction::GoOver);
    assert_eq!(page.values(2, 1, &[0.0, 1.0]), [3.0, -3.0]);
    assert_eq!(page.lanes().operator, None);
    page.undo();
    assert_eq!(page.values(2, 1, &[0.0, 1.0]), [3.0, 3.0]);
}

#[test]
fn a_single_path_is_no_mix() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::SetWay { way: PathsWay::Four });
    assert_eq!((page.square().missing, page.square().weights), (Some(PathsRemark::NeedTwo), [0.0; 4]));
    page.own(PathsAction::AddRandomMix { seed: 1 });
    page.mix_at(0.5, 0.5);
    assert_eq!((page.model().remarks, page.loops().len()), (vec![PathsRemark::NeedTwo], 1));
}

#[test]
fn a_corner_reproduces_its_path_which_plays_and_is_added_once() {
    let mut page = PathsPage::of_two();
    assert_eq!(page.square().corners, [1, 2, 0, 0]);
    page.mix_at(1.0, 0.0);
    assert_eq!(page.square().weights, [0.0, 1.0, 0.0, 0.0]);
    assert_eq!(page.loops()[2].fingers, page.loops()[1].fingers);
    assert!(page.state.gesture.plays(3));
    page.own(PathsAction::AddMix);
    page.own(PathsAction::AddMix);
    assert_eq!(page.model().remarks, [PathsRemark::MixIsHere { name: "Mix A".to_owned() }]);
    assert_eq!((page.loops().len(), page.square().added.len()), (3, 1));
    // Another mix is under the finger, and stays there when a random one is added.
    page.mix_at(0.9, 0.0);
    page.own(PathsAction::AddRandomMix { seed: 5 });
    assert_eq!(page.names(), ["Low", "High", "Mix A", "Mix B", "Mix C"]);
    assert_eq!(page.square().corners, [1, 2, 0, 0], "no mix is in a corner");
}

#[test]
fn every_random_mix_is_in_reach_of_a_path() {
    for seed in 0..40 {
        let mut page = PathsPage::of_two();
        page.own(PathsAction::AddRandomMix { seed });
        let weights = page.square().weights;
        assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{seed}: {weights:?}");
    }
}

#[test]
fn a_mix_is_one_step_of_undo_and_a_corner_that_a_person_has_emptied_stays_empty() {
    let mut page = PathsPage::of_two();
    page.own(PathsAction::MoveInSquare { place: [0.2, 0.0] });
    page.own(PathsAction::MoveInSquare { place: [0.4, 0.0] });
    page.mix_at(0.6, 0.0);
    page.undo();
    assert_eq!(page.names(), ["Low", "High"]);
    page.own(PathsAction::ChooseCorner { corner: 0, number: 0 });
    page.add(still("Own", 0.0, 0.0));
    page.own(PathsAction::SetWay { way: PathsWay::Four });
    assert_eq!(page.square().corners, [0, 2, 1, 3], "the other corners take the oldest free paths");
}

#[test]
fn a_path_that_got_the_number_of_a_deleted_mix_is_not_overwritten_by_the_next_mix() {
    let mut page = PathsPage::of_two();
    page.mix_at(1.0, 0.0);
    page.own(PathsAction::SetWay { way: PathsWay::Lanes });
    page.delete(3);
    page.add(still("Own", 0.0, 0.0));
    assert_eq!(page.loops().iter().map(|own| own.number).collect::<Vec<_>>(), [1, 2, 3]);
    page.own(PathsAction::SetWay { way: PathsWay::Four });
    page.mix_at(0.9, 0.0);
    assert_eq!(page.names(), ["Low", "High", "Own", "Mix A"]);
}

#[test]
fn closing_ends_the_mix_under_the_finger() {
    let mut page = PathsPage::of_two();
    page.mix_at(1.0, 0.0);
    page.close();
    page.reopen();
    page.mix_at(0.5, 0.0);
    assert_eq!(page.names(), ["Low", "High", "Mix A", "Mix B"]);
}

#[test]
fn without_room_a_mix_says_so() {
    let mut page = PathsPage::of_two();
    (0..6).for_each(|_| page.add(still("Own", 0.0, 0.0)));
    page.mix_at(0.5, 0.0);
    assert_eq!((page.model().remarks, page.loops().len()), (vec![PathsRemark::NoRoom], 8));
}

impl PathsPage {
    /// The page measures the places of a mix: quieter to the left by so many dB for each unit.
    fn measure_mix(&mut self, db_per_unit: f32) -> bool {
        let Some((task, points)) = self.asked() else { return false };
        let row = |point: &[f32; 2]| {
            let mut row = [50.0; 9];
            row[8] = -20.0 + db_per_unit * point[0];
            row
        };
        self.answer(task, PathsAnswer::Measured { values: points.iter().flat_map(row).collect() });
        self.end(task);
        true
    }

    /// A page with two paths across the plane and a map.
    fn of_two_with_a_map() -> Self {
        let mut page = Self::open();
        page.set_map(Some(following::map_of(17)));
        for (name, y) in [("Low", -3.0), ("High", 3.0)] {
            let x = (0..21).map(|step| f64::from(step) / 10.0 - 1.0).collect();
            page.add(PathsFileValues { lanes: PathsFileLanes { x, y: vec![y; 21] }, ..still(name, 0.0, y) });
        }
        page.own(PathsAction::SetWay { way: PathsWay::Four });
        page
    }
}

#[test]
fn a_mix_of_held_paths_is_struck_and_equally_loud_and_saved_so() {
    let mut page = PathsPage::of_two_with_a_map();
    page.mix_at(0.4, 0.0);
    assert_eq!(page.path(3).notes().len(), 4, "two seconds, two notes a second");
    let (_, task) = page.task();
    assert!(matches!(task, PathsTask::Measure { note_s: Some(0.5), tones: None, .. }), "{task:?}");
    assert!(page.measure_mix(6.0));
    let level = page.path(3).level().map(<[f32]>::to_vec).expect("it has a level");
    // The left end is 12 dB quieter than the right one.
    let louder_db = 40.0 * (level[0] / level[level.len() - 1]).log10();
    assert!((louder_db - 12.0).abs() < 0.2, "{louder_db}");
    let remarks = page.model().remarks;
    assert!(
        matches!(&remarks[..], [PathsRemark::MixIsEven { before_db, after_db, .. }]
            if (before_db - 12.0).abs() < 0.2 && *after_db < 0.2),
        "{remarks:?}"
    );
    page.own(PathsAction::Choose { number: 3, finger: 0 });
    page.own(PathsAction::Save { kind: PathsFileKind::Json });
    let saved = page.running.iter().find_map(|(_, task)| match task {
        PathsTask::Save { path, .. } => Some(path.clone()),
        _ => None,
    });
    let saved = saved.expect("a file is written");
    assert_eq!((saved.notes.len(), saved.level.map(|level| level.len())), (4, Some(level.len())));
}

#[test]
fn the_level_of_a_mix_belongs_to_its_step_of_undo() {
    let mut page = PathsPage::of_two_with_a_map();
    page.mix_at(0.4, 0.0);
    assert!(page.measure_mix(6.0));
    page.undo();
    assert_eq!(page.names(), ["Low", "High"]);
}

#[test]
fn a_mix_that_moves_on_or_goes_gets_no_level_of_its_former_places() {
    let mut page = PathsPage::of_two_with_a_map();
    page.mix_at(0.4, 0.0);
    page.own(PathsAction::MoveInSquare { place: [0.5, 0.0] });
    assert!(page.asked().is_none(), "nobody wants the former places");
    page.own(PathsAction::EndMix);
    assert!(page.asked().is_some());
    page.delete(3);
    assert!(page.measure_mix(6.0));
    assert_eq!((page.names(), page.model().remarks), (vec!["Low".to_owned(), "High".to_owned()], Vec::new()));
    page.mix_at(0.4, 0.0);
    page.close();
    assert!(page.asked().is_none() && page.freed > 0);
}

#[test]
fn notes_a_second_are_set_for_a_mix_and_0_holds_it() {
    let mut page = PathsPage::of_two_with_a_map();
    page.mix_at(0.4, 0.0);
    page.own(PathsAction::TypeMixStrikes { value: 4.0 });
    assert_eq!((page.path(3).notes().len(), page.square().strikes_hz), (8, Some(4.0)));
    page.own(PathsAction::TypeMixStrikes { value: 0.0 });
    assert_eq!((page.path(3).notes().len(), page.asked().is_none()), (1, true));
    page.own(PathsAction::TypeMixStrikes { value: f64::NAN });
    assert_eq!(page.model().remarks, [PathsRemark::NoStrikes { former_hz: 0.0, most_hz: 7.0 }]);
}

#[test]
fn a_mix_keeps_the_notes_that_a_person_has_played() {
    let mut page = PathsPage::of_two_with_a_map();
    let note = |start_s: f64| PathsFileNote { start_s, length_s: 0.4, key: Some(64), velocity: 90 };
    page.add(PathsFileValues { notes: vec![note(0.0), note(0.7), note(1.5)], ..still("Tune", 0.0, 0.0) });
    page.own(PathsAction::SetWay { way: PathsWay::Four });
    assert_eq!(page.square().corners[2], 3);
    page.mix_at(0.2, 0.7);
    let keys: Vec<_> = page.path(4).notes().iter().map(|note| note.key).collect();
    assert_eq!(keys, [Some(64); 3]);
    assert!(page.measure_mix(6.0), "it gets a level all the same");
    assert!(page.path(4).level().is_some());
}
