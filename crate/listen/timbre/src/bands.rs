//! Filtered copies of a sound for brightness and depth: high-passed at 20 Hz, and from that high-passed
//! or low-passed at four more frequencies. Never changes the sound itself.
//!
//! Constants from timbral_models 0.4.0, `timbral_brightness` and `timbral_depth`: each filter is a
//! second-order Butterworth run three times.

use wide::f64x4;

use crate::filter::{BiquadDesign, Cascade};
use crate::scan::peak;
use vectors::widest;

const RUNS: usize = 3;
type Single = Cascade<f64, RUNS>;
type Four = Cascade<f64x4, RUNS>;
/// Samples that are filtered at a time.
const CHUNK: usize = 256;

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
    #[inline(never)]
    pub(crate) fn fill(&mut self, samples: &[f64], sample_rate_hz: f64) {
        widest(
            #[inline(always)]
            || self.fill_inlined(samples, sample_rate_hz),
        );
    }

    #[inline(always)]
    fn fill_inlined(&mut self, samples: &[f64], sample_rate_hz: f64) {
        let highpass = |hz| BiquadDesign::butterworth_highpass(hz, sample_rate_hz);
        let lowpass = |hz| BiquadDesign::butterworth_lowpass(hz, sample_rate_hz);
        let mut remove_lowest = Single::new([highpass(LOWEST_HZ)], |[value]| value);
        let mut split =
            Four::new([highpass(2000.0), highpass(100.0), lowpass(2000.0), lowpass(500.0)], f64x4::new);
        let Self { exact, full, above_2_khz, above_100_hz, below_2_khz, below_500_hz } = self;
        let length = samples.len();
        exact.resize(length, 0.0);
        for copy in [&mut *full, above_2_khz, above_100_hz, below_2_khz, below_500_hz] {
            copy.resize(length, 0.0);
        }
        for step in 0..length + Single::DELAY {
            let high_passed = remove_lowest.step(samples.get(step).copied().unwrap_or(0.0));
            if let Some(index) = step.checked_sub(Single::DELAY) {
                exact[index] = high_passed;
            }
        }
        for &sample in &exact[..Four::DELAY.min(length)] {
            split.step(f64x4::splat(sample));
        }
        let mut copies = [[0.0; 4]; CHUNK];
        for first in (0..length).step_by(CHUNK) {
            let copies = &mut copies[..CHUNK.min(length - first)];
            for (offset, copies) in copies.iter_mut().enumerate() {
                let sample = exact.get(first + Four::DELAY + offset).copied().unwrap_or(0.0);
                *copies = split.step(f64x4::splat(sample)).to_array();
            }
            let bands = [&mut *above_2_khz, above_100_hz, below_2_khz, below_500_hz];
            for (lane, band) in bands.into_iter().enumerate() {
                for (sample, copies) in band[first..].iter_mut().zip(&*copies) {
                    *sample = copies[lane] as f32;
                }
            }
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
