//! The search for one sound, step by step: estimates where the plane sounds nearest to it, by the sounds of a grid and by
//! what was measured between its points, and takes what that point sounds like. Renders nothing.

use features::{COMPONENT_COUNT, COORDINATE_COUNT, SoundCoordinates, placed_distance};
use plane::{LATENT_LIMIT, Point};

use crate::ScoredPoint;
use crate::interpolation::InterpolatedSounds;
use crate::kriging::Kriging;

/// Numbers of the timbral scales in a sound's coordinates.
const SCALES: usize = COORDINATE_COUNT - COMPONENT_COUNT;

/// The nearest points of the grid, around which the nearest estimate is looked for first; 30 of them change nothing.
const STARTS: usize = 8;

/// Estimates around a start: so many to each side, so far apart, in distances of two points of the grid.
const EACH_SIDE: i8 = 4;
const APART: f32 = 0.25;

/// The last step of the way to the nearest estimate, and the least distance from what is known: nearer points sound the
/// same.
const LAST_STEP: f32 = 0.03;

/// A running search.
pub(crate) struct PointSearch {
    target: SoundCoordinates,
    starts: Vec<Point>,
    /// Errors of the interpolation at measured points.
    spectra: Vec<(Point, [f32; COMPONENT_COUNT])>,
    scales: Vec<(Point, [f32; SCALES])>,
    best: ScoredPoint,
}

/// A point to measure.
#[derive(Clone, Copy)]
pub(crate) struct TrialPoint {
    pub(crate) point: Point,
    /// What it is estimated to sound like.
    estimate: SoundCoordinates,
}

impl PointSearch {
    /// Starts at the nearest sound of the grid.
    pub(crate) fn new(target: SoundCoordinates, plane: &InterpolatedSounds) -> Self {
        let scored = |(point, sound)| ScoredPoint { point, distance: placed_distance(&target, sound) };
        let mut grid: Vec<ScoredPoint> = plane.points().map(scored).collect();
        grid.sort_by(|a, b| a.distance.total_cmp(&b.distance));
        let starts = grid.iter().take(STARTS).map(|scored| scored.point).collect();
        let nowhere = ScoredPoint { point: Point::default(), distance: f32::INFINITY };
        let best = grid.first().copied().unwrap_or(nowhere);
        Self { target, starts, spectra: Vec::new(), scales: Vec::new(), best }
    }

    /// The nearest point so far.
    pub(crate) fn best(&self) -> ScoredPoint {
        self.best
    }

    /// The point whose estimate is nearest, among those that are neither measured nor on the grid; none if the sound is
    /// found, or if there is no such point.
    pub(crate) fn next(&self, plane: &InterpolatedSounds) -> Option<TrialPoint> {
        if self.best.distance == 0.0 {
            return None;
        }
        let spacing = plane.spacing();
        let spectra = corrections(&self.spectra, plane);
        let scales = corrections(&self.scales, plane);
        let estimate = |point: Point| {
            let mut sound = plane.at(point);
            let (of_spectrum, of_scales) = sound.split_at_mut(COMPONENT_COUNT);
            spectra.correct(point, of_spectrum);
            scales.correct(point, of_scales);
            sound
        };
        let mut nearest: Option<(f32, TrialPoint)> = None;
        let mut try_point = |centre: Point, [across, up]: [i8; 2], step: f32| {
            let moved = |coordinate: f32, steps: i8| {
                (coordinate + f32::from(steps) * step * spacing).clamp(-LATENT_LIMIT, LATENT_LIMIT)
            };
            let point = Point { x: moved(centre.x, across), y: moved(centre.y, up) };
            let mut known = self.spectra.iter().map(|measured| measured.0).chain(plane.around(point));
            if known
                .any(|known| (known.x - point.x).abs().max((known.y - point.y).abs()) < LAST_STEP * spacing)
            {
                return nearest;
            }
            let estimate = estimate(point);
            let distance = placed_distance(&self.target, &estimate);
            if nearest.is_none_or(|(least, _)| distance < least) {
                nearest = Some((distance, TrialPoint { point, estimate }));
            }
            nearest
        };
        let mut found = None;
        for &centre in self.starts.iter().chain([&self.best.point]) {
            for across in -EACH_SIDE..=EACH_SIDE {
                for up in -EACH_SIDE..=EACH_SIDE {
                    found = try_point(centre, [across, up], APART);
                }
            }
        }
        let mut step = 0.5 * APART;
        while let Some((distance, TrialPoint { point, .. })) = found
            && step > 0.5 * LAST_STEP
        {
            for across in -1..=1 {
                for up in -1..=1 {
                    found = try_point(point, [across, up], step);
                }
            }
            if found.is_none_or(|(least, _)| least >= distance) {
                step *= 0.5;
            }
        }
        found.map(|(_, candidate)| candidate)
    }

    /// Whether a candidate of this spectrum is nearer than the nearest so far if its scales are as estimated.
    pub(crate) fn is_likely(&self, candidate: &TrialPoint, spectrum: &SoundCoordinates) -> bool {
        let mut guess = candidate.estimate;
        guess[..COMPONENT_COUNT].copy_from_slice(&spectrum[..COMPONENT_COUNT]);
        placed_distance(&self.target, &guess) < self.best.distance
    }

    /// Takes what a point sounds like. Without its scales it cannot be the nearest.
    pub(crate) fn record(
        &mut self,
        point: Point,
        sound: &SoundCoordinates,
        has_scales: bool,
        plane: &InterpolatedSounds,
    ) {
        let interpolated = plane.at(point);
        let error = |number: usize| sound[number] - interpolated[number];
        self.spectra.push((point, std::array::from_fn(error)));
        if has_scales {
            self.scales.push((point, std::array::from_fn(|scale| error(COMPONENT_COUNT + scale))));
            let distance = placed_distance(&self.target, sound);
            if distance < self.best.distance {
                self.best = ScoredPoint { point, distance };
            }
        }
    }
}

/// Corrections by errors at measured points: none at the points of the grid around them.
fn corrections<const NUMBERS: usize>(
    errors: &[(Point, [f32; NUMBERS])],
    plane: &InterpolatedSounds,
) -> Kriging<NUMBERS> {
    let mut exact: Vec<Point> = errors.iter().flat_map(|(point, _)| plane.around(*point)).collect();
    exact.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    exact.dedup();
    Kriging::new(errors, &exact, plane.spacing())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interpolation::tests::plane_of;

    /// A plane that differs from its grid's interpolation, like a sound of real patches.
    fn sound_at(point: Point) -> SoundCoordinates {
        let [across, up] = [point.x + 0.3 * (2.0 * point.y).sin(), point.y + 0.3 * (2.0 * point.x).cos()];
        std::array::from_fn(|number| 0.1 * if number % 2 == 0 { across } else { up })
    }

    fn search(wanted: Point, steps: usize) -> (PointSearch, Vec<f32>) {
        let plane = plane_of(9, sound_at);
        let mut search = PointSearch::new(sound_at(wanted), &plane);
        let mut distances = vec![search.best().distance];
        for _ in 0..steps {
            let Some(candidate) = search.next(&plane) else { break };
            search.record(candidate.point, &sound_at(candidate.point), true, &plane);
            distances.push(search.best().distance);
        }
        (search, distances)
    }

    #[test]
    fn few_measurements_find_a_nearer_sound_than_the_grids() {
        for wanted in [[0.4, 1.3], [-2.6, 0.7], [3.9, -3.3]].map(Point::from) {
            let (search, distances) = search(wanted, 6);
            assert!(distances.is_sorted_by(|a, b| a >= b));
            assert!(search.best().distance < 0.2 * distances[0], "{wanted:?}: {distances:?}");
        }
    }

    #[test]
    fn a_sound_of_the_grid_needs_no_measurement() {
        let (search, distances) = search(Point { x: 1.0, y: -2.0 }, 6);
        assert_eq!((search.best().point, distances.len()), (Point { x: 1.0, y: -2.0 }, 1));
    }

    #[test]
    fn no_point_is_measured_twice_and_all_are_on_the_plane() {
        let plane = plane_of(5, |_| [0.0; _]);
        let mut search = PointSearch::new([1.0; _], &plane);
        let mut points: Vec<Point> = Vec::new();
        for _ in 0..40 {
            let TrialPoint { point, .. } = search.next(&plane).expect("there are more points");
            assert!(points.iter().all(|known| known != &point) && Point::on_plane(point.x, point.y) == point);
            points.push(point);
            search.record(point, &[0.0; _], true, &plane);
        }
    }

    #[test]
    fn without_its_scales_a_sound_is_not_the_nearest() {
        let plane = plane_of(5, |_| [0.0; _]);
        let mut search = PointSearch::new([1.0; _], &plane);
        let candidate = search.next(&plane).unwrap();
        let before = search.best();
        assert!(!search.is_likely(&candidate, &[0.0; _]) && search.is_likely(&candidate, &[0.5; _]));
        search.record(candidate.point, &[0.9; _], false, &plane);
        assert_eq!(search.best(), before);
        search.record(candidate.point, &[0.9; _], true, &plane);
        assert!(search.best().distance < before.distance);
    }
}
