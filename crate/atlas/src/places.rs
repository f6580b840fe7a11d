//! Where on the plane a sound is: the point whose patch sounds nearest to it, found by listening.
//! The plane is heard on a grid once; between the grid's points the sound is guessed in proportion,
//! and the best guesses are decoded and heard before they are believed. No chance is involved.

use std::collections::BTreeMap;

use ear::{Ear, Heard, Hearing, Sound};
use latent::contract::LATENT_LIMIT;
use latent::map::Map;
use patch::Patch;

/// Steps into which the way between two points of the grid is divided when a sound is looked for.
const STEPS: usize = 8;

/// Points of the grid about which a sound is looked for: the nearest in sound.
const REGIONS: usize = 6;

/// Guesses that are heard for each sound.
const GUESSES: usize = 2;

/// Where a sound was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// x, y
    pub point: [f32; 2],
    /// How far the patch of this point is from the sound, by [`Hearing::distance`].
    pub distance: f32,
}

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

    /// Finds every sound. `decode` gives the patch of a point; `progress` is told how many patches
    /// are to be heard, then called with 1 for each, from any thread.
    ///
    /// # Errors
    /// What `decode` answers.
    pub fn find<E>(
        &self,
        sounds: &[Sound],
        mut decode: impl FnMut([f32; 2]) -> Result<Patch, E>,
        progress: impl Fn(usize, usize) + Sync,
    ) -> Result<Vec<Place>, E> {
        let guesses: Vec<Vec<Lattice>> = sounds.iter().map(|sound| self.guesses(sound)).collect();
        // What several sounds ask for is heard once.
        let mut patches = BTreeMap::new();
        for &guess in guesses.iter().flatten() {
            if let std::collections::btree_map::Entry::Vacant(entry) = patches.entry(guess) {
                entry.insert(decode(self.point(guess))?);
            }
        }
        let asked: Vec<(Lattice, Patch)> = patches.into_iter().collect();
        let heard = ear::each(&asked, |ear: &mut Ear, (at, patch)| {
            let sound = self.hearing.sound(&ear.hear(patch));
            progress(asked.len(), 1);
            (*at, sound)
        });
        let heard: BTreeMap<Lattice, Sound> = heard.into_iter().collect();
        Ok(sounds.iter().zip(&guesses).map(|(sound, guesses)| self.best(sound, guesses, &heard)).collect())
    }

    /// The nearest of the grid's points and the heard guesses; of equals, the grid's.
    fn best(&self, sound: &Sound, guesses: &[Lattice], heard: &BTreeMap<Lattice, Sound>) -> Place {
        let on_grid = self.points.iter().zip(&self.sounds).map(|(&point, found)| (point, found));
        let between = guesses.iter().filter_map(|at| Some((self.point(*at), heard.get(at)?)));
        on_grid
            .chain(between)
            .map(|(point, found)| Place { point, distance: self.hearing.distance(sound, found) })
            .min_by(|a, b| a.distance.total_cmp(&b.distance))
            .unwrap_or(Place { point: [0.0; 2], distance: f32::INFINITY })
    }

    /// The points between those of the grid that should sound nearest.
    fn guesses(&self, sound: &Sound) -> Vec<Lattice> {
        let mut regions: Vec<(f32, usize)> = (self.sounds.iter().enumerate())
            .map(|(index, found)| (self.hearing.distance(sound, found), index))
            .collect();
        let order = |a: &(f32, usize), b: &(f32, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        let last = REGIONS.min(regions.len()) - 1;
        regions.select_nth_unstable_by(last, order);
        regions.truncate(last + 1);
        let mut guesses: BTreeMap<Lattice, f32> = BTreeMap::new();
        for &(_, index) in &regions {
            let (column, row) = (index % self.grid * STEPS, index / self.grid * STEPS);
            let near =
                |at: usize| at.saturating_sub(STEPS - 1)..(at + STEPS).min((self.grid - 1) * STEPS + 1);
            for at in near(row).flat_map(|row| near(column).map(move |column| Lattice { row, column })) {
                let is_on_grid = at.row % STEPS == 0 && at.column % STEPS == 0;
                if !is_on_grid && !guesses.contains_key(&at) {
                    guesses.insert(at, self.hearing.distance(sound, &self.guess(at)));
                }
            }
        }
        let mut guesses: Vec<(Lattice, f32)> = guesses.into_iter().collect();
        guesses.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        guesses.truncate(GUESSES);
        guesses.into_iter().map(|(at, _)| at).collect()
    }

    /// The sound at a point between those of the grid, in proportion.
    fn guess(&self, Lattice { row, column }: Lattice) -> Sound {
        let below = |at: usize| (at / STEPS).min(self.grid - 2);
        let (row_below, column_below) = (below(row), below(column));
        let share = |at: usize, below: usize| (at - below * STEPS) as f32 / STEPS as f32;
        let (up, right) = (share(row, row_below), share(column, column_below));
        let corner =
            |row: usize, column: usize| &self.sounds[(row_below + row) * self.grid + column_below + column];
        let weights = [(1.0 - up) * (1.0 - right), (1.0 - up) * right, up * (1.0 - right), up * right];
        let corners = [corner(0, 0), corner(0, 1), corner(1, 0), corner(1, 1)];
        let mixed = |value: &dyn Fn(&Sound) -> f32| -> f32 {
            corners.iter().zip(weights).map(|(corner, weight)| weight * value(corner)).sum()
        };
        Sound {
            phi: std::array::from_fn(|index| mixed(&|sound| sound.phi[index])),
            scales: std::array::from_fn(|index| mixed(&|sound| sound.scales[index])),
        }
    }

    fn point(&self, Lattice { row, column }: Lattice) -> [f32; 2] {
        let last = ((self.grid - 1) * STEPS) as f32;
        [column, row].map(|at| LATENT_LIMIT * (2.0 * at as f32 / last - 1.0))
    }
}

/// A point of the finer lattice on which sounds are looked for, counted from the lower left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Lattice {
    row: usize,
    column: usize,
}
