//! The evaluated model: a decoder and an encoder, in latent-pad's or the published layout.

use crate::rows::Protocol;
use crate::{Columns, EvaluateError};
use ::model::network::{Network, read};
use ::model::{LatentDistribution, ModelError, PatchDecoder, PatchEncoder};
use features::FEATURE_COUNT;
use patch::encoding::{CATEGORICAL, COLUMN_COUNT, CONTINUOUS, class_range, encode};
use patch::{Parameter, Patch};
use plane::Point;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;

/// The layouts in which networks read and write a patch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ModelLayout {
    /// latent-pad's own, which the files' manifests declare.
    #[default]
    Ours,
    /// As published (Peachey et al., IS² 2023): 56 columns of 0–1, the continuous ones scaled by the
    /// extremes of their data set, all behind a sigmoid.
    Paper,
}

/// The continuous columns whose greatest value in the published data set is not the parameter's.
/// Source: the min-max scaling in the published code, applied to Debian's banks.
const PUBLISHED_MAXIMUM: [(Parameter, f32); 3] = [
    (Parameter::AmpDecay, 2.496_6),
    (Parameter::FilterDecay, 2.491_72),
    (Parameter::FreqModAmount, 1.259_92),
];

/// Seed of the sampled points of the paper's protocol.
const SAMPLING_SEED: u64 = 1;

enum Networks {
    Ours { decoder: PatchDecoder, encoder: PatchEncoder },
    Paper { decoder: Network, encoder: Network },
}

/// The error of the file of the two that is invalid.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The error of the decoder.
    #[error("the decoder: {0}")]
    Decoder(ModelError),
    /// The error of the encoder.
    #[error("the encoder: {0}")]
    Encoder(ModelError),
}

/// A decoder with its encoder.
pub struct EvaluatedModel {
    networks: Networks,
    protocol: Protocol,
    random: ChaCha8Rng,
}

impl EvaluatedModel {
    /// Loads both, given as their bytes.
    ///
    /// # Errors
    /// If a file is not a network of this layout.
    pub fn from_onnx(decoder: &[u8], encoder: &[u8], layout: ModelLayout) -> Result<Self, LoadError> {
        let networks = match layout {
            ModelLayout::Ours => Networks::Ours {
                decoder: PatchDecoder::from_onnx(decoder).map_err(LoadError::Decoder)?,
                encoder: PatchEncoder::from_onnx(encoder).map_err(LoadError::Encoder)?,
            },
            ModelLayout::Paper => Networks::Paper {
                decoder: published(decoder, 2, &[COLUMN_COUNT]).map_err(LoadError::Decoder)?,
                encoder: published(encoder, COLUMN_COUNT, &[2, 2]).map_err(LoadError::Encoder)?,
            },
        };
        Ok(Self { networks, protocol: Protocol::Clean, random: ChaCha8Rng::seed_from_u64(SAMPLING_SEED) })
    }

    /// Sets the protocol.
    pub(crate) fn follow(&mut self, protocol: Protocol) {
        self.protocol = protocol;
        self.random = ChaCha8Rng::seed_from_u64(SAMPLING_SEED);
    }

    /// The columns at a point, in our scale.
    ///
    /// # Errors
    /// If the network gives a number that is not finite.
    pub fn columns(&mut self, point: Point) -> Result<Columns, ModelError> {
        let mut columns = match &mut self.networks {
            Networks::Ours { decoder, .. } => decoder.columns(point)?,
            Networks::Paper { decoder, .. } => {
                let mut columns = [0.0; COLUMN_COUNT];
                decoder.run(&[&[point.x, point.y]], &mut [&mut columns])?;
                rescale(&mut columns, |own, published| own * published);
                columns
            }
        };
        if self.protocol == Protocol::Paper {
            // The published slices end one class too early: the last class of every categorical can never be chosen.
            CATEGORICAL.into_iter().for_each(|parameter| columns[class_range(parameter).end - 1] = f32::MIN);
        }
        Ok(columns)
    }

    /// The encoder's point for a patch: the mean, or by the paper's protocol a sample from its distribution.
    ///
    /// # Errors
    /// If the network gives a number that is not finite.
    pub fn encode(&mut self, patch: &Patch, features: &[f32; FEATURE_COUNT]) -> Result<Point, EvaluateError> {
        let LatentDistribution { mean, log_variance } = match &mut self.networks {
            Networks::Ours { encoder, .. } => encoder.encode(patch, Some(features))?,
            Networks::Paper { encoder, .. } => {
                let mut columns = encode(patch);
                rescale(&mut columns, |own, published| own / published);
                let (mut mean, mut log_variance) = ([0.0; 2], [0.0; 2]);
                encoder.run(&[&columns], &mut [&mut mean, &mut log_variance])?;
                let [x, y] = mean;
                LatentDistribution { mean: Point { x, y }, log_variance }
            }
        };
        if self.protocol == Protocol::Clean {
            return Ok(mean);
        }
        let mut drawn = |mean: f32, log_variance: f32| {
            let deviation: f32 = self.random.sample(StandardNormal);
            mean + deviation * (0.5 * log_variance).exp()
        };
        Ok(Point { x: drawn(mean.x, log_variance[0]), y: drawn(mean.y, log_variance[1]) })
    }
}

/// A network of the published layout with `inputs` inputs; it may have more outputs than `outputs`.
fn published(onnx: &[u8], inputs: usize, outputs: &[usize]) -> Result<Network, ModelError> {
    let network = Network::new(&read(onnx)?)?;
    let wrong = |place, found: &[usize], expected: &[usize]| ModelError::Port {
        place,
        found: format!("{found:?} numbers"),
        expected: format!("{expected:?}"),
        remedy: "the published code, or leave out --layout paper",
    };
    if network.input_lengths() != [inputs] {
        return Err(wrong("input", network.input_lengths(), &[inputs]));
    }
    if !network.output_lengths().starts_with(outputs) {
        return Err(wrong("output", network.output_lengths(), outputs));
    }
    Ok(network)
}

/// Applies `change` to each column whose scale differs, with the ratio of the maxima.
fn rescale(columns: &mut Columns, change: impl Fn(f32, f32) -> f32) {
    for (parameter, maximum) in PUBLISHED_MAXIMUM {
        let column = CONTINUOUS.iter().position(|&continuous| continuous == parameter);
        if let Some(column) = column {
            columns[column] = change(columns[column], maximum / parameter.info().max);
        }
    }
}
