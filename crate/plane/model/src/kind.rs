//! The trait [`ModelKind`] of all kinds of model. A new kind is one module in `kinds` that implements it; no other file
//! lists the kinds.

use crate::ModelError;
use crate::manifest::{Manifest, Port};
use crate::network::{Network, read};
use crate::onnx::ModelProto;

/// A kind of model file, implemented by the type that runs it.
pub trait ModelKind: Sized {
    /// Value of the key `format`, one of its own. Kinds share one only if one loader tells them apart by the
    /// names of their inputs, as [`PatchEncoder`](crate::PatchEncoder) does.
    const FORMAT: &'static str;
    /// Value of the key `version`: change it when older files would be misread.
    const VERSION: &'static str;
    /// The command or program that trains such a model. The errors about its metadata and ports advise: train it with …
    const REMEDY: &'static str;
    /// Names and lengths of the inputs; each has shape [1, length].
    const INPUTS: &'static [(&'static str, usize)];
    /// Names and lengths of the outputs; each has shape [1, length].
    const OUTPUTS: &'static [(&'static str, usize)];

    /// The statements that a file of this kind must make besides format, version, inputs and outputs, which
    /// [`ModelKind::manifest`] adds. The kind's own keys are in [`Manifest::other`].
    fn statements() -> Manifest;

    /// The model, from the network of a checked file.
    fn from_network(network: Network) -> Self;

    /// The required manifest of this kind; a writer adds its source and licence.
    fn manifest() -> Manifest {
        let rows =
            |ports: &[(&str, usize)]| ports.iter().map(|&(name, length)| Port::row(name, length)).collect();
        Manifest {
            format: Self::FORMAT.to_owned(),
            version: Self::VERSION.to_owned(),
            inputs: rows(Self::INPUTS),
            outputs: rows(Self::OUTPUTS),
            ..Self::statements()
        }
    }

    /// Loads a file of this kind, given as its bytes.
    ///
    /// # Errors
    /// If the bytes are not an ONNX file, its manifest is not that of this kind, or it uses an unknown operator.
    fn load(onnx: &[u8]) -> Result<Self, ModelError> {
        Self::from_file(&read(onnx)?)
    }

    /// Loads a decoded file of this kind.
    ///
    /// # Errors
    /// As [`ModelKind::load`].
    fn from_file(file: &ModelProto) -> Result<Self, ModelError> {
        Manifest::read(file, Self::REMEDY)?.check(&Self::manifest(), Self::REMEDY)?;
        Ok(Self::from_network(Network::new(file)?))
    }
}
