//! The latent plane: the networks that lead to it and back, run by tract, and the known patches on
//! it. Knows patches; knows nothing of sound, of the web or of training.
//!
//! The way of a point: bytes → [`onnx`] → [`contract`] → `wiring` → `network` → [`Decoder`] → patch.
#![forbid(unsafe_code)]

#[cfg(feature = "network")]
pub mod contract;
pub mod coordinates;
#[cfg(feature = "network")]
mod decoder;
#[cfg(feature = "network")]
mod encoder;
#[cfg(feature = "network")]
mod error;
#[cfg(feature = "foreign")]
pub mod foreign;
pub mod map;
#[cfg(feature = "network")]
pub mod network;
#[cfg(feature = "network")]
pub mod onnx;
pub mod presets;
#[cfg(feature = "network")]
mod product;
mod shortened;
#[cfg(feature = "network")]
mod weights;
#[cfg(feature = "network")]
mod wiring;

#[cfg(feature = "network")]
pub use decoder::Decoder;
#[cfg(feature = "network")]
pub use encoder::{Encoder, Encoding};
#[cfg(feature = "network")]
pub use error::ModelError;
