//! Turns a live sound into frames: takes blocks of samples, gives a spectrum each hop. Never allocates after
//! construction.

use fourier::Complex32;
use vectors::widest;

use crate::frames::magnitude;
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

    /// Forgets all samples: as before the first one.
    pub fn reset(&mut self) {
        self.ring.fill(0.0);
        self.next = 0;
    }

    /// Takes the next samples; a sample that is not finite counts as zero. Returns true if a hop is now complete,
    /// provided the samples never go beyond the end of one.
    pub fn push(&mut self, mut samples: &[f32]) -> bool {
        while !samples.is_empty() {
            let (now, later) = samples.split_at(samples.len().min(self.ring.len() - self.next));
            for (own, &sample) in self.ring[self.next..].iter_mut().zip(now) {
                *own = if sample.is_finite() { sample } else { 0.0 };
            }
            self.next = (self.next + now.len()) % self.ring.len();
            samples = later;
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
        self.transform_window();
        self.transform.bins()
    }

    /// The magnitudes of the last window of samples, at most the greatest finite number.
    pub fn magnitudes(&mut self) -> &[f32] {
        // With AVX2 or AVX-512 where the machine has it: each bin is computed alone.
        widest(
            #[inline(always)]
            || {
                self.transform_window();
                for (own, bin) in self.magnitudes.iter_mut().zip(self.transform.bins()) {
                    *own = magnitude(bin);
                }
            },
        );
        &self.magnitudes
    }

    #[inline(always)]
    fn transform_window(&mut self) {
        let Self { window, ring, next, transform, .. } = self;
        let (newer, older) = ring.split_at(*next);
        transform.forward(|buffer| {
            let (first, second) = buffer.split_at_mut(older.len());
            let (first_weights, second_weights) = window.split_at(older.len());
            for (own, samples, weights) in [(first, older, first_weights), (second, newer, second_weights)] {
                for ((own, sample), weight) in own.iter_mut().zip(samples).zip(weights) {
                    *own = sample * weight;
                }
            }
        });
    }
}
