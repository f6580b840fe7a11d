//! Bands of noise: means over bins, and back to a level for each bin. The bands are equally far apart on the mel
//! scale, but at least one bin wide.

use crate::mel_bands::{frequency_hz, mel};
use crate::sums::sum;

/// The division of bins into bands.
#[derive(Clone, Debug)]
pub struct NoiseBands {
    /// The middle of each band in Hz, rising.
    middles_hz: Vec<f32>,
    /// The first bin of each band in the analysis, and the end of the last band.
    edges: Vec<usize>,
}

impl NoiseBands {
    /// `count` bands from 0 Hz to half the sample rate over `bins` bins, of which there must be as many as bands.
    pub fn new(count: usize, bins: usize, sample_rate_hz: f32) -> Self {
        let bin_hz = sample_rate_hz / (2 * (bins - 1)) as f32;
        let highest = mel(sample_rate_hz / 2.0);
        let mut edges: Vec<usize> = (0..=count)
            .map(|edge| (frequency_hz(highest * edge as f32 / count as f32) / bin_hz).round() as usize)
            .collect();
        for edge in 1..=count {
            edges[edge] = edges[edge].max(edges[edge - 1] + 1).min(bins - (count - edge));
        }
        edges[count] = bins;
        let middles_hz = edges.windows(2).map(|pair| 0.5 * (pair[0] + pair[1] - 1) as f32 * bin_hz).collect();
        Self { middles_hz, edges }
    }

    /// Number of bands.
    pub fn count(&self) -> usize {
        self.middles_hz.len()
    }

    /// The middle of each band in Hz, rising.
    pub fn middles_hz(&self) -> &[f32] {
        &self.middles_hz
    }

    /// The share of all bins that each band has.
    pub(crate) fn shares(&self) -> impl Iterator<Item = f32> {
        let bins = self.edges[self.edges.len() - 1] as f32;
        self.edges.windows(2).map(move |pair| (pair[1] - pair[0]) as f32 / bins)
    }

    /// The mean of each band.
    #[inline(always)]
    pub fn means(&self, bins: &[f32], bands: &mut [f32]) {
        for (band, edges) in bands.iter_mut().zip(self.edges.windows(2)) {
            *band = sum(&bins[edges[0]..edges[1]]) / (edges[1] - edges[0]) as f32;
        }
    }

    /// The bands beside a frequency: the lower one's number, and the nearness to the upper one, 0…1.
    pub(crate) fn between(&self, frequency_hz: f32) -> (usize, f32) {
        let last = self.middles_hz.len() - 1;
        let upper =
            self.middles_hz.partition_point(|&middle| middle <= frequency_hz).clamp(1, last.max(1)).min(last);
        let lower = upper.saturating_sub(1);
        let [low, high] = [self.middles_hz[lower], self.middles_hz[upper]];
        let nearness = if high > low { ((frequency_hz - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
        (lower, nearness)
    }
}
