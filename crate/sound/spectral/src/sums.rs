//! Sums in an order that compilers vectorise: as many side by side as a processor adds at once.

/// The sum of the values.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
pub(crate) fn sum(values: &[f32]) -> f32 {
    let mut sums = [0.0; 8];
    let (chunks, rest) = values.as_chunks::<8>();
    for chunk in chunks {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += value;
        }
    }
    sums.iter().sum::<f32>() + rest.iter().sum::<f32>()
}

/// The sum of a term for each value, in double precision.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
pub(crate) fn exact_sum(values: &[f32], term: impl Fn(f64) -> f64) -> f64 {
    let mut sums = [0.0; 8];
    let (chunks, rest) = values.as_chunks::<8>();
    for chunk in chunks {
        for (sum, &value) in sums.iter_mut().zip(chunk) {
            *sum += term(f64::from(value));
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|&value| term(f64::from(value))).sum::<f64>()
}
