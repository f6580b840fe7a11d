//! The sounds to match, and the rendering of guesses for them. Rows play the test note in stereo and at their own
//! volume, as presets are compared everywhere. Other sounds play their own note in mono, at the volume that suits best.

use crate::feature_cache::FeatureCache;
use crate::figures::{ComparedSound, SCALE_COUNT};
use crate::rows::RowSet;
use features::Projection;
use features::test_note::SAMPLE_RATE_HZ;
use matching::{Candidate, Judge, KnownSounds, Target, TargetNote, render};
use patch::Patch;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use timbre::Analyzer;

/// Sounds that amSynth need not have made.
#[derive(Clone, Debug)]
pub struct SoundSet {
    /// The name of the set, for the report.
    pub name: String,
    /// The name of each, and the sound.
    pub sounds: Vec<(String, Target)>,
}

/// Renders the candidates of the targets, one for each, and measures their sounds.
type Hear<'a> = Box<dyn FnMut(&[Candidate]) -> Vec<ComparedSound> + 'a>;

/// The sounds that are matched.
pub struct MatchTargets<'a> {
    pub title: String,
    pub names: Vec<String>,
    pub targets: Vec<Target>,
    pub truth: Vec<ComparedSound>,
    pub hear: Hear<'a>,
}

impl<'a> MatchTargets<'a> {
    /// Presets, in the order of their rows.
    pub fn rows(
        row_set: RowSet,
        rows: &[Patch],
        projection: &'a Projection,
        cache: &'a mut FeatureCache,
        progress: &'a (impl Fn(&'static str, usize, usize) + Sync),
    ) -> Self {
        let mut hear = move |patches: &[Patch]| {
            let features = cache.extract(patches, |of, done| progress("Comparing", of, done));
            ComparedSound::all(&features, projection)
        };
        let truth = hear(rows);
        let hear_candidates = move |candidates: &[Candidate]| {
            hear(&candidates.iter().map(|candidate| candidate.patch).collect::<Vec<_>>())
        };
        let target = |patch| Target::of_note(render(patch, &TargetNote::TEST), TargetNote::TEST);
        Self {
            title: format!("{} rows", row_set.name()),
            names: (0..rows.len()).map(|row| row.to_string()).collect(),
            targets: rows.par_iter().map(target).collect(),
            truth,
            hear: Box::new(hear_candidates),
        }
    }

    /// Any sounds.
    pub fn sounds(
        set: &SoundSet,
        known: &'a KnownSounds,
        progress: &'a (impl Fn(&'static str, usize, usize) + Sync),
    ) -> Self {
        let (names, targets): (Vec<String>, Vec<Target>) = set.sounds.iter().cloned().unzip();
        let truth = (targets.par_iter()).map(|target| heard(target, known, target.samples())).collect();
        let own = targets.clone();
        let hear = move |candidates: &[Candidate]| {
            progress("Comparing", candidates.len(), 0);
            let hear = |(target, candidate): (&Target, &Candidate)| {
                let sound = heard(target, known, &sound_of(candidate, target));
                progress("Comparing", candidates.len(), 1);
                sound
            };
            own.par_iter().zip(candidates).map(hear).collect()
        };
        Self { title: set.name.clone(), names, targets, truth, hear: Box::new(hear) }
    }
}

/// The sound of a candidate, played as it is answered.
pub fn sound_of(candidate: &Candidate, target: &Target) -> Vec<f32> {
    render(&candidate.patch, &candidate.note(&target.note()))
}

/// A sound beside a target, by the features by which searches judge, and by the timbral scales of one channel.
fn heard(target: &Target, known: &KnownSounds, samples: &[f32]) -> ComparedSound {
    let [_, spectrum] = Judge::new(target, known).compare(samples);
    ComparedSound::new(spectrum, timbral_scales(samples), known.projection())
}

/// The timbral scales of one channel at 44.1 kHz; 0 for a sound that has none.
pub(crate) fn timbral_scales(samples: &[f32]) -> [f64; SCALE_COUNT] {
    let mut analyzer = Analyzer::new(SAMPLE_RATE_HZ).expect("44.1 kHz is a rate of the timbre models");
    analyzer.analyze(samples).map_or([0.0; SCALE_COUNT], |found| found.clipped().scales())
}
