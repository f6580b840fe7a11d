//! Perceptual search: the point of the plane whose patch sounds nearest to a given sound. Measures the plane on a
//! grid once, then runs a pattern search from the grid's nearest point, measuring each patch that it tries.

use std::collections::{BTreeMap, BTreeSet};

use features::{AudioFeatures, FeatureExtractor, PerceptualDistance, ProjectedSound};
use patch::Patch;
use plane::map::Map;
use plane::{LATENT_LIMIT, Point};

use crate::pattern_search::{PatternSearch, ScoredPoint};

/// The most patches to measure for each sound. Of held-back presets 0, 8, 16 and 32 leave .190, .185, .183 and .182
/// of the spectrum unexplained; a second search from another local minimum of the grid brought no improvement.
const BUDGET: usize = 16;

/// The first step of a search and the smallest one, in distances between two points of the grid.
const STEPS: [f32; 2] = [0.5, 0.03];

/// A plane that was measured on a grid.
pub struct PerceptualSearch<'a> {
    metric: &'a PerceptualDistance,
    /// The spacing of the grid, in latent units.
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

    /// Finds a point for every sound, and the distance of that point's patch from it by
    /// [`PerceptualDistance::between`]. `decode` returns the patch of a point; `progress` gets the most patches to
    /// measure and then 1 for each, from any thread.
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
        // Measure a point of several searches once.
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

/// A point as a map key.
type PointBits = [u32; 2];

fn key(point: Point) -> PointBits {
    [point.x.to_bits(), point.y.to_bits()]
}
