//! Model files: the manifest of an ONNX file, and running its network by tract. Knows patches and points; knows
//! nothing of sound, of the web or of training.
//!
//! The pipeline: bytes → [`onnx`] → [`Manifest`], checked by its [`ModelKind`] → graph lowering → [`network`] →
//! one of the [`kinds`], such as [`PatchDecoder`]. A new kind is one module in `kinds`.
//!
//! The root re-exports the types that load the instrument's two files: the kind [`PatchDecoder`], and [`PatchEncoder`],
//! which loads both kinds of encoder. Any other kind is used as `model::kinds::X`.
#![forbid(unsafe_code)]

mod encoder;
mod error;
#[cfg(feature = "generic")]
pub mod generic;
mod kind;
pub mod kinds;
mod lowering;
pub mod manifest;
pub mod network;
pub mod onnx;
mod product;
mod weights;

pub use encoder::{LatentDistribution, PatchEncoder};
pub use error::ModelError;
pub use kind::ModelKind;
pub use kinds::PatchDecoder;
pub use manifest::Manifest;
