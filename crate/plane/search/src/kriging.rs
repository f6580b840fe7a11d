//! Corrects an estimate by what was measured, between and around the measured points: simple kriging, that is the mean
//! of a Gaussian process (J. Sacks et al., "Design and analysis of computer experiments", Statistical Science 4, 1989).

use nalgebra::DMatrix;
use plane::Point;

/// Length scale of a correction, in latent units per distance of two points of the grid: with .25 and .6 the search for
/// held-back presets is as good.
const REACH: f32 = 0.35;

/// The variance of a measurement that its neighbours do not explain, as a share of the whole: sounds change by leaps.
const NUGGET: f64 = 1e-3;

/// Corrections of some numbers at any point.
pub(crate) struct Kriging<const NUMBERS: usize> {
    reach: f32,
    /// Points with their weights.
    points: Vec<(Point, [f32; NUMBERS])>,
}

impl<const NUMBERS: usize> Kriging<NUMBERS> {
    /// From errors of the estimate at measured points, and points where it has none.
    pub(crate) fn new(errors: &[(Point, [f32; NUMBERS])], exact: &[Point], spacing: f32) -> Self {
        let reach = REACH * spacing;
        let points: Vec<Point> = errors.iter().map(|error| error.0).chain(exact.iter().copied()).collect();
        let covariance = DMatrix::from_fn(points.len(), points.len(), |row, column| {
            let nugget = if row == column { NUGGET } else { 0.0 };
            f64::from(likeness(points[row], points[column], reach)) + nugget
        });
        let values = DMatrix::from_fn(points.len(), NUMBERS, |row, number| {
            errors.get(row).map_or(0.0, |(_, errors)| f64::from(errors[number]))
        });
        // The nugget makes the matrix positive definite.
        let Some(weights) = covariance.cholesky().map(|factor| factor.solve(&values)) else {
            return Self { reach, points: Vec::new() };
        };
        let weights_of = |row: usize| std::array::from_fn(|number| weights[(row, number)] as f32);
        Self { reach, points: points.into_iter().zip((0..).map(weights_of)).collect() }
    }

    /// Adds the corrections at a point to an estimate.
    pub(crate) fn correct(&self, point: Point, estimate: &mut [f32]) {
        for (known, weights) in &self.points {
            let likeness = likeness(point, *known, self.reach);
            for (number, weight) in estimate.iter_mut().zip(weights) {
                *number += likeness * weight;
            }
        }
    }
}

fn likeness(a: Point, b: Point, reach: f32) -> f32 {
    let [x, y] = [a.x - b.x, a.y - b.y].map(|difference| difference / reach);
    (-0.5 * (x * x + y * y)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_error_where_that_was_measured_and_none_elsewhere() {
        let errors = [([0.1, 0.2], [1.0, -2.0]), ([0.6, 0.1], [0.5, 0.0])];
        let errors = errors.map(|(point, error)| (Point::from(point), error));
        let exact = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]].map(Point::from);
        let kriging = Kriging::new(&errors, &exact, 1.0);
        let at = |point: Point| {
            let mut numbers = [10.0, 20.0];
            kriging.correct(point, &mut numbers);
            [numbers[0] - 10.0, numbers[1] - 20.0]
        };
        for (point, [first, second]) in errors {
            assert!((at(point)[0] - first).abs() < 0.02 && (at(point)[1] - second).abs() < 0.02);
        }
        for point in exact.into_iter().chain([Point { x: -3.0, y: 2.0 }]) {
            assert!(at(point).iter().all(|number| number.abs() < 0.02), "{point:?}: {:?}", at(point));
        }
        let between = at(Point { x: 0.35, y: 0.15 });
        assert!((0.3..1.0).contains(&between[0]), "{between:?}");
    }

    #[test]
    fn without_measurements_nothing_is_corrected() {
        let mut numbers = [1.0];
        Kriging::<1>::new(&[], &[], 1.0).correct(Point::default(), &mut numbers);
        assert_eq!(numbers, [1.0]);
    }
}
