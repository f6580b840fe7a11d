//! The exports of paths and of their transport; `lib.rs` documents them.

use instrument::PathSoundSettings;
use instrument::path_player::{BeatLock, PathDirection, PathPace, PathStart, TransportState};

use crate::with;

#[unsafe(no_mangle)]
extern "C" fn path_room(words: usize) -> *mut u32 {
    with(std::ptr::null_mut(), |instrument| {
        instrument.path_room(words).map_or(std::ptr::null_mut(), <[u32]>::as_mut_ptr)
    })
}

fn pace(rate: f64, direction: u32) -> PathPace {
    PathPace { rate, direction: PathDirection::from_number(direction) }
}

#[unsafe(no_mangle)]
extern "C" fn play_path(
    number: usize,
    length_s: f64,
    repeats: u32,
    rate: f64,
    direction: u32,
    at_s: f64,
    beats: f64,
    origin_beats: f64,
) -> u32 {
    let lock = BeatLock::new(beats, origin_beats);
    let start = PathStart { length_s, repeats: repeats != 0, pace: pace(rate, direction), at_s, lock };
    with(1, |instrument| instrument.play_path(number, &start).is_err().into())
}

#[unsafe(no_mangle)]
extern "C" fn transport(bpm: f64, state: u32) {
    if let Some(state) = TransportState::from_number(state) {
        with((), |instrument| instrument.set_transport(bpm, state));
    }
}

#[unsafe(no_mangle)]
extern "C" fn transport_beats() -> f64 {
    with(f64::NAN, |instrument| instrument.transport_beats().unwrap_or(f64::NAN))
}

#[unsafe(no_mangle)]
extern "C" fn path_pace(number: usize, rate: f64, direction: u32) {
    with((), |instrument| instrument.set_path_pace(number, pace(rate, direction)));
}

#[unsafe(no_mangle)]
extern "C" fn stop_path(number: usize) {
    with((), |instrument| instrument.stop_path(number));
}

#[unsafe(no_mangle)]
extern "C" fn path_sound(
    number: usize,
    has_overrides: u32,
    lanes: usize,
    legato: u32,
    pattern: u32,
    steps_per_second: f64,
    gate: f64,
    source: usize,
    cutoff_shift: f32,
) {
    let (has_overrides, is_legato) = (has_overrides != 0, legato != 0);
    let settings = PathSoundSettings {
        has_overrides,
        lanes,
        is_legato,
        pattern,
        steps_per_second,
        gate,
        source,
        cutoff_shift,
    };
    with((), |instrument| instrument.set_path_sound(number, &settings));
}

#[unsafe(no_mangle)]
extern "C" fn path_gain(number: usize, gain: f32) {
    with((), |instrument| instrument.set_path_gain(number, gain));
}

#[unsafe(no_mangle)]
extern "C" fn lane_words() -> *mut u32 {
    with(std::ptr::null_mut(), |instrument| instrument.lane_words().as_mut_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn path_keys(lanes: usize, is_legato: u32) {
    with((), |instrument| instrument.set_path_keys(lanes, is_legato != 0));
}

#[unsafe(no_mangle)]
extern "C" fn claim_parts(parts: u32) {
    with((), |instrument| instrument.claim_parts(parts));
}

#[unsafe(no_mangle)]
extern "C" fn path_report() -> *const f32 {
    with(std::ptr::null(), |instrument| instrument.path_report().as_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn path_report_length() -> usize {
    with(0, |instrument| instrument.path_report().len())
}
