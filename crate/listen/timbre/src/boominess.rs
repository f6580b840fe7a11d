//! Boominess: the share of the loudness below 280 Hz, and the level of that loudness.
//!
//! Constants from timbral_models 0.4.0, `boominess_calculate` (after S. Hatano and T. Hashimoto,
//! "Booming index as a measure for evaluating booming sensation", Inter-Noise 2000) and
//! `timbral_booming`.

use std::sync::LazyLock;

use crate::bark::{LoudnessWindow, average, bell_weights, mean_level};
use crate::zwicker::BARK_STEPS;

/// Regression weights of the logarithms of booming index and low loudness, and the intercept.
const INDEX_SLOPE: f64 = 43.674_026_961_958_65;
const LOW_SLOPE: f64 = -10.900_547_383_898_45;
const INTERCEPT: f64 = 26.836_530_575_185_435;

/// Upper limit of low frequencies.
const LOW_HZ: f64 = 280.0;

/// Boominess on the scale of the models.
pub(crate) fn boominess(windows: &[LoudnessWindow]) -> f64 {
    let index = average(windows.iter().map(|window| (of_window(window), window.rms * window.rms)));
    let low = mean_level(windows, &bell_weights(0, 70));
    INDEX_SLOPE * crate::floored_log10(index) + LOW_SLOPE * crate::floored_log10(low) + INTERCEPT
}

/// Natural logarithm of the power ratio of 1 dB.
const DECIBEL: f64 = std::f64::consts::LN_10 / 10.0;

/// Booming index of one window.
fn of_window(window: &LoudnessWindow) -> f64 {
    if window.loudness.total_sone <= 0.0 {
        return 0.0;
    }
    let specific = &window.loudness.specific;
    let total: f64 = specific.iter().sum();
    let low: f64 = specific[..low_steps()].iter().sum();
    let intensity: f64 = specific
        .iter()
        .zip(WEIGHTS.iter())
        .map(|(loudness, weight)| (loudness * weight * DECIBEL).exp())
        .sum();
    10.0 * intensity.log10() * low / total
}

/// Frequency of a step of a tenth of a Bark.
fn step_hz(step: usize) -> f64 {
    600.0 * ((step + 1) as f64 / 60.0).sinh()
}

/// Steps below [`LOW_HZ`].
fn low_steps() -> usize {
    (0..BARK_STEPS).take_while(|&step| step_hz(step) < LOW_HZ).count()
}

/// Weight per step: an exponential over third octaves counted from 25 Hz; the four lowest values are
/// estimates of the authors.
static WEIGHTS: LazyLock<[f64; BARK_STEPS]> = LazyLock::new(|| {
    const LOWEST: [f64; 4] = [0.8, 1.05, 1.10, 1.18];
    const FIRST_BANDS_HZ: [f64; 2] = [25.0, 31.5];
    let [first, second] = FIRST_BANDS_HZ.map(f64::log10);
    std::array::from_fn(|step| {
        let band = (step_hz(step).log10() - first) / (second - first) + 1.0;
        LOWEST.get(step).copied().unwrap_or(2.13 * (-0.151 * band).exp())
    })
});
