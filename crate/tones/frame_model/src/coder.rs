//! Runs the two networks: features to latent numbers, latent numbers to features. Never allocates after
//! construction.

use spectral::ToneFeatures;

use crate::latent_axis::LATENT_LIMIT;
use crate::layer::{FrameLayer, activate};
use crate::model::{FrameModel, SCALE_COUNT};
use crate::normalisation::{COLUMN_COUNT, FEATURE_COUNT};

/// Runs a model's networks.
#[derive(Clone)]
pub struct FrameCoder {
    model: FrameModel,
    hidden: [Vec<[f32; 1]>; 2],
    columns: [f32; COLUMN_COUNT],
    outputs: [f32; FEATURE_COUNT],
}

impl FrameCoder {
    /// Takes a model that [`FrameModel::checked`] or [`FrameModel::from_bytes`] gave.
    pub fn new(model: FrameModel) -> Self {
        let hidden = vec![[0.0]; model.width()];
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
        run::<1>(&self.model.encoder, self.columns.as_chunks().0, &mut self.hidden, latent.as_chunks_mut().0);
        latent.iter_mut().for_each(|number| *number = finite(*number));
    }

    /// Writes the envelope and the noise of these latent numbers at a pitch in Hz; missing numbers count as 0. Pitch
    /// and level of the features stay.
    pub fn decode(&mut self, latent: &[f32], frequency_hz: f32, features: &mut ToneFeatures) {
        let input = decoder_input(&self.model, latent, frequency_hz);
        let input = &input[..=self.model.latents()];
        run::<1>(&self.model.decoder, input.as_chunks().0, &mut self.hidden, self.outputs.as_chunks_mut().0);
        self.model.normalisation.levels(&self.outputs, features);
    }

    /// The timbral scales that the model expects of these latent numbers, in points.
    pub fn scales(&self, latent: &[f32]) -> [f32; SCALE_COUNT] {
        let mut scales = [0.0; SCALE_COUNT];
        self.model.scales.run(latent, &mut scales);
        scales
    }
}

/// Only a model with extreme weights gives numbers that are not finite.
pub(crate) fn finite(number: f32) -> f32 {
    if number.is_finite() { number } else { 0.0 }
}

/// The input of the decoder: the latent numbers, of which missing ones count as 0, and the scaled pitch.
pub(crate) fn decoder_input(
    model: &FrameModel,
    latent: &[f32],
    frequency_hz: f32,
) -> [f32; LATENT_LIMIT + 1] {
    let latents = model.latents();
    let mut input = [0.0; LATENT_LIMIT + 1];
    for (own, &number) in input[..latents].iter_mut().zip(latent) {
        *own = finite(number).clamp(-1e3, 1e3);
    }
    input[latents] = model.normalisation.scaled_pitch(frequency_hz);
    input
}

/// Runs a network on `N` inputs side by side.
pub(crate) fn run<const N: usize>(
    layers: &[FrameLayer; 3],
    input: &[[f32; N]],
    hidden: &mut [Vec<[f32; N]>; 2],
    output: &mut [[f32; N]],
) {
    let [first, second] = hidden;
    layers[0].run_together(input, first);
    activate(first.as_flattened_mut());
    layers[1].run_together(first, second);
    activate(second.as_flattened_mut());
    layers[2].run_together(second, output);
}
