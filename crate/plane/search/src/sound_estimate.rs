//! The search for one sound, step by step. From the sounds of a grid and the sounds measured between its points, it
//! estimates the point whose sound is nearest to the target; the caller measures that point's sound and gives it back.
//! Renders nothing.

use features::{COMPONENT_COUNT, COORDINATE_COUNT, SoundCoordinates, placed_distance};
use plane::{LATENT_LIMIT, Point};

use crate::ScoredPoint;
use crate::interpolation::InterpolatedSounds;
use crate::kriging::Kriging;

/// Numbers of the timbral scales in a sound's coordinates.
const SCALES: usize = COORDINATE_COUNT - COMPONENT_COUNT;

/// The nearest points of the grid, around which the nearest estimate is looked for first; 30 of them change nothing.
const STARTS: usize = 8;

/// Trials at the nearest estimate. 7 leave a mean distance of .274 over every eighth known preset, 10 no less. (This
/// figure and the others here come from trials whose program was not kept.)
pub(crate) const ESTIMATED: usize = 7;

/// Trials around a point of the grid if no earlier trial was nearer. Without them 18 % of the known presets stay within
/// .005 of a point of the grid, with them 7 %.
pub(crate) const POLLED: usize = 12;

/// Step of the first four of these trials, in distances of two points of the grid; four more go half as far, and so on.
const POLL: f32 = 0.25;

/// So much of the estimated difference in the scales counts when it is decided whether to measure those of a poll. If
/// all of it counts, nearly twice as many presets stay on the grid.
const POLL_SCALES: f32 = 0.9;

/// The angle by which each trial's directions turn: the golden angle (H. Vogel, "A better way to construct the
/// sunflower head", Mathematical Biosciences 44, 1979).
const TURN: f32 = 2.399_963;

/// The first angle, in radians for each unit of the target's summed coordinates: so large that every sound has its own.
/// With the same for all, the points found stand in rows or columns.
const FIRST_TURN: f32 = 100.0;

/// Estimates around a start: so many to each side, so far apart, in distances of two points of the grid.
const EACH_SIDE: i8 = 4;
const APART: f32 = 0.25;

/// The last step of the way to the nearest estimate.
const LAST_STEP: f32 = 0.03;

/// The least distances of an estimate from points of the grid and from measured ones. With .03 for both the points
/// found are 1.8 times as dense near the lines of the grid as by chance, with these 1.3 times; they sound as near.
const FROM_GRID: f32 = 0.25;
const FROM_MEASURED: f32 = 0.1;

/// Directions of a poll, before they are turned.
const DIRECTIONS: [[f32; 2]; 4] = [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]];

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
    /// The estimate of its sound.
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

    /// The next point to measure: [`ESTIMATED`] times that of the nearest estimate, then at most [`POLLED`] close to
    /// the grid's nearest, as long as none was nearer than that. `None` if the sound is found,
    /// or no such point is left.
    pub(crate) fn next(&self, plane: &InterpolatedSounds) -> Option<TrialPoint> {
        let is_over = self.best.distance == 0.0 || self.spectra.len() >= ESTIMATED + POLLED;
        if is_over || (self.is_polling() && !self.is_on_grid()) {
            return None;
        }
        let estimate = SoundEstimate {
            plane,
            spectra: corrections(&self.spectra, plane),
            scales: corrections(&self.scales, plane),
        };
        if self.is_polling() { self.poll(&estimate) } else { self.nearest_estimate(&estimate) }
    }

    /// The first point of a poll that is not measured; at the edge of the plane several are the same.
    fn poll(&self, estimate: &SoundEstimate) -> Option<TrialPoint> {
        let point = |poll: usize| {
            let (round, direction) = (poll / DIRECTIONS.len(), DIRECTIONS[poll % DIRECTIONS.len()]);
            let length = POLL * 0.5_f32.powi(round as i32) * estimate.plane.spacing();
            self.moved(self.best.point, direction.map(|part| part * length), ESTIMATED + round)
        };
        let is_new =
            |point: &Point| *point != self.best.point && self.measured().all(|known| known != *point);
        let point = (0..POLLED).map(point).find(is_new)?;
        Some(TrialPoint { point, estimate: estimate.at(point) })
    }

    /// The point whose estimate is nearest, among the points that are neither measured nor on the grid.
    fn nearest_estimate(&self, estimate: &SoundEstimate) -> Option<TrialPoint> {
        let spacing = estimate.plane.spacing();
        let mut nearest: Option<(f32, TrialPoint)> = None;
        let mut try_point = |centre: Point, steps: [i8; 2], step: f32| {
            let offset = steps.map(|steps| f32::from(steps) * step * spacing);
            let point = self.moved(centre, offset, self.spectra.len());
            let is_near = |known: Point, distance: f32| {
                (known.x - point.x).abs().max((known.y - point.y).abs()) < distance * spacing
            };
            let mut on_grid = estimate.plane.around(point);
            if self.measured().any(|known| is_near(known, FROM_MEASURED))
                || on_grid.any(|known| is_near(known, FROM_GRID))
            {
                return nearest;
            }
            let estimate = estimate.at(point);
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

    /// A point away from another, in the directions of a trial with this number.
    fn moved(&self, from: Point, [across, up]: [f32; 2], trial: usize) -> Point {
        let turn = FIRST_TURN * self.target.iter().sum::<f32>() + TURN * trial as f32;
        let (sine, cosine) = turn.sin_cos();
        let on_plane = |coordinate: f32| coordinate.clamp(-LATENT_LIMIT, LATENT_LIMIT);
        Point {
            x: on_plane(from.x + cosine * across - sine * up),
            y: on_plane(from.y + sine * across + cosine * up),
        }
    }

    fn measured(&self) -> impl Iterator<Item = Point> {
        self.spectra.iter().map(|measured| measured.0)
    }

    /// True while the grid's nearest point is the nearest of all.
    fn is_on_grid(&self) -> bool {
        self.starts.first() == Some(&self.best.point)
    }

    /// True if the next trial is one of [`POLLED`].
    fn is_polling(&self) -> bool {
        self.spectra.len() >= ESTIMATED
    }

    /// True if a candidate of this spectrum is nearer than the nearest so far, should its scales be about as estimated.
    pub(crate) fn is_likely(&self, candidate: &TrialPoint, spectrum: &SoundCoordinates) -> bool {
        let mut guess = candidate.estimate;
        guess[..COMPONENT_COUNT].copy_from_slice(&spectrum[..COMPONENT_COUNT]);
        let estimated = placed_distance(&self.target, &guess);
        guess[COMPONENT_COUNT..].copy_from_slice(&self.target[COMPONENT_COUNT..]);
        let of_spectrum = placed_distance(&self.target, &guess);
        let share = if self.is_polling() { POLL_SCALES } else { 1.0 };
        of_spectrum + share * (estimated - of_spectrum) < self.best.distance
    }

    /// Takes the measured sound of a point. Without its scales it cannot be the nearest.
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

/// The estimate of the sounds of the whole plane.
struct SoundEstimate<'a> {
    plane: &'a InterpolatedSounds,
    spectra: Kriging<COMPONENT_COUNT>,
    scales: Kriging<SCALES>,
}

impl SoundEstimate<'_> {
    fn at(&self, point: Point) -> SoundCoordinates {
        let mut sound = self.plane.at(point);
        let (spectrum, scales) = sound.split_at_mut(COMPONENT_COUNT);
        self.spectra.correct(point, spectrum);
        self.scales.correct(point, scales);
        sound
    }
}

/// Corrections by errors at measured points, 0 at the points of the grid around them.
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
        while let Some(TrialPoint { point, .. }) = search.next(&plane) {
            assert!(points.iter().all(|known| known != &point) && Point::on_plane(point.x, point.y) == point);
            points.push(point);
            search.record(point, &[0.0; _], true, &plane);
        }
        // At the plane's corner two of four directions of a poll lead back to it.
        assert!((ESTIMATED + 2..=ESTIMATED + POLLED).contains(&points.len()), "{points:?}");
    }

    #[test]
    fn trials_stand_in_no_columns_or_rows() {
        // The nearest estimates are close to the point in the middle, in all directions.
        let plane = plane_of(9, |point| [point.x.hypot(point.y); _]);
        let first_trial = |sound: u8| {
            let search = PointSearch::new([-0.01 * f32::from(sound) - 0.5; _], &plane);
            search.next(&plane).expect("there are points between the grid's").point
        };
        let is_in_line = |Point { x, y }: Point| x.abs().min(y.abs()) < 0.01;
        let in_lines = (0..100).filter(|sound| is_in_line(first_trial(*sound))).count();
        assert!(in_lines < 25, "{in_lines} of 100");
    }

    #[test]
    fn where_no_estimate_leads_to_a_nearer_sound_the_last_trials_are_close_to_the_grids_nearest() {
        let plane = plane_of(9, |point| [point.x.abs().max(point.y.abs()); _]);
        let mut search = PointSearch::new([-0.1; _], &plane);
        for _ in 0..ESTIMATED + 2 {
            let TrialPoint { point, .. } = search.next(&plane).expect("no trial was nearer");
            search.record(point, &[9.0; _], true, &plane);
        }
        let TrialPoint { point, .. } = search.next(&plane).expect("no trial was nearer");
        assert!((point.x.hypot(point.y) - POLL * plane.spacing()).abs() < 1e-4, "{point:?}");
        search.record(point, &[-0.05; _], true, &plane);
        assert!(search.best().point == point && search.next(&plane).is_none());
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
