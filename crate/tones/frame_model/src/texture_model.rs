//! A model of textures: the whole spectrum of a frame in a few numbers, for sounds of several pitches or without
//! pitch. Never runs its networks.

use crate::error::FrameModelError;
use crate::file::{MAGIC, TEXTURE_MAGIC};
use crate::model::FrameModel;
use crate::texture_frame::BIN_COUNT;

/// The networks read and write the levels of all bins, and no pitch.
const COLUMNS: [usize; 2] = [BIN_COUNT; 2];

/// A model of the textures of one domain.
#[derive(Clone, Debug, PartialEq)]
pub struct TextureModel {
    parts: FrameModel,
}

impl TextureModel {
    /// The model of these parts, if they fit each other: [`BIN_COUNT`] levels → hidden → hidden → latent, and back.
    ///
    /// # Errors
    /// [`FrameModelError::Damaged`] names the part that does not fit.
    pub fn new(parts: FrameModel) -> Result<Self, FrameModelError> {
        Ok(Self { parts: parts.checked_as(COLUMNS)? })
    }

    /// The parts of the model: name, axes, scaling and networks.
    pub fn parts(&self) -> &FrameModel {
        &self.parts
    }

    /// The file. Weights are rounded: the model that is read from it differs a little from this one, and gives the
    /// same bytes again.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.parts.to_bytes_after(TEXTURE_MAGIC)
    }

    /// The model in a file.
    ///
    /// # Errors
    /// If the bytes are no such file, or a damaged one.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrameModelError> {
        if bytes.starts_with(MAGIC) {
            return Err(FrameModelError::Tones);
        }
        Ok(Self { parts: FrameModel::from_bytes_after(bytes, TEXTURE_MAGIC, COLUMNS)? })
    }
}
