//! The square as a finger finds it: how the presets fill it, and how far the next cell is away, in
//! settings and in sound.

use crate::Columns;
use crate::figures::greatest;
use atlas::chart;
use ear::Heard;
use latent::contract::LATENT_LIMIT;
use patch::encoding::{CATEGORICAL, CONTINUOUS, class_range};
use serde::Serialize;
use std::collections::BTreeSet;

/// Cells along each side when it is asked how much of the square is settled: about a fingertip each
/// on a phone.
const FINGERTIPS: usize = 16;

/// Figures of the square [-4, 4]². Steps are between neighbouring points of a 50 × 50 grid.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Plane {
    /// Share of the presets that the encoder puts inside.
    pub inside: f64,
    /// Share of 16 × 16 cells that have a preset.
    pub settled: f64,
    /// Mean change of a continuous column.
    pub mean_step: f64,
    /// Greatest change of any one continuous column.
    pub greatest_step: f64,
    /// Mean change of a timbral scale, in points.
    pub mean_timbre_step: f64,
    /// Greatest change of a timbral scale, in points.
    pub greatest_timbre_step: f64,
    /// Share of neighbours between which a class changes.
    pub class_flips: f64,
    /// Different combinations of classes.
    pub class_combinations: usize,
}

impl Plane {
    /// Of the decoded grid, what it sounds like, and where presets lie.
    pub fn new(grid: &[Columns], heard: &[Heard], presets: &[[f32; 2]]) -> Self {
        let scales: Vec<_> = heard.iter().map(Heard::scales).collect();
        let classes: Vec<_> = grid.iter().map(classes).collect();
        let pairs = neighbours();
        let steps: Vec<f64> = pairs
            .iter()
            .flat_map(|&(a, b)| {
                (0..CONTINUOUS.len()).map(move |column| f64::from((grid[a][column] - grid[b][column]).abs()))
            })
            .collect();
        let timbre: Vec<f64> = pairs
            .iter()
            .flat_map(|&(a, b)| scales[a].iter().zip(&scales[b]).map(|(a, b)| (a - b).abs()))
            .collect();
        let flips = pairs.iter().filter(|&&(a, b)| classes[a] != classes[b]).count();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let greatest = |values: &[f64]| values.iter().copied().fold(0.0, f64::max);
        let inside = presets.iter().filter(|point| point.iter().all(|axis| axis.abs() <= LATENT_LIMIT));
        Self {
            inside: inside.clone().count() as f64 / presets.len().max(1) as f64,
            settled: settled(inside),
            mean_step: mean(&steps),
            greatest_step: greatest(&steps),
            mean_timbre_step: mean(&timbre),
            greatest_timbre_step: greatest(&timbre),
            class_flips: flips as f64 / pairs.len().max(1) as f64,
            class_combinations: classes.iter().collect::<BTreeSet<_>>().len(),
        }
    }
}

fn classes(columns: &Columns) -> [usize; CATEGORICAL.len()] {
    CATEGORICAL.map(|parameter| greatest(&columns[class_range(parameter)]))
}

/// Positions of the points that lie beside or above each other.
fn neighbours() -> Vec<(usize, usize)> {
    let side = usize::from(chart::GRID);
    let right = (0..side * side).filter(|at| at % side + 1 < side).map(|at| (at, at + 1));
    let up = (0..side * (side - 1)).map(|at| (at, at + side));
    right.chain(up).collect()
}

fn settled<'a>(points: impl Iterator<Item = &'a [f32; 2]>) -> f64 {
    let cell = |axis: f32| {
        let share = (axis / LATENT_LIMIT + 1.0) / 2.0;
        ((share * FINGERTIPS as f32) as usize).min(FINGERTIPS - 1)
    };
    let cells: BTreeSet<_> = points.map(|&[x, y]| (cell(x), cell(y))).collect();
    cells.len() as f64 / (FINGERTIPS * FINGERTIPS) as f64
}
