//! Pattern search (Hooke and Jeeves, Journal of the ACM 8, 1961): finds the point with the least distance from
//! measured distances alone. It returns the points to measure next and takes their distances, so that the caller may
//! run many searches at once on all cores, or one step by step. Deterministic.

use plane::{LATENT_LIMIT, Point};

/// Directions of the first poll, in opposite pairs; of equally near points the first wins.
const DIRECTIONS: [[f32; 2]; 4] = [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]];

/// Cosine and sine of the angle by which each poll turns the directions, 36.87°: exact, and no multiple of it is a
/// whole turn. Without it the found points stand in rows and columns.
const TURN: [f32; 2] = [0.8, 0.6];

/// A point whose distance was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredPoint {
    /// The point.
    pub point: Point,
    /// The distance of its sound from the target, by the caller's metric.
    pub distance: f32,
}

/// A running search.
#[derive(Clone, Debug)]
pub struct PatternSearch {
    best: ScoredPoint,
    /// The minimum of a parabola through the last poll: measured next, alone.
    guess: Option<Point>,
    /// The directions of the next poll, each of length 1.
    directions: [[f32; 2]; 4],
    step: f32,
    last_step: f32,
    budget: usize,
}

impl PatternSearch {
    /// Starts at a point. Polls points `step` latent units away in four directions, then the minimum of the parabola
    /// through them; halves the step whenever no poll is nearer, until it is less than `last_step` or `budget` points
    /// have been measured.
    pub fn new(start: ScoredPoint, step: f32, last_step: f32, budget: usize) -> Self {
        Self { best: start, guess: None, directions: DIRECTIONS, step, last_step, budget }
    }

    /// The nearest point so far.
    pub fn best(&self) -> ScoredPoint {
        self.best
    }

    /// The points to measure next, within the plane; at most four, none when the search is over.
    pub fn candidates(&self) -> impl Iterator<Item = Point> {
        let centre = self.best.point;
        let is_over = self.guess.is_none() && self.step < self.last_step;
        let poll = self.directions.map(|direction| moved(centre, direction, self.step));
        let is_polling = self.guess.is_none();
        // At the edge of the plane a direction has no candidate.
        let poll = poll.into_iter().filter(move |&point| is_polling && point != centre);
        self.guess.into_iter().chain(poll).take(if is_over { 0 } else { self.budget })
    }

    /// Takes the distances of all [`PatternSearch::candidates`].
    pub fn record(&mut self, measured: &[ScoredPoint]) {
        self.budget = self.budget.saturating_sub(measured.len());
        let centre = self.best;
        let nearest = measured.iter().min_by(|a, b| a.distance.total_cmp(&b.distance)).copied();
        let nearer = nearest.filter(|nearest| nearest.distance < centre.distance);
        self.best = nearer.unwrap_or(centre);
        if self.guess.take().is_some() {
            return;
        }
        if let &[right, left, up, down] = measured {
            let offsets =
                [[right, left], [up, down]].map(|pair| minimum(centre, pair.map(|point| point.distance)));
            let guess = (self.directions.iter().step_by(2).zip(offsets))
                .fold(centre.point, |point, (&direction, offset)| {
                    moved(point, direction, offset * self.step)
                });
            let is_new =
                [centre, self.best].iter().all(|known| distance(known.point, guess) >= self.last_step);
            self.guess = Some(guess).filter(|_| is_new);
        }
        if nearer.is_none() {
            self.step /= 2.0;
        }
        let [cosine, sine] = TURN;
        self.directions = self.directions.map(|[x, y]| [cosine * x - sine * y, sine * x + cosine * y]);
    }
}

/// A point `length` latent units away, on the plane.
fn moved(Point { x, y }: Point, [right, up]: [f32; 2], length: f32) -> Point {
    let [x, y] = [x + length * right, y + length * up];
    Point { x: x.clamp(-LATENT_LIMIT, LATENT_LIMIT), y: y.clamp(-LATENT_LIMIT, LATENT_LIMIT) }
}

/// The minimum of a parabola through the distances at a centre and one step ahead of it and behind: −1…1 steps.
fn minimum(centre: ScoredPoint, [ahead, behind]: [f32; 2]) -> f32 {
    let curvature = ahead - 2.0 * centre.distance + behind;
    let slope = 0.5 * (behind - ahead);
    if curvature > 0.0 { (slope / curvature).clamp(-1.0, 1.0) } else { 0.0 }
}

fn distance(a: Point, b: Point) -> f32 {
    let [x, y] = [a.x - b.x, a.y - b.y];
    (x * x + y * y).sqrt()
}

#[cfg(test)]
mod tests {
    use super::{PatternSearch, ScoredPoint};
    use plane::Point;
    use std::collections::BTreeSet;

    /// Searches with the distance to `wanted`; returns the best point and the number of measurements.
    fn search(wanted: Point, start: Point, budget: usize) -> (ScoredPoint, usize) {
        let score = |point: Point| ScoredPoint {
            point,
            distance: (point.x - wanted.x).abs() + (point.y - wanted.y).abs(),
        };
        let (mut search, mut count) = (PatternSearch::new(score(start), 0.5, 0.01, budget), 0);
        loop {
            let measured: Vec<ScoredPoint> = search.candidates().map(score).collect();
            if measured.is_empty() {
                return (search.best(), count);
            }
            count += measured.len();
            search.record(&measured);
        }
    }

    #[test]
    fn the_nearest_point_is_found() {
        let (found, _) = search(Point { x: 0.7, y: -1.3 }, Point::default(), 1000);
        assert!(found.distance < 0.02, "{found:?}");
    }

    #[test]
    fn the_best_point_is_kept_when_the_budget_is_used_up() {
        for budget in 0..12 {
            let (found, count) = search(Point { x: 3.0, y: 3.0 }, Point::default(), budget);
            assert_eq!(count, budget);
            assert!(found.distance <= 6.0);
        }
    }

    /// Searches as among the sounds of a grid: from its nearest point, with 16 measurements.
    fn search_from_grid(wanted: Point, spacing: f32) -> Point {
        let score = |point: Point| {
            let [x, y] = [point.x - wanted.x, point.y - wanted.y];
            ScoredPoint { point, distance: x * x + x * y + 2.0 * y * y }
        };
        let [x, y] = [wanted.x, wanted.y].map(|value| (value / spacing).round() * spacing);
        let mut search = PatternSearch::new(score(Point { x, y }), 0.5 * spacing, 0.03 * spacing, 16);
        loop {
            let measured: Vec<ScoredPoint> = search.candidates().map(score).collect();
            if measured.is_empty() {
                return search.best().point;
            }
            search.record(&measured);
        }
    }

    #[test]
    fn known_sounds_are_placed_to_a_hundredth_and_stand_in_no_columns() {
        const SPACING: f32 = 0.16;
        let mut columns = BTreeSet::new();
        for step in 0..200_u8 {
            let [x, y] = [0.37, 0.61].map(|turn: f32| (f32::from(step) * turn).fract() - 0.5);
            let found = search_from_grid(Point { x, y }, SPACING);
            let error = (found.x - x).abs().max((found.y - y).abs());
            assert!(error < 0.01, "{found:?} instead of {x}, {y}");
            columns.insert((found.x * 1000.0).round() as i32);
        }
        assert!(columns.len() > 90, "{} columns", columns.len());
    }

    #[test]
    fn it_stays_on_the_plane() {
        let (found, _) = search(Point { x: 9.0, y: 9.0 }, Point { x: 3.8, y: 3.9 }, 1000);
        assert_eq!(found.point, Point { x: 4.0, y: 4.0 });
    }
}
