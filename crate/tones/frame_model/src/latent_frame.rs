//! A frame of a sound in a latent space.

use crate::tone_coder::TonePitch;

/// A frame of a sound in a latent space.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LatentFrame {
    /// What else it has.
    pub pitch: TonePitch,
    /// The latent numbers.
    pub latent: Vec<f32>,
}
