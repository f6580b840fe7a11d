//! Filtered copies of a sound for brightness and depth: high-passed at 20 Hz, and from that high-passed
//! or low-passed at four more frequencies. Never changes the sound itself.
//!
//! Constants from timbral_models 0.4.0, `timbral_brightness` and `timbral_depth`: each filter is a
//! second-order Butterworth run three times.

use crate::filter::{BiquadDesign, BiquadLanes};
use crate::scan::peak;
use crate::wide::wide;

const RUNS: usize = 3;
const LOWEST_HZ: f64 = 20.0;

/// The copies, all scaled so that the one high-passed at 20 Hz has a peak of one.
#[derive(Default)]
pub(crate) struct Bands {
    /// Above 20 Hz, in double precision.
    pub(crate) exact: Vec<f64>,
    /// Above 20 Hz.
    pub(crate) full: Vec<f32>,
    pub(crate) above_2_khz: Vec<f32>,
    pub(crate) above_100_hz: Vec<f32>,
    pub(crate) below_2_khz: Vec<f32>,
    pub(crate) below_500_hz: Vec<f32>,
}

impl Bands {
    /// Filters `samples` into the copies.
    pub(crate) fn fill(&mut self, samples: &[f64], sample_rate_hz: f64) {
        wide(
            #[inline(always)]
            || self.fill_inlined(samples, sample_rate_hz),
        );
    }

    #[inline(always)]
    fn fill_inlined(&mut self, samples: &[f64], sample_rate_hz: f64) {
        let highpass = |hz| BiquadDesign::butterworth_highpass(hz, sample_rate_hz);
        let lowpass = |hz| BiquadDesign::butterworth_lowpass(hz, sample_rate_hz);
        let mut remove_lowest: [_; RUNS] = std::array::from_fn(|_| BiquadLanes::new([highpass(LOWEST_HZ)]));
        let lanes = [highpass(2000.0), highpass(100.0), lowpass(2000.0), lowpass(500.0)];
        let mut split: [_; RUNS] = std::array::from_fn(|_| BiquadLanes::new(lanes));
        let Self { exact, full, above_2_khz, above_100_hz, below_2_khz, below_500_hz } = self;
        exact.resize(samples.len(), 0.0);
        for copy in [&mut *full, above_2_khz, above_100_hz, below_2_khz, below_500_hz] {
            copy.resize(samples.len(), 0.0);
        }
        let singles = above_2_khz
            .iter_mut()
            .zip(above_100_hz.iter_mut())
            .zip(below_2_khz.iter_mut())
            .zip(below_500_hz.iter_mut());
        for ((exact, (((a, b), c), d)), &sample) in exact.iter_mut().zip(singles).zip(samples) {
            let mut high_passed = [sample];
            for section in &mut remove_lowest {
                high_passed = section.step(high_passed);
            }
            *exact = high_passed[0];
            let mut copies = [high_passed[0]; 4];
            for section in &mut split {
                copies = section.step(copies);
            }
            [*a, *b, *c, *d] = copies.map(|value| value as f32);
        }
        let peak = peak(exact);
        let scale = if peak > 0.0 { 1.0 / peak } else { 0.0 };
        for (exact, single) in exact.iter_mut().zip(full) {
            *exact *= scale;
            *single = *exact as f32;
        }
        for copy in [above_2_khz, above_100_hz, below_2_khz, below_500_hz] {
            for sample in copy {
                *sample *= scale as f32;
            }
        }
    }
}
