//! The tracker of a live voice's notes as a WebAssembly module for the audio thread of a browser. It imports nothing
//! and exports functions of plain numbers; `www/live/processor.js` is its only caller. Knows no web type.
//!
//! | export | meaning |
//! |---|---|
//! | `create(sample_rate_hz: f32) -> code` | a fresh tracker; 1: it needs 8,000 to 192,000 Hz |
//! | `samples() -> pointer` | room for 1024 samples, f32 |
//! | `listen(frames) -> count` | takes `frames` samples from there; returns the number of events, three f32 each |
//! | `events() -> pointer` | the events: a kind and two values. Kind 0: a note begins, key and velocity; 1: it ends; 2: bend in semitones; 3: gain, 0…1; 4: brightness, −1…1 |
//! | `latency_s() -> f32` | about the longest time from the onset of a tone to its note |
//! | `level_db() -> f32` | the latest level, −80 at least |
//! | `pitch() -> f32` | the pitch of the note that sounds as a MIDI key with its fraction; not-a-number without one |

use note_tracking::{NoteTracker, TrackedEvent};
use std::cell::RefCell;

/// The most samples of a call.
const MOST_SAMPLES: usize = 1024;
/// The numbers of an event.
const EVENT_NUMBERS: usize = 3;
/// The most events of a call: six a hop, of 32 samples at the lowest rates.
const MOST_EVENTS: usize = 6 * MOST_SAMPLES / 32;

/// The tracker with its buffers.
struct LiveInput {
    tracker: NoteTracker,
    samples: [f32; MOST_SAMPLES],
    events: [f32; MOST_EVENTS * EVENT_NUMBERS],
}

thread_local! {
    /// The audio thread is the only thread.
    static INPUT: RefCell<Option<Box<LiveInput>>> = const { RefCell::new(None) };
}

/// Returns `missing` before `create`.
fn with<Answer>(missing: Answer, call: impl FnOnce(&mut LiveInput) -> Answer) -> Answer {
    INPUT.with_borrow_mut(|input| match input {
        Some(input) => call(input),
        None => missing,
    })
}

fn numbers(event: TrackedEvent) -> [f32; EVENT_NUMBERS] {
    match event {
        TrackedEvent::NoteOn { key, velocity } => [0.0, key.into(), velocity.into()],
        TrackedEvent::NoteOff => [1.0, 0.0, 0.0],
        TrackedEvent::Bend(semitones) => [2.0, semitones, 0.0],
        TrackedEvent::Gain(gain) => [3.0, gain, 0.0],
        TrackedEvent::Brightness(value) => [4.0, value, 0.0],
    }
}

// SAFETY: only www/live/processor.js calls the exports below, and their names cannot clash, since no other linked crate
// exports. None of them takes a pointer.

#[unsafe(no_mangle)]
extern "C" fn create(sample_rate_hz: f32) -> u32 {
    let tracker = NoteTracker::new(sample_rate_hz);
    let failed = tracker.is_err();
    INPUT.set(tracker.ok().map(|tracker| {
        Box::new(LiveInput {
            tracker,
            samples: [0.0; MOST_SAMPLES],
            events: [0.0; MOST_EVENTS * EVENT_NUMBERS],
        })
    }));
    failed.into()
}

#[unsafe(no_mangle)]
extern "C" fn samples() -> *mut f32 {
    with(std::ptr::null_mut(), |input| input.samples.as_mut_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn listen(frames: usize) -> usize {
    with(0, |input| {
        let LiveInput { tracker, samples, events } = input;
        let mut places = events.chunks_exact_mut(EVENT_NUMBERS);
        let mut count = 0;
        tracker.push(&samples[..frames.min(MOST_SAMPLES)], |event| {
            if let Some(place) = places.next() {
                place.copy_from_slice(&numbers(event));
                count += 1;
            }
        });
        count
    })
}

#[unsafe(no_mangle)]
extern "C" fn events() -> *const f32 {
    with(std::ptr::null(), |input| input.events.as_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn latency_s() -> f32 {
    with(0.0, |input| input.tracker.latency_s())
}

#[unsafe(no_mangle)]
extern "C" fn level_db() -> f32 {
    with(f32::NEG_INFINITY, |input| input.tracker.level_db())
}

#[unsafe(no_mangle)]
extern "C" fn pitch() -> f32 {
    with(f32::NAN, |input| input.tracker.pitch().unwrap_or(f32::NAN))
}
