//! Perceptual search: the point of the plane whose patch sounds nearest to a given sound. Starts at the nearest point
//! of a grid, whose sounds are known, and runs a pattern search from there, measuring each patch that it tries.

use std::collections::BTreeMap;

use features::{FeatureExtractor, PerceptualDistance, Phi, ProjectedSound, test_note};
use patch::Patch;
use plane::Point;
use timbre::Descriptor;

use crate::pattern_search::{PatternSearch, ScoredPoint};
use crate::plane_sounds::PlaneSounds;

/// The most patches to measure for each sound. Of held-back presets 0, 8, 16 and 32 leave .190, .185, .183 and .182
/// of the spectrum unexplained; a second search from another local minimum of the grid brought no improvement.
const BUDGET: usize = 16;

/// The first step of a search and the smallest one, in distances between two points of the grid.
const STEPS: [f32; 2] = [0.5, 0.03];

/// A plane whose sounds are known on a grid.
pub struct PerceptualSearch<'a> {
    metric: &'a PerceptualDistance,
    plane: &'a PlaneSounds,
}

/// A sound between the points of the grid.
struct MeasuredSound {
    phi: Phi,
    /// The timbral scales; `None` if the spectrum alone made it farther than every search's best.
    scales: Option<[f32; Descriptor::SCALES.len()]>,
}

impl MeasuredSound {
    /// The distance from a target, or the least that it can be.
    fn distance(&self, metric: &PerceptualDistance, target: &ProjectedSound) -> f32 {
        let scales = self.scales.unwrap_or(target.scales);
        metric.between(target, &ProjectedSound { phi: self.phi, scales })
    }

    /// The distance from a target whose search has found one at `best`: without the timbral scales if the spectrum alone
    /// is no nearer. So it is the same whether or not another search needed the scales.
    fn distance_beside(&self, metric: &PerceptualDistance, target: &ProjectedSound, best: f32) -> f32 {
        let least = metric.between(target, &ProjectedSound { phi: self.phi, scales: target.scales });
        if least < best { self.distance(metric, target) } else { least }
    }

    /// Whether the timbral scales can decide if it is nearer to a target than `best`.
    fn may_be_nearer(&self, metric: &PerceptualDistance, (target, best): &(&ProjectedSound, f32)) -> bool {
        self.distance(metric, target) < *best
    }
}

impl<'a> PerceptualSearch<'a> {
    /// Searches on a plane; its sounds must be projected for the same distance.
    pub fn new(metric: &'a PerceptualDistance, plane: &'a PlaneSounds) -> Self {
        Self { metric, plane }
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
        let mut measured: BTreeMap<PointBits, MeasuredSound> = BTreeMap::new();
        loop {
            let mut wanted: BTreeMap<PointBits, Vec<(&ProjectedSound, f32)>> = BTreeMap::new();
            for (target, search) in &searches {
                let rival = (*target, search.best().distance);
                for key in search.candidates().map(key) {
                    let is_known = measured.get(&key).is_some_and(|found| {
                        found.scales.is_some() || !found.may_be_nearer(self.metric, &rival)
                    });
                    if !is_known {
                        wanted.entry(key).or_default().push(rival);
                    }
                }
            }
            let mut patches = Vec::with_capacity(wanted.len());
            for (key, rivals) in wanted {
                let [x, y] = key.map(f32::from_bits);
                patches.push((key, rivals, decode(Point { x, y })?));
            }
            measured.extend(features::measure_groups(
                &patches,
                FeatureExtractor::new,
                |extractor: &mut FeatureExtractor, group| {
                    let together: Vec<Patch> = group.iter().map(|(_, _, patch)| *patch).collect();
                    let rendered = test_note::render_many(&together);
                    let rendered = group.iter().zip(&rendered);
                    rendered
                        .map(|((key, rivals, _), sound)| (*key, self.measure(extractor, sound, rivals)))
                        .collect()
                },
                |count| progress(sounds.len() * BUDGET, count),
            ));
            let mut is_over = true;
            for (sound, search) in &mut searches {
                let scored: Vec<ScoredPoint> = (search.candidates())
                    .filter_map(|point| Some((point, measured.get(&key(point))?)))
                    .map(|(point, found)| {
                        let best = search.best().distance;
                        ScoredPoint { point, distance: found.distance_beside(self.metric, sound, best) }
                    })
                    .collect();
                is_over &= scored.is_empty();
                search.record(&scored);
            }
            if is_over {
                return Ok(searches.iter().map(|(_, search)| search.best()).collect());
            }
        }
    }

    /// Measures a rendered patch for the searches that compare it with their best. The timbral scales take most of the
    /// time; they only add to the distance, so a sound whose spectrum alone is too far is never chosen.
    fn measure(
        &self,
        extractor: &mut FeatureExtractor,
        sound: &[Vec<f32>; 2],
        rivals: &[(&ProjectedSound, f32)],
    ) -> MeasuredSound {
        let projection = self.metric.projection();
        let (spectrum, scales) = extractor.measure_scales_if(sound, |spectrum| {
            let found = MeasuredSound { phi: projection.phi(spectrum), scales: None };
            rivals.iter().any(|rival| found.may_be_nearer(self.metric, rival))
        });
        let scales = scales.map(|scales| scales.map(|scale| scale as f32));
        MeasuredSound { phi: projection.phi(&spectrum), scales }
    }

    /// A search from the grid's nearest point. Its neighbours on the grid are the first poll, which costs nothing.
    fn start(&self, sound: &ProjectedSound) -> PatternSearch {
        let scored = |(point, found): (Point, &ProjectedSound)| ScoredPoint {
            point,
            distance: self.metric.between(sound, found),
        };
        let (index, nearest) = (self.plane.iter().map(scored).enumerate())
            .min_by(|(_, a), (_, b)| a.distance.total_cmp(&b.distance))
            .unwrap_or((0, ScoredPoint { point: Point::default(), distance: f32::INFINITY }));
        let [first, last] = STEPS.map(|step| step * self.plane.spacing());
        match self.plane.around(index) {
            Some(neighbours) => {
                let neighbours = neighbours.map(scored);
                let mut search = PatternSearch::new(nearest, 2.0 * first, last, BUDGET + neighbours.len());
                search.record(&neighbours);
                search
            }
            None => PatternSearch::new(nearest, first, last, BUDGET),
        }
    }
}

/// A point as a map key.
type PointBits = [u32; 2];

fn key(point: Point) -> PointBits {
    [point.x.to_bits(), point.y.to_bits()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::Parameter;

    #[test]
    fn a_distance_does_not_depend_on_whether_another_search_measured_the_scales() {
        let patches: Vec<Patch> = (0..6_u8)
            .map(|step| {
                let mut patch = Patch::default();
                patch.set(Parameter::FilterCutoff, 0.2 + 0.1 * f32::from(step));
                patch
            })
            .collect();
        let features = features::extract_all(&patches, || {});
        let metric = PerceptualDistance::fit(&features);
        let [target, other] = [0, 5].map(|index| metric.project(&features[index]));
        let [alone, beside] =
            [None, Some(other.scales)].map(|scales| MeasuredSound { phi: other.phi, scales });
        let least = alone.distance(&metric, &target);
        assert!(least > 0.0 && beside.distance(&metric, &target) > least);
        for best in [0.0, 0.5 * least, least] {
            let [alone, beside] =
                [&alone, &beside].map(|sound| sound.distance_beside(&metric, &target, best));
            assert_eq!(alone, beside, "best {best}");
        }
        // Where the spectrum is nearer, the scales count.
        let nearer = beside.distance_beside(&metric, &target, 2.0 * least);
        assert_eq!(nearer, beside.distance(&metric, &target));
    }
}
