//! Shows the effect of a sound's phases: keeps its magnitudes, discards its phases and reconstructs them by one of two
//! methods of `spectral`. A lesson lets a person hear the difference and time it.

use crate::failed;
use spectral::{
    Complex32, FrameLayout, Lookahead, Magnitudes, ShortTimeFourier, SpectralFrames, fast_griffin_lim,
    random_phases, reconstruct, spectral_convergence_db,
};
use wasm_bindgen::prelude::*;

/// The magnitudes of a sound of one channel, and the sound reconstructed from them last; silence before.
#[wasm_bindgen]
pub struct PhaseTrial {
    transform: ShortTimeFourier,
    magnitudes: Magnitudes,
    found: Vec<f32>,
}

#[wasm_bindgen]
impl PhaseTrial {
    /// Takes the magnitudes of frames of 2048 samples, 256 apart.
    #[wasm_bindgen(constructor)]
    pub fn new(samples: &[f32]) -> Self {
        let mut transform = ShortTimeFourier::new(FrameLayout::default());
        let magnitudes = transform.analyze(samples).magnitudes();
        Self { transform, magnitudes, found: vec![0.0; samples.len()] }
    }

    /// Finds phases by `rounds` rounds of fast Griffin–Lim, from random phases that are the same at every run.
    ///
    /// # Errors
    /// `failed` if the frames did not fit; its own do.
    pub fn iterate(&mut self, rounds: u32) -> Result<(), JsError> {
        let start = random_phases(&self.magnitudes);
        let length = self.found.len();
        let frames = fast_griffin_lim(&mut self.transform, &self.magnitudes, start, length, rounds as usize);
        self.synthesize(&frames.map_err(|_| failed())?)
    }

    /// Finds phases by RTPGHI, which reads each frame once and no later frame.
    ///
    /// # Errors
    /// `failed` if the frames did not fit; its own do.
    pub fn integrate(&mut self) -> Result<(), JsError> {
        let frames = reconstruct(&self.magnitudes, self.transform.layout(), Lookahead::Causal);
        self.synthesize(&frames.map_err(|_| failed())?)
    }

    /// The spectral convergence of the sound found last, in dB: the difference of its own magnitudes from the
    /// magnitudes that were given; −∞ if they are equal, 0 for silence.
    pub fn convergence_db(&mut self) -> f64 {
        let magnitudes = self.transform.analyze(&self.found).magnitudes();
        spectral_convergence_db(&self.magnitudes, &magnitudes)
    }

    /// The sound found last.
    pub fn samples(&self) -> Vec<f32> {
        self.found.clone()
    }
}

impl PhaseTrial {
    fn synthesize(&mut self, frames: &SpectralFrames<Complex32>) -> Result<(), JsError> {
        self.found = self.transform.synthesize(frames, self.found.len()).map_err(|_| failed())?;
        Ok(())
    }
}
