//! Principal components of the features of notes: the best linear model of a tone by as many numbers.

use frame_model::{CEILING_DB, COLUMN_COUNT, FEATURE_COUNT, FLOOR_DB, columns};
use nalgebra::{DMatrix, SymmetricEigen};
use spectral::ToneFeatures;

/// The mean and the directions of greatest variance of rows of numbers, first the greatest.
#[derive(Clone)]
pub struct PrincipalComponents {
    mean: Vec<f64>,
    directions: Vec<Vec<f64>>,
}

impl PrincipalComponents {
    /// The components of the first `count` numbers of the rows of notes; each note with rows counts the same.
    pub fn of<R: AsRef<[f32]>>(notes: &[Vec<R>], count: usize) -> Self {
        let mut sums = vec![0.0_f64; count * count];
        let mut mean = vec![0.0; count];
        let heard = notes.iter().filter(|note| !note.is_empty());
        let whole = heard.clone().count().max(1) as f64;
        for note in heard {
            let share = 1.0 / (whole * note.len() as f64);
            for row in note {
                let row = &row.as_ref()[..count];
                for a in 0..count {
                    let scaled = share * f64::from(row[a]);
                    mean[a] += scaled;
                    let sums = &mut sums[a * count..];
                    sums.iter_mut().zip(&row[..=a]).for_each(|(sum, b)| *sum += scaled * f64::from(*b));
                }
            }
        }
        let covariance =
            DMatrix::from_fn(count, count, |a, b| sums[a.max(b) * count + a.min(b)] - mean[a] * mean[b]);
        let eigen = SymmetricEigen::new(covariance);
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
        let direction = |&column: &usize| eigen.eigenvectors.column(column).iter().copied().collect();
        Self { mean, directions: order.iter().map(direction).collect() }
    }

    /// The projection of a row on the first `count` components.
    pub fn kept(&self, count: usize, row: &[f32]) -> Vec<f64> {
        let mut kept = self.mean.clone();
        for direction in self.directions.iter().take(count) {
            let parts = direction.iter().zip(row).zip(&self.mean);
            let place: f64 = parts.map(|((part, value), mean)| part * (f64::from(*value) - mean)).sum();
            kept.iter_mut().zip(direction).for_each(|(value, part)| *value += place * part);
        }
        kept
    }
}

/// Principal components of the features of tones.
#[derive(Clone)]
pub struct ToneComponents {
    components: PrincipalComponents,
}

impl ToneComponents {
    /// The components of the frames of notes; each note with frames counts the same.
    pub fn of(notes: &[Vec<[f32; COLUMN_COUNT]>]) -> Self {
        Self { components: PrincipalComponents::of(notes, FEATURE_COUNT) }
    }

    /// Replaces features by their projection on the first `count` components.
    pub fn reduce(&self, count: usize, features: &mut ToneFeatures) {
        let kept = self.components.kept(count, &columns(features)[..FEATURE_COUNT]);
        let levels = features.envelope_db.iter_mut().chain(&mut features.noise_db);
        levels.zip(&kept).for_each(|(level, &value)| *level = (value as f32).clamp(FLOOR_DB, CEILING_DB));
    }
}
