//! From the features of a patch's sound to a point of the latent plane: an `encoder.onnx` that reads features.

use super::{DISTRIBUTION, OWN_TRAINING, PATCH_ENCODER_FORMAT};
use crate::ModelError;
use crate::encoder::LatentDistribution;
use crate::kind::ModelKind;
use crate::manifest::Manifest;
use crate::network::Network;

/// Port of the features, and the key of their identity; existing files have this name.
pub const FEATURES: &str = "heard";
/// Value of that key: change it with the features.
const FEATURE_SET: &str = "mel 32 x 5 + level step + centroid + judged + 7 timbral scales";
/// The length of a sound's features, `AudioFeatures::vector` of crate `features`.
pub const FEATURE_COUNT: usize = 170;

/// An encoder network that reads the features of a sound, loaded and ready.
#[derive(Debug)]
pub struct SoundEncoder {
    network: Network,
}

impl ModelKind for SoundEncoder {
    const FORMAT: &'static str = PATCH_ENCODER_FORMAT;
    const VERSION: &'static str = "1";
    const REMEDY: &'static str = OWN_TRAINING;
    const INPUTS: &'static [(&'static str, usize)] = &[(FEATURES, FEATURE_COUNT)];
    const OUTPUTS: &'static [(&'static str, usize)] = DISTRIBUTION;

    fn statements() -> Manifest {
        let other = vec![(FEATURES.to_owned(), FEATURE_SET.to_owned())];
        Manifest { other, ..Manifest::of_patches() }
    }

    fn from_network(network: Network) -> Self {
        Self { network }
    }
}

impl SoundEncoder {
    /// The distribution of a sound.
    ///
    /// # Errors
    /// If a feature or a result is not finite.
    pub fn encode(&mut self, features: &[f32; FEATURE_COUNT]) -> Result<LatentDistribution, ModelError> {
        LatentDistribution::compute(&mut self.network, features)
    }
}
