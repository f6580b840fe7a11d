//! Improves a planned path by real measurements, off the grid of the map. It asks for the scales of points and gets
//! answers, round by round, so that the caller may measure on all cores or in a Worker.
//!
//! A path of struck notes is planned again after each of the first rounds, on the map as the measurements correct it,
//! because struck notes differ from the held ones of the map. The cheapest measured path stays.
//!
//! In each later round half of the steps may move while their neighbours stay. The map suggests the most promising of nine
//! places around each step; after measuring, the place of the least cost is taken. The cost is that of the plan.

use std::mem;

use plane::{Map, Point};

use super::correction::corrected;
use super::plan::{PlannedPath, TargetRequest, kept, plan, scales};
use super::striking::{LOUDNESS, quiet_cost, quiet_lufs};

/// The distances of places from the present point, in cells, round by round: two half rounds each.
const REACHES: [f32; 3] = [0.7, 0.4, 0.2];
/// Places measured for each step that may move.
const TRIALS: usize = 2;
/// The number of times that a path of struck notes is planned again.
const REPLANS: usize = 4;

/// A path in refinement.
#[derive(Clone, Debug)]
pub struct Refinement {
    /// The map as it was made, and as the measurements correct it.
    original: Map,
    map: Map,
    request: TargetRequest,
    points: Vec<Point>,
    /// The measured scales at each step, in the map's order; of struck notes then the loudness.
    measured: Vec<Vec<f32>>,
    /// Measured points of other places: step and point.
    trials: Vec<(usize, Point)>,
    /// The half round that comes next.
    round: usize,
    /// The path that is planned again and waits for measurements, and the number of times that it may still be.
    replanned: Option<Vec<Point>>,
    replans: usize,
    /// Every measured point with its row.
    known: Vec<(Point, Vec<f32>)>,
    /// Number of each goal among the scales; goals of other layers, such as loudness, are not measured.
    goals: Vec<Option<usize>>,
    names: Vec<String>,
    /// The loudness below which struck notes are too quiet, in LUFS.
    quiet_lufs: Option<f32>,
}

impl Refinement {
    /// A refinement of a planned path.
    pub fn new(map: &Map, request: &TargetRequest, planned: &PlannedPath) -> Self {
        let names: Vec<String> = scales(map).map(|layer| layer.name.clone()).collect();
        let number = |name: &str| names.iter().position(|own| *own == name);
        Self {
            original: map.clone(),
            map: map.clone(),
            request: request.clone(),
            points: planned.points.clone(),
            measured: Vec::new(),
            trials: Vec::new(),
            round: 0,
            replanned: None,
            replans: if request.note_s.is_some() { REPLANS } else { 0 },
            known: Vec::new(),
            goals: request.goals.iter().map(|goal| number(&goal.layer)).collect(),
            names,
            quiet_lufs: request.note_s.and_then(|_| quiet_lufs(map)),
        }
    }

    /// The points to measure next; an empty list at the end. The first round asks for the path as planned.
    pub fn ask(&mut self) -> Vec<Point> {
        if self.measured.is_empty() {
            return self.points.clone();
        }
        if let Some(replanned) = &self.replanned {
            return self.unknown(replanned);
        }
        while self.trials.is_empty() && self.round < 2 * REACHES.len() {
            self.trials = self.suggestions();
            if self.trials.is_empty() {
                self.round += 1;
            }
        }
        self.trials.iter().map(|trial| trial.1).collect()
    }

    /// Takes the scales of the points that were asked for, each in the map's order and in points, of struck notes then
    /// the loudness in LUFS. An answer of another length, or with a value that is not a number, changes nothing.
    pub fn answer(&mut self, scales: Vec<Vec<f32>>) {
        let length = self.names.len() + usize::from(self.request.note_s.is_some());
        let is_valid = move |own: &Vec<f32>| own.len() == length && own.iter().all(|value| value.is_finite());
        if self.measured.is_empty() || self.replanned.is_some() {
            let asked = self.ask();
            if scales.len() == asked.len() && scales.iter().all(is_valid) {
                self.known.extend(asked.into_iter().zip(scales));
                self.take_planned();
            }
            return;
        }
        let trials = mem::take(&mut self.trials);
        self.round += 1;
        let mut best: Vec<Option<(f32, Point, Vec<f32>)>> = vec![None; self.points.len()];
        for ((step, point), scales) in trials.into_iter().zip(scales) {
            if !is_valid(&scales) {
                continue;
            }
            self.known.push((point, scales.clone()));
            let cost = self.cost(step, point, &scales);
            let known = best[step]
                .as_ref()
                .map_or_else(|| self.cost(step, self.points[step], &self.measured[step]), |best| best.0);
            if cost < known {
                best[step] = Some((cost, point, scales));
            }
        }
        for (step, best) in best.into_iter().enumerate() {
            if let Some((_, point, scales)) = best {
                self.points[step] = point;
                self.measured[step] = scales;
            }
        }
    }

    /// The path with the measured scales at each step, in the map's order. `None` before the first answer.
    pub fn finish(self) -> Option<(Vec<Point>, Vec<Vec<f32>>)> {
        (!self.measured.is_empty()).then_some((self.points, self.measured))
    }

    /// The places of a path that are not measured yet, each once.
    fn unknown(&self, points: &[Point]) -> Vec<Point> {
        let mut unknown: Vec<Point> = Vec::new();
        for point in points {
            if self.row_of(*point).is_none() && !unknown.contains(point) {
                unknown.push(*point);
            }
        }
        unknown
    }

    fn row_of(&self, point: Point) -> Option<&Vec<f32>> {
        self.known.iter().find(|known| known.0 == point).map(|known| &known.1)
    }

    /// The planned path is measured: it stays if it is the cheapest so far. Then it is planned again, unless that has
    /// been done often enough or leads along known places.
    fn take_planned(&mut self) {
        let points = self.replanned.take().unwrap_or_else(|| self.points.clone());
        self.keep_cheaper(points);
        if self.replans == 0 {
            return;
        }
        self.replans -= 1;
        self.map = corrected(&self.original, &self.known);
        let Ok(planned) = plan(&self.map, &self.request) else { return };
        if self.unknown(&planned.points).is_empty() {
            self.keep_cheaper(planned.points);
        } else {
            self.replanned = Some(planned.points);
        }
    }

    /// Takes a path of measured points, if none is measured yet or this one is cheaper.
    fn keep_cheaper(&mut self, points: Vec<Point>) {
        let rows: Option<Vec<Vec<f32>>> = points.iter().map(|point| self.row_of(*point).cloned()).collect();
        let Some(rows) = rows else { return };
        if self.measured.is_empty()
            || self.whole_cost(&points, &rows) < self.whole_cost(&self.points, &self.measured)
        {
            (self.points, self.measured) = (points, rows);
        }
    }

    /// The places to measure in this half round.
    fn suggestions(&self) -> Vec<(usize, Point)> {
        let half = self.round % 2;
        let cell = 2.0 * self.map.limit / f32::from(self.map.grid.max(2) - 1);
        let reach = REACHES[self.round / 2] * cell;
        let is_pinned = |step: usize| self.request.pins.iter().any(|pin| pin.0 == step);
        let steps = (half..self.points.len()).step_by(2).filter(|step| !is_pinned(*step));
        steps.flat_map(|step| self.promising(step, reach)).collect()
    }

    /// The most promising places for a step.
    fn promising(&self, step: usize, reach: f32) -> Vec<(usize, Point)> {
        let here = self.points[step];
        let around =
            (-1i8..=1).flat_map(|row| (-1i8..=1).map(move |column| (f32::from(column), f32::from(row))));
        let around = around.filter(|offset| *offset != (0.0, 0.0)).map(|(column, row)| {
            // Diagonals are no farther.
            let length = reach / (column * column + row * row).sqrt();
            Point::on_plane(here.x + column * length, here.y + row * length)
        });
        let [before, after] = self.neighbours(step);
        let between = match (before, after) {
            (Some((before, _)), Some((after, _))) => Some(before.towards(after, 0.5)),
            _ => None,
        };
        let is_allowed = |point: &Point| {
            let mut ends = [before, after].into_iter().flatten();
            ends.all(|(end, _)| self.request.allows(end, *point))
        };
        let mut places: Vec<(f32, Point)> = around
            .chain(between)
            .map(kept)
            .filter(|point| *point != here && is_allowed(point))
            .map(|point| (self.cost(step, point, &self.expected(step, point)), point))
            .collect();
        places.sort_by(|one, other| one.0.total_cmp(&other.0));
        places.into_iter().take(TRIALS).map(|(_, point)| (step, point)).collect()
    }

    /// The scales that the map suggests at a point near a step: the measured ones of the step, plus the difference in
    /// the map. Of struck notes then the loudness.
    fn expected(&self, step: usize, point: Point) -> Vec<f32> {
        let here = self.points[step];
        let names = self.names.iter().map(String::as_str).chain([LOUDNESS]);
        let names = names.zip(&self.measured[step]);
        names
            .map(|(name, measured)| {
                let value = |point: Point| self.map.value(name, point.x, point.y).unwrap_or(0.0);
                measured + value(point) - value(here)
            })
            .collect()
    }

    /// The point and the scales of the steps before and after.
    fn neighbours(&self, step: usize) -> [Option<(Point, &[f32])>; 2] {
        let at = |step: Option<usize>| {
            let step = step.filter(|step| *step < self.points.len())?;
            Some((self.points[step], self.measured[step].as_slice()))
        };
        [at(step.checked_sub(1)), at(Some(step + 1))]
    }

    /// The cost of a step at a point with these scales, between its neighbours.
    fn cost(&self, step: usize, point: Point, scales: &[f32]) -> f32 {
        let moves = self.neighbours(step).into_iter().flatten();
        let moves = moves.map(|(neighbour, other)| self.move_cost((neighbour, other), (point, scales)));
        self.place_cost(step, point, scales) + moves.sum::<f32>()
    }

    /// The cost of a whole path.
    fn whole_cost(&self, points: &[Point], rows: &[Vec<f32>]) -> f32 {
        let steps = points.iter().zip(rows).enumerate();
        let places = steps.map(|(step, (point, row))| self.place_cost(step, *point, row));
        let pairs = points.windows(2).zip(rows.windows(2));
        let moves = pairs.map(|(two, rows)| self.move_cost((two[0], &rows[0]), (two[1], &rows[1])));
        places.sum::<f32>() + moves.sum::<f32>()
    }

    /// The cost of being at a point at a step: of the distance from the target, and of too quiet a sound.
    fn place_cost(&self, step: usize, point: Point, scales: &[f32]) -> f32 {
        let mut cost = match (self.quiet_lufs, scales.get(self.names.len())) {
            (Some(quiet_lufs), Some(own_lufs)) => quiet_cost(quiet_lufs, *own_lufs),
            _ => 0.0,
        };
        for (goal, number) in self.request.goals.iter().zip(&self.goals) {
            let value = match number {
                Some(number) => scales[*number],
                None => self.map.value(&goal.layer, point.x, point.y).unwrap_or(0.0),
            };
            let difference = value - goal.values[step];
            cost += goal.weight * difference * difference;
        }
        cost
    }

    /// The cost of the way between two points, and of the jump of the scales that follow nothing.
    fn move_cost(&self, (from, before): (Point, &[f32]), (to, after): (Point, &[f32])) -> f32 {
        let cell = 2.0 * self.map.limit / f32::from(self.map.grid.max(2) - 1);
        let way = from.distance(to) / cell;
        let others = (0..self.names.len()).filter(|number| !self.goals.contains(&Some(*number)));
        let (sum, count) = others.fold((0.0, 0.0f32), |(sum, count), number| {
            let jump = after[number] - before[number];
            (sum + jump * jump, count + 1.0)
        });
        self.request.way_cost * way * way + self.request.jump_cost * sum / count.max(1.0)
    }
}
