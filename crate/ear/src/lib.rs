//! What a patch sounds like: the test note played by the voice, and what can be heard in it as
//! numbers. Knows nothing of planes, networks, files or the web; compiles to wasm.
//!
//! The way of a sound: patch → [`note`] → [`spectrum`] and the timbre models → [`Heard`] →
//! [`Projection`] → [`Hearing`], which says how far apart two sounds are.
//!
//! ```
//! let heard = ear::Ear::new().hear(&patch::Patch::default());
//! assert!(heard.loudness_lufs > -40.0 && heard.scales()[2] > 20.0);
//! ```
#![forbid(unsafe_code)]

mod heard;
mod hearing;
pub mod note;
#[cfg(not(target_family = "wasm"))]
mod parallel;
mod projection;
pub mod spectrum;

pub use heard::{Ear, Heard, NUMBER_COUNT, SILENCE_LUFS, numbers};
pub use hearing::{COORDINATE_COUNT, Hearing, Sound};
#[cfg(not(target_family = "wasm"))]
pub use parallel::{each, hear_all};
pub use projection::{COMPONENT_COUNT, Phi, Projection};
pub use spectrum::{FEATURE_COUNT, Features};
