//! How well held-back presets are kept, and the baselines without which such a figure says nothing.
//! Sound first; settings beside it.

use crate::Columns;
use evaluate::argmax;
use features::ProjectedSound;
use patch::encoding::{CATEGORICAL, CONTINUOUS, class_range};
use serde::Serialize;

/// How far sounds are from those that they stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct SoundFigures {
    /// Unexplained variance of the spectrum: squared error over the 24 principal components ÷ that of the
    /// training rows' mean sound. 0 is perfect, 1 is no better than that one sound.
    pub phi: f64,
    /// Mean absolute difference of the seven timbral scales, in points of 100.
    pub timbre: f64,
}

impl SoundFigures {
    /// Compares pairs of a true sound and what stands for it.
    pub fn new<'a>(pairs: impl Iterator<Item = (&'a ProjectedSound, &'a ProjectedSound)>) -> Self {
        let (mut error, mut total, mut difference, mut count) = (0.0, 0.0, 0.0, 0usize);
        for (sound, guess) in pairs {
            for (sound, guess) in sound.phi.iter().zip(&guess.phi) {
                error += f64::from(sound - guess).powi(2);
                total += f64::from(*sound).powi(2);
            }
            for (sound, guess) in sound.scales.iter().zip(&guess.scales) {
                difference += f64::from((sound - guess).abs());
                count += 1;
            }
        }
        Self { phi: error / f64::max(total, f64::MIN_POSITIVE), timbre: difference / count.max(1) as f64 }
    }
}

/// How far settings are from those that they stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct SettingFigures {
    /// Mean squared error of the 27 continuous columns, each scaled to 0–1.
    pub mse: f64,
    /// Share of the seven categoricals that are right, 0–1.
    pub accuracy: f64,
}

impl SettingFigures {
    /// Compares pairs of a row and what stands for it.
    pub fn new<'a>(pairs: impl Iterator<Item = (&'a Columns, &'a Columns)>) -> Self {
        let (mut count, mut error, mut right) = (0usize, 0.0f64, 0usize);
        for (row, guess) in pairs {
            count += 1;
            let columns = 0..CONTINUOUS.len();
            error += columns.map(|column| f64::from(row[column] - guess[column]).powi(2)).sum::<f64>();
            right += CATEGORICAL
                .into_iter()
                .map(class_range)
                .filter(|columns| argmax(&row[columns.clone()]) == argmax(&guess[columns.clone()]))
                .count();
        }
        let count = count.max(1);
        Self {
            mse: error / (count * CONTINUOUS.len()) as f64,
            accuracy: right as f64 / (count * CATEGORICAL.len()) as f64,
        }
    }
}

/// The presets that were held back from learning, by the model and by what knows less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Validation {
    /// How many presets.
    pub rows: usize,
    /// Sound at the point that the encoder gives.
    pub encoder: SoundFigures,
    /// Sound at the point that perceptual search finds.
    pub by_ear: SoundFigures,
    /// Each sound at an encoder's point compared with every *other* preset: what is left if the point says
    /// nothing of the preset.
    pub shuffled: SoundFigures,
    /// The training rows' mean sound and median scales for every preset.
    pub constant: SoundFigures,
    /// The training preset that sounds nearest: what a list of known patches achieves.
    pub nearest_training_row: SoundFigures,
    /// Settings at the point that the encoder gives.
    pub settings: SettingFigures,
}

impl Validation {
    /// What candidates are compared by, the least is the best: the unexplained variance of the spectrum, mean of
    /// both points. Candidates differ little in timbre, where all do better than was asked for.
    pub fn unexplained(&self) -> f64 {
        (self.encoder.phi + self.by_ear.phi) / 2.0
    }
}
