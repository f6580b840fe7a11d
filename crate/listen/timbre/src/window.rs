//! Window functions. Never applies them to samples.

use std::f64::consts::TAU;

/// The periodic Hann window: for frames that overlap.
pub(crate) fn hann(length: usize) -> Vec<f64> {
    (0..length).map(|n| 0.5 - 0.5 * (TAU * n as f64 / length as f64).cos()).collect()
}

/// The periodic Hamming window, 0.54 - 0.46 cos: for frames that overlap.
pub(crate) fn hamming(length: usize) -> Vec<f64> {
    (0..length).map(|n| 0.54 - 0.46 * (TAU * n as f64 / length as f64).cos()).collect()
}

/// `length` inner points of the symmetric Hamming window of `length + 2` points.
pub(crate) fn inner_hamming(length: usize) -> Vec<f64> {
    let intervals = (length + 1) as f64;
    (1..=length).map(|n| 0.54 - 0.46 * (TAU * n as f64 / intervals).cos()).collect()
}

/// The periodic Tukey window with a cosine-shaped share of `taper` (0 to 1).
pub(crate) fn tukey(length: usize, taper: f64) -> Vec<f64> {
    let (intervals, edge) = (length as f64, taper * length as f64 / 2.0);
    let width = edge.floor();
    (0..length)
        .map(|n| n as f64)
        .map(|n| {
            if n <= width {
                0.5 * (1.0 + (TAU / 2.0 * (n / edge - 1.0)).cos())
            } else if n >= intervals - width {
                0.5 * (1.0 + (TAU / 2.0 * ((n - intervals) / edge + 1.0)).cos())
            } else {
                1.0
            }
        })
        .collect()
}
