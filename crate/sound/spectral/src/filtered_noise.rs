//! Noise whose level differs from band to band. Never allocates after construction.
//!
//! Each frame is a spectrum of the wanted magnitudes with random phases, transformed back and overlapped by half with a
//! sine window, whose squares add up to one: the power is the same everywhere.

use std::f32::consts::{PI, TAU};

use fourier::Complex32;

use crate::noise_bands::NoiseBands;
use crate::tone_frame::NOISE_BAND_COUNT;
use crate::transform::FrameTransform;

/// The number of random phases to choose from.
const PHASE_COUNT: usize = 256;

/// Makes noise hop after hop.
#[derive(Clone)]
pub(crate) struct FilteredNoise {
    transform: FrameTransform,
    window: Vec<f32>,
    phases: Vec<Complex32>,
    /// For each bin the band below it and the nearness to the band above, 0…1.
    bands: Vec<(usize, f32)>,
    /// The second half of the last frame.
    tail: Vec<f32>,
    /// The complete samples of this hop.
    ready: Vec<f32>,
    random: u32,
}

impl FilteredNoise {
    /// Noise for the bands of an analysis.
    pub(crate) fn new(hop: usize, bands: &NoiseBands, sample_rate_hz: f32) -> Self {
        let window = 2 * hop;
        let gain = 1.0 / (window as f32).sqrt();
        let bin_hz = sample_rate_hz / window as f32;
        Self {
            transform: FrameTransform::new(window),
            window: (0..window).map(|n| gain * (PI * (n as f32 + 0.5) / window as f32).sin()).collect(),
            phases: (0..PHASE_COUNT)
                .map(|n| Complex32::from_polar(1.0, TAU * n as f32 / PHASE_COUNT as f32))
                .collect(),
            bands: (0..=hop).map(|bin| bands.between(bin as f32 * bin_hz)).collect(),
            tail: vec![0.0; hop],
            ready: vec![0.0; hop],
            random: 1,
        }
    }

    /// Silence, and other random phases for each seed.
    pub(crate) fn reset(&mut self, seed: u32) {
        self.tail.fill(0.0);
        self.ready.fill(0.0);
        self.random = seed;
    }

    /// Makes the next hop; the levels are reached at its end.
    pub(crate) fn begin_hop(&mut self, levels: &[f32; NOISE_BAND_COUNT]) {
        let Self { transform, phases, bands, random, .. } = self;
        let samples = transform.inverse(|bins| {
            for (bin, &(band, nearness)) in bins.iter_mut().zip(bands.iter()) {
                *random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let upper = (band + 1).min(levels.len() - 1);
                let level = levels[band] + (levels[upper] - levels[band]) * nearness;
                *bin = phases[(*random >> 24) as usize] * level;
            }
            // Real bins have half the power of complex ones of the same magnitude.
            let last = bins.len() - 1;
            bins[0] = (bins[0].re * std::f32::consts::SQRT_2).into();
            bins[last] = (bins[last].re * std::f32::consts::SQRT_2).into();
        });
        let hop = self.ready.len();
        for (n, ready) in self.ready.iter_mut().enumerate() {
            *ready = self.tail[n] + samples[n] * self.window[n];
            self.tail[n] = samples[hop + n] * self.window[hop + n];
        }
    }

    /// Adds samples of this hop, from `start` on.
    pub(crate) fn add(&self, start: usize, out: &mut [f32]) {
        for (out, sample) in out.iter_mut().zip(&self.ready[start..]) {
            *out += sample;
        }
    }
}
