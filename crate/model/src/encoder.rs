//! From a patch to a point of the latent plane.

use crate::ModelError;
use crate::contract::{self, HEARD, HEARD_COUNT, Kind};
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
    listens: bool,
}

impl Encoder {
    /// Loads `encoder.onnx`, given as its bytes.
    ///
    /// # Errors
    /// If the bytes are not an ONNX file, do not keep the [contract], or use an unknown operator.
    pub fn from_onnx(onnx: &[u8]) -> Result<Self, ModelError> {
        let model = read(onnx)?;
        let inputs = model.graph.as_ref().map_or(&[][..], |graph| &graph.input);
        let listens = inputs.iter().any(|port| port.name == HEARD);
        contract::check(&model, if listens { Kind::ListeningEncoder } else { Kind::Encoder })?;
        Ok(Self { network: Network::new(&model)?, listens })
    }

    /// Whether it wants to know what a patch sounds like instead of how it is set.
    pub fn listens(&self) -> bool {
        self.listens
    }

    /// Where `patch` lies on the plane. `heard` is what crate `ear` measures of its sound;
    /// an encoder that does not [listen](Self::listens) needs none.
    ///
    /// # Errors
    /// If it listens and `heard` is absent or not finite, or a result is not finite.
    pub fn encode(
        &mut self,
        patch: &Patch,
        heard: Option<&[f32; HEARD_COUNT]>,
    ) -> Result<Encoding, ModelError> {
        let (mut mean, mut log_variance) = ([0.0; 2], [0.0; 2]);
        let columns = encoding::encode(patch);
        let input = if self.listens { heard.ok_or(ModelError::NotHeard)? } else { &columns[..] };
        self.network.run(&[input], &mut [&mut mean, &mut log_variance])?;
        Ok(Encoding { mean, log_variance })
    }
}
