//! Touches: parts, notes, the latch, legato.

use super::*;

#[test]
fn a_touch_plays_moves_and_ends() {
    let mut page = Page::awake();
    page.press(1, at(1.0));
    assert_eq!(page.sounding, BTreeSet::from([(0, MIDDLE_C)]));
    assert!(near(page.points[0], at(1.0)), "the note begins where the touch landed");
    page.slide(1, at(2.0));
    assert!(near(page.points[0], at(2.0)) && near(page.state.point(), at(2.0)));
    page.lift(1);
    assert!(page.sounding.is_empty());
    assert!(near(page.state.point(), at(2.0)), "the current point stays");
}

#[test]
fn a_note_begins_after_its_point_and_patch_are_sent() {
    let mut page = Page::awake();
    page.act(Action::Edit(Edit::SetPatch(Box::default())));
    page.press(1, at(1.0));
    let kinds: Vec<u8> = page
        .audio()
        .iter()
        .filter_map(|command| match command {
            AudioCommand::Decode(0) => Some(1),
            AudioCommand::JumpTo(0, _) => Some(2),
            AudioCommand::Note(NoteEvent::On { .. }, Some(_)) => Some(3),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, [1, 2, 3]);
}

#[test]
fn each_touch_has_a_part_and_the_sixth_none() {
    let mut page = Page::awake();
    for id in 0..6 {
        page.press(id, at(id as f32 * 0.5));
    }
    assert_eq!(page.parts(), [0, 1, 2, 3, 4]);
    page.lift(2);
    page.press(9, at(3.0));
    assert!(near(page.points[2], at(3.0)), "a free part is reused");
    assert!(near(page.state.point(), at(0.0)));
}

#[test]
fn over_a_scale_a_sliding_touch_changes_its_key_and_legato_connects_the_two() {
    for (keyboard_mode, arpeggio, is_legato) in
        [(0.0, ArpeggioMode::Off, false), (2.0, ArpeggioMode::Off, true), (0.0, ArpeggioMode::Up, true)]
    {
        let mut page = Page::awake();
        let notes = Notes { layout: Layout::ScaleAcross, keyboard_mode, arpeggio, ..Notes::default() };
        page.act(Action::Edit(Edit::SetNotes(notes, None)));
        page.press(1, at(-3.9));
        page.slide(1, at(3.9));
        let notes: Vec<bool> = page
            .audio()
            .iter()
            .filter_map(|command| match command {
                AudioCommand::Note(event, _) => Some(matches!(event, NoteEvent::On { .. })),
                _ => None,
            })
            .collect();
        assert_eq!((notes[0], notes[notes.len() - 1]), (is_legato, !is_legato));
    }
}

#[test]
fn latched_notes_sound_until_the_next_touch_or_until_the_latch_ends() {
    let mut page = Page::latched();
    page.press(1, at(1.0));
    page.press(2, at(2.0));
    page.lift(1);
    page.lift(2);
    assert!(
        page.state.is_sounding() && !page.state.touches.is_touching() && !page.state.touches.is_pressed()
    );
    page.press(1, at(3.0));
    assert_eq!(page.sounding.len(), 1, "a new touch, a new sound");
    page.lift(1);
    page.act(Action::Edit(Edit::ToggleLatch));
    assert!(page.sounding.is_empty());
}

#[test]
fn a_latched_note_ends_with_the_next_touch_also_beside_a_random_walk() {
    let mut page = Page::latched();
    page.act(Action::Gesture(GestureAction::ToggleWalk(1)));
    page.frame();
    for x in [1.0, 2.0, 3.0] {
        page.press(1, at(x));
        page.lift(1);
        assert_eq!(page.sounding.len(), 2, "the latched note and the walk");
    }
}

#[test]
fn a_random_walk_ends_where_a_person_goes_elsewhere_or_edits_the_patch() {
    let edits = [Edit::MoveTo(at(-3.0)), Edit::SetParameter(Parameter::FilterCutoff, 1.0), Edit::Undo];
    for edit in edits {
        let mut page = Page::awake();
        page.act(Action::Edit(Edit::MoveTo(at(2.0))));
        page.act(Action::Gesture(GestureAction::ToggleWalk(1)));
        page.frame();
        page.frame();
        assert!(page.state.gesture.is_walking() && !page.sounding.is_empty());
        page.act(Action::Sound(SoundAction::Decoded(Box::default())));
        page.act(Action::Edit(edit));
        let (point, patch) = (page.state.point(), page.state.document().patch.clone());
        page.frame();
        page.frame();
        assert!(!page.state.gesture.is_walking() && page.sounding.is_empty());
        assert_eq!((page.state.point(), &page.state.document().patch), (point, &patch));
    }
}

#[test]
fn a_walk_and_a_hovering_mouse_beside_a_touch_play_their_points_not_an_older_patch_of_the_part() {
    for hovers in [false, true] {
        let mut page = Page::awake();
        page.press(1, at(1.0));
        if hovers {
            let options = Options { free_mouse: true, ..Options::default() };
            page.act(Action::Map(MapAction::SetOptions(options)));
            let pointer = Pointer { is_mouse: true, ..page.pointer(2, at(2.0)) };
            page.act(Action::Pointer(PointerAction::Hover(pointer)));
        } else {
            page.act(Action::Gesture(GestureAction::ToggleWalk(1)));
            page.frame();
        }
        assert_eq!(page.parts(), [0, 1]);
        let is_decoded = |command: &&AudioCommand| matches!(command, AudioCommand::Decode(1));
        let begins = |command: &&AudioCommand| matches!(command, AudioCommand::Note(NoteEvent::On { .. }, _));
        let decodes = page.audio().iter().position(is_decoded);
        let begins = page.audio().iter().position(begins);
        assert!(decodes.is_some() && decodes < begins, "hovers: {hovers}");
    }
}

#[test]
fn keys_of_a_device_and_latched_ones_sound_on_while_the_page_is_left_for_another_window() {
    let mut page = Page::latched();
    let press = |holder: &KeyHolder, key| Action::Key(KeyAction::Press(holder.clone(), key, 100), 0.0);
    let letter = KeyHolder::Typed("KeyQ".to_owned());
    page.act(press(&letter, 60));
    page.act(Action::Key(KeyAction::Midi(MidiMessage::NoteOn { key: 64, velocity: 100 }), 0.0));
    page.act(Action::Key(KeyAction::Release(letter.clone()), 0.0));
    page.act(press(&letter, 62));
    page.act(Action::Key(KeyAction::ReleasePressed, 0.0));
    assert_eq!(page.sounding, BTreeSet::from([(0, 60), (0, 64)]));
}

#[test]
fn a_device_that_ends_all_notes_leaves_no_key_down() {
    let mut page = Page::awake();
    page.act(Action::Key(KeyAction::Midi(MidiMessage::NoteOn { key: 60, velocity: 100 }), 0.0));
    page.act(Action::Key(KeyAction::Midi(MidiMessage::ControlChange { controller: 123, value: 0 }), 0.0));
    assert!(page.sounding.is_empty() && !page.state.keys.is_down(60));
}

#[test]
fn a_touch_that_is_lost_is_not_latched() {
    let mut page = Page::latched();
    page.press(1, at(1.0));
    page.act(Action::Pointer(PointerAction::Lost(1)));
    assert!(page.sounding.is_empty());
}

#[test]
fn a_touch_ends_a_tap_and_the_play_button() {
    for source in [TouchSource::Tap, TouchSource::PlayButton] {
        let mut page = Page::awake();
        page.act(Action::Touch(TouchAction::Press(source, 0.0)));
        page.press(1, at(3.0));
        assert_eq!(page.parts(), [0]);
        assert!(near(page.state.point(), at(3.0)));
    }
}

#[test]
fn arrow_keys_move_the_note_that_the_space_key_holds() {
    let mut page = Page::awake();
    page.press(1, at(-1.0));
    page.act(Action::Touch(TouchAction::Press(TouchSource::Keyboard, 0.0)));
    page.act(Action::Edit(Edit::MoveTo(at(0.5))));
    page.frame();
    assert!(near(page.points[0], at(0.5)) && near(page.points[1], at(0.5)));
}

/// The velocities of the notes that begin with the last action.
fn velocities(page: &Page) -> Vec<u8> {
    let velocity = |command: &&AudioCommand| match command {
        AudioCommand::Note(NoteEvent::On { velocity, .. }, _) => Some(*velocity),
        _ => None,
    };
    page.audio().iter().filter_map(velocity).collect()
}

#[test]
fn the_velocity_of_a_touch_comes_from_its_height_or_its_pressure_if_chosen() {
    let mut page = Page::awake();
    let mut press = |velocity_from, pressure, y| {
        page.act(Action::Edit(Edit::SetNotes(Notes { velocity_from, ..Notes::default() }, None)));
        let pointer = Pointer { pressure, ..page.pointer(1, Point { x: 0.0, y }) };
        page.act(Action::Pointer(PointerAction::Down(pointer)));
        let velocity = velocities(&page);
        page.lift(1);
        velocity[0]
    };
    assert_eq!(press(VelocitySource::Constant, 0.9, -3.0), 100);
    assert!(press(VelocitySource::Height, 0.5, 3.0) > press(VelocitySource::Height, 0.5, -3.0));
    assert!(press(VelocitySource::Pressure, 0.8, 0.0) > press(VelocitySource::Pressure, 0.2, 0.0));
    assert_eq!(press(VelocitySource::Pressure, 0.5, 3.0), 100, "a device without pressure");
}

#[test]
fn a_sliding_touch_plays_the_next_key_as_loud_as_it_is_then() {
    let mut page = Page::awake();
    let notes =
        Notes { layout: Layout::ScaleAcross, velocity_from: VelocitySource::Height, ..Notes::default() };
    page.act(Action::Edit(Edit::SetNotes(notes, None)));
    page.press(1, Point { x: -3.9, y: -3.9 });
    let soft = velocities(&page)[0];
    page.slide(1, Point { x: 3.9, y: 3.9 });
    assert!(velocities(&page)[0] > soft + 50);
}

/// How many steps undo can take back.
fn undo_depth(page: &Page) -> usize {
    page.state.history.depth()
}

fn drag_tempo(page: &mut Page, bpm: f32) {
    let notes = Notes { bpm, ..page.state.document().notes };
    page.act(Action::Edit(Edit::SetNotes(notes, Some("tempo"))));
}

#[test]
fn a_drag_beside_a_random_walk_is_one_undo_step() {
    let mut page = Page::awake();
    page.act(Action::Gesture(GestureAction::ToggleWalk(1)));
    (0..3).for_each(|_| page.frame());
    assert_eq!(undo_depth(&page), 1, "the walk");
    for bpm in 1..20 {
        drag_tempo(&mut page, 100.0 + bpm as f32);
        page.frame();
    }
    let point = page.state.point();
    page.act(Action::Edit(Edit::FinishStep));
    assert_eq!(undo_depth(&page), 2, "the walk and the drag");
    page.frame();
    assert!(page.state.gesture.is_walking() && page.state.point() != point);
    page.act(Action::Edit(Edit::Undo));
    page.act(Action::Edit(Edit::Undo));
    assert_eq!((page.state.document().notes.bpm, undo_depth(&page)), (Notes::default().bpm, 1));
}

#[test]
fn an_arrow_key_after_a_random_walk_is_an_undo_step_of_its_own() {
    for ends in [false, true] {
        let mut page = Page::awake();
        page.act(Action::Gesture(GestureAction::ToggleWalk(1)));
        (0..3).for_each(|_| page.frame());
        if ends {
            page.act(Action::Gesture(GestureAction::ToggleWalk(1)));
            page.frame();
        }
        let point = page.state.point();
        page.act(Action::Edit(Edit::MoveTo(at(2.0))));
        page.act(Action::Edit(Edit::Undo));
        assert_eq!(page.state.point(), point, "ends: {ends}");
        page.act(Action::Edit(Edit::Undo));
        assert_eq!(page.state.point(), Point::default());
    }
}

#[test]
fn a_walk_that_begins_after_another_edit_is_a_step_of_its_own() {
    let mut page = Page::awake();
    drag_tempo(&mut page, 150.0);
    page.act(Action::Gesture(GestureAction::ToggleWalk(1)));
    (0..3).for_each(|_| page.frame());
    page.act(Action::Edit(Edit::Undo));
    assert_eq!((page.state.point(), page.state.document().notes.bpm), (Point::default(), 150.0));
}

#[test]
fn a_walk_goes_on_as_a_step_of_its_own_after_taps_and_buttons_of_the_tempo() {
    let notes = Notes { bpm: 90.0, ..Notes::default() };
    let button = Action::Edit(Edit::SetNotes(notes, Some("bpm")));
    let taps = [0.0, 500.0, 900.0].map(|now_ms| Action::Edit(Edit::TapTempo(now_ms)));
    for changes in [vec![button], taps.into()] {
        let mut page = Page::awake();
        page.act(Action::Gesture(GestureAction::ToggleWalk(1)));
        page.frame();
        for change in changes {
            page.act(change);
        }
        let (bpm, point) = (page.state.document().notes.bpm, page.state.point());
        assert_ne!(bpm, Notes::default().bpm);
        (0..3).for_each(|_| page.frame());
        assert_ne!(page.state.point(), point);
        page.act(Action::Edit(Edit::Undo));
        assert_eq!((page.state.document().notes.bpm, page.state.point()), (bpm, point));
    }
}
