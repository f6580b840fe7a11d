//! A random walk near a point. The caller provides the seed; the same seed gives the same walk.

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use crate::{LATENT_LIMIT, Point};

/// How strongly a walk is pulled back to its start, per second.
const HOMESICK_PER_S: f32 = 0.25;
/// How fast a walk changes its direction, per second.
const RESTLESS_PER_S: f32 = 1.5;
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

    proptest! {
        #[test]
        fn a_walk_stays_on_the_plane(seed: u64, x in -4.0f32..4.0, reach in -1.0f32..9.0, step_s in 0.0f32..9.0) {
            let mut walk = Walk::new(Point { x, y: 4.0 }, reach, seed);
            for _ in 0..50 {
                prop_assert!(walk.advance(step_s).is_on_plane());
            }
        }
    }
}
