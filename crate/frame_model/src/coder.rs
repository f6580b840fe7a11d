//! The two networks at work: features to latent numbers, latent numbers to features. Never allocates after
//! construction.

use spectral::ToneFeatures;

use crate::layer::{FrameLayer, activate};
use crate::model::{FrameModel, LATENT_LIMIT, SCALE_COUNT};
use crate::normalisation::{COLUMN_COUNT, FEATURE_COUNT};

/// Runs a model's networks.
#[derive(Clone)]
pub struct FrameCoder {
    model: FrameModel,
    hidden: [Vec<f32>; 2],
    columns: [f32; COLUMN_COUNT],
    outputs: [f32; FEATURE_COUNT],
}

impl FrameCoder {
    /// Takes a model that [`FrameModel::checked`] or [`FrameModel::from_bytes`] gave.
    pub fn new(model: FrameModel) -> Self {
        let hidden = vec![0.0; model.width()];
        Self {
            hidden: [hidden.clone(), hidden],
            columns: [0.0; COLUMN_COUNT],
            outputs: [0.0; FEATURE_COUNT],
            model,
        }
    }

    /// The model.
    pub fn model(&self) -> &FrameModel {
        &self.model
    }

    /// Writes the mean of the latent numbers of these features; at most as many as the model has.
    pub fn encode(&mut self, features: &ToneFeatures, latent: &mut [f32]) {
        self.model.normalisation.scaled(features, &mut self.columns);
        run(&self.model.encoder, &self.columns, &mut self.hidden, latent);
        // Only a model with absurd weights gets here.
        latent.iter_mut().filter(|number| !number.is_finite()).for_each(|number| *number = 0.0);
    }

    /// Writes the envelope and the noise of these latent numbers at a pitch in Hz; missing numbers count as 0. Pitch
    /// and level of the features stay.
    pub fn decode(&mut self, latent: &[f32], frequency_hz: f32, features: &mut ToneFeatures) {
        let latents = self.model.latents();
        let mut input = [0.0; LATENT_LIMIT + 1];
        for (own, &number) in input[..latents].iter_mut().zip(latent) {
            *own = if number.is_finite() { number.clamp(-1e3, 1e3) } else { 0.0 };
        }
        input[latents] = self.model.normalisation.scaled_pitch(frequency_hz);
        run(&self.model.decoder, &input[..=latents], &mut self.hidden, &mut self.outputs);
        self.model.normalisation.levels(&self.outputs, features);
    }

    /// The timbral scales that the model expects of these latent numbers, in points.
    pub fn scales(&self, latent: &[f32]) -> [f32; SCALE_COUNT] {
        let mut scales = [0.0; SCALE_COUNT];
        self.model.scales.run(latent, &mut scales);
        scales
    }
}

pub(crate) fn run(layers: &[FrameLayer; 3], input: &[f32], hidden: &mut [Vec<f32>; 2], output: &mut [f32]) {
    let [first, second] = hidden;
    layers[0].run(input, first);
    activate(first);
    layers[1].run(first, second);
    activate(second);
    layers[2].run(second, output);
}
