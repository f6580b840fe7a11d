//! Computed samples of sung notes, and the notes that the tracker finds in them.

use std::f64::consts::TAU;

use note_tracking::{NoteTracker, TrackedEvent};

pub const RATE_HZ: f32 = 48_000.0;

/// A note that was tracked: its key, its velocity, when it began, and when it ended (infinity: it did not), in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tracked {
    pub key: u8,
    pub velocity: u8,
    pub from_s: f64,
    pub to_s: f64,
}

/// The partials of a vowel, as amplitudes: a voice's slope of 9 dB an octave with formants near 700 and 1200 Hz.
pub fn vowel(frequency_hz: f64, phase: f64) -> f64 {
    let partials = ((8000.0 / frequency_hz) as usize).clamp(1, 40);
    let partial = |k: usize| {
        let hz = frequency_hz * k as f64;
        let formants = 1.0
            + 2.0 * (-((hz - 700.0) / 200.0).powi(2)).exp()
            + 1.5 * (-((hz - 1200.0) / 250.0).powi(2)).exp();
        formants * (k as f64).powf(-1.5) * (phase * k as f64 + (k * k) as f64).sin()
    };
    (1..=partials).map(partial).sum()
}

/// A voice: at each time the key with its fraction, and the amplitude.
pub fn sing(seconds: f64, key: impl Fn(f64) -> f64, amplitude: impl Fn(f64) -> f64) -> Vec<f32> {
    let mut phase = 0.0;
    let sample = |n: usize| {
        let time = n as f64 / f64::from(RATE_HZ);
        let frequency_hz = 440.0 * ((key(time) - 69.0) / 12.0).exp2();
        phase += TAU * frequency_hz / f64::from(RATE_HZ);
        (amplitude(time) * vowel(frequency_hz, phase)) as f32
    };
    (0..(seconds * f64::from(RATE_HZ)) as usize).map(sample).collect()
}

/// A note's envelope: begins and ends within 20 ms.
pub fn envelope(time: f64, length_s: f64) -> f64 {
    0.1 * (time / 0.02).clamp(0.0, 1.0) * ((length_s - time) / 0.02).clamp(0.0, 1.0)
}

pub fn silence(seconds: f64) -> Vec<f32> {
    vec![0.0; (seconds * f64::from(RATE_HZ)) as usize]
}

/// White noise of −1…1.
pub fn noise(samples: usize) -> Vec<f32> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..samples).map(|_| next()).collect()
}

/// All events with their times in seconds, of a sound in blocks of an audio thread.
pub fn events(sound: &[f32]) -> Vec<(f64, TrackedEvent)> {
    let mut tracker = NoteTracker::new(RATE_HZ).expect("a usual rate");
    let mut found = Vec::new();
    for (index, block) in sound.chunks(128).enumerate() {
        let now_s = (index * 128 + block.len()) as f64 / f64::from(RATE_HZ);
        tracker.push(block, |event| found.push((now_s, event)));
    }
    found
}

/// The notes among events.
pub fn notes(events: &[(f64, TrackedEvent)]) -> Vec<Tracked> {
    let mut notes: Vec<Tracked> = Vec::new();
    for &(now_s, event) in events {
        let is_over = matches!(event, TrackedEvent::NoteOff | TrackedEvent::NoteOn { .. });
        if let Some(last) = notes.last_mut().filter(|last| is_over && last.to_s.is_infinite()) {
            last.to_s = now_s;
        }
        if let TrackedEvent::NoteOn { key, velocity } = event {
            notes.push(Tracked { key, velocity, from_s: now_s, to_s: f64::INFINITY });
        }
    }
    notes
}

pub fn keys(sound: &[f32]) -> Vec<u8> {
    notes(&events(sound)).iter().map(|note| note.key).collect()
}
