//! Tones of a latent space as a WebAssembly module for the audio thread of a browser: another instrument for the same
//! pad, keys and paths. It imports nothing and exports functions of plain numbers; `www/worklet-tones.js` is its only
//! caller, which connects it with the module of crate `worklet`. Knows no web type.
//!
//! # The interface
//! One instance is one instrument of 15 parts, 0…14; call `create` before all else. Out-of-range numbers are ignored
//! or clamped, and never trap. Any call but `render` may move the memory: read pointers again after it.
//!
//! | export | meaning |
//! |---|---|
//! | `create(sample_rate_hz: f32) -> code` | a fresh instrument without a model, which is silent; 1: it needs 8,000 to 192,000 Hz |
//! | `buffer(length) -> pointer` | room for the bytes of a model; 0 if there are more than `FILE_SIZE_LIMIT` of crate `protocol` |
//! | `load(length) -> code` | plays the model there from now on: notes that sound end with the timbre that they have, and all offsets become 0; 1: the bytes are not a model, the old one stays and the error says why |
//! | `error_pointer()`, `error_length()` | the last error, one sentence in UTF-8 |
//! | `latent_count()` | latent numbers of the model; 0 without one |
//! | `note(part, key, velocity)` | 0…127 each; velocity 0 is a note off |
//! | `legato(part) -> 0 or 1` | 1 if the part's next key glides from one that is down (controller 68) |
//! | `bend(part, value)` | −8192…8191 |
//! | `control(part, controller, value)` | 0…127 each: 1 vibrato, 7 and 11 volume, 64 and 68 pedals, RPN 0, 120, 121, 123…127 |
//! | `gain(part, value: f32)` | the level of the part in front of the limiter, 0…2, 1 at first; it changes within two hops |
//! | `point(part, x: f32, y: f32)` | the part's point: ±3 are the 5th and the 95th percentile of the first two axes |
//! | `offset(axis, value: f32)` | the offset of an axis from 2 on, for all parts: ±1 are the percentiles, 0 the middle |
//! | `life(share: f32)` | the life of the tones of all parts: 1 follows recorded notes, 0 is a steady tone |
//! | `tune(key, frequency_hz: f32)` | the key's pitch from its next note on; 0: the key is silent |
//! | `limit(voices)` | the most voices of each part; 0: as many as a part has |
//! | `silence()` | silence at once |
//! | `voices()` | sounding voices of all parts |
//! | `render(frames)` | the next 1…64 frames |
//! | `left()`, `right()` | pointers to the rendered frames, f32; both channels are the same |
//! | `live(kind)` | the sound that becomes tones from now on: 0 no sound, 1 and 2 the samples that `listen` takes, 3 the tones themselves through a band-pass; `point` of the part that moved last and `offset` change its timbre |
//! | `input() -> pointer` | room for a block of a live sound, f32 |
//! | `listen(frames)` | takes `frames` samples from there, as many as are rendered next |
//! | `feedback(frequency_hz: f32, quality: f32)` | the band-pass of kind 3: 40…5,000 Hz, 0.3…100 |
//! | `latency_ms() -> f32` | the delay of a live sound: half a window and a hop |
//! | `allocations()` | allocations so far, modulo 2³²: rendering makes none |

// The same counting allocator as the voice's module has.
#[path = "../../worklet/src/allocation.rs"]
mod allocation;

use std::cell::RefCell;
use std::fmt::Write;

use frame_model::{FrameModel, FrameModelError};
use protocol::constants::{BLOCK_FRAMES, FILE_SIZE_LIMIT, PART_COUNT, TONE_RATES_HZ};
use tone_voice::{LiveMode, SAMPLE_RATES_HZ, ToneInstrument};

const _: () = assert!(
    *TONE_RATES_HZ.start() == *SAMPLE_RATES_HZ.start() && *TONE_RATES_HZ.end() == *SAMPLE_RATES_HZ.end(),
    "the page offers tones at other rates than they can be played at"
);

/// Everything that the module holds.
struct ToneSourceModule {
    instrument: ToneInstrument,
    bytes: Vec<u8>,
    error: String,
    samples: [f32; BLOCK_FRAMES],
    input: [f32; BLOCK_FRAMES],
}

thread_local! {
    /// The audio thread is the only thread.
    static MODULE: RefCell<Option<Box<ToneSourceModule>>> = const { RefCell::new(None) };
}

/// Returns `missing` before `create`.
fn with<Answer>(missing: Answer, call: impl FnOnce(&mut ToneSourceModule) -> Answer) -> Answer {
    MODULE.with_borrow_mut(|module| match module {
        Some(module) => call(module),
        None => missing,
    })
}

impl ToneSourceModule {
    fn load(&mut self, length: usize) -> Result<(), FrameModelError> {
        let bytes = std::mem::take(&mut self.bytes);
        self.instrument.load(FrameModel::from_bytes(&bytes[..length.min(bytes.len())])?);
        Ok(())
    }
}

/// A MIDI number; `None` above 127.
fn seven_bits(value: u32) -> Option<u8> {
    u8::try_from(value).ok().filter(|&value| value < 128)
}

// SAFETY: only worklet-tones.js calls the exports below, and their names cannot clash, since no other linked crate
// exports. None of them takes a pointer.

#[unsafe(no_mangle)]
extern "C" fn create(sample_rate_hz: f32) -> u32 {
    let instrument = ToneInstrument::new(sample_rate_hz, PART_COUNT);
    let failed = instrument.is_err();
    MODULE.set(instrument.ok().map(|instrument| {
        Box::new(ToneSourceModule {
            instrument,
            bytes: Vec::new(),
            error: String::new(),
            samples: [0.0; BLOCK_FRAMES],
            input: [0.0; BLOCK_FRAMES],
        })
    }));
    failed.into()
}

#[unsafe(no_mangle)]
extern "C" fn buffer(length: usize) -> *mut u8 {
    with(std::ptr::null_mut(), |module| {
        if length > FILE_SIZE_LIMIT {
            return std::ptr::null_mut();
        }
        module.bytes.resize(length, 0);
        module.bytes.as_mut_ptr()
    })
}

#[unsafe(no_mangle)]
extern "C" fn load(length: usize) -> u32 {
    with(1, |module| {
        let Err(error) = module.load(length) else { return 0 };
        module.error.clear();
        // Writing to a String never fails.
        let _ = write!(module.error, "{error}");
        1
    })
}

#[unsafe(no_mangle)]
extern "C" fn error_pointer() -> *const u8 {
    with(std::ptr::null(), |module| module.error.as_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn error_length() -> usize {
    with(0, |module| module.error.len())
}

#[unsafe(no_mangle)]
extern "C" fn latent_count() -> usize {
    with(0, |module| module.instrument.model().map_or(0, FrameModel::latents))
}

#[unsafe(no_mangle)]
extern "C" fn note(part: usize, key: u32, velocity: u32) {
    with((), |module| {
        if let (Some(key), Some(velocity)) = (seven_bits(key), seven_bits(velocity)) {
            module.instrument.note(part, key, velocity);
        }
    });
}

#[unsafe(no_mangle)]
extern "C" fn legato(part: usize) -> u32 {
    with(0, |module| module.instrument.is_legato(part).into())
}

#[unsafe(no_mangle)]
extern "C" fn bend(part: usize, value: i32) {
    with((), |module| module.instrument.pitch_bend(part, value.clamp(-8192, 8191) as i16));
}

#[unsafe(no_mangle)]
extern "C" fn control(part: usize, controller: u32, value: u32) {
    with((), |module| {
        if let (Some(controller), Some(value)) = (seven_bits(controller), seven_bits(value)) {
            module.instrument.control_change(part, controller, value);
        }
    });
}

#[unsafe(no_mangle)]
extern "C" fn gain(part: usize, value: f32) {
    with((), |module| module.instrument.set_gain(part, value));
}

#[unsafe(no_mangle)]
extern "C" fn point(part: usize, x: f32, y: f32) {
    with((), |module| module.instrument.move_to(part, [x, y]));
}

#[unsafe(no_mangle)]
extern "C" fn offset(axis: usize, value: f32) {
    with((), |module| module.instrument.set_offset(axis, value));
}

#[unsafe(no_mangle)]
extern "C" fn life(share: f32) {
    with((), |module| module.instrument.set_life(share));
}

#[unsafe(no_mangle)]
extern "C" fn tune(key: u32, frequency_hz: f32) {
    with((), |module| {
        if let Some(key) = seven_bits(key) {
            module.instrument.tune(key, frequency_hz);
        }
    });
}

#[unsafe(no_mangle)]
extern "C" fn limit(voices: usize) {
    with((), |module| module.instrument.set_voice_limit(voices));
}

#[unsafe(no_mangle)]
extern "C" fn silence() {
    with((), |module| module.instrument.all_sound_off());
}

#[unsafe(no_mangle)]
extern "C" fn voices() -> usize {
    with(0, |module| module.instrument.active_voices())
}

#[unsafe(no_mangle)]
extern "C" fn render(frames: usize) {
    with((), |module| {
        let ToneSourceModule { instrument, samples, .. } = module;
        instrument.render(&mut samples[..frames.min(BLOCK_FRAMES)]);
    });
}

#[unsafe(no_mangle)]
extern "C" fn left() -> *const f32 {
    with(std::ptr::null(), |module| module.samples.as_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn right() -> *const f32 {
    left()
}

#[unsafe(no_mangle)]
extern "C" fn live(kind: u32) {
    let mode = match kind {
        1 | 2 => LiveMode::Input,
        3 => LiveMode::Feedback,
        _ => LiveMode::Off,
    };
    with((), |module| module.instrument.set_live(mode));
}

#[unsafe(no_mangle)]
extern "C" fn input() -> *mut f32 {
    with(std::ptr::null_mut(), |module| module.input.as_mut_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn listen(frames: usize) {
    with((), |module| {
        let ToneSourceModule { instrument, input, .. } = module;
        instrument.listen(&input[..frames.min(BLOCK_FRAMES)]);
    });
}

#[unsafe(no_mangle)]
extern "C" fn feedback(frequency_hz: f32, quality: f32) {
    with((), |module| module.instrument.set_feedback(frequency_hz, quality));
}

#[unsafe(no_mangle)]
extern "C" fn latency_ms() -> f32 {
    with(0.0, |module| 1e3 * module.instrument.latency_s())
}

#[unsafe(no_mangle)]
extern "C" fn allocations() -> u32 {
    allocation::count()
}
