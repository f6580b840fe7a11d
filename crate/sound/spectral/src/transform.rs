//! The Fourier transform of a frame and its inverse, with their buffers. Never allocates after construction.

use std::f64::consts::TAU;
use std::sync::Arc;

use fourier::{Complex32, Fft, Planner, samples, samples_mut};
use vectors::widest;

use crate::real_spectrum::{correlate, join, part};

/// Both transforms of one even length, by transforms of half as many complex numbers, each of two samples.
#[derive(Clone)]
pub(crate) struct FrameTransform {
    forward: Arc<dyn Fft<f32>>,
    inverse: Arc<dyn Fft<f32>>,
    /// e^(−2πik / length) for k from 1 to below a quarter of the length.
    turns: Vec<Complex32>,
    pairs: Vec<Complex32>,
    bins: Vec<Complex32>,
    scratch: Vec<Complex32>,
}

impl FrameTransform {
    /// Plans the transforms of `length` samples.
    pub(crate) fn new(length: usize) -> Self {
        let mut planner = Planner::new();
        let pairs = length / 2;
        let forward = planner.complex_forward(pairs);
        let inverse = planner.complex_inverse(pairs);
        let scratch = forward.get_outofplace_scratch_len().max(inverse.get_outofplace_scratch_len());
        let turn = |k: usize| {
            let (sine, cosine) = (-TAU / length as f64 * k as f64).sin_cos();
            Complex32::new(cosine as f32, sine as f32)
        };
        Self {
            forward,
            inverse,
            turns: (1..pairs.div_ceil(2)).map(turn).collect(),
            pairs: vec![Complex32::default(); pairs],
            bins: vec![Complex32::default(); pairs + 1],
            scratch: vec![Complex32::default(); scratch],
        }
    }

    /// Lets `fill` write the samples, then transforms them. The buffer is not cleared before.
    #[inline(always)]
    pub(crate) fn forward(&mut self, fill: impl FnOnce(&mut [f32])) -> &mut [Complex32] {
        self.transform_pairs(fill);
        widest(
            #[inline(always)]
            || part(&mut self.bins, &self.turns),
        );
        &mut self.bins
    }

    /// The bins of the last forward transform.
    pub(crate) fn bins(&self) -> &[Complex32] {
        &self.bins
    }

    /// Lets `fill` write the bins, then transforms them back, without the division by the length. The imaginary parts
    /// of the first and the last bin count as zero.
    #[inline(always)]
    pub(crate) fn inverse(&mut self, fill: impl FnOnce(&mut [Complex32])) -> &[f32] {
        fill(&mut self.bins);
        widest(
            #[inline(always)]
            || join(&mut self.bins, &self.turns),
        );
        self.transform_back()
    }

    /// Lets `fill` write the samples, then correlates them with themselves: the inverse transform of the squares of
    /// their magnitudes.
    #[inline(always)]
    pub(crate) fn correlation(&mut self, fill: impl FnOnce(&mut [f32])) -> &[f32] {
        self.transform_pairs(fill);
        widest(
            #[inline(always)]
            || correlate(&mut self.bins, &self.turns),
        );
        self.transform_back()
    }

    #[inline(always)]
    fn transform_pairs(&mut self, fill: impl FnOnce(&mut [f32])) {
        fill(samples_mut(&mut self.pairs));
        let count = self.pairs.len();
        self.forward.process_outofplace_with_scratch(
            &mut self.pairs,
            &mut self.bins[..count],
            &mut self.scratch,
        );
    }

    fn transform_back(&mut self) -> &[f32] {
        let count = self.pairs.len();
        self.inverse.process_outofplace_with_scratch(
            &mut self.bins[..count],
            &mut self.pairs,
            &mut self.scratch,
        );
        samples(&self.pairs)
    }
}
