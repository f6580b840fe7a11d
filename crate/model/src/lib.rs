//! The latent plane: the networks that lead to it and back, run by tract, and the known patches on
//! it. Knows patches; knows nothing of sound, of the web or of training.
//!
//! The way of a point: bytes → [`onnx`] → [`contract`] → `wiring` → `network` → [`Decoder`] → patch.
#![forbid(unsafe_code)]

pub mod contract;
mod decoder;
mod encoder;
mod error;
#[cfg(feature = "foreign")]
pub mod foreign;
pub mod network;
pub mod onnx;
mod product;
mod weights;
mod wiring;

pub use decoder::Decoder;
pub use encoder::{Encoder, Encoding};
pub use error::ModelError;
