//! Perceptual search: the point of the plane whose patch sounds nearest to a given sound. The plane is measured on a
//! grid once; from the grid's nearest point a pattern search goes on, which measures every patch on the way.

use std::collections::{BTreeMap, BTreeSet};

use features::{AudioFeatures, FeatureExtractor, PerceptualDistance, ProjectedSound};
use patch::Patch;
use plane::map::Map;
use plane::{LATENT_LIMIT, Point};

use crate::pattern_search::{PatternSearch, ScoredPoint};

/// Patches that are measured for each sound. Of held-back presets 0, 8, 16 and 32 leave .190, .185, .183 and .182 of
/// the spectrum unexplained; a search from another valley of the grid, too, changed nothing when it was tried.
const BUDGET: usize = 16;

/// The first step of a search and the smallest one, in distances between two points of the grid.
const STEPS: [f32; 2] = [0.5, 0.03];

/// A plane that was measured on a grid.
pub struct PerceptualSearch<'a> {
    metric: &'a PerceptualDistance,
    /// Between two points of the grid, in latent units.
    spacing: f32,
    points: Vec<Point>,
    sounds: Vec<ProjectedSound>,
}

impl<'a> PerceptualSearch<'a> {
    /// The plane by its features at the points of a grid, in the order of [`Map::points`].
    ///
    /// # Panics
    /// If there are not `grid` × `grid` of them, or less than 2 × 2.
    pub fn new(metric: &'a PerceptualDistance, features: &[AudioFeatures], grid: u16) -> Self {
        let points: Vec<Point> = Map::points(grid, LATENT_LIMIT).collect();
        assert!(grid > 1 && features.len() == points.len(), "{} sounds on a grid of {grid}", features.len());
        let sounds = features.iter().map(|features| metric.project(features)).collect();
        Self { metric, spacing: 2.0 * LATENT_LIMIT / f32::from(grid - 1), points, sounds }
    }

    /// Finds every sound: its point, and how far the patch of this point is from it by
    /// [`PerceptualDistance::between`]. `decode` gives the patch of a point; `progress` is told how many patches
    /// are to be measured at most, then called with 1 for each, from any thread.
    ///
    /// # Errors
    /// What `decode` returns.
    pub fn find<E>(
        &self,
        sounds: &[ProjectedSound],
        mut decode: impl FnMut(Point) -> Result<Patch, E>,
        progress: impl Fn(usize, usize) + Sync,
    ) -> Result<Vec<ScoredPoint>, E> {
        let mut searches: Vec<(&ProjectedSound, PatternSearch)> =
            sounds.iter().map(|sound| (sound, self.start(sound))).collect();
        // A point that several searches ask for is measured once.
        let mut measured: BTreeMap<PointBits, ProjectedSound> = BTreeMap::new();
        loop {
            let wanted = searches.iter().flat_map(|(_, search)| search.candidates().map(key));
            let new: BTreeSet<PointBits> = wanted.filter(|key| !measured.contains_key(key)).collect();
            let mut patches = Vec::with_capacity(new.len());
            for key in new {
                let [x, y] = key.map(f32::from_bits);
                patches.push((key, decode(Point { x, y })?));
            }
            measured.extend(features::extract_each(
                &patches,
                |extractor: &mut FeatureExtractor, (key, patch)| {
                    let sound = self.metric.project(&extractor.extract(patch));
                    progress(sounds.len() * BUDGET, 1);
                    (*key, sound)
                },
            ));
            let mut is_over = true;
            for (sound, search) in &mut searches {
                let scored: Vec<ScoredPoint> = (search.candidates())
                    .filter_map(|point| Some((point, measured.get(&key(point))?)))
                    .map(|(point, found)| ScoredPoint { point, distance: self.metric.between(sound, found) })
                    .collect();
                is_over &= scored.is_empty();
                search.record(&scored);
            }
            if is_over {
                return Ok(searches.iter().map(|(_, search)| search.best()).collect());
            }
        }
    }

    /// A search from the grid's nearest point.
    fn start(&self, sound: &ProjectedSound) -> PatternSearch {
        let places = self.points.iter().zip(&self.sounds);
        let nearest = places
            .map(|(&point, found)| ScoredPoint { point, distance: self.metric.between(sound, found) })
            .min_by(|a, b| a.distance.total_cmp(&b.distance))
            .unwrap_or(ScoredPoint { point: Point::default(), distance: f32::INFINITY });
        let [first, last] = STEPS.map(|step| step * self.spacing);
        PatternSearch::new(nearest, first, last, BUDGET)
    }
}

/// A point as something that can be looked up.
type PointBits = [u32; 2];

fn key(point: Point) -> PointBits {
    [point.x.to_bits(), point.y.to_bits()]
}
