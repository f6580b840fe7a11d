//! A frame of a sound in a latent space.

use crate::tone_coder::TonePitch;

/// A frame of a sound in a latent space.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LatentFrame {
    /// The pitch, voicing and level.
    pub pitch: TonePitch,
    /// The latent numbers.
    pub latent: Vec<f32>,
}
