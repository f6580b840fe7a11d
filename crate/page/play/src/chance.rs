//! Random points: a walk near a point, and a point far from all known patches. The caller provides the seed; the same
//! seed gives the same points.

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use crate::{LATENT_LIMIT, Point};

/// How strongly a walk is pulled back to its start, per second.
const HOMESICK_PER_S: f32 = 0.25;
/// How fast a walk changes its direction, per second.
const RESTLESS_PER_S: f32 = 1.5;
/// Points per side of the grid of candidates: finer than a fingertip.
const GRID: usize = 50;
/// A surprise is one of this many emptiest points, at least [`APART`] from each other.
const CHOICES: usize = 8;
/// The least distance to known patches, as a fraction of the emptiest candidate's.
const LEAST_SHARE: f32 = 0.5;
/// The least distance between two choices, in latent units.
const APART: f32 = 0.6;

/// A smooth random walk that stays near its start and on the plane.
#[derive(Clone, Debug)]
pub struct Walk {
    home: Point,
    place: Point,
    velocity: [f32; 2],
    /// Typical distance from the start, in latent units.
    reach: f32,
    chance: SmallRng,
}

impl Walk {
    /// A walk from `home` that stays within about `reach` latent units.
    pub fn new(home: Point, reach: f32, seed: u64) -> Self {
        let reach = if reach.is_nan() { 0.0 } else { reach.clamp(0.0, LATENT_LIMIT) };
        Self { home, place: home, velocity: [0.0; 2], reach, chance: SmallRng::seed_from_u64(seed) }
    }

    /// Where it is.
    pub fn place(&self) -> Point {
        self.place
    }

    /// Advances the walk by this many seconds; returns its point.
    pub fn advance(&mut self, elapsed_s: f32) -> Point {
        // A late frame (a hidden page) must not make a large jump.
        const LONGEST_S: f32 = 0.1;
        let step_s = elapsed_s.clamp(0.0, LONGEST_S);
        let pull = [self.home.x - self.place.x, self.home.y - self.place.y];
        let kick = RESTLESS_PER_S * self.reach * step_s.sqrt();
        for (velocity, pull) in self.velocity.iter_mut().zip(pull) {
            *velocity += HOMESICK_PER_S * pull * step_s + kick * self.chance.random_range(-1.0..=1.0);
            *velocity *= (-RESTLESS_PER_S * step_s).exp();
        }
        let [x, y] = self.velocity.map(|velocity| velocity * step_s);
        self.place = Point::on_plane(self.place.x + x, self.place.y + y);
        self.place
    }
}

/// A point far from all known presets and from `here`: one of the emptiest of the plane.
pub fn surprise(known: &[Point], here: Point, seed: u64) -> Point {
    let candidates: Vec<(f32, Point)> = (0..GRID * GRID)
        .map(|cell| Point { x: coordinate(cell % GRID), y: coordinate(cell / GRID) })
        .map(|point| (emptiness(known, here, point), point))
        .collect();
    let least = candidates.iter().fold(0.0, |most: f32, candidate| most.max(candidate.0)) * LEAST_SHARE;
    let mut choices: Vec<Point> = Vec::with_capacity(CHOICES);
    while choices.len() < CHOICES {
        let is_apart = |point: Point| choices.iter().all(|choice| choice.distance(point) >= APART);
        let left = candidates.iter().filter(|&&(empty, point)| empty >= least && is_apart(point));
        let Some(&(_, emptiest)) = left.min_by(|one, other| other.0.total_cmp(&one.0)) else { break };
        choices.push(emptiest);
    }
    choices[SmallRng::seed_from_u64(seed).random_range(0..choices.len())]
}

/// The middle of a cell of the grid.
fn coordinate(cell: usize) -> f32 {
    -LATENT_LIMIT + (cell as f32 + 0.5) * (2.0 * LATENT_LIMIT / GRID as f32)
}

/// Distance to the nearest known patch, to `here` or to the plane's edge. The edge counts because all corners are
/// empty and sound alike.
fn emptiness(known: &[Point], here: Point, point: Point) -> f32 {
    let rim = LATENT_LIMIT - point.x.abs().max(point.y.abs());
    known.iter().chain([&here]).map(|other| other.distance(point)).fold(rim, f32::min)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_walk_stays_near_its_start_and_moves() {
        let home = Point { x: 1.0, y: -2.0 };
        let mut walk = Walk::new(home, 0.5, 3);
        let places: Vec<Point> = (0..3600).map(|_| walk.advance(1.0 / 60.0)).collect();
        let farthest = places.iter().map(|place| place.distance(home)).fold(0.0, f32::max);
        assert!((0.2..2.0).contains(&farthest), "{farthest}");
        let longest = places.windows(2).map(|pair| pair[0].distance(pair[1])).fold(0.0, f32::max);
        assert!(longest < 0.05, "no jumps: {longest}");
    }

    #[test]
    fn a_surprise_is_the_emptiest_point() {
        let crowd: Vec<Point> = (0..GRID * GRID)
            .map(|cell| Point { x: coordinate(cell % GRID), y: coordinate(cell / GRID) })
            .filter(|point| point.distance(Point { x: -1.0, y: 2.0 }) > 0.7)
            .collect();
        for seed in 0..9 {
            let hole = surprise(&crowd, Point::default(), seed);
            assert!(Point { x: -1.0, y: 2.0 }.distance(hole) < 0.4, "{hole:?}");
        }
    }

    #[test]
    fn different_seeds_differ_and_the_same_seed_repeats() {
        let at = |seed| surprise(&[], Point::default(), seed);
        assert_eq!(at(5), at(5));
        assert!((0..20).any(|seed| at(seed) != at(5)));
    }

    proptest! {
        #[test]
        fn random_points_stay_on_the_plane(seed: u64, x in -4.0f32..4.0, reach in -1.0f32..9.0, step_s in 0.0f32..9.0) {
            let mut walk = Walk::new(Point { x, y: 4.0 }, reach, seed);
            for _ in 0..50 {
                prop_assert!(walk.advance(step_s).is_on_plane());
            }
            let found = surprise(&[Point { x, y: 0.0 }], Point { x, y: 1.0 }, seed);
            prop_assert!(found.is_on_plane());
        }
    }
}
