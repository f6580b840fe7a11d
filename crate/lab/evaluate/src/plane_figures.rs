//! Figures of a decoder's whole plane: the part of the square that known patches fill, the changes by a small step, the
//! number of classes found, the share of points that are barely audible.

use crate::{Columns, argmax};
use features::AudioFeatures;
use patch::encoding::{CATEGORICAL, CONTINUOUS, class_range, decode};
use patch::{Parameter, Patch};
use plane::{LATENT_LIMIT, Point};
use serde::Serialize;
use std::collections::BTreeSet;

/// Cells along each axis for the occupancy of the square: a cell is about as large as a fingertip on a phone.
const OCCUPANCY_GRID: usize = 16;

/// Figures of the square [-4, 4]², over the points of the timbre map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaneFigures {
    /// Points along each axis.
    pub grid: u16,
    /// Share of the known patches inside of the square.
    pub known_inside: f64,
    /// Share of 16 × 16 cells that hold a known patch.
    pub cells_occupied: f64,
    /// Mean change of a continuous column between neighbouring cells.
    pub mean_step: f64,
    /// The greatest change of a continuous column between neighbouring cells.
    pub greatest_step: f64,
    /// Mean change of a timbral scale between neighbouring cells, in points of 100.
    pub mean_timbre_step: f64,
    /// The greatest change of a timbral scale between neighbouring cells.
    pub greatest_timbre_step: f64,
    /// Share of neighbouring cells between which any class changes.
    pub class_flips: f64,
    /// The number of different combinations of the seven classes.
    pub class_combinations: usize,
    /// For each categorical: the number of its classes that are found, and the number of all.
    pub classes_found: Vec<(String, usize, usize)>,
    /// Share of cells whose amplitude envelope falls below -40 dB within 20 ms of the key.
    pub clicks: f64,
    /// Share of cells whose attack lasts longer than a second.
    pub slow_attacks: f64,
}

impl PlaneFigures {
    /// The figures of a decoded grid in the order of `plane::map::Map::points`, of its features, and of the points of
    /// known patches.
    ///
    /// # Panics
    /// If `cells` or `features` are not `grid` × `grid`.
    pub fn new(cells: &[Columns], grid: u16, features: &[AudioFeatures], known: &[Point]) -> Self {
        let points = usize::from(grid).pow(2);
        assert!(cells.len() == points && features.len() == points, "a grid of {grid}");
        let patches: Vec<Patch> = cells.iter().map(decode).collect();
        let classes: Vec<[usize; CATEGORICAL.len()]> = cells.iter().map(classes).collect();
        let neighbours = neighbours(grid);
        let steps: Vec<f64> = neighbours.iter().flat_map(|&(a, b)| steps(&cells[a], &cells[b])).collect();
        let timbre_steps = timbre_steps(features, grid);
        let flips = neighbours.iter().filter(|&&(a, b)| classes[a] != classes[b]).count();
        Self {
            grid,
            known_inside: share(known, |point| point.is_on_plane()),
            cells_occupied: occupied(known),
            mean_step: steps.iter().sum::<f64>() / steps.len() as f64,
            greatest_step: steps.iter().copied().fold(0.0, f64::max),
            mean_timbre_step: timbre_steps.iter().sum::<f64>() / timbre_steps.len() as f64,
            greatest_timbre_step: timbre_steps.iter().copied().fold(0.0, f64::max),
            class_flips: flips as f64 / neighbours.len() as f64,
            class_combinations: classes.iter().collect::<BTreeSet<_>>().len(),
            classes_found: CATEGORICAL
                .into_iter()
                .enumerate()
                .map(|(at, parameter)| {
                    let found: BTreeSet<_> = classes.iter().map(|classes| classes[at]).collect();
                    (parameter.name().to_owned(), found.len(), class_range(parameter).len())
                })
                .collect(),
            clicks: share(&patches, is_click),
            slow_attacks: share(&patches, |patch| patch.control(Parameter::AmpAttack) > 1.0),
        }
    }
}

/// True if the amplitude envelope ends before a tone is audible: it falls to less than -40 dB within 20 ms of the key.
fn is_click(patch: &Patch) -> bool {
    let seconds = patch.control(Parameter::AmpAttack) + patch.control(Parameter::AmpDecay);
    patch.control(Parameter::AmpSustain) < 0.01 && seconds < 0.02
}

fn classes(columns: &Columns) -> [usize; CATEGORICAL.len()] {
    CATEGORICAL.map(|parameter| argmax(&columns[class_range(parameter)]))
}

fn steps(a: &Columns, b: &Columns) -> [f64; CONTINUOUS.len()] {
    std::array::from_fn(|column| f64::from((a[column] - b[column]).abs()))
}

/// Mean change of a timbral scale between neighbouring cells of a plane.
pub fn mean_timbre_step(features: &[AudioFeatures], grid: u16) -> f64 {
    let steps = timbre_steps(features, grid);
    steps.iter().sum::<f64>() / steps.len().max(1) as f64
}

fn timbre_steps(features: &[AudioFeatures], grid: u16) -> Vec<f64> {
    let steps = |(a, b): (usize, usize)| {
        features[a].scales().into_iter().zip(features[b].scales()).map(|(a, b)| (a - b).abs())
    };
    neighbours(grid).into_iter().flat_map(steps).collect()
}

/// Pairs of cells side by side.
fn neighbours(grid: u16) -> Vec<(usize, usize)> {
    let grid = usize::from(grid);
    let right = (0..grid * grid).filter(|cell| cell % grid + 1 < grid).map(|cell| (cell, cell + 1));
    right.chain((0..grid * grid.saturating_sub(1)).map(|cell| (cell, cell + grid))).collect()
}

fn share<T>(items: &[T], is: impl Fn(&T) -> bool) -> f64 {
    items.iter().filter(|item| is(item)).count() as f64 / items.len().max(1) as f64
}

fn occupied(known: &[Point]) -> f64 {
    let cell = |axis: f32| ((axis / LATENT_LIMIT + 1.0) * 0.5 * OCCUPANCY_GRID as f32).floor() as i32;
    let inside = |at: &i32| (0..OCCUPANCY_GRID as i32).contains(at);
    let cells: BTreeSet<[i32; 2]> = (known.iter())
        .map(|point| [cell(point.x), cell(point.y)])
        .filter(|cell| cell.iter().all(inside))
        .collect();
    cells.len() as f64 / (OCCUPANCY_GRID * OCCUPANCY_GRID) as f64
}
