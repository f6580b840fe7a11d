//! The bins of real samples, from a transform of half as many complex numbers, each of two samples, and back (Press
//! et al., Numerical Recipes, "FFT of single real function"). Never allocates.

use fourier::Complex32;

/// Bins that are computed side by side, each with its mirror: a vector of AVX2, in the browser one of 128 bits.
const LANES: usize = if cfg!(target_family = "wasm") { 4 } else { 8 };

/// Turns the transform of the pairs, in all bins but the last, into the bins of the samples.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
pub(crate) fn part(bins: &mut [Complex32], turns: &[Complex32]) {
    let last = bins.len() - 1;
    let first = bins[0];
    bins[0] = (first.re + first.im).into();
    bins[last] = (first.re - first.im).into();
    for_each_two(bins, turns, |one, other, turn| {
        let turn = [0.5 * turn[0], 0.5 * turn[1]];
        let sum = [one[0] + other[0], one[1] + other[1]];
        let difference = [one[0] - other[0], one[1] - other[1]];
        let re = sum[1] * turn[0] + difference[0] * turn[1];
        let im = sum[1] * turn[1] - difference[0] * turn[0];
        let half = [0.5 * sum[0], 0.5 * difference[1]];
        [[half[0] + re, half[1] + im], [half[0] - re, im - half[1]]]
    });
    if let Some(middle) = middle(bins) {
        middle.im = -middle.im;
    }
}

/// Turns the bins of samples into those of their pairs, twice as large, in all bins but the last. The imaginary
/// parts of the first and the last bin count as zero.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
pub(crate) fn join(bins: &mut [Complex32], turns: &[Complex32]) {
    let last = bins[bins.len() - 1].re;
    let first = bins[0].re;
    bins[0] = Complex32::new(first + last, first - last);
    for_each_two(bins, turns, |one, other, turn| {
        let turn = [turn[0], -turn[1]];
        let sum = [one[0] + other[0], one[1] + other[1]];
        let difference = [one[0] - other[0], one[1] - other[1]];
        let re = sum[1] * turn[0] + difference[0] * turn[1];
        let im = sum[1] * turn[1] - difference[0] * turn[0];
        [[sum[0] - re, difference[1] - im], [sum[0] + re, -im - difference[1]]]
    });
    if let Some(middle) = middle(bins) {
        *middle = (*middle + *middle).conj();
    }
}

/// As [`part`], then the square of each bin's magnitude, then [`join`].
#[cfg_attr(not(target_family = "wasm"), inline(always))]
pub(crate) fn correlate(bins: &mut [Complex32], turns: &[Complex32]) {
    let first = bins[0];
    let power = |value: f32| value * value;
    let [first, last] = [power(first.re + first.im), power(first.re - first.im)];
    bins[0] = Complex32::new(first + last, first - last);
    for_each_two(bins, turns, |one, other, turn| {
        let half_turn = [0.5 * turn[0], 0.5 * turn[1]];
        let sum = [one[0] + other[0], one[1] + other[1]];
        let difference = [one[0] - other[0], one[1] - other[1]];
        let re = sum[1] * half_turn[0] + difference[0] * half_turn[1];
        let im = sum[1] * half_turn[1] - difference[0] * half_turn[0];
        let half = [0.5 * sum[0], 0.5 * difference[1]];
        let lower = power(half[0] + re) + power(half[1] + im);
        let upper = power(half[0] - re) + power(im - half[1]);
        let difference = lower - upper;
        let [re, im] = [difference * turn[1], difference * turn[0]];
        [[lower + upper + re, im], [lower + upper - re, im]]
    });
    if let Some(middle) = middle(bins) {
        *middle = (2.0 * middle.norm_sqr()).into();
    }
}

/// The bin that mirrors itself, if there is one.
fn middle(bins: &mut [Complex32]) -> Option<&mut Complex32> {
    let pairs = bins.len() - 1;
    pairs.is_multiple_of(2).then(|| &mut bins[pairs / 2])
}

/// Changes each two bins that mirror each other, with the turn of the lower one. Complex numbers are [re, im].
#[inline(always)]
fn for_each_two(
    bins: &mut [Complex32],
    turns: &[Complex32],
    change: impl Fn([f32; 2], [f32; 2], [f32; 2]) -> [[f32; 2]; 2],
) {
    let count = turns.len();
    let last = bins.len() - 1;
    let (lower, upper) = bins.split_at_mut(last - count);
    let (lower, upper) = (&mut lower[1..=count], &mut upper[..count]);
    let (turns, turns_rest) = turns.as_chunks::<LANES>();
    let (lower, lower_rest) = lower.as_chunks_mut::<LANES>();
    let (upper_rest, upper) = upper.as_rchunks_mut::<LANES>();
    let pair = |value: Complex32| [value.re, value.im];
    for ((lower, upper), turns) in lower.iter_mut().zip(upper.iter_mut().rev()).zip(turns) {
        let (mut one, mut other) = (*lower, *upper);
        for n in 0..LANES {
            let [changed, mirrored] = change(pair(lower[n]), pair(upper[LANES - 1 - n]), pair(turns[n]));
            one[n] = Complex32::new(changed[0], changed[1]);
            other[LANES - 1 - n] = Complex32::new(mirrored[0], mirrored[1]);
        }
        (*lower, *upper) = (one, other);
    }
    for ((lower, upper), turn) in lower_rest.iter_mut().zip(upper_rest.iter_mut().rev()).zip(turns_rest) {
        let [changed, mirrored] = change(pair(*lower), pair(*upper), pair(*turn));
        *lower = Complex32::new(changed[0], changed[1]);
        *upper = Complex32::new(mirrored[0], mirrored[1]);
    }
}
