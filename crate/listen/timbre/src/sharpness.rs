//! Sharpness: the centroid of loudness on the Bark scale, with more weight on high Bark bands.
//!
//! Constants from timbral_models 0.4.0, `sharpness_Fastl` (a fit to the weighting in H. Fastl and
//! E. Zwicker, "Psychoacoustics: Facts and Models") and `timbral_sharpness`.

use crate::bark::{LoudnessWindow, average};
use crate::zwicker::BARK_STEPS;

/// Regression weight of the logarithm of the sharpness in acum, and the intercept.
const SLOPE: f64 = 102.505_089_213_643_44;
const INTERCEPT: f64 = 34.432_655_185_001_735;

/// Steps of a tenth of a Bark with a weight of one.
const FLAT_STEPS: usize = 140;

/// Sharpness on the scale of the models.
pub(crate) fn sharpness(windows: &[LoudnessWindow]) -> f64 {
    let acum = average(windows.iter().map(|window| (of_window(window), window.rms * window.rms)));
    SLOPE * crate::floored_log10(acum) + INTERCEPT
}

/// Sharpness of one window in acum.
fn of_window(window: &LoudnessWindow) -> f64 {
    if window.loudness.total_sone <= 0.0 {
        return 0.0;
    }
    let (mut weighted, mut total) = (0.0, 0.0);
    for (loudness, weight) in window.loudness.specific.iter().zip(WEIGHTS.iter()) {
        weighted += loudness * weight;
        total += loudness;
    }
    0.11 * weighted / total
}

/// Weight times Bark, for each step.
static WEIGHTS: std::sync::LazyLock<[f64; BARK_STEPS]> = std::sync::LazyLock::new(|| {
    std::array::from_fn(|step| {
        let bark = (step + 1) as f64 / 10.0;
        let weight = if step < FLAT_STEPS {
            1.0
        } else {
            (((0.00012 * bark - 0.0056) * bark + 0.1) * bark - 0.81) * bark + 3.5
        };
        weight * bark
    })
});
