//! The axes of a latent space, and how many there may be.

/// The most latent numbers of a model.
pub const LATENT_LIMIT: usize = 32;

/// An axis of the latent space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatentAxis {
    /// The 5th percentile of the domain's frames.
    pub low: f32,
    /// The 95th.
    pub high: f32,
    /// The axis' share of the variance of all axes, 0…1. The first axis has the greatest.
    pub share: f32,
}
