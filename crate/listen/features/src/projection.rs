//! Projects 162 features to their principal components. The caller chooses the sounds to fit (training rows only).

use nalgebra::{DMatrix, DVector, SymmetricEigen};
use serde::{Deserialize, Serialize};

use crate::spectrum::{SPECTRAL_COUNT, SpectralFeatures};

/// Principal components that are kept.
pub const COMPONENT_COUNT: usize = 24;

/// A sound in the coordinates of a [`Projection`], in dB-like units.
pub type Phi = [f32; COMPONENT_COUNT];

/// Mean and first principal components of a set of sounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Projection {
    /// The mean features.
    mean: Vec<f32>,
    /// [`COMPONENT_COUNT`] unit vectors of [`SPECTRAL_COUNT`] numbers, greatest variance first; the
    /// greatest number of each is positive.
    components: Vec<Vec<f32>>,
}

impl Projection {
    /// Fits to a set of sounds; an empty set projects everything to 0.
    pub fn fit<'a>(set: impl IntoIterator<Item = &'a SpectralFeatures> + Clone) -> Self {
        let count = set.clone().into_iter().count().max(1) as f64;
        let mut mean = vec![0.0_f64; SPECTRAL_COUNT];
        for features in set.clone() {
            mean.iter_mut().zip(features).for_each(|(mean, &value)| *mean += f64::from(value) / count);
        }
        let mut covariance = DMatrix::<f64>::zeros(SPECTRAL_COUNT, SPECTRAL_COUNT);
        for features in set {
            let centred = features.iter().zip(&mean).map(|(&value, mean)| f64::from(value) - mean);
            let centred = DVector::from_iterator(SPECTRAL_COUNT, centred);
            covariance.syger(1.0 / count, &centred, &centred, 1.0);
        }
        covariance.fill_upper_triangle_with_lower_triangle();
        let SymmetricEigen { eigenvectors, eigenvalues } = SymmetricEigen::new(covariance);
        let mut order: Vec<usize> = (0..SPECTRAL_COUNT).collect();
        order.sort_by(|&a, &b| eigenvalues[b].total_cmp(&eigenvalues[a]));
        let component = |&column: &usize| {
            let vector = eigenvectors.column(column);
            let sign = if vector[vector.iamax()] < 0.0 { -1.0 } else { 1.0 };
            vector.iter().map(|value| (sign * value) as f32).collect()
        };
        Self {
            mean: mean.into_iter().map(|value| value as f32).collect(),
            components: order[..COMPONENT_COUNT].iter().map(component).collect(),
        }
    }

    /// A stored projection: the mean features and the components, greatest variance first. `None` unless there are
    /// [`COMPONENT_COUNT`] components, and all of finite numbers.
    pub fn from_parts(mean: &SpectralFeatures, components: &[SpectralFeatures]) -> Option<Self> {
        let is_finite = |numbers: &SpectralFeatures| numbers.iter().all(|number| number.is_finite());
        let is_valid =
            components.len() == COMPONENT_COUNT && is_finite(mean) && components.iter().all(is_finite);
        let components = components.iter().map(|component| component.to_vec()).collect();
        is_valid.then(|| Self { mean: mean.to_vec(), components })
    }

    /// A sound's coordinate along each component.
    pub fn phi(&self, features: &SpectralFeatures) -> Phi {
        let mut phi = [0.0; COMPONENT_COUNT];
        for (phi, component) in phi.iter_mut().zip(&self.components) {
            let terms = features.iter().zip(&self.mean).zip(component);
            *phi = terms.map(|((value, mean), weight)| (value - mean) * weight).sum();
        }
        phi
    }

    /// The mean features: [`SPECTRAL_COUNT`] numbers.
    pub fn mean(&self) -> &[f32] {
        &self.mean
    }

    /// The components, greatest variance first: [`COMPONENT_COUNT`] rows of [`SPECTRAL_COUNT`] numbers.
    pub fn components(&self) -> &[Vec<f32>] {
        &self.components
    }
}
