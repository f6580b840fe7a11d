//! Takes on the clock: when they begin and end, the loops that they become, and what plays with them.

use super::*;
use crate::loops::USUAL_LEVEL;
use crate::tracks::beat::Beat;
use crate::tracks::model::{RecordState, TracksModel};

/// The tempo of a first visit gives a beat this length, in milliseconds.
const BEAT_MS: f64 = 60_000.0 / 112.0;

impl Page {
    pub(super) fn tracks(&self) -> TracksModel {
        TracksModel::new(&self.state, self.now_ms)
    }

    pub(super) fn tap_record(&mut self) {
        self.act(Action::Gesture(GestureAction::ToggleRecording(self.now_ms)));
    }

    /// Frames until the clock is at a beat, or just after it.
    pub(super) fn until_beat(&mut self, beats: f64) {
        for _ in 0..10_000 {
            if self.state.gesture.transport.beats_at(self.now_ms).is_some_and(|now| now >= beats) {
                return;
            }
            self.frame();
        }
        panic!("the clock never comes to beat {beats}");
    }

    fn beats(&self) -> f64 {
        self.state.gesture.transport.beats_at(self.now_ms).expect("the clock runs")
    }

    /// Plays a note of a beat at a point, from a beat on.
    pub(super) fn strike_at(&mut self, beats: f64, point: Point) {
        self.until_beat(beats);
        self.press(1, point);
        self.until_beat(beats + 0.5);
        self.lift(1);
        self.frame();
    }

    pub(super) fn own(&self, number: u8) -> &RecordedLoop {
        self.state.document().loops.get(number).expect("there is such a loop")
    }

    /// A first loop of three beats and a rest, whose tempo is 120.
    pub(super) fn with_first_loop() -> Self {
        let mut page = Self::awake();
        page.tap_record();
        page.press(1, at(1.0));
        page.frames(90);
        page.lift(1);
        page.now_ms += 2000.0 - 90.0 * 16.0;
        page.tap_record();
        page.frame();
        page
    }
}

#[test]
fn the_first_loop_begins_with_the_first_touch_and_sets_the_tempo() {
    let mut page = Page::awake();
    page.tap_record();
    page.now_ms += 3000.0;
    assert_eq!(page.tracks().record, RecordState::Armed);
    page.press(1, at(1.0));
    assert_eq!(page.tracks().record, RecordState::Free);
    page.frames(25);
    page.lift(1);
    page.now_ms += 2600.0;
    page.press(1, at(2.0));
    page.frames(5);
    page.lift(1);
    // 4 seconds after the first touch.
    page.now_ms += 4000.0 - 2600.0 - 30.0 * 16.0;
    page.tap_record();
    let own = page.own(1);
    assert_eq!((own.beats, own.length_s), (Some(8), 4.0), "two bars");
    assert_eq!(page.state.notes().bpm, 120.0);
    page.frame();
    assert!(page.tracks().tracks[0].is_playing && page.tracks().is_playing);
    page.act(Action::Edit(Edit::Undo));
    assert_eq!((page.tracks().tracks.len(), page.state.notes().bpm), (0, 112.0), "one step");
}

#[test]
fn a_take_without_a_touch_is_dropped() {
    let mut page = Page::awake();
    page.tap_record();
    page.frames(9);
    page.tap_record();
    assert_eq!(page.tracks().record, RecordState::Idle);
    assert!(page.state.document().loops.all().is_empty() && !page.state.gesture.is_moving());
}

#[test]
fn with_the_beat_a_bar_counts_in_and_the_take_ends_at_a_line() {
    let mut page = Page::awake();
    page.act(Action::Gesture(GestureAction::SetBeat(Beat::Kick, 0.0)));
    page.until_beat(0.5);
    page.tap_record();
    assert_eq!(page.tracks().record, RecordState::CountIn { beats_left: 4, is_alone: true });
    page.until_beat(2.1);
    assert_eq!(page.tracks().record, RecordState::CountIn { beats_left: 2, is_alone: true });
    page.strike_at(4.0, at(1.0));
    page.strike_at(6.0, at(2.0));
    let RecordState::Recording { bar: 1, of_bars: None, .. } = page.tracks().record else {
        panic!("{:?}", page.tracks().record)
    };
    page.tap_record();
    let RecordState::Recording { of_bars: Some(1), is_closing: true, .. } = page.tracks().record else {
        panic!("it closes at the line")
    };
    page.until_beat(8.1);
    let own = page.own(1);
    assert_eq!((own.beats, own.offset_beats), (Some(4), 0));
    assert!((own.length_s - 4.0 * BEAT_MS / 1000.0).abs() < 1e-9);
    let starts: Vec<f64> = own.fingers[0].notes().map(|note| note.start_s * 1000.0 / BEAT_MS).collect();
    assert!((starts[0] - 0.0).abs() < 0.04 && (starts[1] - 2.0).abs() < 0.04, "{starts:?}");
}

#[test]
fn a_second_loop_waits_for_the_line_and_closes_by_itself_after_the_length_of_the_first() {
    let mut page = Page::with_first_loop();
    page.until_beat(2.0);
    page.tap_record();
    assert_eq!(page.tracks().record, RecordState::CountIn { beats_left: 2, is_alone: false });
    page.strike_at(5.0, at(-2.0));
    page.until_beat(8.05);
    assert_eq!(page.tracks().record, RecordState::Idle);
    let own = page.own(2);
    assert_eq!(own.beats, page.own(1).beats);
    assert!((own.fingers[0].notes().next().unwrap().start_s - 0.5).abs() < 0.02, "a beat after the line");
    page.frame();
    assert!(page.tracks().tracks.iter().all(|track| track.is_playing && track.is_heard));
}

#[test]
fn a_new_loop_sounds_with_its_first_round_from_the_line_on() {
    let mut page = Page::with_first_loop();
    page.until_beat(3.0);
    page.tap_record();
    page.strike_at(4.0, at(-2.0));
    page.until_beat(7.9);
    assert!(page.state.document().loops.get(2).is_none(), "it is not over");
    let is_sent = page.state.sound.sent.loops.iter().any(|sent| sent.own.number == 2);
    assert!(is_sent, "the audio thread has it ahead of its line");
    page.until_beat(8.05);
    let starts: Vec<f64> =
        page.struck.iter().filter(|(_, number, _)| *number == 2).map(|own| own.0).collect();
    assert_eq!(starts.len(), 1, "struck once, although it was sent twice: {starts:?}");
    assert!((starts[0] - 8.0).abs() < 0.01, "{starts:?}");
}

#[test]
fn an_early_touch_belongs_to_the_bar_and_an_earlier_one_does_not() {
    for (early_beats, count) in [(0.4, 1), (0.9, 0)] {
        let mut page = Page::with_first_loop();
        page.until_beat(2.0);
        page.tap_record();
        page.until_beat(4.0 - early_beats);
        page.press(1, at(1.0));
        page.until_beat(4.0 - early_beats + 0.3);
        page.lift(1);
        page.until_beat(8.1);
        let own = page.state.document().loops.get(2);
        assert_eq!(own.map_or(0, |own| own.fingers[0].notes().count()), count);
        assert!(own.is_none_or(|own| own.fingers[0].notes().next().unwrap().start_s == 0.0));
    }
}

#[test]
fn a_tap_half_a_beat_late_closes_at_the_line_that_has_passed() {
    let mut page = Page::awake();
    page.act(Action::Gesture(GestureAction::SetBeat(Beat::Click, 0.0)));
    page.frame();
    page.tap_record();
    page.strike_at(5.0, at(1.0));
    page.until_beat(8.1);
    page.press(2, at(3.0));
    page.until_beat(8.4);
    page.tap_record();
    let own = page.own(1);
    assert_eq!((own.beats, own.fingers[0].notes().count()), (Some(4), 1), "what came after the line is cut");
}

#[test]
fn a_second_tap_while_it_closes_drops_the_take() {
    let mut page = Page::with_first_loop();
    page.tap_record();
    page.strike_at(5.0, at(1.0));
    page.tap_record();
    page.until_beat(6.9);
    page.tap_record();
    page.until_beat(12.0);
    assert_eq!(page.tracks().tracks.len(), 1);
    let numbers: Vec<u8> = page.state.sound.sent.loops.iter().map(|sent| sent.own.number).collect();
    assert_eq!(numbers, [1], "nothing of it plays");
}

#[test]
fn a_loop_keeps_its_notes_its_instrument_and_its_volume() {
    let mut page = Page::with_first_loop();
    let before = page.own(1).clone();
    let notes = Notes { root: 36, ..*page.state.notes() };
    page.act(Action::Edit(Edit::SetNotes(notes, None)));
    page.frame();
    assert_eq!(page.own(1), &before);
    assert_eq!(before.sound.as_ref().map(|sound| sound.notes.root), Some(MIDDLE_C));
    assert_eq!(page.tracks().tracks[0].root, Some(MIDDLE_C));
    page.act(Action::Gesture(GestureAction::TakeSound(1)));
    assert_eq!(page.tracks().tracks[0].root, Some(36));
    page.act(Action::Gesture(GestureAction::SetLoopRoot(1, 48)));
    assert_eq!(page.tracks().tracks[0].root, Some(48));
    assert_eq!((before.level, before.instrument), (USUAL_LEVEL, Some(0)));
}

#[test]
fn a_key_is_recorded_with_its_own_note() {
    let mut page = Page::awake();
    page.tap_record();
    page.act(Action::Key(KeyAction::Press(KeyHolder::Midi(43), 43, 99), page.now_ms));
    page.now_ms += 500.0;
    page.act(Action::Key(KeyAction::Release(KeyHolder::Midi(43)), page.now_ms));
    page.now_ms += 1500.0;
    page.tap_record();
    let note = page.own(1).fingers[0].notes().next().unwrap();
    assert_eq!((note.key, note.velocity, note.start_s, note.length_s), (Some(43), 99, 0.0, 0.5));
}

#[test]
fn mute_solo_and_volume_change_a_gain_and_move_no_loop() {
    let mut page = Page::with_first_loop();
    page.act(Action::Gesture(GestureAction::CopyLoop(1)));
    page.frame();
    let gains =
        |page: &Page| -> Vec<f32> { page.state.sound.sent.loops.iter().map(|sent| sent.gain).collect() };
    assert_eq!(gains(&page), [1.0, 1.0]);
    for (action, expected) in [
        (GestureAction::ToggleMute(1), [0.0, 1.0]),
        (GestureAction::ToggleSolo(1), [1.0, 0.0]),
        (GestureAction::ToggleSolo(1), [0.0, 1.0]),
        (GestureAction::ToggleMute(1), [1.0, 1.0]),
        (GestureAction::SetLoopLevel(2, 0.4), [1.0, 0.25]),
    ] {
        page.act(Action::Gesture(action));
        let commands = page.audio();
        let only_gains = commands.iter().all(|command| matches!(command, AudioCommand::SetLoopGain(..)));
        assert!(only_gains, "{action:?}: {commands:?}");
        let near = gains(&page).iter().zip(expected).all(|(own, expected)| (own - expected).abs() < 1e-6);
        assert!(near, "{action:?}: {:?}", gains(&page));
    }
}

#[test]
fn deleting_and_undoing_stop_and_start_one_loop_and_leave_the_others() {
    let mut page = Page::with_first_loop();
    page.act(Action::Gesture(GestureAction::CopyLoop(1)));
    page.frame();
    for (action, commands) in [
        (Action::Gesture(GestureAction::DeleteLoop(2)), 1),
        (Action::Edit(Edit::Undo), 3),
        (Action::Edit(Edit::Redo), 1),
    ] {
        page.act(action);
        let touched: BTreeSet<u8> = page.audio().into_iter().filter_map(loop_of).collect();
        assert_eq!(touched, BTreeSet::from([2]), "{:?}", page.audio());
        assert_eq!(page.audio().len(), commands);
        page.frame();
    }
    assert!(page.tracks().tracks[0].is_playing);
}

/// The loop that a command is about.
fn loop_of(command: &AudioCommand) -> Option<u8> {
    match command {
        AudioCommand::PlayLoop(own, _) => Some(own.number),
        AudioCommand::StopLoop(number)
        | AudioCommand::SetLoopGain(number, _)
        | AudioCommand::SetLoopSound(number, _)
        | AudioCommand::SetLoopPace(number, ..) => Some(*number),
        _ => None,
    }
}

#[test]
fn play_stops_everything_and_starts_all_loops_and_the_beat_together() {
    let mut page = Page::with_first_loop();
    page.act(Action::Gesture(GestureAction::NextBeat(page.now_ms)));
    page.act(Action::Gesture(GestureAction::TogglePlay(page.now_ms)));
    page.frame();
    assert!(!page.tracks().is_playing && page.sounding.is_empty());
    assert_eq!(page.tracks().beat, Beat::Click, "the choice stays");
    page.act(Action::Gesture(GestureAction::TogglePlay(page.now_ms)));
    page.frame();
    assert!(page.tracks().tracks[0].is_playing && page.beats() < 0.2);
}

#[test]
fn without_a_loop_play_plays_the_current_point_until_it_is_stopped() {
    let mut page = Page::awake();
    page.act(Action::Gesture(GestureAction::TogglePlay(page.now_ms)));
    page.frame();
    assert_eq!(page.sounding.len(), 1);
    page.act(Action::Gesture(GestureAction::TogglePlay(page.now_ms)));
    assert!(page.sounding.is_empty());
}

#[test]
fn stop_ends_notes_that_are_held_and_a_finger_on_the_map_leaves_the_button_to_start() {
    fn toggle(page: &mut Page) {
        page.act(Action::Gesture(GestureAction::TogglePlay(page.now_ms)));
    }
    let mut page = Page::latched();
    page.press(1, at(0.0));
    assert!(!page.tracks().is_playing, "the finger ends the note itself");
    page.lift(1);
    assert!(page.tracks().is_playing && !page.sounding.is_empty());
    toggle(&mut page);
    assert!(!page.tracks().is_playing && page.sounding.is_empty());

    page.act(Action::Touch(TouchAction::Press(TouchSource::Keyboard, page.now_ms)));
    assert!(page.tracks().is_playing);
    toggle(&mut page);
    assert!(page.sounding.is_empty());
}

#[test]
fn stop_ends_a_held_note_beside_the_beat() {
    let mut page = Page::latched();
    page.act(Action::Gesture(GestureAction::NextBeat(page.now_ms)));
    page.press(1, at(0.0));
    page.lift(1);
    assert!(!page.sounding.is_empty());
    page.act(Action::Gesture(GestureAction::TogglePlay(page.now_ms)));
    assert!(page.sounding.is_empty() && !page.tracks().is_playing);
}

#[test]
fn a_tempo_change_moves_all_loops_together() {
    let mut page = Page::with_first_loop();
    page.until_beat(2.0);
    let notes = Notes { bpm: 60.0, ..*page.state.notes() };
    page.act(Action::Edit(Edit::SetNotes(notes, None)));
    page.frame();
    let before = page.beats();
    page.frames(10);
    assert!((page.beats() - before - 0.16).abs() < 0.01, "ten frames at 60 beats a minute");
    assert!(page.tracks().tracks[0].is_playing);
}

#[test]
fn an_overdub_adds_fingers_from_the_next_round_on() {
    let mut page = Page::with_first_loop();
    page.until_beat(1.0);
    page.act(Action::Gesture(GestureAction::Overdub(1, page.now_ms)));
    page.strike_at(5.0, at(-1.0));
    page.until_beat(8.1);
    let own = page.own(1);
    assert_eq!((own.fingers.len(), page.tracks().tracks.len()), (2, 1));
    assert!((own.fingers[1].notes().next().unwrap().start_s - 0.5).abs() < 0.02);
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(page.own(1).fingers.len(), 1);
    assert!(page.state.gesture.plays(1));
}

#[test]
fn record_starts_loops_that_stand_and_waits_for_the_second_bar() {
    let mut page = Page::with_first_loop();
    page.act(Action::Gesture(GestureAction::TogglePlay(page.now_ms)));
    page.frames(40);
    page.tap_record();
    assert_eq!(page.tracks().record, RecordState::CountIn { beats_left: 4, is_alone: false });
    assert!(page.tracks().is_playing);
}

#[test]
fn silence_and_a_hidden_page_keep_what_was_recorded_on_the_clock() {
    for event in [SoundAction::Panic, SoundAction::PageHidden] {
        let mut page = Page::with_first_loop();
        page.tap_record();
        page.strike_at(5.0, at(1.0));
        page.act(Action::Sound(event));
        assert_eq!(page.tracks().tracks.len(), 2);
        assert_eq!((page.own(2).beats, page.tracks().record), (Some(4), RecordState::Idle));
    }
}

#[test]
fn a_bar_and_a_playhead_run_over_the_longest_loop() {
    let mut page = Page::with_first_loop();
    page.until_beat(9.0);
    let tracks = page.tracks();
    assert_eq!((tracks.bars, tracks.bar.map(|bar| (bar.bar, bar.beat))), (1, Some((1, 2))));
    assert!((tracks.playhead.unwrap() - 0.25).abs() < 0.02);
}
