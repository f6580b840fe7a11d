//! Where on the plane a sound is: the point whose patch sounds nearest to it, found by listening.
//! The plane is heard on a grid once; from the grid's nearest points one then walks downhill, hearing
//! every patch on the way.

use std::collections::{BTreeMap, BTreeSet};

use ear::{Ear, Heard, Hearing, Sound};
use latent::contract::LATENT_LIMIT;
use latent::map::Map;
use patch::Patch;

use crate::descent::{Descent, Place};

/// Valleys of the grid from which a sound is looked for: the nearest in sound.
const VALLEYS: usize = 2;

/// Patches that are heard for each of them.
const PATIENCE: usize = 16;

/// The first step of a search and the smallest one, in distances between two points of the grid.
const STEPS: [f32; 2] = [0.5, 0.03];

/// A plane that was heard on a grid.
pub struct Places<'a> {
    hearing: &'a Hearing,
    grid: usize,
    points: Vec<[f32; 2]>,
    sounds: Vec<Sound>,
}

impl<'a> Places<'a> {
    /// The plane of what was heard at the points of a grid, in the order of [`Map::points`].
    ///
    /// # Panics
    /// If there are not `grid` × `grid` of them, or less than 2 × 2.
    pub fn new(hearing: &'a Hearing, heard: &[Heard], grid: u16) -> Self {
        let points: Vec<[f32; 2]> = Map::points(grid, LATENT_LIMIT).collect();
        assert!(grid > 1 && heard.len() == points.len(), "{} sounds on a grid of {grid}", heard.len());
        let sounds = heard.iter().map(|heard| hearing.sound(heard)).collect();
        Self { hearing, grid: grid.into(), points, sounds }
    }

    /// Finds every sound: its point, and how far the patch of this point is from it by
    /// [`Hearing::distance`]. `decode` gives the patch of a point; `progress` is told how many patches
    /// are to be heard at most, then called with 1 for each, from any thread.
    ///
    /// # Errors
    /// What `decode` answers.
    pub fn find<E>(
        &self,
        sounds: &[Sound],
        mut decode: impl FnMut([f32; 2]) -> Result<Patch, E>,
        progress: impl Fn(usize, usize) + Sync,
    ) -> Result<Vec<Place>, E> {
        let mut searches: Vec<(&Sound, Vec<Descent>)> =
            sounds.iter().map(|sound| (sound, self.starts(sound))).collect();
        let most = searches.iter().map(|(_, descents)| descents.len() * PATIENCE).sum();
        // What several searches want to hear is heard once.
        let mut heard: BTreeMap<Key, Sound> = BTreeMap::new();
        loop {
            let wanted = searches.iter().flat_map(|(_, descents)| descents.iter().flat_map(Descent::wants));
            let unheard: BTreeSet<Key> = wanted.map(key).filter(|key| !heard.contains_key(key)).collect();
            let mut patches = Vec::with_capacity(unheard.len());
            for key in unheard {
                patches.push((key, decode(key.map(f32::from_bits))?));
            }
            heard.extend(ear::each(&patches, |ear: &mut Ear, (key, patch)| {
                let sound = self.hearing.sound(&ear.hear(patch));
                progress(most, 1);
                (*key, sound)
            }));
            let mut is_over = true;
            for (sound, descents) in &mut searches {
                for descent in descents {
                    let found: Vec<Place> = (descent.wants())
                        .filter_map(|point| Some((point, heard.get(&key(point))?)))
                        .map(|(point, found)| Place { point, distance: self.hearing.distance(sound, found) })
                        .collect();
                    is_over &= found.is_empty();
                    descent.hear(&found);
                }
            }
            if is_over {
                break;
            }
        }
        let nearest = |(_, descents): &(&Sound, Vec<Descent>)| {
            let places = descents.iter().map(Descent::best);
            places
                .min_by(|a, b| a.distance.total_cmp(&b.distance))
                // What sounds like nothing, not even near or far, has a place all the same.
                .unwrap_or(Place { point: [0.0; 2], distance: f32::INFINITY })
        };
        Ok(searches.iter().map(nearest).collect())
    }

    /// Searches from the nearest of the points than which no neighbour is nearer.
    fn starts(&self, sound: &Sound) -> Vec<Descent> {
        let distances: Vec<f32> =
            self.sounds.iter().map(|found| self.hearing.distance(sound, found)).collect();
        let near = |at: usize| at.saturating_sub(1)..(at + 2).min(self.grid);
        let is_valley = |&index: &usize| {
            let around = near(index / self.grid)
                .flat_map(|row| near(index % self.grid).map(move |column| row * self.grid + column));
            around.into_iter().all(|other| distances[index] <= distances[other])
        };
        let mut valleys: Vec<usize> = (0..self.points.len()).filter(is_valley).collect();
        valleys.sort_by(|&a, &b| distances[a].total_cmp(&distances[b]).then(a.cmp(&b)));
        valleys.truncate(VALLEYS);
        let spacing = 2.0 * LATENT_LIMIT / (self.grid - 1) as f32;
        let [first, last] = STEPS.map(|step| step * spacing);
        let start = |index: usize| Place { point: self.points[index], distance: distances[index] };
        valleys.into_iter().map(|index| Descent::new(start(index), first, last, PATIENCE)).collect()
    }
}

/// A point as something that can be looked up.
type Key = [u32; 2];

fn key(point: [f32; 2]) -> Key {
    point.map(f32::to_bits)
}
