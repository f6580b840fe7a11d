//! How well searches find patches for sounds that they do not know: sounds of held-back presets, or any others; beside
//! the baselines without which no figure says anything.

use crate::feature_cache::FeatureCache;
use crate::match_figures::MatchFigures;
use crate::match_report::{MatchLine, MatchReport};
use crate::match_targets::{MatchTargets, SoundSet};
use crate::rows::{ComparedRows, PatchSet, Protocol, RowSet, played};
use crate::sound_metrics::SoundMetrics;
use crate::{EvaluateError, baselines};
use features::{PerceptualDistance, SpectralFeatures};
use matching::{Answer, KnownSounds, MatchSettings, Strand, Target, as_loud_as, render};
use patch::{Info, Parameter, Patch};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::iter::{
    IndexedParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator, ParallelIterator,
};
use std::path::PathBuf;

/// Random patches from which a cold search starts: as many as a warm one takes.
const COLD_STARTS: usize = 32;

/// What to match, and how.
#[derive(Clone, Debug)]
pub struct MatchOptions {
    /// A folder with Debian's `.bank` files.
    pub banks: PathBuf,
    /// The sets of rows, each in a report of its own.
    pub row_sets: Vec<RowSet>,
    /// Sets of other sounds, each in a report of its own; none of them empty.
    pub sounds: Vec<SoundSet>,
    /// The numbers of rendered patches after which a search is evaluated, rising; at least one.
    pub renders: Vec<u32>,
    /// Random seed.
    pub seed: u64,
}

/// What searches know.
struct KnownPresets<'a> {
    presets: &'a PatchSet,
    metric: PerceptualDistance,
    sounds: KnownSounds,
}

/// Matches every sound. `progress` gets the stage, its number of sounds, and how many more are done, from any thread.
///
/// # Errors
/// If the banks have no such rows.
pub fn evaluate_matching(
    options: &MatchOptions,
    progress: impl Fn(&'static str, usize, usize) + Sync,
) -> Result<Vec<MatchReport>, EvaluateError> {
    let read = |row_set: RowSet| ComparedRows::read(&options.banks, row_set, Protocol::Clean);
    let sets = options.row_sets.iter().map(|&row_set| Ok((row_set, read(row_set)?)));
    let sets = sets.collect::<Result<Vec<_>, EvaluateError>>()?;
    let mut cache = FeatureCache::default();
    let mut reports = Vec::new();
    for (row_set, ComparedRows { training, chosen }) in sets {
        let known = KnownPresets::new(&training, &mut cache, &progress);
        let projection = known.metric.projection();
        let rows = MatchTargets::rows(row_set, &chosen.patches, projection, &mut cache, &progress);
        reports.push(report(options, &known, rows, &progress));
    }
    if !options.sounds.is_empty() {
        let ComparedRows { training, .. } = read(RowSet::Test)?;
        let known = KnownPresets::new(&training, &mut cache, &progress);
        for set in &options.sounds {
            let sounds = MatchTargets::sounds(set, &known.sounds, &progress);
            reports.push(report(options, &known, sounds, &progress));
        }
    }
    Ok(reports)
}

impl<'a> KnownPresets<'a> {
    fn new(
        presets: &'a PatchSet,
        cache: &mut FeatureCache,
        progress: &(impl Fn(&'static str, usize, usize) + Sync),
    ) -> Self {
        let features = cache.extract(&presets.patches, |of, done| progress("Training presets", of, done));
        let metric = PerceptualDistance::fit(&features);
        let spectra: Vec<SpectralFeatures> = features.iter().map(|features| features.spectrum).collect();
        let sounds = KnownSounds::new(&metric, &spectra);
        Self { presets, metric, sounds }
    }
}

fn report(
    options: &MatchOptions,
    known: &KnownPresets,
    mut matched: MatchTargets,
    progress: &(impl Fn(&'static str, usize, usize) + Sync),
) -> MatchReport {
    let targets = &matched.targets;
    let most = options.renders.iter().copied().max().unwrap_or(0);
    let settings = MatchSettings { seed: options.seed, renders: most, ..MatchSettings::default() };
    // For each target the answers after each number of renders.
    let search = |what: &'static str, presets: &[Patch], sounds: &KnownSounds| {
        progress(what, targets.len(), 0);
        let find = |target: &Target| {
            let mut strand = Strand::new(target, sounds, presets, &settings, 0, 1);
            // A step renders some ten patches: one that goes beyond the number does not count.
            let until = |&renders: &u32| {
                let mut best = *strand.best();
                while strand.renders() < renders {
                    best = *strand.best();
                    strand.step();
                }
                if strand.renders() == renders { *strand.best() } else { best }
            };
            let found: Vec<Answer> = options.renders.iter().map(until).collect();
            progress(what, targets.len(), 1);
            found
        };
        targets.par_iter().with_max_len(1).map(find).collect::<Vec<_>>()
    };
    let warm = search("Matching", &known.presets.patches, &known.sounds);
    let (cold_patches, cold_sounds) = cold_starts(&known.metric, options.seed);
    let cold = search("Matching from a cold start", &cold_patches, &cold_sounds);
    let patches =
        |found: &[Vec<Answer>], at: usize| found.iter().map(|row| row[at].patch).collect::<Vec<Patch>>();
    let mut guesses: Vec<(String, Vec<Patch>)> = Vec::new();
    for (name, found) in [("match", &warm), ("cold start", &cold)] {
        for (at, renders) in options.renders.iter().enumerate() {
            guesses.push((format!("{name}, {renders} renders"), patches(found, at)));
        }
    }
    let mut shuffled = patches(&warm, options.renders.len() - 1);
    shuffled.rotate_left(1);
    let mut silence = Patch::default();
    silence.set(Parameter::MasterVol, 0.0);
    let mean = played(&[baselines::mean(&known.presets.columns)]);
    let nearest = warm.iter().map(|row| row[0].start).collect();
    guesses.extend([
        ("nearest known preset".to_owned(), nearest),
        ("training-mean patch".to_owned(), vec![mean[0]; targets.len()]),
        ("match, shuffled".to_owned(), shuffled),
        ("silence".to_owned(), vec![silence; targets.len()]),
    ]);
    let nearest = guesses.len() - 4;
    for (_, guesses) in &mut guesses {
        let pairs = guesses.par_iter_mut().zip(targets);
        pairs.for_each(|(patch, target)| *patch = as_loud_as(target, patch));
    }
    let mut figures: Vec<Vec<MatchFigures>> =
        guesses.iter().map(|(_, guesses)| compare(&mut matched, guesses)).collect();
    let least: Vec<f64> = figures[nearest].iter().map(|figures| figures.error).collect();
    for (_, line) in figures.iter_mut().enumerate().filter(|(at, _)| *at != nearest) {
        for (figures, least) in line.iter_mut().zip(&least) {
            figures.is_nearer = Some(figures.error < *least);
        }
    }
    let names = guesses.into_iter().map(|(name, _)| name);
    MatchReport {
        matched: matched.title,
        names: matched.names,
        training: known.presets.patches.len(),
        lines: names.zip(figures).map(|(name, each)| MatchLine::new(name, each)).collect(),
    }
}

/// The figures of one guess for each target.
fn compare(matched: &mut MatchTargets, guesses: &[Patch]) -> Vec<MatchFigures> {
    let sounds = (matched.hear)(guesses);
    let MatchTargets { targets, truth, .. } = matched;
    let pairs: Vec<usize> = (0..targets.len()).collect();
    let figures = |metrics: &mut SoundMetrics, &at: &usize| {
        let target = &targets[at];
        let metrics = metrics.compare(target.samples(), &render(&guesses[at], &target.note()));
        MatchFigures::new(&truth[at], &sounds[at], metrics, target.pitch().is_some())
    };
    pairs.par_iter().map_init(SoundMetrics::new, figures).collect()
}

/// Random patches, every parameter anywhere in its range, and their sounds.
fn cold_starts(metric: &PerceptualDistance, seed: u64) -> (Vec<Patch>, KnownSounds) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let patch = |_| {
        let mut patch = Patch::default();
        for parameter in Parameter::ALL {
            let &Info { min, max, .. } = parameter.info();
            patch.set(parameter, min + random.random_range(0.0_f32..=1.0) * (max - min));
        }
        patch
    };
    let patches: Vec<Patch> = (0..COLD_STARTS).map(patch).collect();
    let spectra = features::extract_each(&patches, features::FeatureExtractor::spectrum);
    let known = KnownSounds::new(metric, &spectra);
    (patches, known)
}
