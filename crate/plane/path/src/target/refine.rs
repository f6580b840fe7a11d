//! Improves a planned path by real measurements, off the grid of the map. It asks for the scales of points and gets
//! answers, round by round, so that the caller may measure on all cores or in a Worker.
//!
//! In each round half of the steps may move while their neighbours stay. The map suggests the most promising of nine
//! places around each step; after measuring, the place of the least cost is taken. The cost is that of the plan.

use std::mem;

use plane::{Map, Point};

use super::plan::{PlannedPath, TargetRequest, kept, scales};

/// The distances of places from the present point, in cells, round by round: two half rounds each.
const REACHES: [f32; 3] = [0.7, 0.4, 0.2];
/// Places measured for each step that may move.
const TRIALS: usize = 2;

/// A path in refinement.
pub struct Refinement<'a> {
    map: &'a Map,
    request: &'a TargetRequest,
    points: Vec<Point>,
    /// The measured scales at each step, in the map's order.
    measured: Vec<Vec<f32>>,
    /// Measured points of other places: step and point.
    trials: Vec<(usize, Point)>,
    /// The half round that comes next.
    round: usize,
    /// Number of each goal among the scales; goals of other layers, such as loudness, are not measured.
    goals: Vec<Option<usize>>,
    names: Vec<&'a str>,
}

impl<'a> Refinement<'a> {
    /// A refinement of a planned path.
    pub fn new(map: &'a Map, request: &'a TargetRequest, planned: &PlannedPath) -> Self {
        let names: Vec<&str> = scales(map).map(|layer| layer.name.as_str()).collect();
        let number = |name: &str| names.iter().position(|own| *own == name);
        Self {
            map,
            request,
            points: planned.points.clone(),
            measured: Vec::new(),
            trials: Vec::new(),
            round: 0,
            goals: request.goals.iter().map(|goal| number(&goal.layer)).collect(),
            names,
        }
    }

    /// The points to measure next; an empty list at the end. The first round asks for the path as planned.
    pub fn ask(&mut self) -> Vec<Point> {
        if self.measured.is_empty() {
            return self.points.clone();
        }
        while self.trials.is_empty() && self.round < 2 * REACHES.len() {
            self.trials = self.suggestions();
            if self.trials.is_empty() {
                self.round += 1;
            }
        }
        self.trials.iter().map(|trial| trial.1).collect()
    }

    /// Takes the scales of the points that were asked for, each in the map's order and in points. An answer of another
    /// length, or with a value that is not a number, changes nothing.
    pub fn answer(&mut self, scales: Vec<Vec<f32>>) {
        let is_valid =
            |own: &Vec<f32>| own.len() == self.names.len() && own.iter().all(|value| value.is_finite());
        if self.measured.is_empty() {
            if scales.len() == self.points.len() && scales.iter().all(is_valid) {
                self.measured = scales;
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
    /// the map.
    fn expected(&self, step: usize, point: Point) -> Vec<f32> {
        let here = self.points[step];
        let names = self.names.iter().zip(&self.measured[step]);
        names
            .map(|(name, measured)| {
                let value = |point: Point| self.map.value(name, point.x, point.y).unwrap_or(0.0);
                measured + value(point) - value(here)
            })
            .collect()
    }

    /// The point and the scales of the steps before and after.
    fn neighbours(&self, step: usize) -> [Option<(Point, &Vec<f32>)>; 2] {
        let at = |step: Option<usize>| {
            let step = step.filter(|step| *step < self.points.len())?;
            Some((self.points[step], &self.measured[step]))
        };
        [at(step.checked_sub(1)), at(Some(step + 1))]
    }

    /// The cost of a step at a point with these scales.
    fn cost(&self, step: usize, point: Point, scales: &[f32]) -> f32 {
        let cell = 2.0 * self.map.limit / f32::from(self.map.grid.max(2) - 1);
        let mut cost = 0.0;
        for (goal, number) in self.request.goals.iter().zip(&self.goals) {
            let value = match number {
                Some(number) => scales[*number],
                None => self.map.value(&goal.layer, point.x, point.y).unwrap_or(0.0),
            };
            let difference = value - goal.values[step];
            cost += goal.weight * difference * difference;
        }
        for (neighbour, other) in self.neighbours(step).into_iter().flatten() {
            let way = neighbour.distance(point) / cell;
            let others = scales.iter().zip(other).enumerate();
            let others = others.filter(|(number, _)| !self.goals.contains(&Some(*number)));
            let (sum, count) = others.fold((0.0, 0.0f32), |(sum, count), (_, (one, other))| {
                (sum + (one - other) * (one - other), count + 1.0)
            });
            cost += self.request.way_cost * way * way + self.request.jump_cost * sum / count.max(1.0);
        }
        cost
    }
}
