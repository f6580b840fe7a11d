//! The filtered copies of a sound that brightness and depth look at: without what lies below
//! 20 Hz, and from that what lies above or below four more frequencies.
//!
//! Figures from timbral_models 0.4.0, `timbral_brightness` and `timbral_depth`: each filter is a
//! second-order Butterworth run three times.

use crate::filter::{Coefficients, Section};
use crate::scan::peak;

const RUNS: usize = 3;
const LOWEST_HZ: f64 = 20.0;

/// The copies, all scaled so that the unfiltered-but-for-20-Hz one peaks at one.
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
        let highpass = |hz| Coefficients::butterworth_highpass(hz, sample_rate_hz);
        let lowpass = |hz| Coefficients::butterworth_lowpass(hz, sample_rate_hz);
        let mut remove_lowest: [_; RUNS] = std::array::from_fn(|_| Section::new([highpass(LOWEST_HZ)]));
        self.exact.clear();
        self.exact.extend(samples.iter().map(|&sample| {
            let [sample] = remove_lowest.iter_mut().fold([sample], |sample, section| section.step(sample));
            sample
        }));
        let peak = peak(&self.exact);
        let scale = if peak > 0.0 { 1.0 / peak } else { 0.0 };
        for sample in &mut self.exact {
            *sample *= scale;
        }
        let lanes = [highpass(2000.0), highpass(100.0), lowpass(2000.0), lowpass(500.0)];
        let mut split: [_; RUNS] = std::array::from_fn(|_| Section::new(lanes));
        let copies = [
            &mut self.above_2_khz,
            &mut self.above_100_hz,
            &mut self.below_2_khz,
            &mut self.below_500_hz,
            &mut self.full,
        ];
        for copy in copies {
            copy.resize(samples.len(), 0.0);
        }
        for (index, &sample) in self.exact.iter().enumerate() {
            let copies = split.iter_mut().fold([sample; 4], |sample, section| section.step(sample));
            let [above_2_khz, above_100_hz, below_2_khz, below_500_hz] = copies.map(|value| value as f32);
            self.full[index] = sample as f32;
            self.above_2_khz[index] = above_2_khz;
            self.above_100_hz[index] = above_100_hz;
            self.below_2_khz[index] = below_2_khz;
            self.below_500_hz[index] = below_500_hz;
        }
    }
}
