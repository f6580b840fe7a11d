//! Pattern search (Hooke and Jeeves, Journal of the ACM 8, 1961): finds the point with the least distance from
//! measured distances alone. It returns the points to measure next and takes their distances, so that the caller may
//! run many searches at once on all cores, or one step by step. Deterministic.

use plane::{LATENT_LIMIT, Point};

/// Directions of the search; of equally near points the first wins.
const DIRECTIONS: [[f32; 2]; 4] = [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]];

/// A point whose distance was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredPoint {
    /// Where.
    pub point: Point,
    /// The distance of its sound from the target, by the caller's metric.
    pub distance: f32,
}

/// A running search.
#[derive(Clone, Debug)]
pub struct PatternSearch {
    best: ScoredPoint,
    step: f32,
    last_step: f32,
    budget: usize,
}

impl PatternSearch {
    /// Starts at a point. Tries points `step` latent units away; halves the step whenever none is nearer, until it is
    /// less than `last_step` or `budget` points have been measured.
    pub fn new(start: ScoredPoint, step: f32, last_step: f32, budget: usize) -> Self {
        Self { best: start, step, last_step, budget }
    }

    /// The nearest point so far.
    pub fn best(&self) -> ScoredPoint {
        self.best
    }

    /// The points to measure next, within the plane; at most four, none when the search is over.
    pub fn candidates(&self) -> impl Iterator<Item = Point> {
        let Point { x, y } = self.best.point;
        let count = if self.step < self.last_step { 0 } else { self.budget };
        let around = DIRECTIONS.map(|[right, up]| {
            let [x, y] = [x + self.step * right, y + self.step * up];
            Point { x: x.clamp(-LATENT_LIMIT, LATENT_LIMIT), y: y.clamp(-LATENT_LIMIT, LATENT_LIMIT) }
        });
        // At the edge of the plane a direction has no candidate.
        around.into_iter().filter(move |&point| point != Point { x, y }).take(count)
    }

    /// Takes the distances of all [`PatternSearch::candidates`].
    pub fn record(&mut self, measured: &[ScoredPoint]) {
        self.budget = self.budget.saturating_sub(measured.len());
        match measured.iter().min_by(|a, b| a.distance.total_cmp(&b.distance)) {
            Some(&nearest) if nearest.distance < self.best.distance => self.best = nearest,
            _ => self.step /= 2.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PatternSearch, ScoredPoint};
    use plane::Point;

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

    #[test]
    fn it_stays_on_the_plane() {
        let (found, _) = search(Point { x: 9.0, y: 9.0 }, Point { x: 3.8, y: 3.9 }, 1000);
        assert_eq!(found.point, Point { x: 4.0, y: 4.0 });
    }
}
