//! A path that follows a curve: its target, the search, and the page's loops.

use super::*;
use crate::action::LoadAction;
use crate::tone_domain::ToneDomain;

/// The layers of a map whose scales are even over the plane, each in another direction.
fn layers(grid: u16) -> Vec<plane::Layer> {
    let points: Vec<plane::Point> = plane::Map::points(grid, 4.0).collect();
    let names = ["hardness", "depth", "brightness", "roughness", "warmth", "sharpness", "boominess"];
    let scale = |(number, name): (usize, &&str)| {
        let turn = number as f32;
        let value = |point: &plane::Point| 50.0 + 8.0 * (point.x * turn.cos() + point.y * turn.sin());
        plane::Layer::new(name, "points", ["", ""], points.iter().map(value))
    };
    let mut layers: Vec<plane::Layer> = names.iter().enumerate().map(scale).collect();
    layers.push(plane::Layer::new("reverb", "yes/no", ["", ""], points.iter().map(|_| 0.0)));
    layers.push(plane::Layer::new("loudness", "LUFS", ["", ""], points.iter().map(|_| -20.0)));
    layers
}

fn map() -> plane::Map {
    map_of(17)
}

/// A map with so many points along each side.
pub(super) fn map_of(grid: u16) -> plane::Map {
    let version = plane::map::VERSION;
    plane::Map { version, grid, limit: 4.0, layers: layers(grid), ..plane::Map::default() }
}

impl PathsPage {
    /// A page with a map that shows the curve.
    pub(super) fn following() -> Self {
        let mut page = Self::open();
        page.set_map(Some(map()));
        page.own(PathsAction::SetWay { way: PathsWay::Curve });
        page
    }

    /// Another map plays, or none.
    pub(super) fn set_map(&mut self, map: Option<plane::Map>) {
        self.act(Action::Load(LoadAction::Map(map.map(Rc::new))));
        self.frame();
    }

    pub(super) fn follow_curve(&mut self, action: PathsCurveAction) {
        self.own(PathsAction::Follow { action });
    }

    pub(super) fn find(&mut self) {
        self.follow_curve(PathsCurveAction::Find);
    }

    pub(super) fn curve(&self) -> PathsCurveModel {
        *self.model().curve.expect("the curve is shown")
    }

    /// The points that a task asks to measure.
    pub(super) fn asked(&self) -> Option<(TaskNumber, Vec<[f32; 2]>)> {
        self.running.iter().find_map(|(number, task)| match task {
            PathsTask::Measure { points, .. } => Some((*number, points.clone())),
            _ => None,
        })
    }

    /// The page measures what is asked for: every scale is as the map says, but for `off` points.
    pub(super) fn measure(&mut self, off: f32) -> bool {
        self.measure_as(&map(), off)
    }

    pub(super) fn measure_as(&mut self, map: &plane::Map, off: f32) -> bool {
        let Some((task, points)) = self.asked() else { return false };
        let row = |point: &[f32; 2]| {
            let value =
                |layer: &plane::Layer| map.value_of(layer, point[0], point[1]).unwrap_or_default() + off;
            map.layers.iter().map(value).collect::<Vec<f32>>()
        };
        let values = points.iter().flat_map(row).collect();
        self.answer(task, PathsAnswer::Measured { values });
        self.end(task);
        true
    }

    fn type_number(&mut self, field: PathsTargetField, value: f64) -> PathsCurveRemark {
        self.follow_curve(PathsCurveAction::TypeNumber { field, value });
        self.curve().remark
    }
}

fn is_followed(remark: &PathsCurveRemark) -> bool {
    matches!(remark, PathsCurveRemark::Followed { followed: Some(_), all: 0, .. })
}

#[test]
fn a_target_has_the_usual_range_of_its_descriptor_on_the_map() {
    let page = PathsPage::following();
    let range = page.curve().target.range.expect("there is a map");
    assert!(range[0] < 40.0 && range[1] > 60.0 && range.iter().all(|end| end.fract() == 0.0));
    let mut page = PathsPage::open();
    page.own(PathsAction::SetWay { way: PathsWay::Curve });
    assert_eq!(page.curve().target.range, None);
    page.set_map(Some(map()));
    assert_eq!(page.curve().target.range, Some(range), "once the map is loaded");
}

#[test]
fn a_typed_value_that_is_none_is_replaced_by_the_former_one_with_a_sentence() {
    let mut page = PathsPage::following();
    for value in [0.0, -3.0, f64::NAN, 9999.0] {
        let remark = page.type_number(PathsTargetField::Length, value);
        assert_eq!(remark, PathsCurveRemark::NoLength { former_s: 8.0, least_s: 0.1, most_s: 600.0 });
        assert_eq!(page.curve().target.length_s, 8.0);
    }
    assert_eq!(page.type_number(PathsTargetField::Low, 35.5), PathsCurveRemark::Nothing);
    let remark = page.type_number(PathsTargetField::Low, f64::NAN);
    assert_eq!(remark, PathsCurveRemark::NoNumber { former: 35.5 });
    assert_eq!(page.curve().target.range.map(|range| range[0]), Some(35.5));
}

#[test]
fn a_search_plays_what_is_planned_and_goes_on_until_it_gains_nothing() {
    let mut page = PathsPage::following();
    page.find();
    let curve = page.curve();
    assert!(curve.search.is_running && curve.search.is_playing && curve.search.predicted.is_some());
    assert_eq!((curve.remark, curve.search.measured), (PathsCurveRemark::Planning, None));
    assert_eq!(page.names(), ["brightness, sine"]);
    let (task, points) = page.asked().expect("it is measured");
    page.news(task, TaskNews::Progress(0.5));
    let half = PathsCurveRemark::Followed { followed: None, done: points.len() / 2, all: points.len() };
    assert_eq!(page.curve().remark, half);
    let mut rounds = 0;
    while page.measure(3.0) {
        rounds += 1;
    }
    let curve = page.curve();
    assert!((3..7).contains(&rounds), "{rounds} rounds");
    assert!(!curve.search.is_running && is_followed(&curve.remark), "{:?}", curve.remark);
    assert_eq!(curve.search.measured.map(|values| values.len()), Some(64));
    assert!(curve.search.worst.is_some());
    page.undo();
    assert_eq!((page.loops().len(), page.curve().search.has_found), (0, false), "it is one step of undo");
}

#[test]
fn a_range_that_no_point_of_the_map_has_gets_a_sentence_and_no_loop() {
    let mut page = PathsPage::following();
    page.type_number(PathsTargetField::Low, -400.0);
    page.find();
    let PathsCurveRemark::Refused { word, numbers, .. } = page.curve().remark else {
        panic!("it is refused")
    };
    assert_eq!((word.as_str(), numbers.len(), page.loops().len()), ("reach", 4, 0));
    assert!(!page.curve().search.is_running);
}

#[test]
fn a_search_that_is_stopped_or_whose_path_is_kept_says_what_it_has_found() {
    let mut page = PathsPage::following();
    page.find();
    page.find();
    assert_eq!(page.curve().remark, PathsCurveRemark::Followed { followed: None, done: 0, all: 0 });
    assert!(page.running.is_empty() && !page.curve().search.is_running);
    page.find();
    page.measure(1.0);
    page.follow_curve(PathsCurveAction::KeepFound);
    assert!(is_followed(&page.curve().remark));
    let curve = page.curve();
    assert_eq!((curve.search.has_found, curve.counts.kept), (false, 1));
    assert_eq!(page.model().remarks, [PathsRemark::Kept { name: "brightness, sine".to_owned() }]);
    page.find();
    assert_eq!(page.loops().len(), 2, "the kept path stays");
    page.undo();
    assert_eq!(page.loops().len(), 1);
}

#[test]
fn who_closes_the_editor_ends_the_search_and_its_path_can_be_deleted() {
    let mut page = PathsPage::following();
    page.find();
    let (late, _) = page.asked().expect("it is measured");
    page.close();
    assert!(page.asked().is_none());
    page.delete(1);
    page.reopen();
    page.answer(late, PathsAnswer::Measured { values: vec![0.0; 9 * 64] });
    assert_eq!((page.loops().len(), page.freed), (0, 1), "it does not come back");
    assert!(page.curve().search.predicted.is_some());
    page.add(still("Own", 1.0, 1.0));
    page.find();
    assert_eq!(page.names(), ["Own", "brightness, sine"]);
}

#[test]
fn a_found_path_that_is_deleted_while_it_is_measured_stays_deleted() {
    let mut page = PathsPage::following();
    page.find();
    page.delete(1);
    assert!(!page.curve().search.is_running && page.running.is_empty());
    assert_eq!((page.loops().len(), page.curve().search.predicted), (0, None));
}

#[test]
fn a_found_path_passes_its_speed_on_to_the_one_that_replaces_it() {
    let mut page = PathsPage::following();
    page.find();
    let faster = RecordedLoop { speed: 2.0, ..(*page.loops()[0]).clone() };
    page.act(Action::Edit(Edit::PutLoop(Box::new(faster))));
    page.frame();
    page.follow_curve(PathsCurveAction::ChooseShape { shape: PathsShape::Line });
    page.find();
    let loops = page.loops();
    assert_eq!((loops.len(), loops[0].speed, page.names()), (1, 2.0, vec!["brightness, line".to_owned()]));
}

#[test]
fn another_map_ends_the_search_and_has_ranges_of_its_own() {
    let mut page = PathsPage::following();
    page.find();
    page.state.sound.instruments.domain = ToneDomain::of_number(4);
    let mut brass = map();
    brass.layers.truncate(7);
    brass.layers[2].values.iter_mut().for_each(|value| *value /= 2);
    page.set_map(Some(brass));
    let curve = page.curve();
    assert!(!curve.search.is_running && !curve.search.has_found && page.running.is_empty());
    assert!(curve.target.range.is_some_and(|range| range[1] < 45.0));
    page.find();
    let Some((_, PathsTask::Measure { tones, .. })) = page.running.first() else { panic!("it is measured") };
    assert_eq!(*tones, Some(PathsTones { domain: "brass".to_owned(), key: 63 }));
    assert_eq!(page.loops().len(), 2, "what was found before is a path like any other");
}

#[test]
fn a_search_waits_for_a_map_that_is_still_loading() {
    let mut page = PathsPage::open();
    page.own(PathsAction::SetWay { way: PathsWay::Curve });
    page.find();
    assert_eq!((page.curve().search.is_running, page.curve().remark), (true, PathsCurveRemark::Planning));
    page.find();
    assert_eq!((page.curve().search.is_running, page.curve().remark), (false, PathsCurveRemark::Nothing));
    page.find();
    page.set_map(Some(map()));
    assert!(page.asked().is_some());
}

#[test]
fn a_model_without_a_map_or_with_other_layers_gets_a_sentence() {
    let mut page = PathsPage::following();
    page.state.library.known = Some(Rc::default());
    page.set_map(None);
    assert_eq!(page.curve().remark, PathsCurveRemark::NoMap);
    page.find();
    assert_eq!(page.curve().remark, PathsCurveRemark::NoMap);
    let mut other = map();
    other.layers.remove(8);
    page.set_map(Some(other));
    assert_eq!(page.curve().remark, PathsCurveRemark::OtherMap, "before anybody searches");
    page.find();
    assert_eq!((page.curve().remark, page.running.len()), (PathsCurveRemark::OtherMap, 0));
}

#[test]
fn a_search_whose_worker_is_lost_says_so_and_the_next_one_measures_again() {
    let mut page = PathsPage::following();
    page.find();
    let (task, _) = page.asked().expect("it is measured");
    page.fail(task, "lost");
    assert_eq!((page.curve().remark, page.curve().search.is_running), (PathsCurveRemark::Lost, false));
    page.find();
    while page.measure(0.0) {}
    assert!(is_followed(&page.curve().remark));
    page.find();
    let (task, _) = page.asked().expect("it is measured");
    page.answer(task, PathsAnswer::Measured { values: vec![1.0; 5] });
    assert_eq!(page.curve().remark, PathsCurveRemark::Lost, "too few values");
}

#[test]
fn without_room_for_another_loop_the_search_says_so() {
    let mut page = PathsPage::following();
    for _ in 0..crate::loops::LOOP_LIMIT {
        page.own(PathsAction::Begin);
    }
    page.find();
    assert_eq!((page.curve().remark, page.running.len()), (PathsCurveRemark::NoRoom, 0));
}

#[test]
fn a_path_by_the_nearest_rule_is_measured_once() {
    let mut page = PathsPage::following();
    page.follow_curve(PathsCurveAction::SetNearest { is_nearest: true });
    page.find();
    assert!(page.measure(2.0) && !page.measure(2.0));
    assert!(is_followed(&page.curve().remark));
}

#[test]
fn a_drawn_target_begins_with_the_shape_that_was_there_and_follows_hand_and_keys() {
    let mut page = PathsPage::following();
    let shape = |shape| PathsCurveAction::ChooseShape { shape };
    page.follow_curve(shape(PathsShape::Line));
    let line = page.curve().target.values;
    assert!(page.curve().target.points.is_empty());
    page.follow_curve(shape(PathsShape::Drawn));
    let target = page.curve().target;
    assert!(target.values.iter().zip(&line).all(|(one, other)| (one - other).abs() < 0.5));
    let [low, high] = target.range.expect("there is a map").map(|end| end as f32);
    page.follow_curve(PathsCurveAction::MoveTargetPoint { index: 0, value: high });
    let bent = page.curve().target;
    assert!((bent.points[0] - high).abs() < 0.1 && (bent.points[1] - target.points[1]).abs() < 0.1);
    let place = |share, value| PathsTargetPlace { share, value };
    page.follow_curve(PathsCurveAction::PressTarget { pointer: 1, place: place(0.5, low) });
    page.follow_curve(PathsCurveAction::DrawTarget { pointer: 2, places: vec![place(0.0, low)] });
    page.follow_curve(PathsCurveAction::DrawTarget { pointer: 1, places: vec![place(1.0, low)] });
    page.follow_curve(PathsCurveAction::LiftTarget { pointer: 1 });
    page.follow_curve(PathsCurveAction::DrawTarget { pointer: 1, places: vec![place(0.2, low)] });
    let drawn = page.curve().target.points;
    assert!(drawn[5..].iter().all(|value| (value - low).abs() < 0.1), "{drawn:?}");
    assert!((drawn[0] - high).abs() < 0.1, "another pointer, and one that is up, draw nothing");
}

/// The length of the notes that a task asks to measure.
fn asked_note_s(page: &PathsPage) -> Option<f64> {
    let (_, task) = page.running.first().expect("it is measured");
    let PathsTask::Measure { note_s, .. } = task else { panic!("{task:?} measures nothing") };
    *note_s
}

#[test]
fn a_found_path_strikes_its_notes_again_at_a_level_for_each_step_and_they_are_what_is_measured() {
    let mut page = PathsPage::following();
    assert_eq!(page.curve().target.strikes_hz, Some(2.0));
    page.find();
    assert_eq!(asked_note_s(&page), Some(0.5));
    while page.measure(0.0) {}
    let path = page.path(1);
    assert_eq!((path.notes().len(), path.level().is_some()), (16, true));
}

#[test]
fn with_no_notes_a_second_one_note_is_held_at_the_volumes_of_the_patches() {
    let mut page = PathsPage::following();
    assert_eq!(page.type_number(PathsTargetField::Strikes, 0.0), PathsCurveRemark::Nothing);
    page.find();
    assert_eq!(asked_note_s(&page), None);
    while page.measure(0.0) {}
    let path = page.path(1);
    assert_eq!((path.notes().len(), path.level()), (1, None));
    let remark = page.type_number(PathsTargetField::Strikes, 7.5);
    assert_eq!(remark, PathsCurveRemark::NoStrikes { former_hz: 0.0, most_hz: 7.0 });
}

#[test]
fn a_kept_path_is_the_one_that_is_saved() {
    let mut page = PathsPage::following();
    page.add(still("Other", 1.0, 1.0));
    page.own(PathsAction::SetWay { way: PathsWay::Curve });
    page.find();
    while page.measure(0.0) {}
    let found = page.loops().last().expect("the found path is a loop").number;
    assert_eq!(page.model().chosen, 1, "the other path stays chosen until this one is kept");
    page.follow_curve(PathsCurveAction::KeepFound);
    page.own(PathsAction::Save { kind: PathsFileKind::Json });
    let (_, PathsTask::Save { path, .. }) = page.task() else { panic!("{:?}", page.task()) };
    let saved = path.into_path().expect("the values make a path");
    assert_eq!((saved.name(), saved.notes().len()), ("brightness, sine", 16), "not the other path");
    assert!(saved == page.path(found), "with its level");
}
