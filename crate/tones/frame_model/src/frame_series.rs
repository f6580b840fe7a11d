//! Runs the frames of a whole sound through the networks, natively several side by side: a weight is read once for
//! all of them, so that the networks take about half the time. The numbers are those of [`crate::ToneCoder`].

use spectral::{FrameLayout, PitchEstimate, SpectralError, ToneFeatureMap, ToneFeatures, ToneFrame};

use crate::coder::{decoder_input, finite, run};
use crate::latent_axis::LATENT_LIMIT;
use crate::latent_frame::LatentFrame;
use crate::model::FrameModel;
use crate::normalisation::{COLUMN_COUNT, FEATURE_COUNT};
use crate::tone_coder::{ToneCoder, TonePitch};

/// Frames side by side: natively two vectors of AVX2, which take the least time. In the browser one, since the
/// code for more would make the download larger.
const TOGETHER: usize = if cfg!(target_family = "wasm") { 1 } else { 16 };

/// Runs a model on many frames of an analysis.
pub(crate) struct FrameSeriesCoder<'a> {
    model: &'a FrameModel,
    map: ToneFeatureMap,
    features: Vec<ToneFeatures>,
    hidden: [Vec<[f32; TOGETHER]>; 2],
}

impl<'a> FrameSeriesCoder<'a> {
    /// A coder for frames of an analysis with this layout.
    ///
    /// # Errors
    /// As [`ToneFeatureMap::new`].
    pub(crate) fn new(
        model: &'a FrameModel,
        layout: FrameLayout,
        sample_rate_hz: f32,
    ) -> Result<Self, SpectralError> {
        let hidden = vec![[0.0; TOGETHER]; model.width()];
        Ok(Self {
            map: ToneFeatureMap::new(layout, sample_rate_hz)?,
            features: vec![ToneFeatures::default(); TOGETHER],
            hidden: [hidden.clone(), hidden],
            model,
        })
    }

    /// Latent numbers, pitch and level of each frame.
    pub(crate) fn encode(&mut self, frames: &[(PitchEstimate, ToneFrame)]) -> Vec<LatentFrame> {
        let Self { model, map, features, hidden } = self;
        let latents = model.latents();
        let mut encoded = Vec::with_capacity(frames.len());
        let mut column = [0.0; COLUMN_COUNT];
        for frames in frames.chunks(TOGETHER) {
            let mut columns = [[0.0; TOGETHER]; COLUMN_COUNT];
            for (place, ((_, frame), features)) in frames.iter().zip(features.iter_mut()).enumerate() {
                map.features(frame, features);
                model.normalisation.scaled(features, &mut column);
                put(&column, &mut columns, place);
            }
            let mut numbers = [[0.0; TOGETHER]; LATENT_LIMIT];
            run(&model.encoder, &columns, hidden, &mut numbers[..latents]);
            encoded.extend(frames.iter().zip(&*features).enumerate().map(
                |(place, ((_, frame), features))| {
                    let latent = numbers[..latents].iter().map(|number| finite(number[place])).collect();
                    LatentFrame { pitch: TonePitch::of(frame, features), latent }
                },
            ));
        }
        encoded
    }

    /// The frames of these latent numbers, with exactly their pitches and levels.
    pub(crate) fn decode(&mut self, frames: &[LatentFrame]) -> Vec<ToneFrame> {
        let Self { model, map, features, hidden } = self;
        let latents = model.latents();
        let mut decoded = Vec::with_capacity(frames.len());
        for frames in frames.chunks(TOGETHER) {
            let mut inputs = [[0.0; TOGETHER]; LATENT_LIMIT + 1];
            for (place, frame) in frames.iter().enumerate() {
                put(&decoder_input(model, &frame.latent, frame.pitch.frequency_hz), &mut inputs, place);
            }
            let mut outputs = [[0.0; TOGETHER]; FEATURE_COUNT];
            run(&model.decoder, &inputs[..=latents], hidden, &mut outputs);
            for (place, (frame, features)) in frames.iter().zip(features.iter_mut()).enumerate() {
                model.normalisation.levels(&outputs.map(|output| output[place]), features);
                let mut tone = ToneFrame::default();
                ToneCoder::frame_of(map, features, frame.pitch, &mut tone);
                decoded.push(tone);
            }
        }
        decoded
    }
}

/// Puts the numbers of one frame at its place side by side with others.
fn put(numbers: &[f32], together: &mut [[f32; TOGETHER]], place: usize) {
    for (together, number) in together.iter_mut().zip(numbers) {
        together[place] = *number;
    }
}
