//! The short-time Fourier transform of a whole sound and its inverse. For a live sound see [`crate::FrameSource`].

use fourier::Complex32;

use crate::error::SpectralError;
use crate::frames::SpectralFrames;
use crate::layout::FrameLayout;
use crate::transform::FrameTransform;
use crate::window::{hann, synthesis_window};

/// A planned transform for many sounds.
#[derive(Clone)]
pub struct ShortTimeFourier {
    layout: FrameLayout,
    window: Vec<f32>,
    synthesis_window: Vec<f32>,
    transform: FrameTransform,
}

impl ShortTimeFourier {
    /// Plans the transform with a Hann window.
    pub fn new(layout: FrameLayout) -> Self {
        Self {
            layout,
            window: hann(layout.window()),
            synthesis_window: synthesis_window(layout),
            transform: FrameTransform::new(layout.window()),
        }
    }

    /// The layout of the frames.
    pub fn layout(&self) -> FrameLayout {
        self.layout
    }

    /// The frames of one channel; samples that are not finite count as zero.
    pub fn analyze(&mut self, samples: &[f32]) -> SpectralFrames<Complex32> {
        let mut frames = SpectralFrames::zeros(self.layout.bins(), self.layout.frames(samples.len()));
        self.analyze_into(samples, &mut frames);
        frames
    }

    /// As [`Self::analyze`], into frames that exist.
    pub(crate) fn analyze_into(&mut self, samples: &[f32], frames: &mut SpectralFrames<Complex32>) {
        let lead = self.layout.lead();
        for (index, frame) in frames.iter_mut().enumerate() {
            let start = index * self.layout.hop();
            let window = &self.window;
            let bins = self.transform.forward(|buffer| {
                for (n, (value, weight)) in buffer.iter_mut().zip(window).enumerate() {
                    let sample = (start + n).checked_sub(lead).and_then(|at| samples.get(at));
                    *value = sample.filter(|sample| sample.is_finite()).map_or(0.0, |sample| sample * weight);
                }
            });
            frame.copy_from_slice(bins);
        }
    }

    /// The sound of `length` samples whose frames are nearest to these in the least-squares sense (Griffin and Lim,
    /// 1984, equation 6): the sound itself for its own frames.
    ///
    /// # Errors
    /// [`SpectralError::Bins`] if the frames were made with another window.
    pub fn synthesize(
        &mut self,
        frames: &SpectralFrames<Complex32>,
        length: usize,
    ) -> Result<Vec<f32>, SpectralError> {
        if frames.bins() != self.layout.bins() {
            return Err(SpectralError::Bins { bins: frames.bins(), expected: self.layout.bins() });
        }
        let lead = self.layout.lead();
        let mut padded = vec![0.0; (lead + length).max(frames.count() * self.layout.hop() + lead)];
        for (index, frame) in frames.iter().enumerate() {
            let samples = self.transform.inverse(|bins| bins.copy_from_slice(frame));
            let target = &mut padded[index * self.layout.hop()..];
            for ((sum, sample), weight) in target.iter_mut().zip(samples).zip(&self.synthesis_window) {
                *sum += sample * weight;
            }
        }
        Ok(padded[lead..lead + length].to_vec())
    }
}
