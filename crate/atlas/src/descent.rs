//! A search for the point that sounds most like something, without knowing how it sounds anywhere but
//! where it was listened to: a pattern search (Hooke and Jeeves, Journal of the ACM 8, 1961). It says
//! where it wants to listen next and is told how near each of those points came, so that whoever
//! listens may do it for many searches at once, on all cores, or one by one. No chance is involved.

use plane::LATENT_LIMIT;

/// Directions in which the neighbourhood is tried; of equally near points the first wins.
const DIRECTIONS: [[f32; 2]; 4] = [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]];

/// A point that was listened to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// x, y
    pub point: [f32; 2],
    /// How far its sound is from the wanted one, by whatever measure the search is told.
    pub distance: f32,
}

/// One search, on its way.
#[derive(Clone, Debug)]
pub struct Descent {
    best: Place,
    step: f32,
    last_step: f32,
    patience: usize,
}

impl Descent {
    /// Begins at a place. At first it looks `step` latent units away, then, where nothing is nearer, half
    /// as far, until that is less than `last_step` or `patience` points have been listened to.
    pub fn new(start: Place, step: f32, last_step: f32, patience: usize) -> Self {
        Self { best: start, step, last_step, patience }
    }

    /// The nearest place so far.
    pub fn best(&self) -> Place {
        self.best
    }

    /// Where to listen next, within the plane; at most four points, none when the search is over.
    pub fn wants(&self) -> impl Iterator<Item = [f32; 2]> {
        let Place { point: [x, y], .. } = self.best;
        let count = if self.step < self.last_step { 0 } else { self.patience };
        let around = DIRECTIONS.map(|[right, up]| {
            [x + self.step * right, y + self.step * up].map(|at| at.clamp(-LATENT_LIMIT, LATENT_LIMIT))
        });
        // At the rim of the plane a direction leads nowhere.
        around.into_iter().filter(move |&point| point != [x, y]).take(count)
    }

    /// Takes what was heard at every point that [`Descent::wants`] named.
    pub fn hear(&mut self, heard: &[Place]) {
        self.patience = self.patience.saturating_sub(heard.len());
        match heard.iter().min_by(|a, b| a.distance.total_cmp(&b.distance)) {
            Some(&nearest) if nearest.distance < self.best.distance => self.best = nearest,
            _ => self.step /= 2.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Descent, Place};

    /// Searches where the distance from `wanted` is the way to it; how near it came and in how many points.
    fn search(wanted: [f32; 2], start: [f32; 2], patience: usize) -> (Place, usize) {
        let heard = |point: [f32; 2]| Place {
            point,
            distance: (point[0] - wanted[0]).abs() + (point[1] - wanted[1]).abs(),
        };
        let (mut descent, mut listened) = (Descent::new(heard(start), 0.5, 0.01, patience), 0);
        loop {
            let heard: Vec<Place> = descent.wants().map(heard).collect();
            if heard.is_empty() {
                return (descent.best(), listened);
            }
            listened += heard.len();
            descent.hear(&heard);
        }
    }

    #[test]
    fn what_is_near_is_found() {
        let (found, _) = search([0.7, -1.3], [0.0; 2], 1000);
        assert!(found.distance < 0.02, "{found:?}");
    }

    #[test]
    fn patience_ends_and_the_best_so_far_is_kept() {
        for patience in 0..12 {
            let (found, listened) = search([3.0, 3.0], [0.0; 2], patience);
            assert_eq!(listened, patience);
            assert!(found.distance <= 6.0);
        }
    }

    #[test]
    fn it_stays_on_the_plane() {
        let (found, _) = search([9.0, 9.0], [3.8, 3.9], 1000);
        assert_eq!(found.point, [4.0, 4.0]);
    }
}
