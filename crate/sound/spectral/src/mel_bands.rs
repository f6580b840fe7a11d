//! The bins of a spectrum summed into bands of equal width on the mel scale (O'Shaughnessy, 1987).

use vectors::log2;

use crate::layout::FrameLayout;

/// Triangular bands whose corners are equally far apart in mel, each from its lower neighbour's middle to its upper
/// neighbour's.
#[derive(Clone, Debug)]
pub struct MelBands {
    /// For each band its first bin, and its weights.
    bands: Vec<(usize, Vec<f32>)>,
}

/// The beginning of the lowest band and the end of the highest, in Hz; at most half the sample rate.
const RANGE_HZ: [f32; 2] = [30.0, 18_000.0];

impl MelBands {
    /// `count` bands for the frames of a sound.
    pub fn new(count: usize, layout: FrameLayout, sample_rate_hz: f32) -> Self {
        let bin_hz = sample_rate_hz / layout.window() as f32;
        let [low, high] = RANGE_HZ.map(|hz| mel(hz.min(sample_rate_hz / 2.0)));
        let corner_hz = |n: usize| frequency_hz(low + (high - low) * n as f32 / (count + 1) as f32);
        let triangle = |band: usize| {
            let [left, middle, right] = [band, band + 1, band + 2].map(corner_hz);
            // At low frequencies a band may contain no bin: it takes part of the nearest ones.
            let [left, right] = [left.min(middle - bin_hz), right.max(middle + bin_hz)];
            let first = ((left / bin_hz).ceil().max(0.0) as usize).min(layout.bins() - 1);
            let last = ((right / bin_hz).floor().max(0.0) as usize).min(layout.bins() - 1);
            let weight = |bin: usize| {
                let at_hz = bin as f32 * bin_hz;
                ((at_hz - left) / (middle - left)).min((right - at_hz) / (right - middle)).max(0.0)
            };
            (first, (first..=last).map(weight).collect())
        };
        Self { bands: (0..count).map(triangle).collect() }
    }

    /// Number of bands.
    pub fn count(&self) -> usize {
        self.bands.len()
    }

    /// The magnitude of each band: the root of the weighted sum of its bins' powers.
    pub fn magnitudes(&self, frame: &[f32], bands: &mut [f32]) {
        for (value, (first, weights)) in bands.iter_mut().zip(&self.bands) {
            let bins = frame[*first..].iter();
            *value = bins.zip(weights).map(|(bin, weight)| bin * bin * weight).sum::<f32>().sqrt();
        }
    }
}

/// Mel of a frequency in Hz.
#[inline(always)]
pub(crate) fn mel(frequency_hz: f32) -> f32 {
    2595.0 * std::f32::consts::LOG10_2 * log2(1.0 + frequency_hz / 700.0)
}

/// The frequency of a mel value, in Hz.
pub(crate) fn frequency_hz(mel: f32) -> f32 {
    700.0 * (10.0_f32.powf(mel / 2595.0) - 1.0)
}
