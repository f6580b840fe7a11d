//! The Fourier transform of a frame and its inverse, with their buffers. Never allocates after construction.

use std::sync::Arc;

use fourier::{Complex32, ComplexToReal, Planner, RealToComplex};

/// Both transforms of one length.
#[derive(Clone)]
pub(crate) struct FrameTransform {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    samples: Vec<f32>,
    bins: Vec<Complex32>,
    scratch: Vec<Complex32>,
}

impl FrameTransform {
    /// Plans the transforms of `length` samples.
    pub(crate) fn new(length: usize) -> Self {
        let mut planner = Planner::new();
        let forward = planner.real_forward(length);
        let inverse = planner.real_inverse(length);
        let scratch = forward.get_scratch_len().max(inverse.get_scratch_len());
        Self {
            samples: forward.make_input_vec(),
            bins: forward.make_output_vec(),
            scratch: vec![Complex32::default(); scratch],
            forward,
            inverse,
        }
    }

    /// Lets `fill` write the samples, then transforms them. The buffer is not cleared before.
    #[inline(always)]
    pub(crate) fn forward(&mut self, fill: impl FnOnce(&mut [f32])) -> &mut [Complex32] {
        fill(&mut self.samples);
        let scratch = &mut self.scratch[..self.forward.get_scratch_len()];
        self.forward
            .process_with_scratch(&mut self.samples, &mut self.bins, scratch)
            .expect("the buffers were made by the plan itself");
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
        let last = self.bins.len() - 1;
        self.bins[0].im = 0.0;
        self.bins[last].im = 0.0;
        let scratch = &mut self.scratch[..self.inverse.get_scratch_len()];
        self.inverse
            .process_with_scratch(&mut self.bins, &mut self.samples, scratch)
            .expect("the buffers were made by the plan itself");
        &self.samples
    }
}
