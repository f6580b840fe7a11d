//! `encoder.onnx`, whichever of the two kinds of encoder it is: from a patch to a point of the latent plane.

use crate::ModelError;
use crate::kind::ModelKind;
use crate::kinds::{ColumnEncoder, FEATURE_COUNT, LATENT_COUNT, SoundEncoder};
use crate::manifest::Manifest;
use crate::network::{Network, read};
use patch::Patch;
use plane::Point;

/// An encoder's result: a normal distribution over the plane with independent axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatentDistribution {
    /// Its centre.
    pub mean: Point,
    /// Natural logarithm of its variance along x, y.
    pub log_variance: [f32; LATENT_COUNT],
}

impl LatentDistribution {
    /// Computes an encoder network's outputs for a row.
    pub(crate) fn compute(network: &mut Network, row: &[f32]) -> Result<Self, ModelError> {
        let (mut mean, mut log_variance) = ([0.0; LATENT_COUNT], [0.0; LATENT_COUNT]);
        network.run(&[row], &mut [&mut mean, &mut log_variance])?;
        let [x, y] = mean;
        Ok(Self { mean: Point { x, y }, log_variance })
    }
}

/// The encoder network, loaded and ready.
#[derive(Debug)]
pub struct PatchEncoder(EncoderKind);

#[derive(Debug)]
enum EncoderKind {
    Column(ColumnEncoder),
    Sound(SoundEncoder),
}

impl PatchEncoder {
    /// Loads `encoder.onnx`, given as its bytes.
    ///
    /// # Errors
    /// As [`ModelKind::load`].
    pub fn from_onnx(onnx: &[u8]) -> Result<Self, ModelError> {
        let file = read(onnx)?;
        let manifest = Manifest::read(&file, SoundEncoder::REMEDY)?;
        let reads = |(name, _): &(&str, usize)| manifest.inputs.iter().any(|port| port.name == *name);
        Ok(Self(if SoundEncoder::INPUTS.iter().all(reads) {
            EncoderKind::Sound(SoundEncoder::from_file(&file)?)
        } else {
            EncoderKind::Column(ColumnEncoder::from_file(&file)?)
        }))
    }

    /// True if the encoder reads the features of a patch's sound instead of its settings.
    pub fn needs_features(&self) -> bool {
        matches!(self.0, EncoderKind::Sound(_))
    }

    /// The distribution of `patch` on the plane. Crate `features` measures `features` in its sound; an encoder that
    /// does not [need](Self::needs_features) them ignores them.
    ///
    /// # Errors
    /// If it needs features and they are absent or not finite, or a result is not finite.
    pub fn encode(
        &mut self,
        patch: &Patch,
        features: Option<&[f32; FEATURE_COUNT]>,
    ) -> Result<LatentDistribution, ModelError> {
        match &mut self.0 {
            EncoderKind::Column(encoder) => encoder.encode(patch),
            EncoderKind::Sound(encoder) => encoder.encode(features.ok_or(ModelError::FeaturesMissing)?),
        }
    }
}
