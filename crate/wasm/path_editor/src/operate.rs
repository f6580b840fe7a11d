//! The operators by the names that the page gives them, each with one amount.

use path::{LatentPath, Scope, blend, closing, noise, operators, quantise, smooth};

use crate::curves;

/// The inputs of an operator beside its amount.
pub struct Operands<'a> {
    /// The curve to change, for an operator that can change a single one: 0 x, 1 y, 2 level; any other number is the
    /// whole path.
    pub curve: usize,
    /// The seed of its random numbers.
    pub seed: u64,
    /// The path that it mixes with.
    pub other: Option<&'a LatentPath>,
    /// The points that it moves to.
    pub points: &'a [Vec<f32>],
}

/// The time scale of random changes, in seconds.
const RANDOM_SMOOTHNESS_S: f64 = 0.25;

/// Applies an operator. `None` if there is no operator of this name, or if it lacks an input.
pub fn apply(name: &str, path: &LatentPath, amount: f64, operands: &Operands<'_>) -> Option<LatentPath> {
    let scope = if operands.curve <= 2 { curves::scope(operands.curve) } else { Scope::Lanes };
    Some(match name {
        "scale" => operators::scale(path, scope, amount),
        "shift" => operators::bias(path, scope, amount),
        "random" => noise::randomise(path, scope, operands.seed, amount, RANDOM_SMOOTHNESS_S),
        "reverse" => operators::reverse(path),
        "smooth" => smooth::smooth(path, scope, amount),
        "presets" => between(path, &quantise::quantise(path, operands.points), amount),
        // At its own rate, so that it is drawn no more coarsely afterwards.
        "stretch" => operators::stretch(path, amount).at_rate(path.rate_hz()),
        "loop" => closing::closed(path, amount * path.length_s()),
        "mix" => {
            let mut mixed = blend::mix(&[path, operands.other?], &[1.0 - amount, amount]).ok()??;
            // Only the values of the other path are mixed in, not its name.
            mixed.set_name(path.name());
            mixed
        }
        "over" => blend::interpolate(path, operands.other?).ok()?,
        _ => return None,
    })
}

/// A share of the way from a path to one of as many steps.
fn between(from: &LatentPath, to: &LatentPath, share: f64) -> LatentPath {
    let mut path = from.clone();
    for (lane, (one, other)) in from.lanes().iter().zip(to.lanes()).enumerate() {
        let values: Vec<f32> =
            one.iter().zip(other).map(|(one, other)| one + (other - one) * share as f32).collect();
        path.set_values(lane, 0, &values);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mixed_path_keeps_its_name() {
        let named = |name: &str, value: f32| {
            let mut path = LatentPath::new(vec![vec![value; 11]; 2], 10.0).unwrap();
            path.set_name(name);
            path
        };
        let path = named("Tide", 0.0);
        for other in [named("Storm", 1.0), named("", 1.0)] {
            let operands = Operands { curve: 3, seed: 1, other: Some(&other), points: &[] };
            for amount in [0.0, 0.3, 0.8, 1.0] {
                assert_eq!(apply("mix", &path, amount, &operands).unwrap().name(), "Tide", "{amount}");
            }
        }
    }
}
