//! The latent plane by ear: what its patches sound like, point by point. Plays and listens to what a
//! decoder gives; trains nothing, judges nothing, opens no file.
#![forbid(unsafe_code)]

pub mod chart;
pub mod descent;
pub mod places;
