//! How well rows are reconstructed, and the baselines without which such a figure says nothing.

use crate::training::{Columns, greatest};
use patch::encoding::{CATEGORICAL, COLUMN_COUNT, CONTINUOUS, class_range};
use serde::Serialize;

/// The two figures of a set of rows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// Mean squared error of the 27 continuous columns, each scaled to 0–1.
    pub mse: f64,
    /// Share of the seven categoricals that are right, 0–1.
    pub accuracy: f64,
}

/// One set of rows, by the model and by what knows less.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// How many rows.
    pub rows: usize,
    /// Encoder's mean, then decoder.
    pub model: Figures,
    /// The same mean training patch for every row: what one constant achieves.
    pub training_mean: Figures,
    /// Each reconstruction compared with every *other* row: what is left if the point on the plane
    /// says nothing of the row.
    pub shuffled: Figures,
    /// The training row whose 56 columns are nearest: what a list of known patches achieves.
    pub nearest_training_row: Figures,
}

impl Comparison {
    /// Compares `rows` with their reconstructions; `None` without rows or without training rows.
    pub fn new(rows: &[Columns], reconstructions: &[Columns], training: &[Columns]) -> Option<Self> {
        if rows.is_empty() || training.is_empty() {
            return None;
        }
        let mean = mean(training);
        let others = rows.iter().enumerate().flat_map(|(at, row)| {
            let others = reconstructions.iter().enumerate().filter(move |&(other, _)| other != at);
            others.map(move |(_, reconstruction)| (row, reconstruction))
        });
        Some(Self {
            rows: rows.len(),
            model: figures(rows.iter().zip(reconstructions)),
            training_mean: figures(rows.iter().map(|row| (row, &mean))),
            shuffled: figures(others),
            nearest_training_row: figures(rows.iter().map(|row| (row, nearest(row, training)))),
        })
    }
}

/// Compares pairs of a row and what stands for it.
fn figures<'a>(pairs: impl Iterator<Item = (&'a Columns, &'a Columns)>) -> Figures {
    let (mut count, mut error, mut right) = (0usize, 0.0f64, 0usize);
    for (row, guess) in pairs {
        count += 1;
        let columns = 0..CONTINUOUS.len();
        error += columns.map(|column| f64::from(row[column] - guess[column]).powi(2)).sum::<f64>();
        right += CATEGORICAL
            .into_iter()
            .map(class_range)
            .filter(|columns| greatest(&row[columns.clone()]) == greatest(&guess[columns.clone()]))
            .count();
    }
    let count = count.max(1);
    Figures {
        mse: error / (count * CONTINUOUS.len()) as f64,
        accuracy: right as f64 / (count * CATEGORICAL.len()) as f64,
    }
}

fn mean(rows: &[Columns]) -> Columns {
    let mut sums = [0.0f64; COLUMN_COUNT];
    for row in rows {
        sums.iter_mut().zip(row).for_each(|(sum, &value)| *sum += f64::from(value));
    }
    sums.map(|sum| (sum / rows.len() as f64) as f32)
}

fn nearest<'a>(row: &'a Columns, training: &'a [Columns]) -> &'a Columns {
    training.iter().min_by(|a, b| distance(row, a).total_cmp(&distance(row, b))).unwrap_or(row)
}

fn distance(a: &Columns, b: &Columns) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}
