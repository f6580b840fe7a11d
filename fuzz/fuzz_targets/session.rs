//! What a browser kept of a visit, as JSON: it opens within its limits or not at all, is kept the same again,
//! and its loops can be played.
#![no_main]

use libfuzzer_sys::fuzz_target;
use play::landmarks::{LANDMARK_LIMIT, NAME_LIMIT};
use play::loop_player::LoopPlayback;
use play::{LATENT_LIMIT, Session};
use serde_json::Value;

fuzz_target!(|json: &[u8]| {
    // As a page reads it: JSON first, a visit of its objects then.
    let open = |json| serde_json::from_value::<Session>(serde_json::from_slice::<Value>(json).ok()?).ok();
    let Some(session) = open(json).map(Session::tidy) else { return };
    let landmarks = session.document.landmarks.all();
    assert!(landmarks.len() <= LANDMARK_LIMIT);
    for point in landmarks.iter().map(|mark| mark.point).chain([session.document.point]) {
        assert!(point.x.abs() <= LATENT_LIMIT && point.y.abs() <= LATENT_LIMIT, "{point:?}");
    }
    assert!(landmarks.iter().all(|mark| mark.name.chars().count() <= NAME_LIMIT));
    for own in session.document.loops.all() {
        let mut playing = LoopPlayback::new(own);
        for elapsed_s in [0.0, 0.016, 1.0, 100.0, f64::NAN] {
            playing.advance(own, session.document.notes.bpm, elapsed_s);
        }
    }
    let kept = serde_json::to_string(&session).expect("a session can be kept");
    let again = open(kept.as_bytes()).expect("what was kept opens").tidy();
    assert_eq!(serde_json::to_string(&again).expect("a session can be kept"), kept);
});
