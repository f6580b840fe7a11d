//! From a patch to a point of the latent plane.

use crate::ModelError;
use crate::contract::{self, Kind};
use crate::network::{Network, read};
use patch::Patch;
use patch::encoding;

/// Where the encoder places a patch: a normal distribution with independent axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Encoding {
    /// Its centre x, y.
    pub mean: [f32; 2],
    /// Natural logarithm of its variance along x, y.
    pub log_variance: [f32; 2],
}

/// The encoder network, loaded and ready.
#[derive(Debug)]
pub struct Encoder {
    network: Network,
}

impl Encoder {
    /// Loads `encoder.onnx`, given as its bytes.
    ///
    /// # Errors
    /// If the bytes are not an ONNX file, do not keep the [contract], or use an unknown operator.
    pub fn from_onnx(onnx: &[u8]) -> Result<Self, ModelError> {
        let model = read(onnx)?;
        contract::check(&model, Kind::Encoder)?;
        Ok(Self { network: Network::new(&model)? })
    }

    /// Where `patch` lies on the plane.
    ///
    /// # Errors
    /// If a result is not finite.
    pub fn encode(&mut self, patch: &Patch) -> Result<Encoding, ModelError> {
        let (mut mean, mut log_variance) = ([0.0; 2], [0.0; 2]);
        self.network.run(&encoding::encode(patch), &mut [&mut mean, &mut log_variance])?;
        Ok(Encoding { mean, log_variance })
    }
}
