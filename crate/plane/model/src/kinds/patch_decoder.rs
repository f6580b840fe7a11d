//! From a point of the latent plane to a patch: `decoder.onnx`.

use super::{COLUMNS, LATENT, LATENT_COUNT, OWN_TRAINING};
use crate::ModelError;
use crate::kind::ModelKind;
use crate::manifest::Manifest;
use crate::network::Network;
use patch::Patch;
use patch::encoding::{self, COLUMN_COUNT};
use plane::{DecodeError, Point, PointDecoder};

/// The decoder network, loaded and ready.
#[derive(Debug)]
pub struct PatchDecoder {
    network: Network,
}

impl ModelKind for PatchDecoder {
    const FORMAT: &'static str = "latent-pad decoder";
    const VERSION: &'static str = "1";
    const REMEDY: &'static str = OWN_TRAINING;
    const INPUTS: &'static [(&'static str, usize)] = &[(LATENT, LATENT_COUNT)];
    const OUTPUTS: &'static [(&'static str, usize)] = &[(COLUMNS, COLUMN_COUNT)];

    fn statements() -> Manifest {
        Manifest::of_patches()
    }

    fn from_network(network: Network) -> Self {
        Self { network }
    }
}

impl PatchDecoder {
    /// Loads `decoder.onnx`, given as its bytes.
    ///
    /// # Errors
    /// As [`ModelKind::load`].
    pub fn from_onnx(onnx: &[u8]) -> Result<Self, ModelError> {
        Self::load(onnx)
    }

    /// The patch at a point, which should lie on the plane.
    ///
    /// # Errors
    /// If a coordinate or a result is not finite.
    pub fn decode(&mut self, point: Point) -> Result<Patch, ModelError> {
        Ok(encoding::decode(&self.columns(point)?))
    }

    /// The network's own output at a point: 27 columns of 0…1, then 29 class logits.
    ///
    /// # Errors
    /// If a coordinate or a result is not finite.
    pub fn columns(&mut self, point: Point) -> Result<[f32; COLUMN_COUNT], ModelError> {
        let mut columns = [0.0; COLUMN_COUNT];
        self.network.run(&[&[point.x, point.y]], &mut [&mut columns])?;
        Ok(columns)
    }
}

impl PointDecoder for PatchDecoder {
    fn decode(&mut self, point: Point) -> Result<Patch, DecodeError> {
        Self::decode(self, point).map_err(|_| DecodeError(point))
    }
}
