//! The roughness of each pair of partial tones of one frame, many pairs at once.
//!
//! Model and constants: P. N. Vassilakis, "SRA: a web-based research tool for spectral and roughness analysis of
//! sound signals", SMC 2007, as in timbral_models 0.4.0, `timbral_roughness`. There are two differences to the
//! model: the depth of a beat is 2 strong / (strong + weak), and each pair counts once.

use vectors::{exp, log2, widest};

use crate::peaks::Peak;

/// Pairs that are computed together.
const LANES: usize = 16;

/// Frequency scaling of the Plomp-Levelt curve: 0.24 / (0.0207 Hz of the lower tone + 18.96), in 1/Hz.
const SCALE: [f32; 3] = [0.24, 0.0207, 18.96];

/// Decay of the two exponentials of the curve.
const DECAYS: [f32; 2] = [3.51, 5.75];

/// Power of the depth of a beat, and of the product of both levels.
const DEPTH_POWER: f32 = 3.11;
const LEVEL_POWER: f32 = 0.1;

/// Scaled distance from which on two tones count as not rough: the curve is below 10⁻⁴ of its maximum.
const FARTHEST: f32 = 3.5;

/// The partial tones of a frame in ascending order of frequency, each number followed by [`LANES`] of no tone.
#[derive(Default)]
pub(crate) struct Tones {
    count: usize,
    hz: Vec<f32>,
    /// Height of the bin, by which the stronger of two tones is found.
    height: Vec<f32>,
    /// Interpolated level, and its power of [`LEVEL_POWER`].
    level: Vec<f32>,
    weight: Vec<f32>,
}

impl Tones {
    /// Takes the peaks of a spectrum of magnitudes.
    pub(crate) fn set(&mut self, spectrum: &[f32], peaks: &[Peak], bin_hz: f64) {
        let Self { count, hz, height, level, weight } = self;
        *count = peaks.len();
        fill(hz, peaks.iter().map(|peak| (peak.position * bin_hz) as f32), f32::INFINITY);
        fill(height, peaks.iter().map(|peak| spectrum[peak.bin]), 0.0);
        fill(level, peaks.iter().map(|peak| peak.level as f32), 1.0);
        weight.clear();
        widest(
            #[inline(always)]
            || weight.extend(level.iter().map(|&level| power(level, LEVEL_POWER))),
        );
    }

    /// The roughness of all pairs.
    pub(crate) fn roughness(&self) -> f64 {
        let mut end = 0;
        let sum: f64 = (0..self.count)
            .map(|low| {
                let stretch = SCALE[0] / (SCALE[1] * self.hz[low] + SCALE[2]);
                // The farthest tone rises with the lower one, and that of no tone is at infinity.
                while stretch * (self.hz[end] - self.hz[low]) < FARTHEST {
                    end += 1;
                }
                let of_one = widest(
                    #[inline(always)]
                    || self.with_higher(low, end, stretch),
                );
                f64::from(self.weight[low] * of_one)
            })
            .sum();
        0.5 * sum
    }

    /// The roughness of the tone `low` with those between it and `end`, but for its own weight.
    #[inline(always)]
    fn with_higher(&self, low: usize, end: usize, stretch: f32) -> f32 {
        let (low_hz, low_height, low_level) = (self.hz[low], self.height[low], self.level[low]);
        let mut sums = [0.0; LANES];
        for first in (low + 1..end).step_by(LANES) {
            let [hz, height, level, weight] =
                [&self.hz, &self.height, &self.level, &self.weight].map(|numbers| {
                    numbers[first..].first_chunk::<LANES>().expect("followed by numbers of no tone")
                });
            for lane in 0..LANES {
                let distance = stretch * (hz[lane] - low_hz);
                let strong = if low_height >= height[lane] { low_level } else { level[lane] };
                let depth = power(2.0 * strong / (low_level + level[lane]), DEPTH_POWER);
                let [slow, fast] = DECAYS.map(|decay| exp(-decay * distance));
                let rough = weight[lane] * depth * (slow - fast);
                sums[lane] += if distance < FARTHEST { rough } else { 0.0 };
            }
        }
        sums.iter().sum()
    }
}

/// Replaces `numbers` by `values` and [`LANES`] times `nothing`.
fn fill(numbers: &mut Vec<f32>, values: impl Iterator<Item = f32>, nothing: f32) {
    numbers.clear();
    numbers.extend(values);
    numbers.resize(numbers.len() + LANES, nothing);
}

/// A power of a positive number.
#[inline(always)]
fn power(base: f32, exponent: f32) -> f32 {
    exp(exponent * std::f32::consts::LN_2 * log2(base))
}
