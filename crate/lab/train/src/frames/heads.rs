//! The differences of the two kinds of models in training: which numbers of a frame they read and write, how frames are
//! changed, and how a finished model runs.

use super::augmentation::AugmentationShares;
use super::band_error::BandError;
use super::transposed::transposed;
use crate::error::{LEAST_SOUNDS, TrainError};
use candle_core::Tensor;
use frame_model::{
    BIN_COUNT, COLUMN_COUNT, FEATURE_COUNT, FrameCoder, FrameModel, FrameNormalisation, NoteSound,
    TextureCoder, TextureModel, bin_weights, columns, texture_columns, texture_layout,
};
use rand::Rng;
use spectral::{ENVELOPE_COUNT, SpectralError, ToneFeatures};

/// The columns of a frame, and the level below which nothing of it is audible, in dB relative to the frame's level.
pub type AudibleFrame<C> = (C, f32);

/// A kind of models.
pub trait FrameHead {
    /// The numbers of a frame: features, then what the decoder also reads.
    type Columns: AsRef<[f32]> + AsMut<[f32]> + Copy + Send + Sync;
    /// Runs a model.
    type Coder;
    /// The number of columns.
    const COLUMNS: usize;
    /// The number of features, the first columns, which the decoder computes.
    const FEATURES: usize;
    /// True if the held-back notes are learned, too, once they have shown the best number of steps.
    const LEARNS_ALL: bool;

    /// Compares frames.
    type Gauge;

    /// The frames of a sound that can be learned from.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
    fn frames(note: &NoteSound) -> Result<Vec<AudibleFrame<Self::Columns>>, SpectralError>;

    /// Copies of a sound whose frames are also learned from.
    fn copies(note: &NoteSound) -> Vec<NoteSound>;

    /// The weight of each feature in the error of all features, 1 on average.
    fn weights() -> Vec<f32>;

    /// The value that compares frames.
    ///
    /// # Errors
    /// [`SpectralError`] does not happen with the usual layout.
    fn gauge() -> Result<Self::Gauge, SpectralError>;

    /// The scalar to minimise: the difference of decoded features from columns, both scaled. `of_features` is the mean
    /// error of the features, in units of 10 dB.
    ///
    /// # Errors
    /// The errors of candle.
    fn error(
        gauge: &mut Self::Gauge,
        of_features: Tensor,
        decoded: &Tensor,
        columns: &Tensor,
        floors_db: &[f32],
        normalisation: &FrameNormalisation,
    ) -> candle_core::Result<Tensor>;

    /// The difference of decoded features from a frame, in dB, by which the stop is chosen.
    fn difference_db(gauge: &mut Self::Gauge, made: &[f32], columns: &Self::Columns, floor_db: f32) -> f32;

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

    /// The features that the model decodes from a frame's latent numbers, in dB.
    fn through(coder: &mut Self::Coder, columns: &Self::Columns, latent: &mut [f32]) -> Vec<f32>;

    /// The file of these parts, and the model that is read from it.
    ///
    /// # Errors
    /// [`TrainError::Frames`] if they do not fit.
    fn file(parts: FrameModel) -> Result<(Vec<u8>, Self::Coder), TrainError>;

    /// Too few sounds can be learned from.
    fn too_few(found: usize) -> TrainError;
}

/// The weight of the error of all features of a tone beside the error of the bands; it trains the features that change
/// no band.
const FEATURE_SHARE: f64 = 0.1;
/// Bands of a tone this far below the loudest of the note are silent, in dB, as in [`spectral::band_difference_db`].
const FLOOR_DB: f32 = 60.0;

/// Harmonics and noise of one pitch.
pub struct ToneHead;

/// The whole spectrum.
pub struct TextureHead;

impl FrameHead for ToneHead {
    type Columns = [f32; COLUMN_COUNT];
    type Coder = FrameCoder;
    type Gauge = BandError;
    const COLUMNS: usize = COLUMN_COUNT;
    const FEATURES: usize = FEATURE_COUNT;
    const LEARNS_ALL: bool = true;

    fn frames(note: &NoteSound) -> Result<Vec<AudibleFrame<Self::Columns>>, SpectralError> {
        let mut gauge = Self::gauge()?;
        let frames: Vec<_> =
            note.features()?.iter().map(|features| (columns(features), features.level_db)).collect();
        let loudest = frames.iter().map(|(columns, level_db)| gauge.loudest_db(columns) + level_db);
        let floor_db = loudest.fold(f32::MIN, f32::max) - FLOOR_DB;
        Ok(frames.into_iter().map(|(columns, level_db)| (columns, floor_db - level_db)).collect())
    }

    fn copies(note: &NoteSound) -> Vec<NoteSound> {
        transposed(note).collect()
    }

    fn weights() -> Vec<f32> {
        vec![1.0; FEATURE_COUNT]
    }

    fn gauge() -> Result<Self::Gauge, SpectralError> {
        BandError::new()
    }

    fn error(
        gauge: &mut Self::Gauge,
        of_features: Tensor,
        decoded: &Tensor,
        columns: &Tensor,
        floors_db: &[f32],
        normalisation: &FrameNormalisation,
    ) -> candle_core::Result<Tensor> {
        gauge.of(decoded, columns, floors_db, normalisation)? + (of_features * FEATURE_SHARE)?
    }

    fn difference_db(gauge: &mut Self::Gauge, made: &[f32], columns: &Self::Columns, floor_db: f32) -> f32 {
        gauge.difference_db(made, columns, floor_db)
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
/// Any rate is suitable: the columns are those of the model's own bins.
const RATE_HZ: f32 = 44_100.0;

impl FrameHead for TextureHead {
    type Columns = [f32; BIN_COUNT];
    type Coder = TextureCoder;
    type Gauge = Vec<f32>;
    const COLUMNS: usize = BIN_COUNT;
    const FEATURES: usize = BIN_COUNT;
    const LEARNS_ALL: bool = false;

    fn frames(note: &NoteSound) -> Result<Vec<AudibleFrame<Self::Columns>>, SpectralError> {
        Ok(texture_columns(note, TEXTURE_FRAMES)?
            .into_iter()
            .map(|columns| (columns, frame_model::FLOOR_DB))
            .collect())
    }

    fn copies(_note: &NoteSound) -> Vec<NoteSound> {
        Vec::new()
    }

    fn weights() -> Vec<f32> {
        bin_weights().to_vec()
    }

    fn gauge() -> Result<Self::Gauge, SpectralError> {
        Ok(Self::weights())
    }

    fn error(
        _gauge: &mut Self::Gauge,
        of_features: Tensor,
        _decoded: &Tensor,
        _columns: &Tensor,
        _floors_db: &[f32],
        _normalisation: &FrameNormalisation,
    ) -> candle_core::Result<Tensor> {
        Ok(of_features)
    }

    fn difference_db(gauge: &mut Self::Gauge, made: &[f32], columns: &Self::Columns, _floor_db: f32) -> f32 {
        let pairs = made.iter().zip(columns).zip(&*gauge);
        pairs.map(|((a, b), weight)| weight * (a - b).abs()).sum::<f32>() / BIN_COUNT as f32
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
        if found < LEAST_SOUNDS {
            TrainError::TooFewSounds { found }
        } else {
            TrainError::TooFewNames { found }
        }
    }
}
