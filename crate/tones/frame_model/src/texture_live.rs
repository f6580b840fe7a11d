//! Transforms a live sound by a model of textures, block by block. Never allocates after construction.

use spectral::{FrameLayout, FrameSource, Lookahead, PhaseSynthesizer, SpectralError};

use crate::latent_axis::LATENT_LIMIT;
use crate::texture_coder::TextureCoder;
use crate::texture_frame::texture_layout;
use crate::texture_model::TextureModel;

/// A live sound that becomes the textures of a model, with phases by RTPGHI(0). The transform and the networks run in
/// the last block of a hop, the phases in all of them.
#[derive(Clone)]
pub struct LiveTexture {
    layout: FrameLayout,
    coder: TextureCoder,
    source: FrameSource,
    synthesizer: PhaseSynthesizer,
    magnitudes: Vec<f32>,
}

impl LiveTexture {
    /// A live texture for blocks of `block` samples.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz, [`SpectralError::Block`] if the block does not divide
    /// the hop of [`texture_layout`].
    pub fn new(model: TextureModel, sample_rate_hz: f32, block: usize) -> Result<Self, SpectralError> {
        let layout = texture_layout(sample_rate_hz);
        Ok(Self {
            layout,
            coder: TextureCoder::new(model, layout, sample_rate_hz)?,
            source: FrameSource::new(layout),
            synthesizer: PhaseSynthesizer::new(layout, block, Lookahead::Causal)?,
            magnitudes: vec![0.0; layout.bins()],
        })
    }

    /// The delay of the sound in samples: 22.7 ms at 48 kHz with blocks of 64.
    pub fn latency(&self) -> usize {
        self.layout.window() + self.layout.hop() - self.synthesizer.block()
    }

    /// Replaces the next block of the sound by the next block of the result. `change` may change the latent
    /// numbers and the level in dB of each frame.
    pub fn render(&mut self, block: &mut [f32], change: impl FnOnce(&mut [f32], &mut f32)) {
        if self.source.push(block) {
            let mut latent = [0.0; LATENT_LIMIT];
            let latent = &mut latent[..self.coder.model().parts().latents()];
            let mut level_db = self.coder.encode(self.source.magnitudes(), latent);
            change(latent, &mut level_db);
            self.coder.decode(latent, level_db, &mut self.magnitudes);
            self.synthesizer.begin_frame(&self.magnitudes);
        }
        self.synthesizer.render_block(block);
    }
}
