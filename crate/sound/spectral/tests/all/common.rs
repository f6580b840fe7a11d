//! Sounds that the tests share, and live forms fed block by block.

use std::f64::consts::TAU;

use spectral::{FrameLayout, FrameSource, Lookahead, PhaseSynthesizer, ToneEncoder, ToneSynthesizer};

pub const RATE_HZ: f32 = 44_100.0;
pub const BLOCK: usize = 64;

/// A tone with partials that fall by `tilt` dB an octave, a vibrato of `depth_cents` at 5.5 Hz, an attack and a decay.
pub fn tone(frequency_hz: f64, tilt_db: f64, depth_cents: f64, seconds: f64) -> Vec<f32> {
    let rate = f64::from(RATE_HZ);
    let mut phase = 0.0_f64;
    let partials = ((0.45 * rate / (frequency_hz * 1.06)) as usize).min(80);
    let sample = |n: usize| {
        let time = n as f64 / rate;
        phase += TAU * vibrato_hz(frequency_hz, depth_cents, time) / rate;
        let envelope = (time / 0.03).min(1.0) * (-time / 1.5).exp();
        let partial = |k: usize| {
            10.0_f64.powf(-tilt_db * (k as f64).log2() / 20.0) * (phase * k as f64 + k as f64).sin()
        };
        (0.2 * envelope * (1..=partials).map(partial).sum::<f64>()) as f32
    };
    (0..(seconds * rate) as usize).map(sample).collect()
}

/// The frequency of [`tone`] at a time in seconds.
pub fn vibrato_hz(frequency_hz: f64, depth_cents: f64, time: f64) -> f64 {
    frequency_hz * (depth_cents / 1200.0 * (TAU * 5.5 * time).sin()).exp2()
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

/// The sound through analysis and [`PhaseSynthesizer`], block by block, with `blocks` of silence after it.
pub fn through_phases(
    sound: &[f32],
    layout: FrameLayout,
    lookahead: Lookahead,
    block: usize,
    blocks: usize,
) -> Vec<f32> {
    let mut source = FrameSource::new(layout);
    let mut synthesizer = PhaseSynthesizer::new(layout, block, lookahead).expect("a block that fits");
    let mut padded = sound.to_vec();
    padded.resize(sound.len().next_multiple_of(block) + blocks * block, 0.0);
    for samples in padded.chunks_mut(block) {
        if source.push(samples) {
            synthesizer.begin_frame(source.magnitudes());
        }
        synthesizer.render_block(samples);
    }
    padded
}

/// The sound through [`ToneEncoder`] and [`ToneSynthesizer`], block by block, with `blocks` of silence after it.
pub fn through_tones(sound: &[f32], layout: FrameLayout, block: usize, blocks: usize) -> Vec<f32> {
    let mut encoder = ToneEncoder::new(layout, RATE_HZ).expect("a usual rate");
    let mut synthesizer = ToneSynthesizer::new(layout, block, RATE_HZ).expect("a block that fits");
    let mut padded = sound.to_vec();
    padded.resize(sound.len().next_multiple_of(block) + blocks * block, 0.0);
    for samples in padded.chunks_mut(block) {
        if let Some(frame) = encoder.push(samples) {
            synthesizer.begin_frame(frame);
        }
        synthesizer.render_block(samples);
    }
    padded
}
