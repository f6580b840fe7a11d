//! The table of the known patches' points, with the fingerprint of their decoder.

use crate::Dataset;
use plane::Point;
use plane::coordinates::{Coordinates, VERSION};

/// The table from which the page draws its dots; `model` is the [`fingerprint`](crate::fingerprint) of the decoder.
pub fn table(dataset: &Dataset, rows: &[usize], points: &[Point], model: String) -> Coordinates {
    let chosen = || rows.iter().map(|&row| &dataset.rows[row]);
    Coordinates {
        version: VERSION,
        model,
        banks: dataset.banks.clone(),
        name: chosen().map(|row| row.name.clone()).collect(),
        bank: chosen().map(|row| row.bank as u16).collect(),
        index: chosen().map(|row| row.index as u16).collect(),
        x: points.iter().map(|point| two_decimals(point.x)).collect(),
        y: points.iter().map(|point| two_decimals(point.y)).collect(),
        by_ear: vec![0; points.len()],
    }
}

/// A hundredth of a unit is 1/800 of the pad's width; more decimals would be a larger download.
fn two_decimals(value: f32) -> f32 {
    (value * 1e2).round() / 1e2
}
