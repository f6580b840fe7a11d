//! Loudness over time: specific loudness and level in windows of 4096 samples, and weightings over the Bark
//! scale that several descriptors share. Never looks at spectra.
//!
//! Constants from timbral_models 0.4.0, `window_audio`, `weighted_bark_level` and `normal_dist`.

use crate::scan::energy;
use crate::third_octave::{LANES, ThirdOctaves, WINDOW};
use crate::zwicker::{BARK_STEPS, Loudness, loudness};

/// Loudness of one window of the sound.
#[derive(Clone, Debug)]
pub(crate) struct LoudnessWindow {
    pub(crate) loudness: Loudness,
    /// Root mean square of its samples.
    pub(crate) rms: f64,
}

/// Measures all windows of `samples`. The last is zero-padded; as in the original, a window of zeros
/// follows if the length is a whole number of windows.
pub(crate) fn windows(bank: &mut ThirdOctaves, samples: &[f64]) -> Vec<LoudnessWindow> {
    let count = samples.len() / WINDOW + 1;
    let mut windows = Vec::with_capacity(count);
    let mut lanes = vec![[0.0_f32; LANES]; WINDOW];
    for first in (0..count).step_by(LANES) {
        let cut = |lane: usize| samples.get((first + lane) * WINDOW..).unwrap_or_default();
        let mut square = [0.0; LANES];
        for (lane, square) in square.iter_mut().enumerate() {
            let window = &cut(lane)[..WINDOW.min(cut(lane).len())];
            for (index, frame) in lanes.iter_mut().enumerate() {
                frame[lane] = window.get(index).map_or(0.0, |&sample| sample as f32);
            }
            *square = energy(window);
        }
        let levels = bank.levels_db(&lanes);
        let measured = levels.iter().zip(square).map(|(levels, square)| LoudnessWindow {
            loudness: loudness(levels),
            rms: (square / WINDOW as f64).sqrt(),
        });
        windows.extend(measured.take(count - first));
    }
    windows
}

/// Weights over tenths of a Bark: a bell curve between `from` and `to`, scaled to zero at the lower end and
/// one in the middle, zero outside.
pub(crate) fn bell_weights(from: usize, to: usize) -> [f64; BARK_STEPS] {
    const STEEPNESS: f64 = 0.01;
    let centre = (from + to) as f64 / 2.0;
    let bell = |step: usize| (-(step as f64 - centre).powi(2) / 2.0 * STEEPNESS.powi(2)).exp();
    let lowest = (from..to).map(bell).fold(f64::INFINITY, f64::min);
    let highest = (from..to).map(bell).fold(f64::NEG_INFINITY, f64::max);
    std::array::from_fn(|step| {
        if (from..to).contains(&step) { (bell(step) - lowest) / (highest - lowest) } else { 0.0 }
    })
}

/// Specific loudness under `weights`, per window.
fn weighted<'a>(
    windows: &'a [LoudnessWindow],
    weights: &'a [f64; BARK_STEPS],
) -> impl Iterator<Item = f64> + 'a {
    windows.iter().map(move |window| {
        window.loudness.specific.iter().zip(weights).map(|(loud, weight)| loud * weight).sum()
    })
}

/// Mean over the windows of the specific loudness under `weights`.
pub(crate) fn mean_level(windows: &[LoudnessWindow], weights: &[f64; BARK_STEPS]) -> f64 {
    weighted(windows, weights).sum::<f64>() / windows.len() as f64
}

/// The same, each window weighted by its level.
pub(crate) fn level_weighted_mean(windows: &[LoudnessWindow], weights: &[f64; BARK_STEPS]) -> f64 {
    average(weighted(windows, weights).zip(windows.iter().map(|window| window.rms)))
}

/// Weighted average; zero if all weights are zero.
pub(crate) fn average(values: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (sum, total) =
        values.fold((0.0, 0.0), |(sum, total), (value, weight)| (sum + value * weight, total + weight));
    if total > 0.0 { sum / total } else { 0.0 }
}
