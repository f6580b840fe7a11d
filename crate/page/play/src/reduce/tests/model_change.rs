//! Another model plays: what a person has placed is where the presets around it are now, and returns with the model.

use super::*;
use crate::compare::Location;

/// Four presets in the corners of a square, and one in its middle.
fn corners() -> Coordinates {
    Coordinates {
        version: plane::coordinates::VERSION,
        banks: vec!["A.bank".to_owned()],
        name: ["one", "two", "three", "four", "middle"].map(str::to_owned).to_vec(),
        bank: vec![0; 5],
        index: vec![0, 1, 2, 3, 4],
        x: vec![-1.0, 1.0, -1.0, 1.0, 0.0],
        y: vec![-1.0, -1.0, 1.0, 1.0, 0.0],
        ..Coordinates::default()
    }
}

/// The same, twice as far to the right and turned upside down.
fn elsewhere() -> Coordinates {
    let known = corners();
    let x = known.x.iter().map(|x| x + 2.0).collect();
    let y = known.y.iter().map(|y| -y).collect();
    Coordinates { x, y, ..known }
}

fn preset(row: u8) -> Patch {
    let mut patch = Patch::default();
    patch.set(Parameter::FilterCutoff, f32::from(row) / 10.0);
    patch
}

fn model(known: Coordinates) -> Action {
    let presets = Presets::new((0..5).map(preset).collect());
    Action::Load(LoadAction::Library(Rc::new(known), Rc::new(presets), None))
}

/// A landmark at a preset and one between presets, a loop around the middle, and B at a preset.
fn stocked() -> Page {
    let mut page = Page::awake();
    page.act(model(corners()));
    page.act(Action::Edit(Edit::GoToPreset(1)));
    page.act(Action::Edit(Edit::AddLandmark("Preset".to_owned())));
    page.act(Action::Edit(Edit::SwitchSides));
    page.act(Action::Edit(Edit::GoTo(Location::from(Point { x: 0.4, y: 0.5 }))));
    page.act(Action::Edit(Edit::AddLandmark("Between".to_owned())));
    page.record(1);
    page
}

fn landmarks(page: &Page) -> Vec<Point> {
    page.state.document().landmarks.all().iter().map(|landmark| landmark.point).collect()
}

fn loop_start(page: &Page) -> Point {
    page.state.document().loops.all()[0].fingers[0].at(0.0).unwrap().point
}

fn is_close(one: Point, other: Point, within: f32) -> bool {
    one.distance(other) < within
}

#[test]
fn landmarks_loops_and_b_go_where_their_presets_go() {
    let mut page = stocked();
    let start = loop_start(&page);
    page.act(model(elsewhere()));
    let [at_preset, between] = landmarks(&page)[..] else { panic!("two landmarks") };
    assert_eq!(at_preset, Point { x: 3.0, y: 1.0 });
    assert!(is_close(between, Point { x: 2.4, y: -0.5 }, 0.01), "{between:?}");
    let other = page.state.document().comparison.other.clone().unwrap();
    assert_eq!((other.point, other.patch), (Point { x: 3.0, y: 1.0 }, Some(Box::new(preset(1)))));
    let moved = loop_start(&page);
    assert!(is_close(moved, Point { x: start.x + 2.0, y: -start.y }, 0.01), "{start:?} {moved:?}");
    assert!(page.state.keeping.is_waiting, "the moved places are stored");
}

#[test]
fn undo_leads_to_places_of_the_model_that_plays() {
    let mut page = stocked();
    page.act(model(elsewhere()));
    while page.state.history.can_undo() {
        page.act(Action::Edit(Edit::Undo));
        for landmark in page.state.document().landmarks.all() {
            assert!(landmark.point.x >= 1.0, "{landmark:?}");
        }
    }
}

#[test]
fn the_first_model_brings_everything_back() {
    let mut page = stocked();
    let before = page.state.document().clone();
    page.act(model(elsewhere()));
    assert_ne!(*page.state.document(), before);
    page.act(model(corners()));
    assert_eq!(*page.state.document(), before);
}

#[test]
fn a_later_visit_moves_nothing_twice() {
    let mut page = stocked();
    page.act(model(elsewhere()));
    let stored = landmarks(&page);
    let effects = page.act(Action::Load(LoadAction::KeepSession));
    let session = effects.iter().find_map(|effect| match effect {
        Effect::KeepSession(session) => Some((**session).clone()),
        _ => None,
    });
    let mut later = Page::of(Start { session: session.unwrap(), ..Start::default() });
    // The page's own table comes first, then that of the person's model.
    later.act(model(corners()));
    assert_eq!(landmarks(&later), stored);
    later.act(model(elsewhere()));
    assert_eq!(landmarks(&later), stored);
    later.act(model(corners()));
    assert_eq!(landmarks(&later)[0], Point { x: 1.0, y: -1.0 });
}

#[test]
fn a_loop_of_recorded_tones_stays_on_its_own_plane() {
    let mut page = stocked();
    let mut own = (*page.state.document().loops.all()[0]).clone();
    own.instrument = Some(1);
    page.act(Action::Edit(Edit::PutLoop(Box::new(own))));
    let start = loop_start(&page);
    page.act(model(elsewhere()));
    assert_eq!(loop_start(&page), start);
}
