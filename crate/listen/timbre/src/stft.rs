//! The short-time Fourier transform for onsets and the percussive share: 2048-point periodic Hann frames,
//! 512 samples apart, centred, with zeros beyond both ends. Never stores spectra.
//!
//! Constants: the defaults of librosa 0.10, `librosa.stft`, which timbral_models 0.4.0 relies on.

use fourier::{Complex32, Planner};

use crate::transform::{PairFourier, pairs};
use crate::window::hann;

/// Samples per frame.
pub(crate) const FRAME: usize = 2048;

/// Samples from frame to frame.
pub(crate) const HOP: usize = 512;

/// Bins per frame.
pub(crate) const BINS: usize = FRAME / 2 + 1;

/// The planned transform.
pub(crate) struct Stft {
    fourier: PairFourier,
    window: Vec<f32>,
    padded: Vec<f32>,
}

impl Stft {
    pub(crate) fn new(planner: &mut Planner) -> Self {
        let window = hann(FRAME).into_iter().map(|weight| weight as f32).collect();
        Self { fourier: PairFourier::new(planner, FRAME), window, padded: Vec::new() }
    }

    /// The Hann window.
    pub(crate) fn window(&self) -> &[f32] {
        &self.window
    }

    /// Calls `visit` with each frame's bins, in order.
    pub(crate) fn frames(&mut self, signal: &[f32], mut visit: impl FnMut(&[Complex32])) {
        self.padded.clear();
        self.padded.resize(FRAME / 2, 0.0);
        self.padded.extend_from_slice(signal);
        self.padded.resize(signal.len() + FRAME, 0.0);
        for (ranges, alone) in pairs(self.padded.len(), FRAME, HOP) {
            let frames = ranges.map(|range| &self.padded[range]);
            let [first, second] = self.fourier.transform(frames, &self.window, false);
            visit(first);
            if !alone {
                visit(second);
            }
        }
    }
}
