//! The baselines: guesses from the training rows without a model.

use crate::Columns;
use features::{PerceptualDistance, ProjectedSound};
use nalgebra::{DMatrix, DVector, SymmetricEigen};
use patch::encoding::COLUMN_COUNT;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// The mean row; its classes are the most frequent ones.
pub fn mean(training: &[Columns]) -> Columns {
    let count = training.len().max(1) as f64;
    std::array::from_fn(|column| {
        (training.iter().map(|row| f64::from(row[column])).sum::<f64>() / count) as f32
    })
}

/// Rows projected on the first principal components of the training rows, and back.
pub fn principal(training: &[Columns], rows: &[Columns], components: usize) -> Vec<Columns> {
    let mean = DVector::from_iterator(COLUMN_COUNT, mean(training).map(f64::from));
    let centred = |row: &Columns| DVector::from_iterator(COLUMN_COUNT, row.map(f64::from)) - &mean;
    let mut covariance = DMatrix::zeros(COLUMN_COUNT, COLUMN_COUNT);
    for row in training {
        let row = centred(row);
        covariance += &row * row.transpose();
    }
    let SymmetricEigen { eigenvectors, eigenvalues } = SymmetricEigen::new(covariance);
    let mut order: Vec<usize> = (0..COLUMN_COUNT).collect();
    order.sort_by(|&a, &b| eigenvalues[b].total_cmp(&eigenvalues[a]));
    let project = |row: &Columns| {
        let row = centred(row);
        let mut rebuilt = mean.clone();
        for &component in order.iter().take(components) {
            let axis = eigenvectors.column(component);
            rebuilt += axis * axis.dot(&row);
        }
        std::array::from_fn(|column| rebuilt[column] as f32)
    };
    rows.iter().map(project).collect()
}

/// For each row the training row whose columns are nearest.
pub fn nearest(training: &[Columns], rows: &[Columns]) -> Vec<usize> {
    let distance = |a: &Columns, b: &Columns| -> f32 { a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum() };
    rows.par_iter().map(|row| least(training, |other| distance(row, other))).collect()
}

/// For each sound the training row that sounds nearest.
pub fn nearest_by_sound(
    metric: &PerceptualDistance,
    training: &[ProjectedSound],
    sounds: &[ProjectedSound],
) -> Vec<usize> {
    sounds.par_iter().map(|sound| least(training, |other| metric.between(sound, other))).collect()
}

fn least<T>(items: &[T], distance: impl Fn(&T) -> f32) -> usize {
    let distances = items.iter().map(distance).enumerate();
    distances.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(position, _)| position)
}
