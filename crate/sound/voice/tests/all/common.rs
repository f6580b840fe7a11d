//! Shared by the tests of the whole synthesizer: events, rendering, measurements.

use patch::{Parameter, Patch};
use proptest::prelude::ProptestConfig;
use voice::render::{Event, EventKind, render};

pub const RATE_HZ: f32 = 44_100.0;

/// Number of random cases: `short`, or the environment variable PROPTEST_CASES.
pub fn cases(short: u32) -> ProptestConfig {
    if std::env::var_os("PROPTEST_CASES").is_some() {
        ProptestConfig::default()
    } else {
        ProptestConfig::with_cases(short)
    }
}

pub fn on(frame: usize, key: u8) -> Event {
    Event { frame, kind: EventKind::NoteOn { key, velocity: 100 } }
}

pub fn off(frame: usize, key: u8) -> Event {
    Event { frame, kind: EventKind::NoteOff { key } }
}

pub fn control(frame: usize, controller: u8, value: u8) -> Event {
    Event { frame, kind: EventKind::ControlChange { controller, value } }
}

/// The default patch with some values changed.
pub fn patch(values: &[(Parameter, f32)]) -> Patch {
    let mut patch = Patch::default();
    for (parameter, value) in values {
        patch.set(*parameter, *value);
    }
    patch
}

/// The left channel at 44.1 kHz in blocks of 64 frames.
pub fn play(patch: &Patch, events: &[Event], frames: usize) -> Vec<f32> {
    let [left, _] = render(patch, events, RATE_HZ, 64, frames);
    left
}

pub fn rms(samples: &[f32]) -> f32 {
    (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32).sqrt()
}

pub fn peak(samples: &[f32]) -> f32 {
    samples.iter().fold(0.0, |peak, sample| peak.max(sample.abs()))
}

/// The frequency of a sound with one upward zero crossing per period, Hz.
pub fn frequency_hz(samples: &[f32], rate_hz: f32) -> f32 {
    let crossings: Vec<f64> = samples
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0] < 0.0 && pair[1] >= 0.0)
        .map(|(i, pair)| i as f64 + f64::from(pair[0] / (pair[0] - pair[1])))
        .collect();
    let periods = (crossings.len() - 1) as f64;
    (periods * f64::from(rate_hz) / (crossings[crossings.len() - 1] - crossings[0])) as f32
}

/// Level of the difference of two sounds relative to the louder one, dB.
pub fn difference_db(a: &[f32], b: &[f32]) -> f32 {
    let difference: Vec<f32> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    20.0 * (rms(&difference) / rms(a).max(rms(b))).log10()
}
