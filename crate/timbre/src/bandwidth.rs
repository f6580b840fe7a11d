//! Bandwidth of each frame's spectrum: from the frequency below which a twentieth of the magnitudes lie
//! to the highest bin above -75 dB. Never applies a window.
//!
//! Constants from timbral_models 0.4.0, `get_bandwidth_array` as `timbral_hardness` calls it.

use fourier::{Complex32, Planner};

use crate::transform::{PairFourier, pairs};
use crate::wide::wide;

/// Samples per frame; no window.
pub(crate) const FRAME: usize = 4096;

/// Samples from frame to frame.
pub(crate) const HOP: usize = 128;

/// The share of the magnitudes below the lower edge.
const LOWER_SHARE: f64 = 0.05;

/// Least magnitude of the upper edge, in dB of a density in which a full-scale sample is one.
const UPPER_DB: f64 = -75.0;

/// Frames within this share of the range above the quietest one have a bandwidth of zero.
const QUIET_SHARE: f64 = 0.1;

/// The planned measurement.
pub(crate) struct Bandwidth {
    fourier: PairFourier,
    window: Vec<f32>,
    magnitudes: Vec<f32>,
    frames: Vec<Extent>,
}

/// Extent of one frame's spectrum.
#[derive(Clone, Copy)]
struct Extent {
    total: f64,
    lower_bin: usize,
    upper_bin: Option<usize>,
}

impl Bandwidth {
    pub(crate) fn new(planner: &mut Planner) -> Self {
        let fourier = PairFourier::new(planner, FRAME);
        Self { window: vec![1.0; FRAME], magnitudes: vec![0.0; fourier.bins()], fourier, frames: Vec::new() }
    }

    /// Bandwidth in Hz of each frame; zero for quiet ones.
    pub(crate) fn measure(&mut self, samples: &[f32], sample_rate_hz: f64, bandwidths_hz: &mut Vec<f64>) {
        let least = (10.0_f64.powf(UPPER_DB / 20.0) * (sample_rate_hz * FRAME as f64).sqrt()) as f32;
        self.frames.clear();
        for (ranges, alone) in pairs(samples.len(), FRAME, HOP) {
            let frames = ranges.map(|range| &samples[range]);
            let spectra = self.fourier.transform(frames, &self.window, false);
            for bins in &spectra[..if alone { 1 } else { 2 }] {
                self.frames.push(wide(
                    #[inline(always)]
                    || extent(bins, least, &mut self.magnitudes),
                ));
            }
        }
        let (low, high) = self.frames.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), frame| {
            (low.min(frame.total), high.max(frame.total))
        });
        let quiet = QUIET_SHARE * (high - low) + low;
        let bin_hz = sample_rate_hz / FRAME as f64;
        bandwidths_hz.clear();
        bandwidths_hz.extend(self.frames.iter().map(|frame| match frame.upper_bin {
            Some(upper_bin) if frame.total > quiet => (upper_bin as f64 - frame.lower_bin as f64) * bin_hz,
            _ => 0.0,
        }));
    }
}

/// Sum and edges of the magnitudes of one frame's bins.
#[inline(always)]
fn extent(bins: &[Complex32], least: f32, magnitudes: &mut [f32]) -> Extent {
    for (magnitude, bin) in magnitudes.iter_mut().zip(bins) {
        *magnitude = bin.norm_sqr().sqrt();
    }
    // The original subtracts the mean first; without a window that zeroes only this bin.
    magnitudes[0] = 0.0;
    const BLOCK: usize = 64;
    let sums = magnitudes.chunks(BLOCK).map(|block| {
        let mut accumulators = [0.0_f32; 16];
        for part in block.chunks(16) {
            for (accumulator, magnitude) in accumulators.iter_mut().zip(part) {
                *accumulator += magnitude;
            }
        }
        f64::from(accumulators.iter().sum::<f32>())
    });
    let mut blocks = [0.0_f64; (FRAME / 2 + 1).div_ceil(BLOCK)];
    let mut total = 0.0;
    for (block, sum) in blocks.iter_mut().zip(sums) {
        *block = sum;
        total += sum;
    }
    let wanted = total * LOWER_SHARE;
    let (mut below, mut lower_bin) = (0.0, 0);
    for &block in &blocks {
        if below + block >= wanted {
            break;
        }
        below += block;
        lower_bin += BLOCK;
    }
    for &magnitude in magnitudes.iter().skip(lower_bin) {
        below += f64::from(magnitude);
        if below >= wanted {
            break;
        }
        lower_bin += 1;
    }
    Extent { total, lower_bin, upper_bin: magnitudes.iter().rposition(|&magnitude| magnitude >= least) }
}
