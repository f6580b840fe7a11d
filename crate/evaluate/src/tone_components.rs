//! Principal components of the features of notes: what a linear model of as many numbers can keep of a tone.

use frame_model::{COLUMN_COUNT, FEATURE_COUNT, FLOOR_DB, columns};
use nalgebra::{DMatrix, SymmetricEigen};
use spectral::ToneFeatures;

/// The greatest level of a feature, in dB.
const CEILING_DB: f32 = 20.0;

/// The mean and the directions of greatest variance, first the greatest.
#[derive(Clone)]
pub struct ToneComponents {
    mean: Vec<f64>,
    directions: Vec<Vec<f64>>,
}

impl ToneComponents {
    /// Of the frames of notes; each note with frames counts the same.
    pub fn of(notes: &[Vec<[f32; COLUMN_COUNT]>]) -> Self {
        let mut sums = DMatrix::<f64>::zeros(FEATURE_COUNT, FEATURE_COUNT);
        let mut mean = vec![0.0; FEATURE_COUNT];
        let heard = notes.iter().filter(|note| !note.is_empty());
        let whole = heard.clone().count().max(1) as f64;
        for note in heard {
            let share = 1.0 / (whole * note.len() as f64);
            for row in note {
                for a in 0..FEATURE_COUNT {
                    mean[a] += share * f64::from(row[a]);
                    for b in 0..=a {
                        sums[(a, b)] += share * f64::from(row[a]) * f64::from(row[b]);
                    }
                }
            }
        }
        let covariance = DMatrix::from_fn(FEATURE_COUNT, FEATURE_COUNT, |a, b| {
            sums[(a.max(b), a.min(b))] - mean[a] * mean[b]
        });
        let eigen = SymmetricEigen::new(covariance);
        let mut order: Vec<usize> = (0..FEATURE_COUNT).collect();
        order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
        let direction = |&column: &usize| eigen.eigenvectors.column(column).iter().copied().collect();
        Self { mean, directions: order.iter().map(direction).collect() }
    }

    /// Leaves of features what the first `count` components keep.
    pub fn reduce(&self, count: usize, features: &mut ToneFeatures) {
        let row = columns(features);
        let mut kept = self.mean.clone();
        for direction in self.directions.iter().take(count) {
            let parts = direction.iter().zip(&row).zip(&self.mean);
            let place: f64 = parts.map(|((part, value), mean)| part * (f64::from(*value) - mean)).sum();
            kept.iter_mut().zip(direction).for_each(|(value, part)| *value += place * part);
        }
        let levels = features.envelope_db.iter_mut().chain(&mut features.noise_db);
        levels.zip(&kept).for_each(|(level, &value)| *level = (value as f32).clamp(FLOOR_DB, CEILING_DB));
    }
}
