//! The conditions of a target: a second descriptor, places that the path passes, and circles that it avoids.

use super::*;
use crate::Point;

impl PathsPage {
    /// A page with the conditions shown.
    fn asking() -> Self {
        let mut page = Self::following();
        page.follow_curve(PathsCurveAction::ToggleConditions);
        let (task, wanted) = page.task();
        assert_eq!(wanted, PathsTask::LoadConditions {});
        page.end(task);
        page
    }

    fn conditions(&self) -> PathsConditionsModel {
        self.curve().conditions.expect("the conditions are shown")
    }

    fn add_place(&mut self, kind: PathsPlaceKind) {
        self.follow_curve(PathsCurveAction::AddPlace { kind });
    }

    /// Types numbers of a place: x, y, and its time or radius.
    fn type_place(&mut self, index: usize, values: [f64; 3]) {
        let last = match self.conditions().places[index].kind {
            PathsPlaceKind::Pass => PathsPlaceField::Time,
            PathsPlaceKind::Avoid => PathsPlaceField::Radius,
        };
        for (field, value) in [PathsPlaceField::X, PathsPlaceField::Y, last].into_iter().zip(values) {
            self.follow_curve(PathsCurveAction::TypePlace { index, field, value });
        }
    }

    fn places(&self) -> Vec<(PathsPlaceKind, usize, f64, f64)> {
        let places = self.conditions().places;
        places.iter().map(|place| (place.kind, place.number, place.x, place.y)).collect()
    }

    /// The steps of the found path.
    fn found_points(&mut self) -> Vec<Point> {
        self.find();
        let (_, points) = self.asked().expect("it is measured");
        self.find();
        points.into_iter().map(|[x, y]| Point { x, y }).collect()
    }
}

#[test]
fn the_conditions_open_once_their_script_is_loaded() {
    let mut page = PathsPage::following();
    page.follow_curve(PathsCurveAction::ToggleConditions);
    page.follow_curve(PathsCurveAction::ToggleConditions);
    assert_eq!((page.running.len(), page.curve().conditions), (1, None), "it loads once");
    let (task, _) = page.task();
    page.fail(task, "lost");
    assert_eq!((page.curve().conditions, page.curve().remark), (None, PathsCurveRemark::Lost));
    page.follow_curve(PathsCurveAction::ToggleConditions);
    let (task, _) = page.task();
    page.end(task);
    assert!(page.curve().conditions.is_some());
    page.follow_curve(PathsCurveAction::ToggleConditions);
    assert_eq!((page.curve().conditions, page.running.len()), (None, 0));
}

#[test]
fn the_found_path_passes_the_places_at_their_times_and_stays_out_of_the_circles() {
    let mut page = PathsPage::asking();
    let free = page.found_points();
    let circle = free[48];
    page.add_place(PathsPlaceKind::Avoid);
    page.type_place(0, [circle.x.into(), circle.y.into(), 0.4]);
    page.add_place(PathsPlaceKind::Pass);
    page.type_place(1, [0.5, -2.0, 3.0]);
    let bound = page.found_points();
    let step = (3.0_f64 / 8.0 * 63.0).round() as usize;
    assert!(bound[step].distance(Point { x: 0.5, y: -2.0 }) < 1e-3);
    assert!(bound.iter().all(|point| point.distance(circle) > 0.38));
    page.type_place(1, [circle.x.into(), circle.y.into(), 3.0]);
    page.find();
    let PathsCurveRemark::Refused { word, numbers, .. } = page.curve().remark else {
        panic!("it is refused")
    };
    assert_eq!((word.as_str(), numbers), ("pin", vec![1.0]));
}

#[test]
fn a_place_is_added_at_the_current_point_in_the_largest_gap_and_each_change_is_undone() {
    let mut page = PathsPage::asking();
    page.act(Action::Edit(Edit::GoTo(page.state.location(Point { x: 1.234, y: -5.0 }, None))));
    for _ in 0..3 {
        page.add_place(PathsPlaceKind::Pass);
    }
    let shares: Vec<f64> = page.conditions().places.iter().map(|place| place.share).collect();
    assert_eq!(shares, [0.5, 0.25, 0.75]);
    let (_, number, x, y) = page.places()[2];
    assert_eq!((number, x, y), (3, 1.23, -4.0));
    page.follow_curve(PathsCurveAction::RemovePlace { index: 0 });
    let removed = PathsConditionRemark::Removed { kind: PathsPlaceKind::Pass, number: 1 };
    assert_eq!((page.conditions().remark, page.places().len()), (removed, 2));
    assert_eq!(page.places()[1].1, 2, "they are counted anew");
    for (goes_on, x) in [(false, 0.0), (true, 1.0), (true, 2.0)] {
        page.follow_curve(PathsCurveAction::MovePlace { index: 0, x, y: 9.0, goes_on });
    }
    assert_eq!((page.places()[0].2, page.places()[0].3), (2.0, 4.0));
    page.follow_curve(PathsCurveAction::UndoPlace);
    assert_eq!(
        (page.places()[0].2, page.conditions().remark),
        (1.23, PathsConditionRemark::Undone),
        "a drag is one"
    );
    while page.conditions().can_undo {
        page.follow_curve(PathsCurveAction::UndoPlace);
    }
    assert_eq!(page.places(), []);
}

#[test]
fn a_typed_number_of_a_place_that_is_none_is_replaced_with_a_sentence() {
    let mut page = PathsPage::asking();
    page.add_place(PathsPlaceKind::Pass);
    page.add_place(PathsPlaceKind::Pass);
    let mut type_place = |field, value| {
        page.follow_curve(PathsCurveAction::TypePlace { index: 0, field, value });
        page.conditions().remark
    };
    let refused = |least, most, former| PathsConditionRemark::NoValue { least, most, former };
    assert_eq!(type_place(PathsPlaceField::X, 4.5), refused(-4.0, 4.0, 0.0));
    assert_eq!(type_place(PathsPlaceField::Y, f64::NAN), refused(-4.0, 4.0, 0.0));
    assert_eq!(type_place(PathsPlaceField::Time, 9.0), refused(0.0, 8.0, 4.0));
    assert_eq!(type_place(PathsPlaceField::Time, 2.0), PathsConditionRemark::SameTime { former_s: 4.0 });
    assert_eq!(type_place(PathsPlaceField::Time, 6.0), PathsConditionRemark::Nothing);
}

#[test]
fn there_is_room_for_eight_places_of_a_kind() {
    let mut page = PathsPage::asking();
    for kind in [PathsPlaceKind::Pass, PathsPlaceKind::Avoid] {
        for _ in 0..9 {
            page.add_place(kind);
        }
        assert_eq!(page.conditions().remark, PathsConditionRemark::Full { most: 8 });
    }
    assert_eq!(page.places().len(), 16);
}

#[test]
fn a_second_descriptor_follows_a_curve_of_its_own_and_no_descriptor_follows_two() {
    let mut page = PathsPage::asking();
    let second = |descriptor| PathsCurveAction::ChooseSecond { descriptor: Some(descriptor) };
    page.follow_curve(second(PathsDescriptor::Brightness));
    assert_eq!(page.conditions().second, None, "it is the first one");
    page.follow_curve(second(PathsDescriptor::Warmth));
    page.follow_curve(PathsCurveAction::ChooseSecondShape { shape: PathsShape::Line });
    let target = page.conditions().second.expect("it is chosen");
    assert!(target.values.windows(2).all(|pair| pair[0] <= pair[1]));
    page.find();
    while page.measure(1.0) {}
    let PathsCurveRemark::Followed { followed: Some(followed), .. } = page.curve().remark else {
        panic!("it is measured")
    };
    assert_eq!(followed.second.map(|second| second.descriptor), Some(PathsDescriptor::Warmth));
    assert_eq!(page.curve().search.second.map(|values| values.len()), Some(64));
    page.follow_curve(PathsCurveAction::TypeSecond { end: PathsRangeEnd::High, value: 100.0 });
    page.find();
    let PathsCurveRemark::Refused { descriptor, .. } = page.curve().remark else { panic!("it is refused") };
    assert_eq!(descriptor, PathsDescriptor::Warmth, "the sentence says whose range it is");
    page.follow_curve(PathsCurveAction::TypeSecond { end: PathsRangeEnd::Low, value: 200.0 });
    assert!(matches!(page.conditions().remark, PathsConditionRemark::NoValue { most: 100.0, .. }));
    page.follow_curve(PathsCurveAction::ChooseDescriptor { descriptor: PathsDescriptor::Warmth });
    assert_eq!(page.conditions().second, None);
}
