//! Snap: touches stop at the presets' dots, pressed or dragged. And the mouse that hovers over them.

use super::*;

/// A page of 400 × 400 pixels whose dots lie at (1, 1) and (−2, 0), with snap on.
fn snapping() -> Page {
    let mut page = Page::awake();
    page.act(Action::Load(LoadAction::Known(known())));
    let mut bell = Patch::default();
    bell.set(Parameter::FilterCutoff, 0.9);
    page.act(Action::Load(LoadAction::Presets(Rc::new(Presets::new(vec![Patch::default(), bell])))));
    page.act(Action::Map(MapAction::SetOptions(Options { snap: true, ..Options::default() })));
    page
}

/// A point this many pixels to the right of another.
fn right_of(point: Point, pixels: f32) -> Point {
    Point { x: point.x + pixels * 8.0 / 400.0, ..point }
}

const BASS: Point = Point { x: 1.0, y: 1.0 };
const BELL: Point = Point { x: -2.0, y: 0.0 };

#[test]
fn a_dragged_touch_snaps_to_a_dot_and_plays_its_own_patch() {
    let mut page = snapping();
    page.press(1, right_of(BELL, 60.0));
    page.slide(1, right_of(BELL, 30.0));
    assert_eq!((page.state.exact_preset(), page.state.document().patch.is_none()), (None, true));
    page.slide(1, right_of(BELL, 5.0));
    assert_eq!((page.state.point(), page.state.exact_preset()), (BELL, Some(1)));
    page.slide(1, right_of(BELL, 40.0));
    assert!(near(page.state.point(), right_of(BELL, 40.0)) && page.state.document().patch.is_none());
}

#[test]
fn a_second_dragged_touch_plays_the_presets_patch_and_leaves_it_again() {
    let mut page = snapping();
    page.press(1, Point { x: 0.0, y: -3.0 });
    page.press(2, right_of(BASS, 60.0));
    let mut commands = |point: Point| {
        let pointer = page.pointer(2, point);
        page.act(Action::Pointer(PointerAction::Move(pointer)));
        page.audio().into_iter().cloned().collect::<Vec<_>>()
    };
    assert!(commands(right_of(BASS, 50.0)).is_empty());
    assert_eq!(commands(right_of(BASS, 3.0)), [AudioCommand::SetPatch(1, Box::default(), BASS)]);
    assert!(commands(right_of(BASS, -3.0)).is_empty(), "it stays");
    assert_eq!(commands(right_of(BASS, 50.0)), [AudioCommand::Decode(1)]);
}

#[test]
fn without_snap_a_drag_never_stops() {
    let mut page = snapping();
    page.act(Action::Map(MapAction::SetOptions(Options::default())));
    page.press(1, right_of(BELL, 60.0));
    page.slide(1, right_of(BELL, 1.0));
    assert!(near(page.state.point(), right_of(BELL, 1.0)) && page.state.exact_preset().is_none());
}

#[test]
fn the_hover_mark_ends_with_a_press_and_comes_back_only_with_a_hovering_mouse() {
    let mut page = snapping();
    let hover = page.pointer(1, BASS);
    page.act(Action::Pointer(PointerAction::Hover(hover)));
    assert!(page.state.map.hover.is_some());
    page.press(1, BASS);
    page.slide(1, BELL);
    page.lift(1);
    assert_eq!(page.state.map.hover, None, "the mouse has not moved since");
    page.act(Action::Pointer(PointerAction::Hover(hover)));
    assert!(page.state.map.hover.is_some());
    page.act(Action::Map(MapAction::ToggleExplore));
    page.press(1, BASS);
    assert_eq!(page.state.map.hover, None, "neither while it explores");
}

#[test]
fn a_mouse_that_plays_while_it_hovers_snaps_too_and_its_height_is_its_velocity() {
    let mut page = snapping();
    let options = Options { snap: true, free_mouse: true, ..Options::default() };
    page.act(Action::Map(MapAction::SetOptions(options)));
    let notes = Notes { velocity_from: VelocitySource::Height, ..Notes::default() };
    page.act(Action::Edit(Edit::SetNotes(notes, None)));
    let high = Point { x: 0.0, y: 4.0 };
    for (point, velocity) in [(high, 127), (BELL, 79), (Point { y: -4.0, ..high }, 30)] {
        page.act(Action::Pointer(PointerAction::Leave(page.now_ms)));
        for from in [right_of(point, 30.0), right_of(point, 5.0)] {
            let pointer = Pointer { is_mouse: true, ..page.pointer(1, from) };
            page.act(Action::Pointer(PointerAction::Hover(pointer)));
        }
        assert_eq!(page.state.touches.of(TouchSource::Hover).unwrap().velocity, velocity);
        assert_eq!(page.state.point() == BELL, point == BELL);
    }
    let begun = |command: &&AudioCommand| {
        matches!(command, AudioCommand::Note(NoteEvent::On { velocity: 30, .. }, _))
    };
    page.act(Action::Pointer(PointerAction::Leave(page.now_ms)));
    let pointer = Pointer { is_mouse: true, ..page.pointer(1, Point { x: 0.0, y: -4.0 }) };
    page.act(Action::Pointer(PointerAction::Hover(pointer)));
    assert!(page.audio().iter().any(begun), "from its first note on");
}

proptest! {
    /// Wherever a snapping touch goes, it is at a dot with the dot's patch, or where the finger is; and it changes
    /// between the two only after a real movement.
    #[test]
    fn a_snapping_touch_does_not_flutter(steps in prop::collection::vec((-30.0f32..30.0, -3.0f32..3.0), 1..60)) {
        let mut page = snapping();
        page.press(1, right_of(BELL, 80.0));
        let mut entered_at: Option<Point> = None;
        for (x, jitter) in steps {
            for finger in [right_of(BELL, x), right_of(BELL, x + jitter)] {
                page.slide(1, finger);
                let at = page.state.point();
                let is_snapped = at == BELL && page.state.exact_preset() == Some(1);
                prop_assert!(is_snapped || near(at, finger));
                let moved_px = |from: Point| (finger.x - from.x).abs() * 50.0;
                match (entered_at, is_snapped) {
                    (None, true) => entered_at = Some(finger),
                    (Some(from), false) => {
                        prop_assert!(moved_px(from) > 2.0, "left after {} px", moved_px(from));
                        entered_at = None;
                    }
                    _ => {}
                }
            }
        }
    }
}
