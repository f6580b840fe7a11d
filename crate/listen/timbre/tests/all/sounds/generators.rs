//! Deterministic test signals: tones, chords, beats, noises and notes with envelopes.

use std::f64::consts::{PI, TAU};

/// Signals of 44.1 kHz that are made for four seconds and for one.
pub const NAMES: [&str; 34] = [
    "sine_55",
    "sine_110",
    "sine_261",
    "sine_440",
    "sine_1000",
    "sine_4000",
    "sine_10000",
    "saw_36",
    "saw_48",
    "saw_60",
    "saw_72",
    "saw_84",
    "square_36",
    "square_60",
    "noise_white",
    "noise_below_500",
    "noise_below_100",
    "am_1000_70",
    "am_440_30",
    "am_1000_4",
    "detuned_saws",
    "decaying_saw",
    "decaying_sine",
    "decaying_noise",
    "held_saw",
    "slow_saw",
    "plucked_saw",
    "major_sines",
    "minor_saws",
    "cluster",
    "clicking_saw",
    "bell",
    "quiet_saw",
    "sweep",
];

/// Signals of other rates and lengths, or in stereo, as `name seconds rate`.
pub const SPECIAL: [&str; 14] = [
    "saw_60 2 48000",
    "minor_saws 2 96000",
    "noise_white 1 96000",
    "held_saw 2 22050",
    "bell 2 32000",
    "noise_below_500 2 16000",
    "clicking_saw 2 48000",
    "stereo_saws 2 44100",
    "stereo_clicks 2 44100",
    "opposed_noise 2 48000",
    "saw_48 0.35 44100",
    "decaying_noise 0.2 44100",
    "bell 0.12 44100",
    "clicking_saw 12 44100",
];

/// Makes signals of one length and rate.
pub struct Generator {
    pub duration_s: f64,
    pub sample_rate_hz: u32,
}

impl Generator {
    /// Left and right channel of a named signal; the right one is empty for mono.
    pub fn make(&self, name: &str) -> (Vec<f64>, Vec<f64>) {
        match name {
            "stereo_saws" => (self.saw(key_hz(60.0)), self.saw(key_hz(60.0) * 1.01)),
            "stereo_clicks" => (self.mono("clicking_saw"), self.mono("bell")),
            "opposed_noise" => {
                let noise = self.noise(7);
                let opposed = noise.iter().map(|sample| -0.5 * sample).collect();
                (noise, opposed)
            }
            _ => (self.mono(name), Vec::new()),
        }
    }

    fn mono(&self, name: &str) -> Vec<f64> {
        let numbers: Vec<f64> = name.split('_').filter_map(|word| word.parse().ok()).collect();
        let (kind, _) = name.split_once('_').unwrap_or((name, ""));
        match (kind, &numbers[..]) {
            ("sine", [hz]) => self.sine(if *hz == 261.0 { key_hz(60.0) } else { *hz }),
            ("saw", [key]) => self.saw(key_hz(*key)),
            ("square", [key]) => self.square(key_hz(*key)),
            ("am", [carrier_hz, beat_hz]) => self
                .sine(*carrier_hz)
                .into_iter()
                .zip(self.sine(*beat_hz))
                .map(|(carrier, beat)| carrier * (0.5 + beat))
                .collect(),
            _ => self.named(name),
        }
    }

    fn named(&self, name: &str) -> Vec<f64> {
        let (d, c4) = (self.duration_s, key_hz(60.0));
        let decay = |tau_s: f64| move |t: f64| (-t / tau_s).exp();
        match name {
            "noise_white" => self.noise(1),
            "noise_below_500" => scaled(self.one_pole(self.noise(2), 500.0), 3.0),
            "noise_below_100" => scaled(self.one_pole(self.noise(3), 100.0), 6.0),
            "detuned_saws" => mean(&[self.saw(c4), self.saw(c4 * 1.01)]),
            "decaying_saw" => self.shaped(self.saw(c4), decay(0.3)),
            "decaying_sine" => self.shaped(self.sine(key_hz(48.0)), decay(0.5)),
            "decaying_noise" => self.shaped(self.noise(4), decay(0.05)),
            "held_saw" => self.shaped(self.saw(c4), note(0.05, 0.3, 0.6, (d / 2.0).min(2.0))),
            "slow_saw" => {
                self.shaped(self.saw(key_hz(48.0)), note((d / 4.0).min(1.0), 0.3, 0.8, (0.7 * d).min(3.0)))
            }
            "plucked_saw" => {
                let dull = self.one_pole(self.saw(key_hz(48.0)), 800.0);
                self.shaped(dull, note(0.005, 0.4, 0.0, (d / 2.0).min(1.0)))
            }
            "major_sines" => mean(&[60.0, 64.0, 67.0].map(|key| self.sine(key_hz(key)))),
            "minor_saws" => mean(&[48.0, 51.0, 55.0].map(|key| self.saw(key_hz(key)))),
            "cluster" => mean(&[60.0, 61.0, 62.0].map(|key| self.sine(key_hz(key)))),
            "clicking_saw" => self.shaped(self.saw(c4), |t| (-(t % 0.25) / 0.05).exp()),
            "bell" => self.over_time(|t| {
                let index = 3.0 * (-t / 0.6).exp();
                0.4 * (TAU * 440.0 * t + index * (TAU * 440.0 * 1.414 * t).sin()).sin() * (-t / 0.8).exp()
            }),
            "quiet_saw" => scaled(self.saw(c4), 0.02),
            "sweep" => self.over_time(|t| {
                let ratio = 40.0_f64.ln();
                0.5 * (TAU * 200.0 * d / ratio * ((t / d * ratio).exp() - 1.0)).sin()
            }),
            _ => panic!("no signal is called {name:?}"),
        }
    }

    fn over_time(&self, value: impl Fn(f64) -> f64) -> Vec<f64> {
        let count = (self.duration_s * f64::from(self.sample_rate_hz)).round() as usize;
        (0..count).map(|n| value(n as f64 / f64::from(self.sample_rate_hz))).collect()
    }

    fn shaped(&self, samples: Vec<f64>, envelope: impl Fn(f64) -> f64) -> Vec<f64> {
        samples.into_iter().zip(self.over_time(envelope)).map(|(sample, level)| sample * level).collect()
    }

    fn sine(&self, hz: f64) -> Vec<f64> {
        self.over_time(|t| 0.5 * (TAU * hz * t).sin())
    }

    /// Harmonics up to 20 kHz (or half the rate), each at `1 / number`.
    fn harmonics(&self, hz: f64, step: usize, level: f64) -> Vec<f64> {
        let mut sum = self.over_time(|_| 0.0);
        let highest_hz = f64::min(20_000.0, 0.49 * f64::from(self.sample_rate_hz));
        for number in (1..=(highest_hz / hz) as usize).step_by(step) {
            let (step_sin, step_cos) = (TAU * hz * number as f64 / f64::from(self.sample_rate_hz)).sin_cos();
            let (mut sin, mut cos) = (0.0, 1.0);
            for sample in &mut sum {
                *sample += level * sin / number as f64;
                (sin, cos) = (sin * step_cos + cos * step_sin, cos * step_cos - sin * step_sin);
            }
        }
        sum
    }

    fn saw(&self, hz: f64) -> Vec<f64> {
        self.harmonics(hz, 1, 0.5 * 2.0 / PI * 0.8)
    }

    fn square(&self, hz: f64) -> Vec<f64> {
        self.harmonics(hz, 2, 0.5 * 4.0 / PI * 0.8)
    }

    /// Sums of twelve uniform numbers from a linear congruential generator: nearly normal, 0.1 RMS.
    fn noise(&self, seed: u64) -> Vec<f64> {
        let mut state = seed;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let count = self.over_time(|_| 0.0).len();
        (0..count).map(|_| 0.1 * ((0..12).map(|_| uniform()).sum::<f64>() - 6.0)).collect()
    }

    fn one_pole(&self, samples: Vec<f64>, cutoff_hz: f64) -> Vec<f64> {
        let share = 1.0 - (-TAU * cutoff_hz / f64::from(self.sample_rate_hz)).exp();
        let mut state = 0.0;
        samples
            .into_iter()
            .map(|sample| {
                state += share * (sample - state);
                state
            })
            .collect()
    }
}

/// Frequency of a MIDI key.
fn key_hz(key: f64) -> f64 {
    440.0 * 2.0_f64.powf((key - 69.0) / 12.0)
}

/// Linear attack, exponential decay to `sustain`, then an exponential release of 0.5 s.
fn note(attack_s: f64, decay_s: f64, sustain: f64, hold_s: f64) -> impl Fn(f64) -> f64 {
    let held = move |t: f64| {
        if t < attack_s {
            t / attack_s
        } else {
            sustain + (1.0 - sustain) * (-(t - attack_s) / (decay_s / 3.0)).exp()
        }
    };
    move |t| if t < hold_s { held(t) } else { held(hold_s) * (-(t - hold_s) / (0.5 / 3.0)).exp() }
}

fn scaled(samples: Vec<f64>, factor: f64) -> Vec<f64> {
    samples.into_iter().map(|sample| sample * factor).collect()
}

fn mean(parts: &[Vec<f64>]) -> Vec<f64> {
    (0..parts[0].len()).map(|n| parts.iter().map(|part| part[n]).sum::<f64>() / parts.len() as f64).collect()
}
