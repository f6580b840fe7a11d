//! What the two kinds of models differ in while they learn: which numbers of a frame they read and write, how frames are
//! changed, and how a finished model runs.

use super::augmentation::AugmentationShares;
use crate::error::TrainError;
use frame_model::{
    BIN_COUNT, COLUMN_COUNT, FEATURE_COUNT, FrameCoder, FrameModel, NoteSound, TextureCoder, TextureModel,
    bin_weights, texture_columns, texture_layout,
};
use rand::Rng;
use spectral::{ENVELOPE_COUNT, SpectralError, ToneFeatures};

/// A kind of models.
pub trait FrameHead {
    /// The numbers of a frame: features, then what the decoder also reads.
    type Columns: AsRef<[f32]> + AsMut<[f32]> + Copy + Send + Sync;
    /// Runs a model.
    type Coder;
    /// How many columns there are.
    const COLUMNS: usize;
    /// How many of them come back.
    const FEATURES: usize;

    /// The frames of a sound that can be learned from.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
    fn columns(note: &NoteSound) -> Result<Vec<Self::Columns>, SpectralError>;

    /// What each feature's error counts, 1 on average.
    fn weights() -> Vec<f32>;

    /// Changes a frame; `other` is one of the same domain.
    fn augment(
        shares: &AugmentationShares,
        columns: &mut Self::Columns,
        other: &Self::Columns,
        random: &mut impl Rng,
    );

    /// The model of these parts.
    ///
    /// # Errors
    /// [`TrainError::Frames`] if they do not fit.
    fn coder(parts: FrameModel) -> Result<Self::Coder, TrainError>;

    /// Writes the latent numbers of a frame.
    fn encode(coder: &mut Self::Coder, columns: &Self::Columns, latent: &mut [f32]);

    /// The features that come back of a frame, in dB.
    fn through(coder: &mut Self::Coder, columns: &Self::Columns, latent: &mut [f32]) -> Vec<f32>;

    /// The file of these parts, and the model that is read from it.
    ///
    /// # Errors
    /// [`TrainError::Frames`] if they do not fit.
    fn file(parts: FrameModel) -> Result<(Vec<u8>, Self::Coder), TrainError>;

    /// Too few sounds can be learned from.
    fn too_few(found: usize) -> TrainError;
}

/// Harmonics and noise of one pitch.
pub struct ToneHead;

/// The whole spectrum.
pub struct TextureHead;

impl FrameHead for ToneHead {
    type Columns = [f32; COLUMN_COUNT];
    type Coder = FrameCoder;
    const COLUMNS: usize = COLUMN_COUNT;
    const FEATURES: usize = FEATURE_COUNT;

    fn columns(note: &NoteSound) -> Result<Vec<Self::Columns>, SpectralError> {
        note.columns()
    }

    fn weights() -> Vec<f32> {
        vec![1.0; FEATURE_COUNT]
    }

    fn augment(
        shares: &AugmentationShares,
        columns: &mut Self::Columns,
        other: &Self::Columns,
        random: &mut impl Rng,
    ) {
        shares.apply(columns, other, random);
    }

    fn coder(parts: FrameModel) -> Result<Self::Coder, TrainError> {
        Ok(FrameCoder::new(parts.checked()?))
    }

    fn encode(coder: &mut Self::Coder, columns: &Self::Columns, latent: &mut [f32]) {
        coder.encode(&features(columns), latent);
    }

    fn through(coder: &mut Self::Coder, columns: &Self::Columns, latent: &mut [f32]) -> Vec<f32> {
        let original = features(columns);
        let mut decoded = original.clone();
        coder.encode(&original, latent);
        coder.decode(latent, original.frequency_hz, &mut decoded);
        decoded.envelope_db.iter().chain(&decoded.noise_db).copied().collect()
    }

    fn file(parts: FrameModel) -> Result<(Vec<u8>, Self::Coder), TrainError> {
        let bytes = parts.checked()?.to_bytes();
        let coder = FrameCoder::new(FrameModel::from_bytes(&bytes)?);
        Ok((bytes, coder))
    }

    fn too_few(found: usize) -> TrainError {
        TrainError::TooFewNotes { found }
    }
}

/// The features that columns came from.
pub(super) fn features(columns: &[f32; COLUMN_COUNT]) -> ToneFeatures {
    let mut features =
        ToneFeatures { frequency_hz: columns[FEATURE_COUNT].exp2(), ..ToneFeatures::default() };
    features.envelope_db.copy_from_slice(&columns[..ENVELOPE_COUNT]);
    features.noise_db.copy_from_slice(&columns[ENVELOPE_COUNT..FEATURE_COUNT]);
    features
}

/// The most frames of a sound that are learned from: memory, not time, is the limit.
const TEXTURE_FRAMES: usize = 48;
/// Any rate will do: the columns are those of the model's own bins.
const RATE_HZ: f32 = 44_100.0;

impl FrameHead for TextureHead {
    type Columns = [f32; BIN_COUNT];
    type Coder = TextureCoder;
    const COLUMNS: usize = BIN_COUNT;
    const FEATURES: usize = BIN_COUNT;

    fn columns(note: &NoteSound) -> Result<Vec<Self::Columns>, SpectralError> {
        texture_columns(note, TEXTURE_FRAMES)
    }

    fn weights() -> Vec<f32> {
        bin_weights().to_vec()
    }

    fn augment(
        shares: &AugmentationShares,
        columns: &mut Self::Columns,
        other: &Self::Columns,
        random: &mut impl Rng,
    ) {
        shares.apply_to_bins(columns, other, random);
    }

    fn coder(parts: FrameModel) -> Result<Self::Coder, TrainError> {
        Ok(TextureCoder::new(TextureModel::new(parts)?, texture_layout(RATE_HZ), RATE_HZ)?)
    }

    fn encode(coder: &mut Self::Coder, columns: &Self::Columns, latent: &mut [f32]) {
        coder.through(columns, latent);
    }

    fn through(coder: &mut Self::Coder, columns: &Self::Columns, latent: &mut [f32]) -> Vec<f32> {
        coder.through(columns, latent).to_vec()
    }

    fn file(parts: FrameModel) -> Result<(Vec<u8>, Self::Coder), TrainError> {
        let bytes = TextureModel::new(parts)?.to_bytes();
        let model = TextureModel::from_bytes(&bytes)?;
        Ok((bytes, TextureCoder::new(model, texture_layout(RATE_HZ), RATE_HZ)?))
    }

    fn too_few(found: usize) -> TrainError {
        TrainError::TooFewSounds { found }
    }
}
