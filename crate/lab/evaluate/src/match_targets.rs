//! The sounds to match, and the rendering of guesses for them. Rows play the test note in stereo and at their own
//! volume, as presets are compared everywhere. Other sounds play their own note in mono, at the volume that suits best.

use crate::feature_cache::FeatureCache;
use crate::figures::{ComparedSound, SCALE_COUNT};
use crate::rows::RowSet;
use features::Projection;
use features::test_note::SAMPLE_RATE_HZ;
use matching::{Judge, KnownSounds, Target, TargetNote, render};
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

/// Renders patches that play the notes of the targets, one for each, and measures their sounds.
type Hear<'a> = Box<dyn FnMut(&[Patch]) -> Vec<ComparedSound> + 'a>;

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
        let target = |patch| Target::of_note(render(patch, &TargetNote::TEST), TargetNote::TEST);
        Self {
            title: format!("{} rows", row_set.name()),
            names: (0..rows.len()).map(|row| row.to_string()).collect(),
            targets: rows.par_iter().map(target).collect(),
            truth: hear(rows),
            hear: Box::new(hear),
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
        let hear = move |patches: &[Patch]| {
            progress("Comparing", patches.len(), 0);
            let hear = |(target, patch): (&Target, &Patch)| {
                let sound = heard(target, known, &render(patch, &target.note()));
                progress("Comparing", patches.len(), 1);
                sound
            };
            own.par_iter().zip(patches).map(hear).collect()
        };
        Self { title: set.name.clone(), names, targets, truth, hear: Box::new(hear) }
    }
}

/// A sound beside a target, by the features by which searches judge, and by the timbral scales of one channel.
fn heard(target: &Target, known: &KnownSounds, samples: &[f32]) -> ComparedSound {
    let mut analyzer = Analyzer::new(SAMPLE_RATE_HZ).expect("44.1 kHz is a rate of the timbre models");
    let scales = analyzer.analyze(samples).map_or([0.0; SCALE_COUNT], |found| found.clipped().scales());
    let [_, spectrum] = Judge::new(target, known).compare(samples);
    ComparedSound::new(spectrum, scales, known.projection())
}
