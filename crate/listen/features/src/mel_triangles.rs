//! Bands of equal width on the mel scale: triangles over the bins of a spectrum, each from its lower neighbour's middle
//! to its upper neighbour's. The mel scale is O'Shaughnessy's.

use crate::test_note::SAMPLE_RATE_HZ;

/// Sums of products that are computed side by side.
const TOGETHER: usize = 8;

/// The bands of spectra of one frame length at 44.1 kHz.
#[derive(Clone, Debug)]
pub struct MelTriangles {
    bands: Vec<Band>,
}

/// A triangle over neighbouring bins, 1 at its middle.
#[derive(Clone, Debug)]
struct Band {
    first_bin: usize,
    weights: Vec<f32>,
}

impl MelTriangles {
    /// `count` bands from the lower to the upper frequency, for frames of `frame` samples. A band between two bins has
    /// the nearer one.
    pub fn new(frame: usize, range_hz: [f64; 2], count: usize) -> Self {
        let bin_hz = f64::from(SAMPLE_RATE_HZ) / frame as f64;
        let band = |at: usize| {
            let [low, middle, high] = [at, at + 1, at + 2].map(|corner| corner_hz(range_hz, count, corner));
            let first_bin = (low / bin_hz).ceil() as usize;
            let weight = |bin: usize| {
                let hz = bin as f64 * bin_hz;
                ((hz - low) / (middle - low)).min((high - hz) / (high - middle)).max(0.0) as f32
            };
            let weights: Vec<f32> = (first_bin..=(high / bin_hz).floor() as usize).map(weight).collect();
            if weights.iter().all(|&weight| weight == 0.0) {
                Band { first_bin: (middle / bin_hz).round() as usize, weights: vec![1.0] }
            } else {
                Band { first_bin, weights }
            }
        };
        Self { bands: (0..count).map(band).collect() }
    }

    /// The number of bands.
    pub fn count(&self) -> usize {
        self.bands.len()
    }

    /// The power of each band of a spectrum, given the powers of its bins.
    pub fn powers<'a>(&'a self, bins: &'a [f32]) -> impl Iterator<Item = f32> + 'a {
        self.bands.iter().map(|band| sum_of_products(&bins[band.first_bin..], &band.weights))
    }
}

/// The frequency of a corner of the triangles: 0 for the beginning of the lowest of `count` bands.
pub fn corner_hz(range_hz: [f64; 2], count: usize, corner: usize) -> f64 {
    let [low, high] = range_hz.map(|hz| 2595.0 * (1.0 + hz / 700.0).log10());
    let mel = low + (high - low) * corner as f64 / (count + 1) as f64;
    700.0 * (10.0_f64.powf(mel / 2595.0) - 1.0)
}

/// The sum of `weights` times the values at their places.
fn sum_of_products(values: &[f32], weights: &[f32]) -> f32 {
    let (chunks, rest) = weights.as_chunks::<TOGETHER>();
    let (value_chunks, _) = values.as_chunks::<TOGETHER>();
    let mut sums = [0.0; TOGETHER];
    for (values, weights) in value_chunks.iter().zip(chunks) {
        for (sum, (value, weight)) in sums.iter_mut().zip(values.iter().zip(weights)) {
            *sum += value * weight;
        }
    }
    let rest = values[weights.len() - rest.len()..].iter().zip(rest);
    sums.iter().sum::<f32>() + rest.map(|(value, weight)| value * weight).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_bands_share_each_bin_between_them() {
        let bands = MelTriangles::new(2048, [30.0, 18_000.0], 32);
        assert_eq!(bands.count(), 32);
        for bin in 50..700 {
            let mut bins = vec![0.0; 1025];
            bins[bin] = 1.0;
            let heard: Vec<f32> = bands.powers(&bins).filter(|&power| power > 0.0).collect();
            let sum: f32 = heard.iter().sum();
            assert!(heard.len() <= 2 && (sum - 1.0).abs() < 1e-4, "{bin}: {heard:?}");
        }
    }

    #[test]
    fn each_band_has_a_bin() {
        for (frame, count) in [(512, 32), (1024, 40), (2048, 96), (8192, 256)] {
            let bands = MelTriangles::new(frame, [40.0, 16_000.0], count);
            assert!(bands.powers(&vec![1.0; frame / 2 + 1]).all(|power| power > 0.0), "{frame}");
        }
    }
}
