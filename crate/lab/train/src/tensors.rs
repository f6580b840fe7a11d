//! Rows of numbers as candle tensors on the CPU, batch × length.

use crate::Columns;
use candle_core::{Device, Result, Tensor};
use features::SoundCoordinates;
use plane::Point;
use rand::{Rng, RngExt};

/// Columns as a tensor, batch × 56.
pub fn columns(rows: &[Columns]) -> Result<Tensor> {
    rows_of(rows)
}

/// Sounds as a tensor, batch × 31.
pub fn sounds(rows: &[SoundCoordinates]) -> Result<Tensor> {
    rows_of(rows)
}

/// Points as a tensor, batch × 2.
pub fn points(rows: &[Point]) -> Result<Tensor> {
    rows_of(&rows.iter().map(|&point| point.into()).collect::<Vec<[f32; 2]>>())
}

/// Rows as a tensor, batch × the length of a row.
fn rows_of<const LENGTH: usize>(rows: &[[f32; LENGTH]]) -> Result<Tensor> {
    Tensor::from_slice(rows.as_flattened(), (rows.len(), LENGTH), &Device::Cpu)
}

/// Numbers from the standard Gumbel distribution, batch × length: if they are added to logits, the greatest sum is a
/// draw from their softmax.
pub fn gumbel(batch: usize, length: usize, random: &mut impl Rng) -> Result<Tensor> {
    let draw = |_| -(-random.random_range(f32::MIN_POSITIVE..1.0).ln()).ln();
    let numbers: Vec<f32> = (0..batch * length).map(draw).collect();
    Tensor::from_vec(numbers, (batch, length), &Device::Cpu)
}
