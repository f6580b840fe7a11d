//! Figures of the held-back presets, with baselines: sound first, then settings.

use crate::Columns;
use evaluate::argmax;
use features::ProjectedSound;
use patch::encoding::{CATEGORICAL, CONTINUOUS, class_range};
use serde::Serialize;

/// Errors of sounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct SoundFigures {
    /// Unexplained variance of the spectrum: squared error over the 24 principal components ÷ that of the
    /// training rows' mean sound. 0 is perfect, 1 is no better than that one sound.
    pub phi: f64,
    /// Mean absolute difference of the seven timbral scales, in points of 100.
    pub timbre: f64,
}

impl SoundFigures {
    /// Compares pairs of a true sound and its guess.
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

/// Errors of settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct SettingFigures {
    /// Mean squared error of the 27 continuous columns, each scaled to 0–1.
    pub mse: f64,
    /// Share of the seven categoricals that are right, 0–1.
    pub accuracy: f64,
}

impl SettingFigures {
    /// Compares pairs of a row and its guess.
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

/// Figures of the held-back presets, for the model and the baselines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Validation {
    /// The number of presets.
    pub rows: usize,
    /// Sound at the point that the encoder gives.
    pub encoder: SoundFigures,
    /// Sound at the point that perceptual search finds.
    pub by_ear: SoundFigures,
    /// Each sound at an encoder's point compared with every *other* preset: the figures of uninformative points; `None`
    /// with a single preset.
    pub shuffled: Option<SoundFigures>,
    /// The training rows' mean sound and median scales for every preset.
    pub constant: SoundFigures,
    /// The training preset that sounds nearest: the result of a list of known patches.
    pub nearest_training_row: SoundFigures,
    /// Settings at the point that the encoder gives.
    pub settings: SettingFigures,
}

impl Validation {
    /// The figure to choose a candidate by, the least is the best: the unexplained variance of the spectrum, mean of
    /// both points. Candidates differ little in timbre, where all exceed the target.
    pub fn unexplained(&self) -> f64 {
        (self.encoder.phi + self.by_ear.phi) / 2.0
    }
}
