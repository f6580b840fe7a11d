//! Loops: what is recorded, which parts it plays on, and what ends and restores it.

use super::*;

impl Page {
    /// A page whose loops have a time of their own.
    fn in_free_time() -> Self {
        let mut page = Self::awake();
        page.gesture(GestureAction::SetInBeats(false));
        page
    }

    fn gesture(&mut self, action: GestureAction) {
        self.act(Action::Gesture(action));
    }

    fn toggle_recording(&mut self) {
        self.gesture(GestureAction::ToggleRecording(self.now_ms));
    }

    pub(super) fn frames(&mut self, count: usize) {
        (0..count).for_each(|_| self.frame());
    }

    /// Records a stroke of this many fingers, all at once, and repeats it.
    pub(super) fn record(&mut self, fingers: i32) {
        self.toggle_recording();
        for finger in 0..fingers {
            self.press(finger, at(finger as f32));
        }
        self.frames(20);
        for finger in 0..fingers {
            self.lift(finger);
        }
        // Whoever presses the button is late.
        self.frames(50);
        self.toggle_recording();
    }

    /// Records as many loops as play on all parts: those of loops first, then those of touches.
    pub(super) fn record_on_all_parts(&mut self) {
        (0..3).for_each(|_| self.record(5));
        self.frames(3);
        assert_eq!(self.loop_parts(), (0..PART_COUNT).collect());
    }

    pub(super) fn loop_parts(&self) -> BTreeSet<usize> {
        let touches = self.state.touches.all().iter();
        touches
            .filter(|touch| touch.source.is_some_and(TouchSource::is_loop))
            .map(|touch| touch.part)
            .collect()
    }
}

#[test]
fn every_finger_of_a_recording_repeats_without_a_hole() {
    let mut page = Page::in_free_time();
    page.record(2);
    for _ in 0..100 {
        page.frame();
        assert_eq!(page.sounding.len(), 2, "both sound in every frame, with no pause before the button");
    }
    assert_eq!(page.loop_parts(), BTreeSet::from([13, 14]));
    page.gesture(GestureAction::ToggleLoop(1));
    assert!(page.sounding.is_empty());
}

#[test]
fn silence_keeps_what_is_being_recorded() {
    let mut page = Page::in_free_time();
    page.toggle_recording();
    page.press(1, at(1.0));
    page.frames(20);
    page.act(Action::Sound(SoundAction::Panic));
    assert!(!page.state.gesture.is_recording() && page.sounding.is_empty());
    assert!(page.state.document().loops.get(1).is_some());
    assert!(!page.state.gesture.plays(1));
}

#[test]
fn a_finger_beside_a_loop_plays_the_current_point() {
    let mut page = Page::in_free_time();
    page.record(1);
    let before = page.state.document().clone();
    page.frames(30);
    assert_eq!(page.state.document(), &before, "a loop does not move the current point");
    page.press(7, at(3.0));
    page.frames(30);
    assert_eq!(page.parts().into_iter().collect::<BTreeSet<_>>(), BTreeSet::from([0, 14]));
    assert!(near(page.state.point(), at(3.0)));
}

#[test]
fn several_loops_play_until_the_parts_run_out() {
    let mut page = Page::in_free_time();
    page.record(5);
    page.record(5);
    page.frames(3);
    assert_eq!(page.loop_parts(), (5..PART_COUNT).collect(), "those that no touch needs");
    (0..5).for_each(|finger| page.press(finger, at(1.0)));
    page.frame();
    assert!(!page.state.gesture.is_crowded, "five fingers beside ten of loops");
    page.press(5, at(2.0));
    page.frame();
    assert!(page.state.gesture.is_crowded, "the sixth touch has no part");
    (0..6).for_each(|finger| page.lift(finger));
    page.frame();
    assert!(!page.state.gesture.is_crowded);
    page.gesture(GestureAction::ToggleLoop(1));
    page.frames(3);
    assert_eq!(page.loop_parts().len(), 5, "the other one goes on");
}

#[test]
fn a_finger_takes_the_current_point_from_a_loop_that_plays_on_all_parts() {
    let mut page = Page::in_free_time();
    page.record_on_all_parts();
    page.press(7, at(3.0));
    page.frames(3);
    assert_eq!(page.loop_parts(), (1..PART_COUNT).collect());
    assert!(near(page.state.point(), at(3.0)) && near(page.points[0], at(3.0)));
    page.slide(7, at(2.0));
    page.frames(3);
    assert!(near(page.state.point(), at(2.0)) && near(page.points[0], at(2.0)));
}

#[test]
fn recording_and_deleting_can_be_undone() {
    let mut page = Page::in_free_time();
    page.record(1);
    page.frames(3);
    page.act(Action::Edit(Edit::Undo));
    page.frame();
    assert!(page.state.document().loops.all().is_empty() && page.sounding.is_empty());
    page.act(Action::Edit(Edit::Redo));
    page.gesture(GestureAction::DeleteLoop(1));
    assert!(page.state.document().loops.get(1).is_none());
    page.act(Action::Edit(Edit::Undo));
    page.gesture(GestureAction::ToggleLoop(1));
    page.frame();
    assert_eq!(page.sounding.len(), 1, "it is there again and plays");
    page.act(Action::Sound(SoundAction::Panic));
    page.frames(3);
    assert!(page.sounding.is_empty() && !page.state.gesture.is_moving());
}

#[test]
fn a_speed_that_is_dragged_is_one_step() {
    let mut page = Page::in_free_time();
    page.record(1);
    for speed in [1.5, 1.8, 2.0] {
        page.gesture(GestureAction::SetLoopSpeed(1, speed));
    }
    page.act(Action::Edit(Edit::FinishStep));
    page.gesture(GestureAction::SetLoopDirection(1, Direction::Backward));
    let shown =
        |page: &Page| page.state.document().loops.get(1).map(|own| (own.speed, own.direction)).unwrap();
    assert_eq!(shown(&page), (2.0, Direction::Backward));
    page.act(Action::Edit(Edit::Undo));
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(shown(&page), (1.0, Direction::Forward));
}

#[test]
fn a_recording_without_a_touch_keeps_what_there_is() {
    let mut page = Page::in_free_time();
    page.toggle_recording();
    assert!(page.state.gesture.is_recording());
    page.frames(9);
    page.toggle_recording();
    assert!(page.state.document().loops.all().is_empty() && !page.state.gesture.is_moving());
}

#[test]
fn a_latched_note_sounds_beside_a_loop_until_the_next_touch() {
    let mut page = Page::latched();
    page.gesture(GestureAction::SetInBeats(false));
    page.record(1);
    page.frames(3);
    page.press(1, at(1.0));
    page.lift(1);
    page.frames(30);
    assert_eq!(page.sounding.len(), 2, "the latched note and the loop");
    page.press(1, at(2.0));
    assert_eq!(page.sounding.len(), 2, "a new touch replaces the latched note");
}

/// Records a line from 0 to 2 within a second.
fn repeating_line(page: &mut Page) {
    page.act(Action::Gesture(GestureAction::ToggleRecording(0.0)));
    page.press(1, at(0.0));
    for step in 1..=20 {
        page.now_ms = f64::from(step) * 50.0;
        page.slide(1, at(step as f32 * 0.1));
    }
    page.lift(1);
    page.act(Action::Gesture(GestureAction::ToggleRecording(page.now_ms)));
}

#[test]
fn a_loop_repeats_also_while_the_page_is_hidden_and_stops_when_it_is_left() {
    let mut page = Page::in_free_time();
    repeating_line(&mut page);
    let reached = |page: &mut Page| -> BTreeSet<i32> {
        let points = (0..60).map(|_| {
            page.play_loops();
            (page.state.point_of(14).x * 10.0).round() as i32
        });
        points.collect()
    };
    assert!(reached(&mut page).len() > 10 && page.sounding.len() == 1);
    page.act(Action::Sound(SoundAction::PageHidden));
    // A hidden page has no frames.
    assert!(reached(&mut page).len() > 10 && page.sounding.len() == 1);
    page.act(Action::Sound(SoundAction::PageLeft));
    assert!(page.sounding.is_empty() && !page.state.gesture.is_moving());
}

#[test]
fn a_touch_takes_its_part_from_a_loop_that_has_just_landed_there() {
    let mut page = Page::in_free_time();
    page.record_on_all_parts();
    page.gesture(GestureAction::ToggleLoop(3));
    page.gesture(GestureAction::ToggleLoop(3));
    // The page does not know yet where the loop has landed.
    page.player.play_due(64, &DueParts::default(), &mut |_| ());
    page.press(9, at(-3.0));
    page.frames(2);
    let part = page.state.touches.of(TouchSource::Pointer(9)).map(|touch| touch.part);
    assert!(near(page.points[0], at(-3.0)) && part == Some(0));
    assert_eq!(page.loop_parts(), (1..PART_COUNT).collect());
    assert!(page.state.gesture.is_crowded, "a finger of a loop waits");
    page.lift(9);
    page.frames(2);
    assert_eq!(page.loop_parts().len(), PART_COUNT);
    assert!(!page.state.gesture.is_crowded);
}

#[test]
fn a_key_of_a_keyboard_takes_the_current_point_from_a_loop() {
    let mut page = Page::in_free_time();
    page.record_on_all_parts();
    page.act(Action::Key(KeyAction::Press(KeyHolder::Midi(60), 60, 100), 0.0));
    page.frames(2);
    assert_eq!(page.loop_parts(), (1..PART_COUNT).collect());
    assert!(page.sounding.contains(&(0, 60)));
    page.act(Action::Key(KeyAction::Release(KeyHolder::Midi(60)), 0.0));
    (1..=3).for_each(|number| page.gesture(GestureAction::ToggleLoop(number)));
    assert!(page.sounding.is_empty(), "{:?}", page.sounding);
}

#[test]
fn a_restarted_instrument_goes_on_with_the_loops_where_they_were() {
    let mut page = Page::in_free_time();
    repeating_line(&mut page);
    page.frames(20);
    let before = page.state.point_of(14).x;
    page.act(Action::Sound(SoundAction::Stopped));
    page.player = PathPlayer::new(48_000.0);
    page.act(Action::Load(LoadAction::Begin));
    page.act(Action::Sound(SoundAction::NodeReady));
    page.frame();
    let after = page.state.point_of(14).x;
    assert!((after - before).abs() < 0.1, "{before} {after}");
}

#[test]
fn an_edited_loop_goes_on_with_its_new_points() {
    let mut page = Page::in_free_time();
    repeating_line(&mut page);
    page.frames(31);
    let sounding = page.sounding.clone();
    let mut longer = page.state.document().loops.get(1).unwrap().clone();
    longer.fingers = vec![path::strokes::Path::default()];
    longer.fingers[0].land(0.0, at(-4.0), 100);
    longer.fingers[0].lift(1.0);
    page.state.history.change(|document| document.loops.change(1, |own| *own = longer.clone()));
    page.frames(2);
    assert!(near(page.points[14], at(-4.0)) && page.sounding == sounding, "the note goes on");
}

#[test]
fn while_only_a_path_plays_its_point_is_known_and_the_first_line_is_gone() {
    let mut page = Page::in_free_time();
    repeating_line(&mut page);
    page.gesture(GestureAction::ToggleLoop(1));
    page.frames(2);
    assert!(!page.state.only_paths_play());
    page.state.page.onboarding.is_welcome = true;
    page.gesture(GestureAction::ToggleLoop(1));
    page.frames(20);
    assert!(page.state.only_paths_play() && !page.state.page.onboarding.is_welcome);
    assert_eq!(page.state.path_point(), Some(page.state.point_of(14)));
    assert_eq!(page.state.followed_point(None), page.state.path_point());
    page.press(9, at(2.0));
    page.frames(2);
    assert!(!page.state.only_paths_play(), "the finger is what a person listens to");
}

#[test]
fn a_mouse_that_plays_without_a_press_is_recorded() {
    let mut page = Page::in_free_time();
    page.act(Action::Map(MapAction::SetOptions(Options { free_mouse: true, ..Options::default() })));
    page.toggle_recording();
    for x in [0.0, 1.0, 2.0, 3.0] {
        let pointer = page.pointer(1, at(x));
        page.act(Action::Pointer(PointerAction::Hover(pointer)));
        page.frame();
    }
    page.act(Action::Pointer(PointerAction::Leave(page.now_ms)));
    page.frames(50);
    page.toggle_recording();
    let own = page.state.document().loops.get(1).unwrap();
    assert!((own.length_s - 0.064).abs() < 1e-6, "until it leaves the map: {}", own.length_s);
    let last = own.fingers[0].at(own.length_s).unwrap().point;
    assert!(last.distance(at(3.0)) < 0.01, "{last:?}");
}

#[test]
fn a_recording_is_kept_when_the_page_is_hidden_or_left_and_does_not_play_there() {
    for leave in [SoundAction::PageHidden, SoundAction::PageLeft] {
        let mut page = recording();
        page.act(Action::Sound(leave));
        let kept = page.effects.iter().find_map(|effect| match effect {
            Effect::KeepSession(session) => Some(session.document.loops.all().len()),
            _ => None,
        });
        assert_eq!(kept, Some(1));
        page.frames(3);
        assert!(page.sounding.is_empty() && !page.state.gesture.is_moving());
        assert!(!page.state.gesture.is_recording());
        page.act(Action::Edit(Edit::Undo));
        assert!(page.state.document().loops.all().is_empty());
    }
}

#[test]
fn a_reload_keeps_a_recording() {
    let mut page = recording();
    page.act(Action::Load(LoadAction::KeepTab));
    let kept = page.effects.iter().find_map(|effect| match effect {
        Effect::KeepTab(tab) => Some(tab.session.document.loops.all().len()),
        _ => None,
    });
    assert_eq!(kept, Some(1));
}

/// A page that records a finger.
fn recording() -> Page {
    let mut page = Page::in_free_time();
    page.toggle_recording();
    page.press(1, at(0.0));
    page.slide(1, at(1.0));
    page.slide(1, at(2.0));
    page
}

#[test]
fn a_loop_that_has_no_room_stops_and_everything_else_plays_on() {
    let mut page = Page::in_free_time();
    page.record(1);
    page.record(1);
    page.frame();
    let phase = page.state.sound.phase;
    page.act(Action::Sound(SoundAction::LoopRefused(1)));
    assert_eq!(page.errors(), [AppError::LoopsTooLong]);
    page.frame();
    assert_eq!([1, 2].map(|number| page.state.gesture.plays(number)), [true, false]);
    assert_eq!(page.state.sound.phase, phase, "the sound has not failed");
}

#[test]
fn a_recording_that_finds_no_room_goes_on_until_there_is_some() {
    let mut page = Page::in_free_time();
    page.record(1);
    let own = RecordedLoop { number: 0, ..page.state.document().loops.get(1).unwrap().clone() };
    page.toggle_recording();
    page.press(1, at(2.0));
    (0..7).for_each(|_| _ = page.act(Action::Edit(Edit::PutLoop(Box::new(own.clone())))));
    page.toggle_recording();
    assert_eq!(page.errors(), [AppError::LoopsFull]);
    page.now_ms += 700_000.0;
    page.frame();
    assert_eq!((page.errors(), page.state.gesture.is_recording()), (vec![], true), "said once");
    page.gesture(GestureAction::DeleteLoop(3));
    page.toggle_recording();
    assert!(page.state.gesture.plays(3) && !page.state.gesture.is_recording());
}

#[test]
fn a_recording_ends_after_ten_minutes_and_is_kept() {
    let mut page = recording();
    for (now_ms, is_recording) in [(599_000.0, true), (601_000.0, false)] {
        page.now_ms = now_ms;
        page.frame();
        assert_eq!((page.state.gesture.is_recording(), page.state.gesture.plays(1)), (is_recording, false));
    }
    assert_eq!(page.state.document().loops.get(1).unwrap().length_s, 600.0);
}
