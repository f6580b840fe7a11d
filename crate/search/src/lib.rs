//! Perceptual search on the latent plane: what its patches sound like, point by point, and which point sounds most
//! like a given sound. Renders and measures what a decoder gives; trains nothing, judges nothing, opens no file.
#![forbid(unsafe_code)]

pub mod pattern_search;
// It measures on all cores at once, as `features::extract_each` does, which a browser cannot.
#[cfg(not(target_family = "wasm"))]
pub mod perceptual;
pub mod timbral_map;

pub use pattern_search::{PatternSearch, ScoredPoint};
#[cfg(not(target_family = "wasm"))]
pub use perceptual::PerceptualSearch;
