//! Any order of events: a hand, undo, others who change the loops, and a script that answers late.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum PathsEvent {
    Own(PathsAction),
    Undo,
    Redo,
    Delete(u8),
    Close,
    Open,
    Read(usize),
    End(usize),
    Fail(usize),
}

fn lane() -> impl Strategy<Value = PathsLane> {
    prop::sample::select(vec![PathsLane::X, PathsLane::Y, PathsLane::Level, PathsLane::Notes])
}

fn operator() -> impl Strategy<Value = PathsOperator> {
    use PathsOperator::{Erase, Loop, Mix, Presets, Random, Reverse, Scale, Shift, Smooth, Stretch};
    prop::sample::select(vec![Scale, Shift, Random, Reverse, Smooth, Presets, Stretch, Loop, Mix, Erase])
}

fn place() -> impl Strategy<Value = PathsPlace> {
    (-1.0..5.0, -5.0_f32..5.0).prop_map(|(time_s, value)| PathsPlace { time_s, value })
}

fn drawn() -> impl Strategy<Value = PathsAction> {
    prop_oneof![
        lane().prop_map(|lane| PathsAction::ChooseLane { lane }),
        (0..2, lane(), place()).prop_map(|(pointer, lane, place)| PathsAction::PressLane {
            pointer,
            lane,
            place
        }),
        (0..2, prop::collection::vec(place(), 1..3))
            .prop_map(|(pointer, places)| PathsAction::Draw { pointer, places }),
        (0..2).prop_map(|pointer| PathsAction::LiftLane { pointer }),
        (lane(), 0_usize..6, -5.0_f32..5.0).prop_map(|(lane, index, value)| PathsAction::MovePoint {
            lane,
            index,
            value
        }),
        Just(PathsAction::PointMoved),
        Just(PathsAction::AddNote),
        Just(PathsAction::DeleteNote),
        (0_usize..4).prop_map(|index| PathsAction::ChooseNote { index }),
        Just(PathsAction::StepNote { step: PathsNoteStep::Longer }),
        Just(PathsAction::StepNote { step: PathsNoteStep::Later }),
        (0.1..8.0, prop::option::of(-1.0..9.0))
            .prop_map(|(factor, about_s)| PathsAction::Zoom { factor, about_s }),
        (-2.0..2.0).prop_map(|share| PathsAction::Scroll { share }),
    ]
}

fn made() -> impl Strategy<Value = PathsAction> {
    prop_oneof![
        operator().prop_map(|operator| PathsAction::Operate { operator }),
        (-3.0..3.0).prop_map(|amount| PathsAction::MoveAmount { amount }),
        (-3.0..3.0).prop_map(|amount| PathsAction::AmountMoved { amount }),
        any::<u32>().prop_map(|seed| PathsAction::Again { seed }),
        (0_u8..9).prop_map(|number| PathsAction::MixWith { number }),
        Just(PathsAction::GoOver),
        Just(PathsAction::EndOperator),
        (0_usize..5, 0_u8..9).prop_map(|(corner, number)| PathsAction::ChooseCorner { corner, number }),
        (0.0..1.0, 0.0..1.0).prop_map(|(right, down)| PathsAction::MoveInSquare { place: [right, down] }),
        Just(PathsAction::EndMix),
        Just(PathsAction::AddMix),
        any::<u32>().prop_map(|seed| PathsAction::AddRandomMix { seed }),
        Just(PathsAction::Begin),
        (0_u8..9, 0_usize..3).prop_map(|(number, finger)| PathsAction::Choose { number, finger }),
        Just(PathsAction::SetWay { way: PathsWay::Four }),
        Just(PathsAction::SetWay { way: PathsWay::Lanes }),
        Just(PathsAction::OpenFiles { files: vec![file("a.json"), file("b.mid")] }),
        Just(PathsAction::Save { kind: PathsFileKind::Wav }),
        Just(PathsAction::StopSaving),
        Just(PathsAction::CopyLink),
        Just(PathsAction::Play),
        Just(PathsAction::Rename { name: "Tide".to_owned() }),
    ]
}

fn event() -> impl Strategy<Value = PathsEvent> {
    prop_oneof![
        8 => drawn().prop_map(PathsEvent::Own),
        8 => made().prop_map(PathsEvent::Own),
        2 => Just(PathsEvent::Undo),
        1 => Just(PathsEvent::Redo),
        1 => (1_u8..9).prop_map(PathsEvent::Delete),
        1 => Just(PathsEvent::Close),
        1 => Just(PathsEvent::Open),
        2 => (0_usize..4).prop_map(PathsEvent::Read),
        2 => (0_usize..4).prop_map(PathsEvent::End),
        1 => (0_usize..4).prop_map(PathsEvent::Fail),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// In any order of events, once all hands are up the lanes show what the document has, the square has only loops
    /// that are there, and undo leads back to the page without loops.
    #[test]
    fn in_any_order_of_events_the_editor_shows_the_loops_of_the_document(
        events in prop::collection::vec(event(), 1..40),
    ) {
        let mut page = PathsPage::begun();
        let mut numbers: Vec<TaskNumber> = Vec::new();
        for event in events {
            numbers.extend(page.running.iter().map(|(number, _)| *number));
            numbers.dedup();
            let at = |position: usize| numbers.get(numbers.len().checked_sub(1 + position)?).copied();
            match event {
                PathsEvent::Own(action) => page.own(action),
                PathsEvent::Undo => page.undo(),
                PathsEvent::Redo => {
                    page.act(Action::Edit(Edit::Redo));
                    page.frame();
                }
                PathsEvent::Delete(number) => page.delete(number),
                PathsEvent::Close => page.close(),
                PathsEvent::Open => page.reopen(),
                PathsEvent::Read(position) => {
                    if let Some(number) = at(position) {
                        page.answer(number, PathsAnswer::Read { path: Box::new(still("File", 1.0, 2.0)), losses: Vec::new() });
                    }
                }
                PathsEvent::End(position) => {
                    if let Some(number) = at(position) {
                        page.end(number);
                    }
                }
                PathsEvent::Fail(position) => {
                    if let Some(number) = at(position) {
                        page.fail(number, "lost");
                    }
                }
            }
            // Every state can be drawn.
            let _ = page.model();
        }
        page.reopen();
        for pointer in 0..2 {
            page.own(PathsAction::LiftLane { pointer });
        }
        page.own(PathsAction::PointMoved);
        page.own(PathsAction::EndOperator);
        page.own(PathsAction::EndMix);
        let loops = page.loops();
        let paths = &page.state.panels.paths;
        prop_assert_eq!(loops.is_empty(), paths.number == 0);
        if let Some(edited) = &paths.edited {
            let own = loops.iter().find(|own| own.number == paths.number).expect("the chosen loop is there");
            prop_assert_eq!(&edited.to_loop().fingers, &own.fingers);
        }
        let four = paths.four.model(&loops, true, |own| paths.words.name(own));
        let is_there = |number: u8| number == 0 || loops.iter().any(|own| own.number == number);
        prop_assert!(four.corners.iter().all(|&number| is_there(number)) && is_there(four.number));
        // No task is waited for in vain.
        while let Some((number, _)) = page.running.first().cloned() {
            page.end(number);
        }
        prop_assert!(page.state.panels.paths.files.is_idle() && page.model().writing.is_none());
        for _ in 0..60 {
            page.undo();
        }
        prop_assert_eq!((page.loops().len(), page.model().chosen), (0, 0));
    }
}

#[test]
fn a_mix_that_the_lanes_show_is_shown_as_it_is_now() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::SetWay { way: PathsWay::Four });
    page.close();
    page.own(PathsAction::Begin);
    page.undo();
    page.own(PathsAction::MoveInSquare { place: [0.12, 0.0] });
    page.own(PathsAction::Rename { name: "Tide".to_owned() });
    page.reopen();
    page.own(PathsAction::EndMix);
    let (loops, paths) = (page.loops(), &page.state.panels.paths);
    let edited = paths.edited.as_ref().expect("a path is chosen");
    let own = loops.iter().find(|own| own.number == paths.number).expect("the chosen loop is there");
    assert_eq!(edited.to_loop().fingers, own.fingers);
}
