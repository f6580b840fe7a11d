//! Where on the plane a sound is: the point whose patch sounds nearest to it, found by listening.
//! The plane is heard on a grid once; from the grid's nearest point one then walks downhill, hearing
//! every patch on the way.

use std::collections::{BTreeMap, BTreeSet};

use ear::{Ear, Heard, Hearing, Sound};
use patch::Patch;
use plane::LATENT_LIMIT;
use plane::map::Map;

use crate::descent::{Descent, Place};

/// Patches that are heard for each sound. Of held-back presets 0, 8, 16 and 32 leave .190, .185, .183 and .182 of
/// the spectrum unexplained; a search from another valley of the grid, too, changed nothing when it was tried.
const PATIENCE: usize = 16;

/// The first step of a search and the smallest one, in distances between two points of the grid.
const STEPS: [f32; 2] = [0.5, 0.03];

/// A plane that was heard on a grid.
pub struct Places<'a> {
    hearing: &'a Hearing,
    /// Between two points of the grid, in latent units.
    spacing: f32,
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
        Self { hearing, spacing: 2.0 * LATENT_LIMIT / f32::from(grid - 1), points, sounds }
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
        let mut searches: Vec<(&Sound, Descent)> =
            sounds.iter().map(|sound| (sound, self.start(sound))).collect();
        // What several searches want to hear is heard once.
        let mut heard: BTreeMap<Key, Sound> = BTreeMap::new();
        loop {
            let wanted = searches.iter().flat_map(|(_, descent)| descent.wants().map(key));
            let unheard: BTreeSet<Key> = wanted.filter(|key| !heard.contains_key(key)).collect();
            let mut patches = Vec::with_capacity(unheard.len());
            for key in unheard {
                patches.push((key, decode(key.map(f32::from_bits))?));
            }
            heard.extend(ear::each(&patches, |ear: &mut Ear, (key, patch)| {
                let sound = self.hearing.sound(&ear.hear(patch));
                progress(sounds.len() * PATIENCE, 1);
                (*key, sound)
            }));
            let mut is_over = true;
            for (sound, descent) in &mut searches {
                let found: Vec<Place> = (descent.wants())
                    .filter_map(|point| Some((point, heard.get(&key(point))?)))
                    .map(|(point, found)| Place { point, distance: self.hearing.distance(sound, found) })
                    .collect();
                is_over &= found.is_empty();
                descent.hear(&found);
            }
            if is_over {
                return Ok(searches.iter().map(|(_, descent)| descent.best()).collect());
            }
        }
    }

    /// A search from the grid's nearest point.
    fn start(&self, sound: &Sound) -> Descent {
        let places = self.points.iter().zip(&self.sounds);
        let nearest = places
            .map(|(&point, found)| Place { point, distance: self.hearing.distance(sound, found) })
            .min_by(|a, b| a.distance.total_cmp(&b.distance))
            .unwrap_or(Place { point: [0.0; 2], distance: f32::INFINITY });
        let [first, last] = STEPS.map(|step| step * self.spacing);
        Descent::new(nearest, first, last, PATIENCE)
    }
}

/// A point as something that can be looked up.
type Key = [u32; 2];

fn key(point: [f32; 2]) -> Key {
    point.map(f32::to_bits)
}
