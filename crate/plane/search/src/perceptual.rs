//! Perceptual search: the point of the plane whose patch sounds nearest to a given sound. The sounds of a grid are
//! known; those between its points are estimated. The patch of the point with the nearest estimate is rendered and
//! measured, which corrects the estimate, and so on: optimization by a response surface (D. R. Jones, "A taxonomy of
//! global optimization methods based on response surfaces", Journal of Global Optimization 21, 2001).

use features::{
    COMPONENT_COUNT, FeatureExtractor, PerceptualDistance, ProjectedSound, SoundCoordinates, test_note,
};
use patch::Patch;
use plane::Point;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use timbre::Descriptor;

use crate::ScoredPoint;
use crate::interpolation::InterpolatedSounds;
use crate::plane_sounds::PlaneSounds;
use crate::sound_estimate::{ESTIMATED, POLLED, PointSearch, TrialPoint};

/// Patches that a search measures on average: one more than by estimates, since few searches need polls.
const USUAL_TRIALS: usize = ESTIMATED + 1;

/// A plane whose sounds are known on a grid.
pub struct PerceptualSearch<'a> {
    metric: &'a PerceptualDistance,
    plane: InterpolatedSounds,
}

/// A candidate of a search, with its patch.
struct Trial<'a> {
    search: &'a PointSearch,
    candidate: TrialPoint,
    patch: Patch,
}

impl<'a> PerceptualSearch<'a> {
    /// Searches on a plane; its sounds must be projected for the same distance.
    pub fn new(metric: &'a PerceptualDistance, plane: &PlaneSounds) -> Self {
        Self { metric, plane: InterpolatedSounds::new(metric, plane) }
    }

    /// Finds a point for every sound, and the distance of that point's patch from it by
    /// [`PerceptualDistance::between`]. A point does not depend on the other sounds. `decode` returns the patch of a
    /// point; `progress` gets about how many patches will be measured, and how many more are, from any thread.
    ///
    /// # Errors
    /// The error that `decode` returns.
    pub fn find<E>(
        &self,
        sounds: &[ProjectedSound],
        mut decode: impl FnMut(Point) -> Result<Patch, E>,
        progress: impl Fn(usize, usize) + Sync,
    ) -> Result<Vec<ScoredPoint>, E> {
        let start = |sound: &ProjectedSound| PointSearch::new(self.metric.coordinates(sound), &self.plane);
        let mut searches: Vec<PointSearch> = sounds.par_iter().map(start).collect();
        for _ in 0..ESTIMATED + POLLED {
            let candidates: Vec<Option<TrialPoint>> =
                searches.par_iter().map(|search| search.next(&self.plane)).collect();
            let mut trials = Vec::with_capacity(searches.len());
            for (search, candidate) in searches.iter().zip(&candidates) {
                if let Some(candidate) = *candidate {
                    trials.push(Trial { search, candidate, patch: decode(candidate.point)? });
                }
            }
            let measured = features::measure_groups(
                &trials,
                FeatureExtractor::new,
                |extractor: &mut FeatureExtractor, group| self.measure(extractor, group),
                |count| progress(sounds.len() * USUAL_TRIALS, count),
            );
            let tried = searches.iter_mut().zip(candidates);
            let tried = tried.filter_map(|(search, candidate)| Some((search, candidate?)));
            for ((search, candidate), (sound, has_scales)) in tried.zip(measured) {
                search.record(candidate.point, &sound, has_scales, &self.plane);
            }
        }
        Ok(searches.iter().map(PointSearch::best).collect())
    }

    /// The coordinates of the patches' sounds, each with `true` if its scales were measured. Scales take three quarters
    /// of the time; they are measured only if, with the estimated scales, the sound would be the nearest so far.
    fn measure(&self, extractor: &mut FeatureExtractor, trials: &[Trial]) -> Vec<(SoundCoordinates, bool)> {
        let patches: Vec<Patch> = trials.iter().map(|trial| trial.patch).collect();
        let rendered = test_note::render_many(&patches);
        let measured = trials.iter().zip(&rendered).map(|(trial, sound)| {
            let mut coordinates = [0.0; _];
            let (_, scales) = extractor.measure_scales_if(sound, |spectrum| {
                let phi = self.metric.projection().phi(spectrum);
                let without = ProjectedSound { phi, scales: [0.0; Descriptor::SCALES.len()] };
                coordinates = self.metric.coordinates(&without);
                trial.search.is_likely(&trial.candidate, &coordinates)
            });
            if let Some(scales) = scales {
                let scales = scales.map(|scale| scale as f32);
                let with = ProjectedSound { phi: [0.0; COMPONENT_COUNT], scales };
                coordinates[COMPONENT_COUNT..]
                    .copy_from_slice(&self.metric.coordinates(&with)[COMPONENT_COUNT..]);
            }
            (coordinates, scales.is_some())
        });
        measured.collect()
    }
}
