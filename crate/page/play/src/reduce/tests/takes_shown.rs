//! Takes and loops as a person sees and hears them: where the playhead is, and what a tap or a hidden page does.

use super::*;
use crate::tracks::beat::Beat;
use crate::tracks::model::RecordState;

/// A page with the beat, and a loop of two bars: a tap at a beat takes it from a later one on.
fn with_loop(tapped_beats: f64, from_beats: f64) -> Page {
    let mut page = Page::awake();
    page.act(Action::Gesture(GestureAction::SetBeat(Beat::Kick, 0.0)));
    page.until_beat(tapped_beats);
    page.tap_record();
    page.strike_at(from_beats, at(1.0));
    page.until_beat(from_beats + 5.0);
    page.tap_record();
    page.until_beat(from_beats + 8.1);
    assert_eq!(page.own(1).beats, Some(8));
    assert_eq!(f64::from(page.own(1).offset_beats), from_beats.rem_euclid(8.0));
    page
}

/// A loop that begins with an odd bar of the clock.
fn with_odd_loop() -> Page {
    with_loop(1.5, 4.0)
}

#[test]
fn the_playhead_is_at_the_beginning_of_a_loop_when_that_sounds() {
    for mut page in [with_loop(5.5, 8.0), with_odd_loop()] {
        page.frames(3);
        let model = page.tracks();
        let (playhead, share) = (model.playhead.unwrap(), model.tracks[0].share.unwrap());
        assert!(playhead < 0.05 && (playhead - share).abs() < 0.02, "{playhead} {share}");
        assert_eq!((model.bar.unwrap().bar, model.tracks[0].later), (1, 0.0));
    }
}

#[test]
fn play_begins_at_the_beginning_of_the_first_loop() {
    let mut page = with_odd_loop();
    page.act(Action::Gesture(GestureAction::TogglePlay(page.now_ms)));
    page.frames(3);
    page.act(Action::Gesture(GestureAction::TogglePlay(page.now_ms)));
    page.frames(5);
    let model = page.tracks();
    let (playhead, share) = (model.playhead.unwrap(), model.tracks[0].share.unwrap());
    assert!(playhead < 0.05 && (playhead - share).abs() < 0.02, "{playhead} {share}");
}

#[test]
fn the_song_of_all_loops_begins_where_play_begins() {
    for page in [with_loop(5.5, 8.0), with_odd_loop()] {
        let song = page.state.song_of_loops(|_| String::new(), |_| String::new()).unwrap();
        let start_beats = song.tracks[0].notes[0].start_beats;
        assert!(start_beats < 0.1, "{start_beats}");
    }
}

#[test]
fn the_song_of_all_loops_has_the_beat_as_drums_while_that_is_on() {
    let mut page = with_odd_loop();
    let named = |beat: Beat| format!("{beat:?}");
    let song = page.state.song_of_loops(|_| String::new(), named).unwrap();
    let beat = song.tracks.last().unwrap();
    assert_eq!((beat.name.as_str(), beat.has_drums, beat.notes.len()), ("Kick", true, 8));
    page.act(Action::Gesture(GestureAction::SetBeat(Beat::Off, page.now_ms)));
    let song = page.state.song_of_loops(|_| String::new(), named).unwrap();
    assert!(song.tracks.iter().all(|track| !track.has_drums));
}

#[test]
fn a_second_loop_that_begins_in_the_middle_of_the_first_is_drawn_there_also_while_it_is_taken() {
    let mut page = with_odd_loop();
    page.until_beat(14.0);
    page.tap_record();
    page.until_beat(18.0);
    page.strike_at(18.0, at(-1.0));
    let taken = page.tracks().taken;
    assert!((taken.from - 0.5).abs() < 1e-6 && (0.2..0.4).contains(&taken.length), "{taken:?}");
    page.until_beat(24.2);
    page.frames(2);
    let track = &page.tracks().tracks[1];
    assert_eq!((track.later, track.bars), (0.5, Some(2)));
}

/// A page with the beat, and a take that began with its second bar and has a note.
fn taking() -> Page {
    let mut page = Page::awake();
    page.act(Action::Gesture(GestureAction::SetBeat(Beat::Kick, 0.0)));
    page.until_beat(0.5);
    page.tap_record();
    page.strike_at(4.0, at(1.0));
    page
}

#[test]
fn a_double_tap_closes_a_take_and_keeps_it() {
    let mut page = taking();
    page.tap_record();
    page.frames(10);
    page.tap_record();
    assert!(matches!(page.tracks().record, RecordState::Recording { is_closing: true, .. }));
    page.until_beat(8.1);
    assert_eq!(page.tracks().tracks.len(), 1);
}

#[test]
fn a_take_that_ends_because_the_page_was_hidden_plays() {
    let mut page = taking();
    page.act(Action::Sound(SoundAction::PageHidden));
    page.frames(2);
    assert!(page.tracks().tracks[0].is_playing);
}

#[test]
fn a_ninth_loop_and_a_copy_say_why_there_is_no_room() {
    let mut page = Page::with_first_loop();
    (0..7).for_each(|_| _ = page.act(Action::Gesture(GestureAction::CopyLoop(1))));
    assert_eq!(page.errors(), []);
    page.tap_record();
    assert_eq!((page.errors(), page.tracks().record), (vec![AppError::LoopsFull], RecordState::Idle));
    page.act(Action::Gesture(GestureAction::CopyLoop(1)));
    assert_eq!(page.errors(), [AppError::LoopsFull]);
}

#[test]
fn the_beat_goes_on_beside_a_loop_that_is_heard_alone() {
    let mut page = Page::with_first_loop();
    page.act(Action::Gesture(GestureAction::CopyLoop(1)));
    page.act(Action::Gesture(GestureAction::ToggleSolo(1)));
    let beat = RecordedLoop { number: 9, ..page.own(2).clone() };
    assert_eq!((page.state.gesture.gain(page.own(2)), page.state.gesture.gain(&beat)), (0.0, 1.0));
}

#[test]
fn the_map_follows_one_loop_and_among_several_stays_at_the_place_of_the_person() {
    let mut page = Page::with_first_loop();
    page.frames(20);
    assert!(page.state.followed_point(None).is_some());
    page.act(Action::Gesture(GestureAction::CopyLoop(1)));
    page.frames(20);
    assert_eq!(page.state.followed_point(None), None);
    page.act(Action::Gesture(GestureAction::ToggleMute(1)));
    assert!(page.state.followed_point(Some(at(1.0))).is_some());
}
