//! Any order of events while a path follows a curve: a hand, undo, others who change the loops, another map, and a
//! page that measures late, twice or never.

use proptest::prelude::*;

use super::following::map_of;
use super::*;
use crate::sounds::SoundNumber;

#[derive(Clone, Debug)]
enum CurveEvent {
    Own(PathsCurveAction),
    Way(PathsWay),
    Undo,
    Delete(u8),
    Close,
    Open,
    OtherMap,
    NoMap,
    Measure,
    Late(usize, PathsAnswer),
    End(usize),
    Fail(usize),
    Progress(usize, f32),
}

/// A coarse map, on which a plan takes little time.
fn map() -> plane::Map {
    map_of(9)
}

fn descriptor() -> impl Strategy<Value = PathsDescriptor> {
    use PathsDescriptor::{Brightness, Depth, Warmth};
    prop::sample::select(vec![Brightness, Depth, Warmth])
}

fn shape() -> impl Strategy<Value = PathsShape> {
    use PathsShape::{Drawn, Exponential, Line, Logarithm, Sine, Sound};
    prop::sample::select(vec![Sine, Exponential, Logarithm, Line, Drawn, Sound])
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -5.0..105.0, 1 => Just(f64::NAN), 1 => Just(f64::INFINITY)]
}

fn place() -> impl Strategy<Value = PathsTargetPlace> {
    (number(), -50.0_f32..150.0).prop_map(|(share, value)| PathsTargetPlace { share, value })
}

fn on_target() -> impl Strategy<Value = PathsCurveAction> {
    use PathsTargetField::{High, Length, Low, Strikes};
    prop_oneof![
        1 => descriptor().prop_map(|descriptor| PathsCurveAction::ChooseDescriptor { descriptor }),
        3 => shape().prop_map(|shape| PathsCurveAction::ChooseShape { shape }),
        1 => (prop::sample::select(vec![Low, High, Length, Strikes]), number())
            .prop_map(|(field, value)| PathsCurveAction::TypeNumber { field, value }),
        1 => any::<bool>().prop_map(|is_nearest| PathsCurveAction::SetNearest { is_nearest }),
        1 => (0..2, place()).prop_map(|(pointer, place)| PathsCurveAction::PressTarget { pointer, place }),
        1 => (0..2, prop::collection::vec(place(), 0..3))
            .prop_map(|(pointer, places)| PathsCurveAction::DrawTarget { pointer, places }),
        1 => (0..2).prop_map(|pointer| PathsCurveAction::LiftTarget { pointer }),
        1 => (0_usize..10, -50.0_f32..150.0)
            .prop_map(|(index, value)| PathsCurveAction::MoveTargetPoint { index, value }),
        1 => Just(PathsCurveAction::GiveSound { file: file("sound.wav") }),
        6 => Just(PathsCurveAction::Find),
        1 => Just(PathsCurveAction::KeepFound),
        1 => Just(PathsCurveAction::PlayFound),
    ]
}

fn on_conditions() -> impl Strategy<Value = PathsCurveAction> {
    use PathsPlaceField::{Radius, Time, X, Y};
    let kind = || prop::sample::select(vec![PathsPlaceKind::Pass, PathsPlaceKind::Avoid]);
    prop_oneof![
        1 => Just(PathsCurveAction::ToggleConditions),
        1 => prop::option::of(descriptor()).prop_map(|descriptor| PathsCurveAction::ChooseSecond { descriptor }),
        1 => shape().prop_map(|shape| PathsCurveAction::ChooseSecondShape { shape }),
        1 => number().prop_map(|value| PathsCurveAction::TypeSecond { end: PathsRangeEnd::High, value }),
        2 => kind().prop_map(|kind| PathsCurveAction::AddPlace { kind }),
        1 => (0_usize..4, number(), number(), any::<bool>())
            .prop_map(|(index, x, y, goes_on)| PathsCurveAction::MovePlace { index, x, y, goes_on }),
        1 => (0_usize..4, prop::sample::select(vec![X, Y, Time, Radius]), number())
            .prop_map(|(index, field, value)| PathsCurveAction::TypePlace { index, field, value }),
        1 => (0_usize..4).prop_map(|index| PathsCurveAction::RemovePlace { index }),
        1 => Just(PathsCurveAction::UndoPlace),
    ]
}

fn answer() -> impl Strategy<Value = PathsAnswer> {
    prop_oneof![
        (0_usize..700).prop_map(|count| PathsAnswer::Measured { values: vec![50.0; count] }),
        (0_usize..100_000).prop_map(|frames| PathsAnswer::Sound {
            sound: SoundNumber::of(1),
            frames,
            is_damaged: false
        }),
        (0_usize..70).prop_map(|count| PathsAnswer::Parts {
            parts: (0..count).map(|part| vec![part as f32; part % 9]).collect(),
        }),
    ]
}

fn event() -> impl Strategy<Value = CurveEvent> {
    prop_oneof![
        10 => on_target().prop_map(CurveEvent::Own),
        5 => on_conditions().prop_map(CurveEvent::Own),
        1 => prop::sample::select(vec![PathsWay::Lanes, PathsWay::Curve]).prop_map(CurveEvent::Way),
        2 => Just(CurveEvent::Undo),
        1 => (1_u8..4).prop_map(CurveEvent::Delete),
        1 => Just(CurveEvent::Close),
        1 => Just(CurveEvent::Open),
        1 => Just(CurveEvent::OtherMap),
        1 => Just(CurveEvent::NoMap),
        4 => Just(CurveEvent::Measure),
        2 => (0_usize..4, answer()).prop_map(|(at, answer)| CurveEvent::Late(at, answer)),
        2 => (0_usize..4).prop_map(CurveEvent::End),
        1 => (0_usize..4).prop_map(CurveEvent::Fail),
        1 => (0_usize..4, -1.0_f32..2.0).prop_map(|(at, share)| CurveEvent::Progress(at, share)),
    ]
}

/// Follows an event; `numbers` are those of all tasks so far.
fn follow(page: &mut PathsPage, event: CurveEvent, numbers: &[TaskNumber]) {
    let at = |position: usize| numbers.get(numbers.len().checked_sub(1 + position)?).copied();
    match event {
        CurveEvent::Own(action) => page.follow_curve(action),
        CurveEvent::Way(way) => page.own(PathsAction::SetWay { way }),
        CurveEvent::Undo => page.undo(),
        CurveEvent::Delete(number) => page.delete(number),
        CurveEvent::Close => page.close(),
        CurveEvent::Open => page.reopen(),
        CurveEvent::OtherMap => page.set_map(Some(map())),
        CurveEvent::NoMap => page.set_map(None),
        CurveEvent::Measure => {
            page.measure_as(&map(), 2.0);
        }
        CurveEvent::Late(position, answer) => {
            if let Some(number) = at(position) {
                page.answer(number, answer);
            }
        }
        CurveEvent::End(position) => {
            if let Some(number) = at(position) {
                page.end(number);
            }
        }
        CurveEvent::Fail(position) => {
            if let Some(number) = at(position) {
                page.fail(number, "lost");
            }
        }
        CurveEvent::Progress(position, share) => {
            if let Some(number) = at(position) {
                page.news(number, TaskNews::Progress(share));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// In any order of events the target is a curve of numbers, a found path is a loop that is there, and a search is
    /// under way only while the page measures or a person waits for the map. At the end a search finds a path.
    #[test]
    fn in_any_order_of_events_a_search_follows_its_target_alone(
        events in prop::collection::vec(event(), 1..40),
    ) {
        let mut page = PathsPage::following();
        page.set_map(Some(map()));
        let mut numbers: Vec<TaskNumber> = Vec::new();
        for event in events {
            numbers.extend(page.running.iter().map(|(number, _)| *number));
            numbers.dedup();
            follow(&mut page, event, &numbers);
            let Some(curve) = page.model().curve else { continue };
            prop_assert!(curve.target.values.iter().all(|value| value.is_finite()));
            prop_assert_eq!(curve.target.values.len(), 64);
            if curve.search.has_found {
                prop_assert!(!page.loops().is_empty());
            }
            let measures = page.asked().is_some();
            let waits = curve.search.is_running && !measures;
            prop_assert!(!measures || curve.search.is_running);
            prop_assert!(!waits || curve.target.range.is_none());
            let followed = curve.search.measured.is_some();
            prop_assert!(!followed || curve.search.predicted.is_some());
        }
        page.set_map(Some(map()));
        page.reopen();
        page.own(PathsAction::SetWay { way: PathsWay::Curve });
        page.follow_curve(PathsCurveAction::ChooseSecond { descriptor: None });
        while page.model().curve.is_some_and(|curve| curve.conditions.is_some_and(|shown| shown.can_undo)) {
            page.follow_curve(PathsCurveAction::UndoPlace);
        }
        while page.loops().len() > 6 {
            page.delete(page.loops()[0].number);
        }
        for action in [
            PathsCurveAction::ChooseShape { shape: PathsShape::Line },
            PathsCurveAction::ChooseDescriptor { descriptor: PathsDescriptor::Depth },
        ] {
            page.follow_curve(action);
        }
        let shown = page.curve().conditions.is_some();
        page.find();
        while page.measure_as(&map(), 1.0) {}
        let curve = page.curve();
        prop_assert!(!curve.search.is_running);
        // Places that are hidden still bind the path.
        prop_assert!(curve.search.measured.is_some() || !shown);
    }
}
