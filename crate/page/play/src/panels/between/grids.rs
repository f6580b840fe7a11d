//! The sounds around A and around B: for each a grid of points of the map, with the sound itself in the middle. The
//! difference between the sound and the map is added to all. A worker computes them, and the script draws their
//! spectrograms; a press goes to one and plays it.

use patch::Patch;
use plane::Point;
use serde::{Deserialize, Serialize};

use super::BetweenTask;
use super::ends::{BetweenEnd, patch_of};
use super::known::KnownPlaces;
use crate::action::Edit;
use crate::compare::Location;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

/// The ends with a grid: A and B.
pub(super) const GRID_COUNT: usize = 2;
/// Cells of a row, and of a grid.
const SIDE: i32 = 5;
pub(super) const CELL_COUNT: usize = (SIDE * SIDE) as usize;
/// The cell of the sound itself.
const MIDDLE: usize = CELL_COUNT / 2;
/// The least, the first and the greatest distance of two cells, in latent units.
pub(super) const SPACINGS: [f32; 3] = [0.05, 0.2, 0.6];

/// A point of the map whose sound is to be computed for a cell.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct CellPoint {
    /// The cell's position, row by row.
    pub cell: usize,
    /// x and y.
    pub point: [f32; 2],
    /// True for the sound itself.
    pub is_middle: bool,
}

/// One of the strongest changes from the sound itself to that of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct CellMove {
    /// The parameter's index.
    pub parameter: usize,
    /// How it changes.
    pub change: CellChange,
}

/// How a parameter changes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum CellChange {
    /// It is greater.
    More,
    /// It is less.
    Less,
    /// It is another choice.
    Switch,
}

/// A computed cell.
#[derive(Clone, Debug)]
pub(super) struct GridCell {
    sound: Location,
    pub moves: Vec<CellMove>,
}

/// The sound whose grid is drawn, and how.
#[derive(Clone, Debug)]
pub(super) struct DrawnGrid {
    pub end: BetweenEnd,
    pub spacing: f32,
}

/// A grid.
#[derive(Clone, Debug, Default)]
pub(super) struct SoundGrid {
    /// The number of the end whose sounds are known.
    end: Option<u32>,
    /// The sound whose grid is drawn or computed.
    pub drawn: Option<DrawnGrid>,
    /// The task that computes it.
    task: Option<TaskNumber>,
    pub cells: [Option<GridCell>; CELL_COUNT],
    /// The sounds of the cells that were played.
    pub known: KnownPlaces<usize>,
    /// The cell that the caption describes.
    pub said: Option<usize>,
    /// True if a screen reader is to speak the caption: a focused cell is spoken by its name, unless that changes.
    pub is_spoken: bool,
    /// True if the grid could not be computed.
    pub has_failed: bool,
}

impl SoundGrid {
    /// True while the grid is computed.
    pub fn is_computing(&self) -> bool {
        self.task.is_some()
    }

    /// True if a cell lies beyond the map.
    pub fn is_beyond(&self, cell: usize) -> bool {
        self.drawn.as_ref().is_some_and(|drawn| !cell_point(drawn, cell).is_on_plane())
    }

    /// Nothing is drawn any more; returns the task that drew it.
    fn clear(&mut self) -> Option<TaskNumber> {
        let task = self.task.take();
        *self = Self { end: self.end, ..Self::default() };
        task
    }
}

/// The steps from the middle to a cell: to the right, and up.
pub(super) fn steps_to(cell: usize) -> [i32; 2] {
    let (cell, half) = (cell as i32, SIDE / 2);
    [cell % SIDE - half, half - cell / SIDE]
}

fn cell_point(drawn: &DrawnGrid, cell: usize) -> Point {
    let [right, up] = steps_to(cell).map(|step| drawn.spacing * step as f32);
    let Point { x, y } = drawn.end.sound.point;
    Point { x: x + right, y: y + up }
}

/// The cells on the map, the middle first, then the near ones.
fn cell_points(drawn: &DrawnGrid) -> Vec<CellPoint> {
    let mut cells: Vec<usize> = (0..CELL_COUNT).collect();
    cells.sort_by_key(|&cell| steps_to(cell).map(|step| step * step).iter().sum::<i32>());
    let points = cells.into_iter().map(|cell| (cell, cell_point(drawn, cell)));
    let points = points.filter(|(_, point)| point.is_on_plane());
    points
        .map(|(cell, point)| CellPoint { cell, point: [point.x, point.y], is_middle: cell == MIDDLE })
        .collect()
}

/// The strongest changes: the parameter's index and the change of each in turn, not-a-number for another choice.
fn moves_of(numbers: &[f32]) -> Vec<CellMove> {
    let change = |by: f32| match by {
        _ if by.is_nan() => CellChange::Switch,
        _ if by > 0.0 => CellChange::More,
        _ => CellChange::Less,
    };
    let pairs = numbers.chunks_exact(2);
    pairs.map(|pair| CellMove { parameter: pair[0] as usize, change: change(pair[1]) }).collect()
}

impl Reducer<'_> {
    /// Draws the grids that are seen, unless they are drawn.
    pub(super) fn draw_grids(&mut self) {
        for place in 0..GRID_COUNT {
            self.draw_grid(place);
        }
    }

    fn draw_grid(&mut self, place: usize) {
        let between = self.between();
        let is_seen = between.sees_grid(place);
        let spacing = between.drawn_spacing;
        let grid = &mut between.grids[place];
        let end = between.ends.chosen[place].as_ref();
        let number = end.map(|end| end.number);
        let is_drawn = grid.drawn.as_ref().is_some_and(|drawn| drawn.spacing == spacing && !grid.has_failed);
        let is_same = grid.end == number;
        // The sounds around another end are not around this one.
        let outdated = if is_same && (is_drawn || !is_seen) { None } else { grid.clear() };
        grid.end = number;
        let drawn = end.cloned().map(|end| DrawnGrid { end, spacing });
        self.cancel_task(outdated);
        let Some(drawn) = drawn.filter(|_| is_seen && !(is_same && is_drawn)) else { return };
        let patch = drawn.end.patch.values().to_vec();
        let Point { x, y } = drawn.end.sound.point;
        let cells = cell_points(&drawn);
        let task = self.begin_task(BetweenTask::Around { place, patch, point: [x, y], cells });
        let grid = &mut self.between().grids[place];
        grid.drawn = Some(drawn);
        grid.task = Some(task);
    }

    /// Ends the computation of the grids; unfinished ones are computed anew when they are seen again.
    pub(super) fn drop_grids(&mut self) {
        for place in 0..GRID_COUNT {
            let grid = &mut self.between().grids[place];
            if grid.is_computing() {
                let task = grid.clear();
                self.cancel_task(task);
            }
        }
    }

    fn grid_of_task(&mut self, task: TaskNumber) -> Option<&mut SoundGrid> {
        self.between().grids.iter_mut().find(|grid| grid.task == Some(task))
    }

    /// A cell is computed, and its spectrogram is drawn.
    pub(super) fn take_cell(&mut self, task: TaskNumber, cell: usize, values: &[f32], moves: &[f32]) {
        let shown = self.state.location(Point::default(), None);
        let Some(grid) = self.grid_of_task(task) else { return };
        let Some((drawn, patch)) = grid.drawn.as_ref().zip(patch_of(values)) else { return };
        let sound = cell_sound(drawn, cell, patch, shown);
        let Some(own) = grid.cells.get_mut(cell) else { return };
        *own = Some(GridCell { sound, moves: moves_of(moves) });
        if grid.said == Some(cell) {
            grid.is_spoken = true;
        }
    }

    pub(super) fn end_grid(&mut self, task: TaskNumber) {
        if let Some(grid) = self.grid_of_task(task) {
            grid.task = None;
        }
    }

    pub(super) fn fail_grid(&mut self, task: TaskNumber) {
        if let Some(grid) = self.grid_of_task(task) {
            grid.task = None;
            grid.has_failed = true;
            (grid.said, grid.is_spoken) = (None, true);
        }
    }

    /// A cell has the focus, or a pointer moves over it: the caption describes it.
    pub(super) fn say_cell(&mut self, place: usize, cell: usize) {
        let Some(grid) = self.between().grids.get_mut(place).filter(|grid| grid.drawn.is_some()) else {
            return;
        };
        grid.said = Some(cell).filter(|cell| *cell < CELL_COUNT);
        grid.is_spoken = false;
    }

    /// Goes to the sound of a cell, and plays it.
    pub(super) fn go_to_cell(&mut self, place: usize, cell: usize) {
        self.say_cell(place, cell);
        let grid = self.between().grids.get(place);
        let Some(own) = grid.and_then(|grid| grid.cells.get(cell)?.as_ref()) else { return };
        let sound = own.sound.clone();
        self.edit(Edit::FinishStep);
        self.edit(Edit::Glide(sound));
        self.edit(Edit::FinishStep);
        self.sample_between();
        let here = self.between_here();
        self.between().grids[place].known.add(here, cell);
    }
}

/// The sound of a cell: with a patch of its own if the sound itself has one.
/// `shown` is any sound of the same instrument.
fn cell_sound(drawn: &DrawnGrid, cell: usize, patch: Patch, shown: Location) -> Location {
    if cell == MIDDLE {
        return drawn.end.sound.clone();
    }
    let has_own = drawn.end.sound.patch.is_some();
    Location { point: cell_point(drawn, cell), patch: has_own.then(|| Box::new(patch)), ..shown }
}
