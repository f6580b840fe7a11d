//! Extremes and energy of long signals, in sixteen accumulators for vectorisation. Never allocates.

use vectors::widest;

const ACCUMULATORS: usize = 16;

/// Lowest and highest value in single precision; (∞, −∞) for no values.
pub(crate) fn single_range(values: &[f32]) -> (f32, f32) {
    widest(
        #[inline(always)]
        || (extreme(values, f32::INFINITY, smaller), extreme(values, f32::NEG_INFINITY, larger)),
    )
}

/// Lowest and highest value; (∞, −∞) for no values.
pub(crate) fn range(values: &[f64]) -> (f64, f64) {
    widest(
        #[inline(always)]
        || (extreme(values, f64::INFINITY, smaller), extreme(values, f64::NEG_INFINITY, larger)),
    )
}

/// The smallest value; infinity for no values.
pub(crate) fn lowest(values: &[f64]) -> f64 {
    widest(
        #[inline(always)]
        || extreme(values, f64::INFINITY, smaller),
    )
}

/// Largest magnitude; zero for no values.
pub(crate) fn peak(values: &[f64]) -> f64 {
    let (low, high) = range(values);
    high.max(-low).max(0.0)
}

/// Index of the first largest value; zero for no values.
pub(crate) fn first_highest(values: &[f64]) -> usize {
    let highest = widest(
        #[inline(always)]
        || extreme(values, f64::NEG_INFINITY, larger),
    );
    values.iter().position(|&value| value == highest).unwrap_or(0)
}

/// Sum of squares.
pub(crate) fn energy(values: &[f64]) -> f64 {
    widest(
        #[inline(always)]
        || {
            let mut accumulators = [0.0; ACCUMULATORS];
            let chunks = values.chunks_exact(ACCUMULATORS);
            let rest: f64 = chunks.remainder().iter().map(|value| value * value).sum();
            for chunk in chunks {
                for (accumulator, value) in accumulators.iter_mut().zip(chunk) {
                    *accumulator += value * value;
                }
            }
            accumulators.iter().sum::<f64>() + rest
        },
    )
}

/// Reduces `values` by `choose`, starting with `start`.
#[inline(always)]
fn extreme<T: Copy>(values: &[T], start: T, choose: impl Fn(T, T) -> T) -> T {
    let mut accumulators = [start; ACCUMULATORS];
    let chunks = values.chunks_exact(ACCUMULATORS);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (accumulator, &value) in accumulators.iter_mut().zip(chunk) {
            *accumulator = choose(value, *accumulator);
        }
    }
    accumulators.iter().chain(rest).fold(start, |best, &value| choose(value, best))
}

#[inline(always)]
fn smaller<T: PartialOrd>(value: T, best: T) -> T {
    if value < best { value } else { best }
}

#[inline(always)]
fn larger<T: PartialOrd>(value: T, best: T) -> T {
    if value > best { value } else { best }
}
