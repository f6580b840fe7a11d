//! Principal components of the features of notes: what a linear model of as many numbers can keep.

use crate::sounds::NamedSound;
use frame_model::{FEATURE_COUNT, FLOOR_DB, columns};
use nalgebra::{DMatrix, SymmetricEigen};
use spectral::{FrameLayout, SpectralError, ToneFeatureMap, ToneFeatures, analyze_tone};

/// The mean and the directions of greatest variance, first the greatest.
#[derive(Clone)]
pub struct Components {
    mean: Vec<f64>,
    directions: Vec<Vec<f64>>,
}

/// One frame of so many is looked at.
const EVERY: usize = 5;

impl Components {
    /// Of frames with a pitch, equally often of each note.
    pub fn of(notes: &[NamedSound]) -> Result<Self, SpectralError> {
        let layout = FrameLayout::default();
        let mut sums = DMatrix::<f64>::zeros(FEATURE_COUNT, FEATURE_COUNT);
        let (mut mean, mut whole) = (vec![0.0; FEATURE_COUNT], 0.0);
        for note in notes {
            let mut map = ToneFeatureMap::new(layout, note.rate_hz)?;
            let mut rows = Vec::new();
            for (pitch, frame) in analyze_tone(&note.samples, layout, note.rate_hz)?.iter().step_by(EVERY) {
                let mut features = ToneFeatures::default();
                map.features(frame, &mut features);
                if pitch.is_voiced && features.level_db > -60.0 {
                    rows.push(columns(&features));
                }
            }
            let share = 1.0 / rows.len().max(1) as f64;
            for row in &rows {
                whole += share;
                for a in 0..FEATURE_COUNT {
                    mean[a] += share * f64::from(row[a]);
                    for b in 0..=a {
                        sums[(a, b)] += share * f64::from(row[a]) * f64::from(row[b]);
                    }
                }
            }
        }
        mean.iter_mut().for_each(|value| *value /= whole);
        let covariance = DMatrix::from_fn(FEATURE_COUNT, FEATURE_COUNT, |a, b| {
            sums[(a.max(b), a.min(b))] / whole - mean[a] * mean[b]
        });
        let eigen = SymmetricEigen::new(covariance);
        let mut order: Vec<usize> = (0..FEATURE_COUNT).collect();
        order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
        let direction = |&column: &usize| eigen.eigenvectors.column(column).iter().copied().collect();
        Ok(Self { mean, directions: order.iter().map(direction).collect() })
    }

    /// The first of them.
    pub fn first(&self, count: usize) -> Self {
        Self { mean: self.mean.clone(), directions: self.directions[..count].to_vec() }
    }

    /// Leaves of features what the components keep.
    pub fn reduce(&self, features: &mut ToneFeatures) {
        let row = columns(features);
        let mut kept = self.mean.clone();
        for direction in &self.directions {
            let place: f64 = direction
                .iter()
                .zip(&row)
                .zip(&self.mean)
                .map(|((part, value), mean)| part * (f64::from(*value) - mean))
                .sum();
            kept.iter_mut().zip(direction).for_each(|(value, part)| *value += place * part);
        }
        let levels = features.envelope_db.iter_mut().chain(&mut features.noise_db);
        levels.zip(&kept).for_each(|(level, &value)| *level = (value as f32).clamp(FLOOR_DB, 20.0));
    }
}
