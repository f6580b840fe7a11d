//! The instrument as a WebAssembly module for the audio thread of a browser: the voice and the fallback grid. The
//! network is a module of its own (crate `decoder`), which arrives later. Tones are another (crate `tone_source`),
//! which arrives when a person chooses them. This module imports functions of both and nothing else. It exports
//! functions of plain numbers, so that its scope needs neither TextDecoder nor glue code. `www/worklet.js` plays it;
//! `www/path-files/wav.js` renders the sound of a path with it. Knows no web type.
//!
//! # The interface
//! One instance of the module is one instrument of 15 parts, 0…14, of which paths alone play those from 5 on; call
//! `create` before all else. Out-of-range numbers are ignored or clamped, and never trap. The module owns all memory,
//! and any call but a plain `render` may move it: read pointers again after each call.
//!
//! | export | meaning |
//! |---|---|
//! | `create(sample_rate_hz: f64) -> code` | a fresh instrument playing amSynth's default patch in each part; 4,000…768,000, others are refused: 1 |
//! | `buffer(length) -> pointer` | room for the bytes of files; 0 if there are more than `FILE_SIZE_LIMIT` of crate `protocol` |
//! | `load_grid(length) -> code` | reads `grid.bin` there, which is decoded until `use_decoder`; 1: the bytes are not such a file, and nothing changes |
//! | `use_decoder() -> code` | decodes by the import from now on; 1: it fails at the point of a part, and the old decoder stays (if that was the network, with the file that it has now) |
//! | `load_tones(number)` | the imports from `tones` have a model of this number, 1…5; keys that are down there go down again |
//! | `use_source(number)` | the source of new notes: 0 is amSynth, n the tones with number n; keys that are down end on parts without a path's source, unless amSynth was chosen and is again; a pedal stays where it is |
//! | `live_tones(kind)` | the sound that the tones' module transforms: 0 no sound, 2 amSynth's output, which keys then play, 1 and 3 a sound that comes to it from elsewhere, others no sound; keys that are down sound on, played by the source of new notes |
//! | `error_pointer()`, `error_length()` | the last error, one sentence in UTF-8 |
//! | `note_on(part, key, velocity)`, `note_off(part, key)` | 0…127 each; velocity 0 is a note off |
//! | `pitch_bend(part, value)` | −8192…8191 |
//! | `control_change(part, controller, value)` | 0…127 each. The values that 1 (depth of the vibrato) and 7 (volume) set stay in the part wherever its point moves. They end when `hold_parameter` sets them, or `set_parameter` if they are not held, when a patch that `set_patch` gives for the same point changes them, or with 121, which leaves the volume |
//! | `set_parameter(part, index, value: f32)` | stored value of one of the 41, until the next patch is decoded or given; it is heard unless it is held; not-a-number changes nothing |
//! | `hold_parameter(index, value: f32)` | stored value in every patch of every part from now on, but no volume where a path has set one; not-a-number removes the override |
//! | `values() -> pointer` | a buffer for 41 stored values, f32; `set_patch` takes the nearest allowed ones, and the default of a value that is not a number |
//! | `set_patch(part, x: f32, y: f32)` | gives the part these values until `take_patch_back`, and moves it to x, y at once; not-a-number: it does not move |
//! | `take_patch_back(part)` | the part plays again the patch decoded at its point |
//! | `all_sound_off()` | everything ends; silence within 10 ms |
//! | `arpeggio(pattern, steps_per_second: f64, gate: f64)` | plays the keys of each part in synchronized steps, the first one at once; 0 off, 1 up, 2 down, 3 up and down, 4 all at once; 0.1…50 steps; the gate is the part of a step that sounds, 0…1; with 1 a key goes up after the next one is down, for legato |
//! | `voice_limit(count)` | the most voices of each part in poly; 0: one for each key |
//! | `set_tuning(scale_length, map_length) -> code` | tunes all parts by the `.scl` and the `.kbm` file that lie in the buffer one after the other; a length of 0 is no file; 1: the old tuning stays and the error says why |
//! | `move_to(part, x: f32, y: f32)` | the part's point from the next block on, clamped to ±4 (not-a-number: 0) |
//! | `automate(part, x: f32, y: f32)` | the values of the part's AudioParams, before each block: moves the point if they have changed |
//! | `render(frames) -> code` | the next 1…64 frames; decodes at most two points that moved, and the points where a note begins; 1: the decoder failed and a patch stays; 2: the sound of a part became infinite and was reset; the error has details |
//! | `left()`, `right()` | pointers to the rendered frames, f32 |
//! | `patch(part)`, `patch_revision(part)` | pointer to the 41 stored values that sound, f32; a count of their changes by decoding |
//! | `source_patch(part)` | pointer to the 41 stored values that were decoded or given, without overrides, f32; while a path moves the part, the values of the part's own point, which only part 0 follows then |
//! | `patch_x(part)`, `patch_y(part)` | the point that these values belong to, f32 |
//! | `path_room(words) -> pointer` | room for the words of a path, `path_score` of crate `protocol`; 0 if they are too many for one path |
//! | `play_path(number, length_s: f64, repeats, rate: f64, direction, at_s: f64, beats: f64, origin_beats: f64) -> code` | plays the path there under a number, 0…9, on parts that are free, from a time on; `rate` seconds of it pass in a second; 0 forward, 1 backward, 2 there and back; if a path plays under that number, its fingers lift and land again, or go on from its present time if `at_s` is not-a-number; with `beats` above 0 it is locked to the transport: (transport − origin) × rate / beats rounds from its beginning, resting before that and while the transport is stopped; 1: the words are not a path, or it is too long beside the paths of other numbers, and the error says so |
//! | `path_pace(number, rate: f64, direction)` | changes both, without a jump of a path that is not locked |
//! | `stop_path(number)` | stops a path: its notes end |
//! | `lane_words() -> pointer` | a buffer for `path_keys`: a set of keys for each lane of the plane from left to right, four u32 each, bit n for key n; 64 lanes at most |
//! | `path_keys(lanes, legato)` | the keys that paths play without keys of their own; `legato`: the next keys go down before the last ones go up |
//! | `path_sound(number, has_overrides, lanes, legato, pattern, steps_per_second: f64, gate: f64, source, cutoff_shift: f32)` | the sound of a path until it stops: with `has_overrides` the numbers in `values` in place of the held ones, the lanes in `lane_words` (0: those of touches), its arpeggio, in steps of the transport while that runs, its source, 0…5, and what is added to the stored cutoff of decoded patches |
//! | `path_gain(number, gain: f32)` | the level of a path until it stops, 0…2 |
//! | `claim_parts(parts)` | bit n: part n, 0…4, is not for paths; a path that plays there leaves it |
//! | `transport(bpm: f64, state)` | the clock of locked paths: 1…1,000 beats a minute, clamped, from the present beat on; 0 stops, 1 runs on, 2 begins anew at beat 0 with the next frame; not-a-number and other states change nothing |
//! | `transport_beats() -> f64` | its position at the next frame, in beats; not-a-number while it is stopped |
//! | `path_report() -> pointer`, `path_report_length()` | f32: for each finger of each path its path's number, its own number, its part (−1 in a pause and while it rests, −2 if none is free, −3 if the path has ended), and the path's time in seconds |
//! | `recall(seconds: f64) -> count` | begins to return the last 0…30 s (15 s at 384 kHz: less above 192 kHz), without long silence; returns the number of pieces |
//! | `next_piece() -> frames` | prepares a piece, the oldest first; 0 after the last. One per quantum is enough |
//! | `piece_left()`, `piece_right()` | pointers to the piece, f32 |
//! | `active_voices()` | sounding voices of all parts |
//! | `allocations()` | allocations so far, modulo 2³²: rendering makes none |
//!
//! | import, from `decoder` | meaning |
//! |---|---|
//! | `decode(x: f32, y: f32, values: pointer) -> code` | writes the 41 stored values of the patch at a point; 1: there is no patch |
//!
//! The imports from `tones` are those of `tone_module.rs`.

mod allocation;
mod paths;
mod tone_module;

use instrument::{Instrument, LiveSound};
use patch::{PARAMETER_COUNT, Patch};
use plane::{DecodeError, Point, PointDecoder};
use std::cell::RefCell;
use tone_module::ToneModule;

thread_local! {
    /// The audio thread is the only thread, and after a panic, which traps, the caller makes no further call.
    static INSTRUMENT: RefCell<Option<Box<Instrument>>> = const { RefCell::new(None) };
}

/// Returns `missing` before `create`.
fn with<Answer>(missing: Answer, call: impl FnOnce(&mut Instrument) -> Answer) -> Answer {
    INSTRUMENT.with_borrow_mut(|instrument| match instrument {
        Some(instrument) => call(instrument),
        None => missing,
    })
}

// SAFETY of the exports below and in `paths`: their names cannot clash, since no other linked crate exports. None of
// them takes a pointer, so no number that a caller gives reaches memory outside the module's own buffers.

#[cfg(target_family = "wasm")]
#[link(wasm_import_module = "decoder")]
unsafe extern "C" {
    #[link_name = "decode"]
    fn imported_decode(x: f32, y: f32, values: *mut f32) -> u32;
}

/// Outside a browser there is no module with the network.
#[cfg(not(target_family = "wasm"))]
unsafe fn imported_decode(_x: f32, _y: f32, _values: *mut f32) -> u32 {
    1
}

/// The module with the network, called through JavaScript.
struct NetworkModule;

impl PointDecoder for NetworkModule {
    fn decode(&mut self, point: Point) -> Result<Patch, DecodeError> {
        let mut values = [0.0; PARAMETER_COUNT];
        // SAFETY: the caller writes PARAMETER_COUNT floats there or nothing, before it returns.
        let code = unsafe { imported_decode(point.x, point.y, values.as_mut_ptr()) };
        if code == 0 { Ok(Patch::from_values(&values)) } else { Err(DecodeError(point)) }
    }
}

#[unsafe(no_mangle)]
extern "C" fn create(sample_rate_hz: f64) -> u32 {
    let instrument = Instrument::new(sample_rate_hz);
    let failed = instrument.is_none();
    INSTRUMENT.set(instrument);
    failed.into()
}

#[unsafe(no_mangle)]
extern "C" fn buffer(length: usize) -> *mut u8 {
    with(std::ptr::null_mut(), |instrument| {
        instrument.buffer(length).map_or(std::ptr::null_mut(), <[u8]>::as_mut_ptr)
    })
}

#[unsafe(no_mangle)]
extern "C" fn use_decoder() -> u32 {
    with(1, |instrument| instrument.set_decoder(Box::new(NetworkModule)).is_err().into())
}

#[unsafe(no_mangle)]
extern "C" fn load_tones(number: usize) {
    with((), |instrument| instrument.load_tones(number, Box::new(ToneModule::new(number))));
}

#[unsafe(no_mangle)]
extern "C" fn use_source(number: usize) {
    with((), |instrument| instrument.choose_source(number));
}

#[unsafe(no_mangle)]
extern "C" fn live_tones(kind: u32) {
    let live = match kind {
        1 | 3 => LiveSound::Foreign,
        2 => LiveSound::Own,
        _ => LiveSound::Off,
    };
    with((), |instrument| instrument.set_live(live));
}

#[unsafe(no_mangle)]
extern "C" fn load_grid(length: usize) -> u32 {
    with(1, |instrument| instrument.load_grid(length).is_err().into())
}

#[unsafe(no_mangle)]
extern "C" fn error_pointer() -> *const u8 {
    with(std::ptr::null(), |instrument| instrument.error().as_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn error_length() -> usize {
    with(0, |instrument| instrument.error().len())
}

#[unsafe(no_mangle)]
extern "C" fn note_on(part: usize, key: u32, velocity: u32) {
    with((), |instrument| instrument.note_on(part, key, velocity));
}

#[unsafe(no_mangle)]
extern "C" fn note_off(part: usize, key: u32) {
    with((), |instrument| instrument.note_off(part, key));
}

#[unsafe(no_mangle)]
extern "C" fn pitch_bend(part: usize, value: i32) {
    with((), |instrument| instrument.pitch_bend(part, value));
}

#[unsafe(no_mangle)]
extern "C" fn control_change(part: usize, controller: u32, value: u32) {
    with((), |instrument| instrument.control_change(part, controller, value));
}

#[unsafe(no_mangle)]
extern "C" fn set_parameter(part: usize, index: usize, value: f32) {
    with((), |instrument| instrument.set_parameter(part, index, value));
}

#[unsafe(no_mangle)]
extern "C" fn hold_parameter(index: usize, value: f32) {
    with((), |instrument| instrument.hold_parameter(index, value));
}

#[unsafe(no_mangle)]
extern "C" fn values() -> *mut f32 {
    with(std::ptr::null_mut(), |instrument| instrument.values().as_mut_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn set_patch(part: usize, x: f32, y: f32) {
    with((), |instrument| instrument.set_patch(part, [x, y]));
}

#[unsafe(no_mangle)]
extern "C" fn take_patch_back(part: usize) {
    with((), |instrument| instrument.take_patch_back(part));
}

#[unsafe(no_mangle)]
extern "C" fn all_sound_off() {
    with((), Instrument::all_sound_off);
}

#[unsafe(no_mangle)]
extern "C" fn arpeggio(pattern: u32, steps_per_second: f64, gate: f64) {
    with((), |instrument| instrument.arpeggio(pattern, steps_per_second, gate));
}

#[unsafe(no_mangle)]
extern "C" fn voice_limit(voices: usize) {
    with((), |instrument| instrument.voice_limit(voices));
}

#[unsafe(no_mangle)]
extern "C" fn set_tuning(scale_length: usize, map_length: usize) -> u32 {
    with(1, |instrument| instrument.set_tuning(scale_length, map_length).is_err().into())
}

#[unsafe(no_mangle)]
extern "C" fn recall(seconds: f64) -> usize {
    with(0, |instrument| instrument.recall(seconds))
}

#[unsafe(no_mangle)]
extern "C" fn next_piece() -> usize {
    with(0, Instrument::next_piece)
}

#[unsafe(no_mangle)]
extern "C" fn piece_left() -> *const f32 {
    with(std::ptr::null(), |instrument| instrument.piece()[0].as_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn piece_right() -> *const f32 {
    with(std::ptr::null(), |instrument| instrument.piece()[1].as_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn move_to(part: usize, x: f32, y: f32) {
    with((), |instrument| instrument.move_to(part, [x, y]));
}

#[unsafe(no_mangle)]
extern "C" fn automate(part: usize, x: f32, y: f32) {
    with((), |instrument| instrument.automate(part, [x, y]));
}

#[unsafe(no_mangle)]
extern "C" fn render(frames: usize) -> u32 {
    with(0, |instrument| instrument.render(frames) as u32)
}

#[unsafe(no_mangle)]
extern "C" fn left() -> *const f32 {
    with(std::ptr::null(), |instrument| instrument.left().as_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn right() -> *const f32 {
    with(std::ptr::null(), |instrument| instrument.right().as_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn patch(part: usize) -> *const f32 {
    with(std::ptr::null(), |instrument| {
        instrument.patch(part).map_or(std::ptr::null(), |patch| patch.values().as_ptr())
    })
}

#[unsafe(no_mangle)]
extern "C" fn source_patch(part: usize) -> *const f32 {
    with(std::ptr::null(), |instrument| {
        instrument.source_patch(part).map_or(std::ptr::null(), |patch| patch.values().as_ptr())
    })
}

#[unsafe(no_mangle)]
extern "C" fn patch_revision(part: usize) -> u32 {
    with(0, |instrument| instrument.patch_revision(part))
}

#[unsafe(no_mangle)]
extern "C" fn patch_x(part: usize) -> f32 {
    with(0.0, |instrument| instrument.patch_point(part)[0])
}

#[unsafe(no_mangle)]
extern "C" fn patch_y(part: usize) -> f32 {
    with(0.0, |instrument| instrument.patch_point(part)[1])
}

#[unsafe(no_mangle)]
extern "C" fn active_voices() -> usize {
    with(0, |instrument| instrument.active_voices())
}

#[unsafe(no_mangle)]
extern "C" fn allocations() -> u32 {
    allocation::count()
}
