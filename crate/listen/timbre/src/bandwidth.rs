//! Bandwidth of each frame's spectrum: from the frequency below which a twentieth of the magnitudes lie
//! to the highest bin above -75 dB. Never applies a window.
//!
//! Constants from timbral_models 0.4.0, `get_bandwidth_array` as `timbral_hardness` calls it.

use fourier::Planner;

use crate::sliding::{FRAME, FrameMagnitudes, ROW, ROWS, SlidingSpectra};
use vectors::widest;

pub(crate) use crate::sliding::HOP;

/// The share of the magnitudes below the lower edge.
const LOWER_SHARE: f64 = 0.05;

/// Least magnitude of the upper edge, in dB of a density in which a full-scale sample is one.
const UPPER_DB: f64 = -75.0;

/// Frames within this share of the range above the quietest one have a bandwidth of zero.
const QUIET_SHARE: f64 = 0.1;

/// The planned measurement.
pub(crate) struct Bandwidth {
    spectra: SlidingSpectra,
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
        Self { spectra: SlidingSpectra::new(planner), frames: Vec::new() }
    }

    /// Bandwidth in Hz of each frame; zero for quiet ones.
    pub(crate) fn measure(&mut self, samples: &[f32], sample_rate_hz: f64, bandwidths_hz: &mut Vec<f64>) {
        let least = (10.0_f64.powf(UPPER_DB / 20.0) * (sample_rate_hz * FRAME as f64).sqrt()) as f32;
        let Self { spectra, frames } = self;
        frames.clear();
        spectra.frames(samples, |magnitudes| {
            frames.push(widest(
                #[inline(always)]
                || extent(magnitudes, least),
            ));
        });
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

/// Sum and edges of one frame's magnitudes. The original subtracts the mean first; without a window that zeroes only
/// bin 0.
#[inline(always)]
fn extent(magnitudes: &FrameMagnitudes, least: f32) -> Extent {
    let sums: [f64; ROWS] = std::array::from_fn(|q| f64::from(magnitudes.row_sum(q)));
    let total = sums.iter().sum::<f64>() + f64::from(magnitudes.last());
    let wanted = total * LOWER_SHARE;
    let (mut below, mut row) = (0.0, 0);
    while row + 1 < ROWS && below + sums[row] < wanted {
        below += sums[row];
        row += 1;
    }
    let inside = magnitudes.row(row);
    let before = inside.iter().take_while(|&&magnitude| {
        below += f64::from(magnitude);
        below < wanted
    });
    Extent { total, lower_bin: ROW * row + before.count(), upper_bin: magnitudes.highest(least) }
}
