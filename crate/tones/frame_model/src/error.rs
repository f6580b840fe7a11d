//! Errors of model files. Never mentions paths: the caller adds them.

use thiserror::Error;

/// The reason why bytes are no model of frames.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum FrameModelError {
    /// Another kind of file.
    #[error("this is not a model of timbre frames; make one with `latent-pad train --task timbre`")]
    NoModel,
    /// A model of textures where tones are needed.
    #[error("this is a model of textures, without pitch; use one of tones, such as strings")]
    Texture,
    /// A model of tones where textures are needed.
    #[error("this is a model of tones, not of textures; use one of textures")]
    Tones,
    /// The file ends too early.
    #[error("the model of timbre frames is cut off; copy or train it again")]
    TooShort,
    /// Bytes after the end.
    #[error("the model of timbre frames has {count} bytes too many; copy or train it again")]
    TooLong {
        /// The number of bytes after the end.
        count: usize,
    },
    /// A part that no model has.
    #[error("the model of timbre frames is damaged ({what}); copy or train it again")]
    Damaged {
        /// The damaged part.
        what: &'static str,
    },
    /// A latent vector of another length.
    #[error("the model has {expected} latent numbers, not {found}; use a model with {found}")]
    Latents {
        /// The model's.
        expected: usize,
        /// The given ones.
        found: usize,
    },
}
