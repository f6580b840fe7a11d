//! A visit that a browser kept, or a tab kept for its reload, as JSON. It opens within its limits or not at all, is
//! kept the same again, and its loops can be played.

use instrument::path_player::{BeatLock, DueParts, PathDirection, PathPace, PathPlayer, PathStart};
use play::landmarks::{LANDMARK_LIMIT, NAME_LIMIT};
use play::viewport::GREATEST_ZOOM;
use play::{LATENT_LIMIT, Session, TabSession};
use serde_json::Value;

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(json: &[u8]) {
    // As a page reads it: first the JSON, then a visit or a tab from its objects.
    let Ok(value) = serde_json::from_slice::<Value>(json) else { return };
    if let Ok(mut tab) = serde_json::from_value::<TabSession>(value.clone()) {
        tab.session = tab.session.tidy();
        open_tab(&tab);
        open_visit(tab.session);
    }
    if let Ok(session) = serde_json::from_value::<Session>(value) {
        open_visit(session.tidy());
    }
}

fn open_visit(session: Session) {
    let landmarks = session.document.landmarks.all();
    assert!(landmarks.len() <= LANDMARK_LIMIT);
    for point in landmarks.iter().map(|mark| mark.point).chain([session.document.point]) {
        assert!(point.x.abs() <= LATENT_LIMIT && point.y.abs() <= LATENT_LIMIT, "{point:?}");
    }
    assert!(landmarks.iter().all(|mark| mark.name.chars().count() <= NAME_LIMIT));
    let mut player = PathPlayer::new(44_100.0);
    for own in session.document.loops.all() {
        let words = path::score(&own.fingers, own.length_s);
        // Eight loops of ten minutes may be more than there is room for, which the page says.
        let Some(room) = player.room(words.len()) else { break };
        room.copy_from_slice(&words);
        let direction = PathDirection::from_number(own.direction.number().into());
        let pace = PathPace { rate: own.rate(session.document.notes.bpm), direction };
        let number = usize::from(own.number) - 1;
        let lock = own.beats.and_then(|beats| BeatLock::new(beats.into(), own.offset_beats.into()));
        let start = PathStart { length_s: own.length_s, repeats: true, pace, at_s: 0.0, lock };
        assert!(player.play(number, &start, &mut |_| ()), "{own:?} is no path");
    }
    for _ in 0..100 {
        let passed = player.play_due(64, &DueParts { moves: true, ..DueParts::default() }, &mut |_| ());
        assert!((1..=64).contains(&passed), "{passed} frames passed");
        player.pass(passed);
    }
    let kept = serde_json::to_string(&session).expect("a session can be kept");
    let again: Session = serde_json::from_str(&kept).expect("what was kept opens");
    assert_eq!(serde_json::to_string(&again.tidy()).expect("a session can be kept"), kept);
}

fn open_tab(tab: &TabSession) {
    let mut history = tab.history();
    while history.undo() {}
    while history.redo() {}
    let viewport = tab.viewport().refit(390.0, 500.0);
    assert!((1.0..=GREATEST_ZOOM).contains(&viewport.zoom()), "{}", viewport.zoom());
    let shorter = tab.shortened(1);
    assert!(shorter.past.len() <= 1 && shorter.future.len() <= 1);
    let kept = serde_json::to_string(tab).expect("a tab can be kept");
    let again: TabSession = serde_json::from_str(&kept).expect("what was kept opens");
    assert_eq!(serde_json::to_string(&again).expect("a tab can be kept"), kept);
}
