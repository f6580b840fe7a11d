//! Frames of magnitudes to latent numbers and back, at their level. Never allocates after construction.

use spectral::{FrameLayout, SpectralError};

use crate::coder::{finite, run};
use crate::latent_axis::LATENT_LIMIT;
use crate::normalisation::{FLOOR_DB, unscaled};
use crate::texture_frame::{BIN_COUNT, TextureGrid};
use crate::texture_model::TextureModel;

/// The greatest level of a bin, relative to the frame's own, in dB.
const GREATEST_DB: f32 = 0.0;

/// Runs a model of textures on frames of magnitudes.
#[derive(Clone)]
pub struct TextureCoder {
    model: TextureModel,
    grid: TextureGrid,
    hidden: [Vec<[f32; 1]>; 2],
    levels_db: Vec<f32>,
}

impl TextureCoder {
    /// A coder for frames with this layout.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
    pub fn new(model: TextureModel, layout: FrameLayout, sample_rate_hz: f32) -> Result<Self, SpectralError> {
        let hidden = vec![[0.0]; model.parts().width()];
        Ok(Self {
            grid: TextureGrid::new(layout, sample_rate_hz)?,
            hidden: [hidden.clone(), hidden],
            levels_db: vec![0.0; BIN_COUNT],
            model,
        })
    }

    /// The model.
    pub fn model(&self) -> &TextureModel {
        &self.model
    }

    /// Writes the mean of the latent numbers of a frame, at most as many as the model has, and returns the frame's
    /// level: its mean power in dB relative to 1.
    pub fn encode(&mut self, magnitudes: &[f32], latent: &mut [f32]) -> f32 {
        let level_db = self.grid.levels(magnitudes, &mut self.levels_db);
        self.encode_levels(latent);
        level_db
    }

    /// Writes the magnitudes of these latent numbers, with exactly this level; missing numbers count as 0.
    pub fn decode(&mut self, latent: &[f32], level_db: f32, magnitudes: &mut [f32]) {
        self.decode_levels(latent);
        self.grid.magnitudes(&mut self.levels_db, level_db, magnitudes);
    }

    /// Encodes and decodes the levels of [`crate::texture_columns`], for figures.
    pub fn through(&mut self, columns: &[f32; BIN_COUNT], latent: &mut [f32]) -> &[f32] {
        self.levels_db.copy_from_slice(columns);
        self.encode_levels(latent);
        self.decode_levels(latent);
        &self.levels_db
    }

    fn encode_levels(&mut self, latent: &mut [f32]) {
        let parts = self.model.parts();
        parts.normalisation.scale(&mut self.levels_db);
        let latents = latent.as_chunks_mut().0;
        run::<1>(&parts.encoder, self.levels_db.as_chunks().0, &mut self.hidden, latents);
        latent.iter_mut().for_each(|number| *number = finite(*number));
    }

    fn decode_levels(&mut self, latent: &[f32]) {
        let parts = self.model.parts();
        let mut input = [0.0; LATENT_LIMIT];
        let latents = parts.latents();
        for (own, &number) in input[..latents].iter_mut().zip(latent) {
            *own = finite(number).clamp(-1e3, 1e3);
        }
        let input = input[..latents].as_chunks().0;
        run::<1>(&parts.decoder, input, &mut self.hidden, self.levels_db.as_chunks_mut().0);
        let scaling = parts.normalisation.means.iter().zip(&parts.normalisation.spreads);
        for (level, (mean, spread)) in self.levels_db.iter_mut().zip(scaling) {
            *level = unscaled(*level, *mean, *spread).clamp(FLOOR_DB, GREATEST_DB);
        }
    }
}
