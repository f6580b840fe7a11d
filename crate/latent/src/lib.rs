//! The latent plane: the networks that lead to it and back, run by tract, and the known patches on
//! it. Knows patches; knows nothing of sound, of the web or of training.
#![forbid(unsafe_code)]

#[cfg(feature = "network")]
pub mod contract;
#[cfg(feature = "network")]
mod error;
#[cfg(feature = "network")]
pub mod onnx;

#[cfg(feature = "network")]
pub use error::ModelError;
