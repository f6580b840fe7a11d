//! Brightness: the share of energy above 2 kHz, and the spectral centroid above 100 Hz.
//!
//! Constants from timbral_models 0.4.0, `timbral_brightness`. The original averages
//! frames weighted by their power; the ratio of sums over all frames, used here, is the same.

use fourier::Planner;

use crate::bands::Bands;
use crate::floored_log10;
use crate::transform::{PairFourier, moment_and_power, pairs, windowed_energy};
use crate::window::hamming;

/// Samples per frame, and from frame to frame.
const FRAME: usize = 2048;
const HOP: usize = 512;

/// Regression weights of the logarithms of energy ratio and centroid in Hz, and the intercept.
const RATIO_SLOPE: f64 = 4.613_128_018_020_465;
const CENTROID_SLOPE: f64 = 17.378_889_309_312_974;
const INTERCEPT: f64 = 17.434_733_750_553_022;

/// The planned model.
pub(crate) struct Brightness {
    fourier: PairFourier,
    window: Vec<f32>,
}

impl Brightness {
    pub(crate) fn new(planner: &mut Planner) -> Self {
        let window = hamming(FRAME).into_iter().map(|weight| weight as f32).collect();
        Self { fourier: PairFourier::new(planner, FRAME), window }
    }

    /// Brightness on the scale of the models.
    pub(crate) fn measure(&mut self, bands: &Bands, sample_rate_hz: f64) -> f64 {
        let (mut all, mut high) = (0.0, 0.0);
        let (mut moment, mut power) = (0.0, 0.0);
        let length = bands.full.len();
        let short =
            (length < FRAME).then(|| hamming(length).into_iter().map(|weight| weight as f32).collect());
        let window: &Vec<f32> = short.as_ref().unwrap_or(&self.window);
        for (ranges, alone) in pairs(length, FRAME, HOP) {
            let counted = if alone { 1 } else { 2 };
            for range in &ranges[..counted] {
                all += windowed_energy(&bands.full[range.clone()], window);
                high += windowed_energy(&bands.above_2_khz[range.clone()], window);
            }
            let frames = ranges.map(|range| &bands.above_100_hz[range]);
            for bins in &self.fourier.transform(frames, window, true)[..counted] {
                let (frame_moment, frame_power) = moment_and_power(bins);
                moment += frame_moment;
                power += frame_power;
            }
        }
        let bin_hz = sample_rate_hz / FRAME as f64;
        RATIO_SLOPE * floored_log10(high / all)
            + CENTROID_SLOPE * floored_log10(moment / power * bin_hz)
            + INTERCEPT
    }
}
