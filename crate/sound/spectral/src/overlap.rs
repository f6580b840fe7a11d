//! Turns overlapped frames into samples, a hop at a time. Never allocates after construction.

use crate::layout::FrameLayout;
use crate::window::synthesis_window;

/// Adds windowed frames, and gives the samples that are complete.
#[derive(Clone)]
pub(crate) struct OverlapAdder {
    window: Vec<f32>,
    sums: Vec<f32>,
    ready: Vec<f32>,
}

impl OverlapAdder {
    /// An adder without any frame: silence.
    pub(crate) fn new(layout: FrameLayout) -> Self {
        Self {
            window: synthesis_window(layout),
            sums: vec![0.0; layout.window()],
            ready: vec![0.0; layout.hop()],
        }
    }

    /// Adds the samples of an inverse transform; afterwards the first hop of them is complete.
    pub(crate) fn add(&mut self, samples: &[f32]) {
        for ((sum, sample), weight) in self.sums.iter_mut().zip(samples).zip(&self.window) {
            *sum += sample * weight;
        }
        let hop = self.ready.len();
        self.ready.copy_from_slice(&self.sums[..hop]);
        self.sums.copy_within(hop.., 0);
        let end = self.sums.len();
        self.sums[end - hop..].fill(0.0);
    }

    /// Copies complete samples, from `start` within the hop.
    pub(crate) fn read(&self, start: usize, out: &mut [f32]) {
        out.copy_from_slice(&self.ready[start..start + out.len()]);
    }
}
