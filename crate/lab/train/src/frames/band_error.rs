//! The error that a network of tones minimises: the difference of the mel bands of its output from the mel bands of its
//! input. Bands below the floor count as silent on both sides, as in the figures.

use candle_core::{Device, Result, Tensor};
use evaluate::COMPARED_BANDS;
use frame_model::{COLUMN_COUNT, FEATURE_COUNT, FrameNormalisation, PITCH_COLUMN};
use spectral::{ENVELOPE_COUNT, FrameLayout, NOISE_LEVEL_COUNT, SpectralError, ToneBands};

/// Errors below about this size, in dB, count by their squares, larger ones by their size.
const SMALL_ERROR_DB: f32 = 1.0;
/// An error of this size counts 1, in dB.
const UNIT_DB: f32 = 10.0;
/// The rate of the notes in training, in Hz: features have fixed frequencies, so any rate is suitable.
const RATE_HZ: f32 = 44_100.0;
/// A level in dB is this number times the natural logarithm of a power.
const DB: f32 = 10.0 / std::f32::consts::LN_10;

/// Compares frames by their bands.
pub struct BandError {
    bands: ToneBands,
}

impl BandError {
    /// The comparison for the features of a usual layout.
    ///
    /// # Errors
    /// As [`ToneBands::new`].
    pub fn new() -> std::result::Result<Self, SpectralError> {
        Ok(Self { bands: ToneBands::new(COMPARED_BANDS, FrameLayout::default(), RATE_HZ)? })
    }

    /// The level of the loudest band of a frame, in dB relative to its level.
    pub fn loudest_db(&mut self, columns: &[f32; COLUMN_COUNT]) -> f32 {
        self.levels(columns, columns[PITCH_COLUMN]).into_iter().fold(f32::MIN, f32::max)
    }

    /// The mean difference of the bands of features and of columns, in dB; below the floor, relative to the frame's
    /// level, they do not differ.
    pub fn difference_db(&mut self, made: &[f32], columns: &[f32], floor_db: f32) -> f32 {
        let pitch = columns[PITCH_COLUMN];
        let [made, given] = [made, columns].map(|one| self.levels(one, pitch));
        let pairs = made.iter().zip(&given);
        pairs.map(|(a, b)| (a.max(floor_db) - b.max(floor_db)).abs()).sum::<f32>() / COMPARED_BANDS as f32
    }

    /// A scalar with the value and the gradient of the mean error of scaled features against scaled columns, each with
    /// a floor.
    pub fn of(
        &mut self,
        decoded: &Tensor,
        columns: &Tensor,
        floors_db: &[f32],
        normalisation: &FrameNormalisation,
    ) -> Result<Tensor> {
        let (made, given) = (decoded.to_vec2::<f32>()?, columns.to_vec2::<f32>()?);
        let mut gradient = Vec::with_capacity(made.len() * FEATURE_COUNT);
        let mut sum = 0.0;
        for ((made, given), floor_db) in made.iter().zip(&given).zip(floors_db) {
            let share = 1.0 / (made.len() * COMPARED_BANDS) as f32;
            let [made, given] = [made, given].map(|scaled| unscaled(scaled, normalisation));
            let wanted = self.levels(&given, given[PITCH_COLUMN]);
            let levels = self.levels(&made, given[PITCH_COLUMN]);
            let mut of_levels = [0.0; COMPARED_BANDS];
            for ((of_level, level), wanted) in of_levels.iter_mut().zip(levels).zip(wanted) {
                // Power and floor add up, so that an inaudible band that should be audible still has a gradient.
                let [level, wanted] = [level, wanted]
                    .map(|level| (level, floor_db + DB * ((level - floor_db) / DB).exp().ln_1p()));
                let error = level.1 - wanted.1;
                let size = error.hypot(SMALL_ERROR_DB);
                sum += size * share;
                let audible = 1.0 - ((floor_db - level.1) / DB).exp();
                *of_level = share * error / size * audible;
            }
            let (mut of_envelope, mut of_noise) = ([0.0; ENVELOPE_COUNT], [0.0; NOISE_LEVEL_COUNT]);
            self.bands.gradient(&of_levels, &mut of_envelope, &mut of_noise);
            let features = of_envelope.iter().chain(&of_noise).zip(&normalisation.spreads);
            gradient.extend(features.map(|(part, spread)| part * spread / UNIT_DB));
        }
        let gradient = Tensor::from_vec(gradient, decoded.shape(), &Device::Cpu)?;
        let descended = (decoded * &gradient)?.sum_all()?;
        // The second part has no gradient; it gives the scalar the value of the error.
        let value = Tensor::new(sum / UNIT_DB, &Device::Cpu)?;
        &descended + (value - descended.detach())?
    }

    fn levels(&mut self, features: &[f32], octave: f32) -> [f32; COMPARED_BANDS] {
        let (envelope_db, noise_db) = features[..FEATURE_COUNT].split_at(ENVELOPE_COUNT);
        let mut levels_db = [0.0; COMPARED_BANDS];
        self.bands.levels(envelope_db, noise_db, octave.exp2(), &mut levels_db);
        levels_db
    }
}

fn unscaled(scaled: &[f32], normalisation: &FrameNormalisation) -> Vec<f32> {
    let scaling = normalisation.means.iter().zip(&normalisation.spreads);
    scaled.iter().zip(scaling).map(|(value, (mean, spread))| mean + spread * value).collect()
}
