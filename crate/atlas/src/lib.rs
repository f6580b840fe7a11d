//! The latent plane by ear: what its patches sound like, point by point. Plays and listens to what a
//! decoder gives; trains nothing, judges nothing, opens no file.
#![forbid(unsafe_code)]

pub mod chart;
pub mod descent;
// It listens on all cores at once, as `ear::each` does, which a browser cannot.
#[cfg(not(target_family = "wasm"))]
pub mod places;
