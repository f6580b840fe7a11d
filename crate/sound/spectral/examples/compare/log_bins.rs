//! Fewer bins than a spectrum has: a way to read them, and two ways back to the spectrum. For comparison.

use spectral::FrameLayout;

/// Triangular bins over those of a spectrum.
pub struct LogBins {
    /// Middles in bins of the spectrum, rising.
    middles: Vec<f32>,
    /// For each bin its first bin of the spectrum, and its weights, which add up to one.
    rows: Vec<(usize, Vec<f32>)>,
    bins: usize,
}

/// Iterations of the multiplicative update.
const ITERATIONS: usize = 60;

impl LogBins {
    /// Equally far apart on the mel scale, from 0 Hz to half the sample rate.
    pub fn mel(count: usize, layout: FrameLayout, rate_hz: f32) -> Self {
        let mel = |hz: f32| 2595.0 * (1.0 + hz / 700.0).log10();
        let highest = mel(rate_hz / 2.0);
        let hz = |n: usize| 700.0 * (10.0_f32.powf(highest * n as f32 / (count + 1) as f32 / 2595.0) - 1.0);
        Self::new((0..count + 2).map(hz), layout, rate_hz)
    }

    /// Equally far apart in octaves.
    pub fn octaves(count: usize, lowest_hz: f32, per_octave: f32, layout: FrameLayout, rate_hz: f32) -> Self {
        let hz = |n: usize| lowest_hz * ((n as f32 - 1.0) / per_octave).exp2();
        Self::new((0..count + 2).map(hz), layout, rate_hz)
    }

    /// From the frequencies of the corners: triangles, at least as wide as linear interpolation between two bins.
    fn new(corners_hz: impl Iterator<Item = f32>, layout: FrameLayout, rate_hz: f32) -> Self {
        let corners: Vec<f32> = corners_hz.map(|hz| hz * layout.window() as f32 / rate_hz).collect();
        let row = |corner: &[f32]| {
            let middle = corner[1];
            let [left, right] = [corner[0].min(middle - 1.0), corner[2].max(middle + 1.0)];
            let first = left.ceil().max(0.0) as usize;
            let last = (right.floor() as usize).min(layout.bins() - 1);
            let weight = |bin: usize| {
                let at = bin as f32;
                ((at - left) / (middle - left)).min((right - at) / (right - middle)).max(0.0)
            };
            let weights: Vec<f32> = (first..=last).map(weight).collect();
            let sum: f32 = weights.iter().sum::<f32>().max(1e-9);
            (first, weights.into_iter().map(|weight| weight / sum).collect())
        };
        Self {
            rows: corners.windows(3).map(row).collect(),
            middles: corners[1..corners.len() - 1].to_vec(),
            bins: layout.bins(),
        }
    }

    /// The weighted mean of each bin.
    pub fn reduce(&self, frame: &[f32]) -> Vec<f32> {
        let mean = |(first, weights): &(usize, Vec<f32>)| {
            frame[*first..].iter().zip(weights).map(|(bin, weight)| bin * weight).sum()
        };
        self.rows.iter().map(mean).collect()
    }

    /// The spectrum by linear interpolation between the middles; nothing above the last.
    pub fn interpolate(&self, few: &[f32]) -> Vec<f32> {
        let value = |bin: usize| {
            let at = bin as f32;
            let upper = self.middles.partition_point(|&middle| middle < at);
            match upper {
                0 => few[0],
                upper if upper == few.len() => 0.0,
                upper => {
                    let [low, high] = [self.middles[upper - 1], self.middles[upper]];
                    few[upper - 1] + (few[upper] - few[upper - 1]) * (at - low) / (high - low)
                }
            }
        };
        (0..self.bins).map(value).collect()
    }

    /// The spectrum without negative bins whose reading is nearest to this one, by multiplicative updates from the
    /// interpolation (Lee and Seung, 2001).
    pub fn least_squares(&self, few: &[f32]) -> Vec<f32> {
        let mut frame: Vec<f32> = self.interpolate(few).into_iter().map(|value| value.max(1e-9)).collect();
        let back = |values: &[f32]| {
            let mut sums = vec![0.0_f32; self.bins];
            for ((first, weights), value) in self.rows.iter().zip(values) {
                sums[*first..].iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight * value);
            }
            sums
        };
        let wanted = back(few);
        for _ in 0..ITERATIONS {
            let is = back(&self.reduce(&frame));
            for ((value, wanted), is) in frame.iter_mut().zip(&wanted).zip(is) {
                if is > 0.0 {
                    *value *= wanted / is;
                }
            }
        }
        // Bins of the spectrum that no row reads stay silent.
        frame
            .iter_mut()
            .zip(&wanted)
            .for_each(|(value, &wanted)| *value = if wanted > 0.0 { *value } else { 0.0 });
        frame
    }
}
