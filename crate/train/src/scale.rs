//! Stretches the latent plane so that the known patches fill the square of the pad. Each axis is
//! moved and stretched by itself, folded into the last layer of the encoder and the first of the
//! decoder: the pair reconstructs exactly what it did. The axes are never turned, because the
//! variances of a turned normal distribution are not those of its axes any more.

use crate::dense::{Autoencoder, Dense};
use latent::contract::LATENT_LIMIT;

/// The share of the known patches that each axis keeps inside of the square: two axes of 99.6 % keep
/// at least 99.2 %.
const INSIDE: f64 = 0.996;

/// A change of one latent axis: new = (old - centre) × factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    centre: f32,
    factor: f32,
}

impl Stretch {
    /// Maps the shortest interval that holds 99.6 % of `values` to [-4, 4]. Values that are all
    /// equal (or none) are moved to 0 and not stretched.
    pub fn fitting(mut values: Vec<f32>) -> Self {
        values.sort_by(f32::total_cmp);
        let kept = ((values.len() as f64 * INSIDE).ceil() as usize).max(1);
        let width = |interval: &[f32]| interval[kept - 1] - interval[0];
        let shortest = values.windows(kept).min_by(|a, b| width(a).total_cmp(&width(b)));
        let Some(interval) = shortest else {
            return Self { centre: 0.0, factor: 1.0 };
        };
        let factor = if width(interval) > 0.0 { 2.0 * LATENT_LIMIT / width(interval) } else { 1.0 };
        Self { centre: 0.5 * (interval[0] + interval[kept - 1]), factor }
    }
}

/// Changes both networks so that they speak of the stretched plane; `axes` are x and y.
pub fn fold(weights: &mut Autoencoder<Dense>, axes: [Stretch; 2]) {
    let Autoencoder { encoder, decoder } = weights;
    let [mean, log_variance] = &mut encoder.heads;
    let first = &mut decoder.hidden[0];
    for (axis, Stretch { centre, factor }) in axes.into_iter().enumerate() {
        let inputs = mean.inputs;
        mean.weight[axis * inputs..(axis + 1) * inputs].iter_mut().for_each(|weight| *weight *= factor);
        mean.bias[axis] = (mean.bias[axis] - centre) * factor;
        log_variance.bias[axis] += 2.0 * factor.ln();
        for unit in 0..first.outputs {
            let weight = &mut first.weight[unit * first.inputs + axis];
            first.bias[unit] += *weight * centre;
            *weight /= factor;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_square_holds_them_and_is_filled(values in proptest::collection::vec(-9.0f32..3.0, 2..400)) {
            let stretch = Stretch::fitting(values.clone());
            let stretched: Vec<f32> =
                values.iter().map(|value| (value - stretch.centre) * stretch.factor).collect();
            let inside = stretched.iter().filter(|value| value.abs() <= LATENT_LIMIT + 1e-3).count();
            prop_assert!(inside as f64 >= 0.996 * values.len() as f64);
            let reaches = |edge: f32| stretched.iter().any(|value| (value - edge).abs() < 1e-3);
            prop_assert!(values.iter().all(|value| *value == values[0]) || reaches(-4.0) && reaches(4.0));
        }
    }

    #[test]
    fn equal_values_are_not_blown_up() {
        assert_eq!(Stretch::fitting(vec![3.0; 7]), Stretch { centre: 3.0, factor: 1.0 });
        assert_eq!(Stretch::fitting(Vec::new()), Stretch { centre: 0.0, factor: 1.0 });
    }
}
