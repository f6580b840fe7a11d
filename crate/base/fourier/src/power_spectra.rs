//! Power spectra of the frames of a sound, two at a time: a complex transform of one frame beside the other takes less
//! time than two real ones.

use std::sync::Arc;

use num_complex::Complex32;
use rustfft::Fft;

use crate::Planner;

/// Measures the power spectra of frames with a Hann window. Plans once, and keeps its buffers.
#[derive(Clone)]
pub struct PowerSpectra {
    plan: Arc<dyn Fft<f32>>,
    window: Vec<f32>,
    pairs: Vec<Complex32>,
    scratch: Vec<Complex32>,
    powers: [Vec<f32>; 2],
}

impl PowerSpectra {
    /// For frames of this even number of samples. The window's sum is one: the level of a tone does not depend on the
    /// length.
    pub fn new(frame: usize) -> Self {
        let plan = Planner::new().complex_forward(frame);
        let turn = |n: usize| std::f64::consts::TAU * n as f64 / frame as f64;
        let hann: Vec<f64> = (0..frame).map(|n| 0.5 - 0.5 * turn(n).cos()).collect();
        let sum: f64 = hann.iter().sum();
        Self {
            window: hann.iter().map(|weight| (weight / sum) as f32).collect(),
            pairs: vec![Complex32::default(); frame],
            scratch: vec![Complex32::default(); plan.get_inplace_scratch_len()],
            powers: [(); 2].map(|()| vec![0.0; frame / 2 + 1]),
            plan,
        }
    }

    /// The powers of the bins of the two frames that begin at these samples, from 0 Hz to half the sample rate. Samples
    /// before and after the sound are 0.
    pub fn measure(&mut self, sound: &[f32], starts: [isize; 2]) -> [&[f32]; 2] {
        let Self { plan, window, pairs, scratch, powers } = self;
        pairs.fill(Complex32::default());
        for (part, start) in starts.into_iter().enumerate() {
            let before = start.min(0).unsigned_abs().min(window.len());
            let samples = sound.get(start.max(0) as usize..).unwrap_or(&[]);
            let places = pairs[before..].iter_mut().zip(samples).zip(&window[before..]);
            if part == 0 {
                places.for_each(|((pair, sample), weight)| pair.re = sample * weight);
            } else {
                places.for_each(|((pair, sample), weight)| pair.im = sample * weight);
            }
        }
        plan.process_with_scratch(pairs, scratch);
        let [first, second] = powers.each_mut();
        let middle = first.len() - 1;
        (first[0], second[0]) = (pairs[0].re.powi(2), pairs[0].im.powi(2));
        (first[middle], second[middle]) = (pairs[middle].re.powi(2), pairs[middle].im.powi(2));
        // A real frame's spectrum is symmetric, an imaginary one's antisymmetric.
        let bins = pairs[1..middle].iter().zip(pairs[middle + 1..].iter().rev());
        let powers = first[1..middle].iter_mut().zip(&mut second[1..middle]);
        for ((first, second), (low, high)) in powers.zip(bins) {
            *first = 0.25 * ((low.re + high.re).powi(2) + (low.im - high.im).powi(2));
            *second = 0.25 * ((low.re - high.re).powi(2) + (low.im + high.im).powi(2));
        }
        self.powers.each_ref().map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_frames_have_the_spectra_of_each_alone() {
        let sound: Vec<f32> =
            (0..300).map(|n| (n as f32 * 0.7).sin() + 0.3 * (n as f32 * 2.9).cos()).collect();
        let mut spectra = PowerSpectra::new(64);
        let plan = Planner::new().real_forward(64);
        for starts in [[0, 32], [-40, 270], [-64, 300], [100, 900]] {
            let window = spectra.window.clone();
            let found = spectra.measure(&sound, starts);
            for (start, found) in starts.into_iter().zip(found) {
                let sample = |n: usize| sound.get(usize::try_from(start + n as isize).ok()?).copied();
                let mut input: Vec<f32> = (0..64).map(|n| sample(n).unwrap_or(0.0) * window[n]).collect();
                let mut bins = plan.make_output_vec();
                plan.process(&mut input, &mut bins).unwrap();
                assert_eq!(found.len(), bins.len());
                for (bin, power) in bins.iter().zip(found) {
                    assert!((bin.norm_sqr() - power).abs() < 1e-7, "{start}: {bin} {power}");
                }
            }
        }
    }
}
