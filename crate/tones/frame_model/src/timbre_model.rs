//! A model of either kind, for whole sounds: the file determines the kind.

use spectral::{FrameLayout, SpectralError};

use crate::error::FrameModelError;
use crate::file::TEXTURE_MAGIC;
use crate::latent_frame::LatentFrame;
use crate::model::FrameModel;
use crate::texture_frame::texture_layout;
use crate::texture_model::TextureModel;
use crate::tone_coder::frame_layout;
use crate::whole_sound::{decode_sound, encode_sound, transferred};
use crate::whole_texture::{decode_texture, encode_texture, transferred_texture};

/// A model of tones or of textures.
#[derive(Clone, Debug, PartialEq)]
pub enum TimbreModel {
    /// One pitch at a time: harmonics and noise.
    Tones(FrameModel),
    /// The whole spectrum, without a pitch.
    Textures(TextureModel),
}

impl TimbreModel {
    /// The model in a file.
    ///
    /// # Errors
    /// If the bytes are no such file, or a damaged one.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrameModelError> {
        if bytes.starts_with(TEXTURE_MAGIC) {
            TextureModel::from_bytes(bytes).map(Self::Textures)
        } else {
            FrameModel::from_bytes(bytes).map(Self::Tones)
        }
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Tones(model) => model.to_bytes(),
            Self::Textures(model) => model.to_bytes(),
        }
    }

    /// The parts of the model: name, axes, scaling and networks.
    pub fn parts(&self) -> &FrameModel {
        match self {
            Self::Tones(model) => model,
            Self::Textures(model) => model.parts(),
        }
    }

    /// The layout of the frames of sounds of this rate.
    pub fn layout(&self, sample_rate_hz: f32) -> FrameLayout {
        match self {
            Self::Tones(_) => frame_layout(sample_rate_hz),
            Self::Textures(_) => texture_layout(sample_rate_hz),
        }
    }

    /// The frames of a sound of one channel; those of textures have no pitch.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
    pub fn encode(&self, samples: &[f32], sample_rate_hz: f32) -> Result<Vec<LatentFrame>, SpectralError> {
        match self {
            Self::Tones(model) => encode_sound(model, samples, sample_rate_hz),
            Self::Textures(model) => encode_texture(model, samples, sample_rate_hz),
        }
    }

    /// The sound of `length` samples with these frames: the same samples every time.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
    pub fn decode(
        &self,
        frames: &[LatentFrame],
        sample_rate_hz: f32,
        length: usize,
    ) -> Result<Vec<f32>, SpectralError> {
        match self {
            Self::Tones(model) => decode_sound(model, frames, sample_rate_hz, length),
            Self::Textures(model) => decode_texture(model, frames, sample_rate_hz, length),
        }
    }

    /// A sound with the timbre of the model's domain, see [`transferred`]. A texture keeps its own level, and
    /// `strength` is the share of the domain's timbre in the power of every bin.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
    pub fn transferred(
        &self,
        samples: &[f32],
        sample_rate_hz: f32,
        strength: f32,
    ) -> Result<Vec<f32>, SpectralError> {
        match self {
            Self::Tones(model) => transferred(model, samples, sample_rate_hz, strength),
            Self::Textures(model) => transferred_texture(model, samples, sample_rate_hz, strength),
        }
    }
}
