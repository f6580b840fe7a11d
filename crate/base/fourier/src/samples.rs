//! Real samples as complex ones, each of two: how a transform of half the length reads and writes them.

use num_complex::Complex32;

/// The real samples of complex ones: twice as many.
pub fn samples(pairs: &[Complex32]) -> &[f32] {
    bytemuck::cast_slice(pairs)
}

/// As [`samples`], to be changed.
pub fn samples_mut(pairs: &mut [Complex32]) -> &mut [f32] {
    bytemuck::cast_slice_mut(pairs)
}
