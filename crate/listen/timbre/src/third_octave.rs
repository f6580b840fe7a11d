//! Levels of a 4096-sample window in the 28 third-octave bands from 25 Hz to 12.5 kHz. Never weights
//! them by loudness.
//!
//! Constants from timbral_models 0.4.0, `filter_third_octaves_downsample` and `midbands`: exact base-two centre
//! frequencies around 1 kHz. The top four bands have fourth-order Butterworth band-passes at the full rate. Below,
//! each octave halves the rate after a second-order Chebyshev low-pass (0.1 dB ripple, edge at 0.4 of half the
//! rate) and reuses the filters of the three bands from 6.3 to 10 kHz.

use pulp::{Simd, WithSimd};

use crate::eight_lanes::eight_lanes;
use crate::filter::{Bandpass, BiquadDesign};

/// Number of bands.
pub(crate) const BAND_COUNT: usize = 28;

/// Samples per analysed window.
pub(crate) const WINDOW: usize = 4096;

/// Windows that are filtered in parallel.
pub(crate) const LANES: usize = 8;

/// Bands above this index are filtered at the full rate.
const LAST_DECIMATED: usize = 23;

/// Index of the 1 kHz band.
const REFERENCE: i32 = 16;

/// The filter bank of one sample rate.
pub(crate) struct ThirdOctaves {
    top: [Bandpass; BAND_COUNT - 1 - LAST_DECIMATED],
    antialias: BiquadDesign,
    work: Vec<[f32; LANES]>,
}

impl ThirdOctaves {
    /// Designs the bank; the sample rate is at least 44.1 kHz.
    pub(crate) fn new(sample_rate_hz: f64) -> Self {
        let top = std::array::from_fn(|index| {
            let centre_hz =
                1000.0 * 2.0_f64.powf(f64::from((LAST_DECIMATED + 1 + index) as i32 - REFERENCE) / 3.0);
            let edge = 2.0_f64.powf(1.0 / 6.0);
            Bandpass::butterworth(centre_hz / edge, centre_hz * edge, sample_rate_hz)
        });
        let antialias = BiquadDesign::chebyshev_lowpass(0.4, 0.1);
        Self { top, antialias, work: Vec::with_capacity(WINDOW) }
    }

    /// Levels in dB, 100 dB for a mean square of one, of up to [`LANES`] windows, lane by lane;
    /// minus infinity for an empty band.
    #[inline(never)]
    pub(crate) fn levels_db(&mut self, windows: &[[f32; LANES]]) -> [[f64; BAND_COUNT]; LANES] {
        eight_lanes(BandLevels { bank: self, windows })
    }
}

/// The levels of windows, computed in vectors.
struct BandLevels<'a> {
    bank: &'a mut ThirdOctaves,
    windows: &'a [[f32; LANES]],
}

impl WithSimd for BandLevels<'_> {
    type Output = [[f64; BAND_COUNT]; LANES];

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
        let Self { bank: ThirdOctaves { top, antialias, work }, windows } = self;
        let mut levels = [[f64::NEG_INFINITY; BAND_COUNT]; LANES];
        for (offset, filter) in top.iter().enumerate() {
            store(&mut levels, LAST_DECIMATED + 1 + offset, filter.mean_square(simd, windows));
        }
        work.clear();
        work.extend_from_slice(windows);
        for upper in (2..=LAST_DECIMATED).rev().step_by(3) {
            antialias.halve_rate(simd, work);
            for (offset, filter) in top[..3].iter().enumerate() {
                store(&mut levels, upper - 2 + offset, filter.mean_square(simd, work));
            }
        }
        levels
    }
}

/// Stores a band's level for each lane.
fn store(
    levels: &mut [[f64; BAND_COUNT]; LANES],
    band: usize,
    (square, largest): ([f32; LANES], [f32; LANES]),
) {
    for lane in 0..LANES {
        if largest[lane] > 0.0 {
            levels[lane][band] = 10.0 * f64::from(square[lane]).log10() + 100.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_at_a_band_centre_has_its_level_in_that_band() {
        let mut bank = ThirdOctaves::new(44_100.0);
        for (band, hz) in [(16, 1000.0), (22, 4000.0), (26, 10_079.0)] {
            let tone = |n: usize| (std::f64::consts::TAU * hz * n as f64 / 44_100.0).sin() as f32;
            let windows: Vec<[f32; LANES]> = (0..WINDOW).map(|n| [tone(n); LANES]).collect();
            let levels = bank.levels_db(&windows)[LANES - 1];
            // A mean square of one half is 97 dB; the filter's attack loses a little.
            assert!((levels[band] - 97.0).abs() < 1.0, "{hz} Hz: {levels:?}");
            assert!(levels[band - 3] < levels[band] - 30.0, "{hz} Hz: {levels:?}");
        }
    }
}
