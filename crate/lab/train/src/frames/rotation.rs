//! Rotates a latent space so that its axes are the principal components of a domain's frames, by falling variance. The
//! rotation becomes part of the weights, so that no other code needs it.

use super::autoencoder::AutoencoderWeights;
use crate::dense::Dense;
use frame_model::LatentAxis;
use nalgebra::{DMatrix, SymmetricEigen};

/// The weights with the rotated space, and its axes; in that space the frames have mean 0. `latents` are the frames'
/// latent numbers before the rotation, row by row. The encoder then computes only the means.
pub fn rotated(weights: &AutoencoderWeights, latents: &[f32]) -> (AutoencoderWeights, Vec<LatentAxis>) {
    let count = weights.scales.inputs;
    let rows: Vec<&[f32]> = latents.chunks_exact(count).collect();
    let share = 1.0 / rows.len().max(1) as f64;
    let mean: Vec<f64> =
        (0..count).map(|axis| rows.iter().map(|row| f64::from(row[axis])).sum::<f64>() * share).collect();
    let covariance = DMatrix::from_fn(count, count, |a, b| {
        rows.iter().map(|row| (f64::from(row[a]) - mean[a]) * (f64::from(row[b]) - mean[b])).sum::<f64>()
            * share
    });
    let eigen = SymmetricEigen::new(covariance);
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
    let whole: f64 = eigen.eigenvalues.iter().map(|value| value.max(0.0)).sum::<f64>().max(1e-12);
    // Each direction as a row, with its greatest part positive: an eigenvector has no sign of its own.
    let directions: Vec<Vec<f64>> = order
        .iter()
        .map(|&column| {
            let vector: Vec<f64> = eigen.eigenvectors.column(column).iter().copied().collect();
            let greatest = vector
                .iter()
                .copied()
                .fold(0.0, |most: f64, part| if part.abs() > most.abs() { part } else { most });
            vector.into_iter().map(|part| if greatest < 0.0 { -part } else { part }).collect()
        })
        .collect();

    let axes = directions
        .iter()
        .zip(&order)
        .map(|(direction, &column)| {
            let place = |row: &&[f32]| {
                direction
                    .iter()
                    .zip(*row)
                    .zip(&mean)
                    .map(|((part, value), mean)| part * (f64::from(*value) - mean))
                    .sum::<f64>()
            };
            let mut places: Vec<f64> = rows.iter().map(place).collect();
            places.sort_by(f64::total_cmp);
            let percentile = |share: f64| places[(share * (places.len() - 1) as f64).round() as usize] as f32;
            let share = (eigen.eigenvalues[column].max(0.0) / whole) as f32;
            LatentAxis { low: percentile(0.05), high: percentile(0.95), share }
        })
        .collect();

    let [first, second, last] = weights.encoder.clone();
    let [begin, middle, end] = weights.decoder.clone();
    let turned = AutoencoderWeights {
        encoder: [first, second, turned_output(&last, &directions, &mean)],
        decoder: [turned_input(&begin, &directions, &mean), middle, end],
        scales: turned_input(&weights.scales, &directions, &mean),
    };
    (turned, axes)
}

/// A layer whose first outputs are rotated: z' = R (z − mean); its other outputs are left out.
fn turned_output(layer: &Dense, directions: &[Vec<f64>], mean: &[f64]) -> Dense {
    let count = directions.len();
    let mut weight = Vec::with_capacity(count * layer.inputs);
    let mut bias = Vec::with_capacity(count);
    for direction in directions {
        for input in 0..layer.inputs {
            let parts =
                (0..count).map(|axis| direction[axis] * f64::from(layer.weight[axis * layer.inputs + input]));
            weight.push(parts.sum::<f64>() as f32);
        }
        let parts = (0..count).map(|axis| direction[axis] * (f64::from(layer.bias[axis]) - mean[axis]));
        bias.push(parts.sum::<f64>() as f32);
    }
    Dense { inputs: layer.inputs, outputs: count, weight, bias }
}

/// A layer that reads rotated numbers first, z = Rᵀ z' + mean, and its other inputs unchanged.
fn turned_input(layer: &Dense, directions: &[Vec<f64>], mean: &[f64]) -> Dense {
    let count = directions.len();
    let mut turned = layer.clone();
    for (output, row) in layer.weight.chunks_exact(layer.inputs).enumerate() {
        for (axis, direction) in directions.iter().enumerate() {
            let sum: f64 = direction.iter().zip(row).map(|(part, weight)| part * f64::from(*weight)).sum();
            turned.weight[output * layer.inputs + axis] = sum as f32;
        }
        let shift: f64 = mean.iter().zip(&row[..count]).map(|(mean, weight)| mean * f64::from(*weight)).sum();
        turned.bias[output] = (f64::from(layer.bias[output]) + shift) as f32;
    }
    turned
}
