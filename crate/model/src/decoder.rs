//! From a point of the latent plane to a patch.

use crate::ModelError;
use crate::contract::{self, Kind};
use crate::network::{Network, read};
use patch::Patch;
use patch::encoding::{self, COLUMN_COUNT};

/// The decoder network, loaded and ready.
#[derive(Debug)]
pub struct Decoder {
    network: Network,
}

impl Decoder {
    /// Loads `decoder.onnx`, given as its bytes.
    ///
    /// # Errors
    /// If the bytes are not an ONNX file, do not keep the [contract], or use an unknown operator.
    pub fn from_onnx(onnx: &[u8]) -> Result<Self, ModelError> {
        let model = read(onnx)?;
        contract::check(&model, Kind::Decoder)?;
        Ok(Self { network: Network::new(&model)? })
    }

    /// The patch at a point; `latent` is x, y, meant to be within ±[`contract::LATENT_LIMIT`].
    ///
    /// # Errors
    /// If a coordinate or a result is not finite.
    pub fn decode(&mut self, latent: [f32; 2]) -> Result<Patch, ModelError> {
        Ok(encoding::decode(&self.columns(latent)?))
    }

    /// The network's own output at a point: 27 columns of 0…1, then 29 class logits.
    ///
    /// # Errors
    /// If a coordinate or a result is not finite.
    pub fn columns(&mut self, latent: [f32; 2]) -> Result<[f32; COLUMN_COUNT], ModelError> {
        let mut columns = [0.0; COLUMN_COUNT];
        self.network.run(&[&latent], &mut [&mut columns])?;
        Ok(columns)
    }
}
