//! From the settings of a patch to a point of the latent plane: an `encoder.onnx` that reads columns.

use super::{COLUMNS, DISTRIBUTION, OWN_TRAINING, PATCH_ENCODER_FORMAT};
use crate::ModelError;
use crate::encoder::LatentDistribution;
use crate::kind::ModelKind;
use crate::manifest::Manifest;
use crate::network::Network;
use patch::Patch;
use patch::encoding::{self, COLUMN_COUNT};

/// An encoder network that reads a patch's columns, loaded and ready.
#[derive(Debug)]
pub struct ColumnEncoder {
    network: Network,
}

impl ModelKind for ColumnEncoder {
    const FORMAT: &'static str = PATCH_ENCODER_FORMAT;
    const VERSION: &'static str = "1";
    const REMEDY: &'static str = OWN_TRAINING;
    const INPUTS: &'static [(&'static str, usize)] = &[(COLUMNS, COLUMN_COUNT)];
    const OUTPUTS: &'static [(&'static str, usize)] = DISTRIBUTION;

    fn statements() -> Manifest {
        Manifest::of_patches()
    }

    fn from_network(network: Network) -> Self {
        Self { network }
    }
}

impl ColumnEncoder {
    /// The distribution of a patch, by its settings.
    ///
    /// # Errors
    /// If a result is not finite.
    pub fn encode(&mut self, patch: &Patch) -> Result<LatentDistribution, ModelError> {
        LatentDistribution::compute(&mut self.network, &encoding::encode(patch))
    }
}
