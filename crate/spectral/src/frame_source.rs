//! A live sound becomes frames: blocks of samples in, a spectrum each hop. Never allocates after construction.

use fourier::Complex32;

use crate::layout::FrameLayout;
use crate::transform::FrameTransform;
use crate::window::hann;

/// Keeps the last window of a live sound and transforms it.
#[derive(Clone)]
pub struct FrameSource {
    layout: FrameLayout,
    window: Vec<f32>,
    /// The last samples, as a ring.
    ring: Vec<f32>,
    next: usize,
    transform: FrameTransform,
    magnitudes: Vec<f32>,
}

impl FrameSource {
    /// Before the first sample is silence.
    pub fn new(layout: FrameLayout) -> Self {
        Self {
            layout,
            window: hann(layout.window()),
            ring: vec![0.0; layout.window()],
            next: 0,
            transform: FrameTransform::new(layout.window()),
            magnitudes: vec![0.0; layout.bins()],
        }
    }

    /// Takes the next samples; what is not finite counts as zero. Returns whether a hop is now complete, if the
    /// samples never go beyond the end of one.
    pub fn push(&mut self, samples: &[f32]) -> bool {
        for &sample in samples {
            self.ring[self.next] = if sample.is_finite() { sample } else { 0.0 };
            self.next = (self.next + 1) % self.ring.len();
        }
        self.next.is_multiple_of(self.layout.hop())
    }

    /// The last window of samples, oldest first, in two parts.
    pub fn samples(&self) -> [&[f32]; 2] {
        let (newer, older) = self.ring.split_at(self.next);
        [older, newer]
    }

    /// The spectrum of the last window of samples.
    pub fn spectrum(&mut self) -> &[Complex32] {
        let Self { window, ring, next, transform, .. } = self;
        let (newer, older) = ring.split_at(*next);
        transform.forward(|buffer| {
            for ((value, sample), weight) in
                buffer.iter_mut().zip(older.iter().chain(newer)).zip(window.iter())
            {
                *value = sample * weight;
            }
        })
    }

    /// The magnitudes of the last window of samples.
    pub fn magnitudes(&mut self) -> &[f32] {
        self.spectrum();
        for (magnitude, bin) in self.magnitudes.iter_mut().zip(self.transform.bins()) {
            *magnitude = bin.norm();
        }
        &self.magnitudes
    }
}
