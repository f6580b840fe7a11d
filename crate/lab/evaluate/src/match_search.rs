//! Figures of searches for the patches of sounds that they do not know: sounds of held-back presets, or any others.
//! Baselines stand beside them, because a figure alone has no scale.

use crate::feature_cache::FeatureCache;
use crate::match_figures::MatchFigures;
use crate::match_guesses::{Guesser, MatchNetwork, cold_starts, from_network, named, nearest_known};
use crate::match_report::{MatchPicture, MatchReport};
use crate::match_targets::{MatchTargets, SoundSet, sound_of};
use crate::mel_spectrogram::spectrogram_db;
use crate::report_line::{ReportLine, mark_nearer};
use crate::rows::{ComparedRows, PatchSet, Protocol, RowSet, played};
use crate::sound_metrics::SoundMetrics;
use crate::{Columns, EvaluateError, baselines};
use features::{PerceptualDistance, SpectralFeatures};
use matching::{Candidate, KnownSounds, START_COUNT, Target, as_loud_as};
use patch::{Parameter, Patch};
use rayon::iter::{
    IndexedParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator, ParallelIterator,
};
use std::path::PathBuf;

/// The options of matching.
#[derive(Clone, Debug)]
pub struct MatchOptions {
    /// A folder with Debian's `.bank` files.
    pub banks: PathBuf,
    /// The sets of rows, each in a report of its own.
    pub row_sets: Vec<RowSet>,
    /// Sets of other sounds, each in a report of its own and with at least one sound.
    pub sounds: Vec<SoundSet>,
    /// The numbers of rendered patches after which a search is evaluated, rising; at least one.
    pub renders: Vec<u32>,
    /// One in this many sounds of each set is matched, from the first; at least 1.
    pub every: usize,
    /// Networks that guess, each with lines of its own.
    pub networks: Vec<MatchNetwork>,
    /// True to leave out the searches without a network, which take two thirds of the time. If there is no network,
    /// they are made in any case.
    pub networks_only: bool,
    /// Random seed.
    pub seed: u64,
}

/// The pictured sounds, as shares of the whole set in its order: fixed, and not chosen by their sound.
pub(crate) const PICTURED: [f64; 4] = [0.0, 0.25, 0.5, 0.75];

/// The known presets with their sounds, from which searches start.
pub(crate) struct KnownPresets<'a> {
    presets: &'a PatchSet,
    metric: PerceptualDistance,
    pub(crate) sounds: KnownSounds,
}

/// Matches every sound. `progress` gets the stage, its number of sounds, and the number of further sounds that are
/// done, from any thread.
///
/// # Errors
/// If the banks have no such rows, or too few presets.
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
        let chosen: Vec<Patch> = chosen.patches.into_iter().step_by(options.every).collect();
        let rows = MatchTargets::rows(row_set, &chosen, projection, &mut cache, &progress);
        reports.push(report(options, &known, rows, &progress));
    }
    if !options.sounds.is_empty() {
        // No rows were asked for, so the error is about missing presets.
        let ComparedRows { training, .. } = read(RowSet::Test).map_err(|error| match error {
            EvaluateError::NoRows { folder, .. } => EvaluateError::FewPresets { folder },
            error => error,
        })?;
        let known = KnownPresets::new(&training, &mut cache, &progress);
        for set in &options.sounds {
            let sounds = set.sounds.iter().step_by(options.every).cloned().collect();
            let set = SoundSet { sounds, ..set.clone() };
            let sounds = MatchTargets::sounds(&set, &known.sounds, &progress);
            reports.push(report(options, &known, sounds, &progress));
        }
    }
    Ok(reports)
}

impl<'a> KnownPresets<'a> {
    pub(crate) fn new(
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

/// Guesses for each target, with the names of the methods.
struct MatchGuesses {
    named: Vec<(String, Vec<Candidate>)>,
    /// The known preset that is nearest to each target.
    nearest: Vec<Patch>,
    /// The position in `named` of the pictured guesses: those of the first network with the most renders, or else of
    /// the search alone.
    best: usize,
}

fn report(
    options: &MatchOptions,
    known: &KnownPresets,
    mut matched: MatchTargets,
    progress: &(impl Fn(&'static str, usize, usize) + Sync),
) -> MatchReport {
    let MatchGuesses { named, nearest, best } = guess(options, known, &matched.targets, progress);
    // The line of the nearest known preset is the first of the baselines.
    let nearest_line = named.len();
    let baselines = baseline_guesses(&matched.targets, &named[best].1, &nearest, &known.presets.columns);
    let mut guesses = [named, baselines].concat();
    for (_, guesses) in &mut guesses {
        let pairs = guesses.par_iter_mut().zip(&matched.targets);
        pairs.for_each(|(candidate, target)| {
            let note = candidate.note(&target.note());
            *candidate = candidate.with_patch(as_loud_as(target, &candidate.patch, &note));
        });
    }
    let mut figures: Vec<Vec<MatchFigures>> =
        guesses.iter().map(|(_, guesses)| compare(&mut matched, guesses)).collect();
    mark_nearer(&mut figures, nearest_line);
    let pictures = pictures(&matched, &guesses[best].1);
    let names = guesses.into_iter().map(|(name, _)| name);
    let every = if options.every > 1 { format!(", one in {}", options.every) } else { String::new() };
    MatchReport {
        matched: matched.title + &every,
        names: matched.names,
        training: known.presets.patches.len(),
        pictures,
        lines: names.zip(figures).map(|(name, each)| ReportLine::new(name, each)).collect(),
    }
}

/// The guesses of the networks, and the results of the searches.
fn guess(
    options: &MatchOptions,
    known: &KnownPresets,
    targets: &[Target],
    progress: &(impl Fn(&'static str, usize, usize) + Sync),
) -> MatchGuesses {
    let search = |what, presets: &[Patch], sounds: &KnownSounds, network: Option<&MatchNetwork>| {
        let onnx = network.map(|network| network.onnx.as_slice());
        let guesser = Guesser {
            targets,
            presets,
            sounds,
            onnx,
            renders: &options.renders,
            answers: 1,
            seed: options.seed,
        };
        guesser.search(|done| progress(what, targets.len(), done))
    };
    let presets = &known.presets.patches;
    let mut guesses = Vec::new();
    let mut nearest: Vec<Patch> = Vec::new();
    for network in &options.networks {
        let name = &network.name;
        let [single, best] = from_network(targets, presets, &known.sounds, network, |done| {
            progress("Guessing", targets.len(), done);
        });
        guesses.extend([(format!("{name}, one guess"), single), (format!("{name}, best of 16"), best)]);
        let found = search("Matching with a network", presets, &known.sounds, Some(network));
        guesses.extend(named(name, &options.renders, &found));
        nearest = found.iter().map(|found| found.start).collect();
    }
    if options.networks.is_empty() || !options.networks_only {
        let warm = search("Matching", presets, &known.sounds, None);
        guesses.extend(named("search alone", &options.renders, &warm));
        nearest = warm.iter().map(|found| found.start).collect();
        let (cold_patches, cold_sounds) = cold_starts(&known.metric, options.seed);
        let cold = search("Matching from a cold start", &cold_patches, &cold_sounds, None);
        guesses.extend(named("cold start", &options.renders, &cold));
    }
    // Shorter searches do not render all known presets from which they start.
    if options.renders.last().is_none_or(|&renders| (renders as usize) < START_COUNT) {
        let of = |target: &Target| nearest_known(target, &known.sounds, presets);
        nearest = targets.par_iter().with_max_len(1).map(of).collect();
    }
    // A network has two lines before the lines of its searches.
    let best =
        if options.networks.is_empty() { options.renders.len() - 1 } else { options.renders.len() + 1 };
    MatchGuesses { named: guesses, nearest, best }
}

/// Guesses that do not depend on their target, and the nearest known preset, which comes first.
fn baseline_guesses(
    targets: &[Target],
    best: &[Candidate],
    nearest: &[Patch],
    training: &[Columns],
) -> Vec<(String, Vec<Candidate>)> {
    let mut silence = Patch::default();
    silence.set(Parameter::MasterVol, 0.0);
    let mean = played(&[baselines::mean(training)])[0];
    let all = |patch: Patch| targets.iter().map(|target| target.note().candidate(patch)).collect();
    let nearest =
        targets.iter().zip(nearest).map(|(target, &patch)| target.note().candidate(patch)).collect();
    let mut lines =
        vec![("nearest known preset".to_owned(), nearest), ("training-mean patch".to_owned(), all(mean))];
    // A single guess would be compared with its own target.
    if best.len() > 1 {
        let mut shuffled = best.to_vec();
        shuffled.rotate_left(1);
        lines.push(("best guesses, shuffled".to_owned(), shuffled));
    }
    lines.push(("silence".to_owned(), all(silence)));
    lines
}

fn pictures(matched: &MatchTargets, found: &[Candidate]) -> Vec<MatchPicture> {
    let pictured = PICTURED.map(|share| (share * matched.targets.len() as f64) as usize);
    let picture = |at: usize| {
        let (target, name) = (&matched.targets[at], matched.names[at].clone());
        let found = sound_of(&found[at], target);
        MatchPicture { name, levels_db: [target.samples(), &found].map(spectrogram_db) }
    };
    pictured.into_iter().map(picture).collect()
}

/// The figures of one guess for each target.
fn compare(matched: &mut MatchTargets, guesses: &[Candidate]) -> Vec<MatchFigures> {
    let sounds = (matched.hear)(guesses);
    let MatchTargets { targets, truth, .. } = matched;
    let pairs: Vec<usize> = (0..targets.len()).collect();
    let figures = |metrics: &mut SoundMetrics, &at: &usize| {
        let target = &targets[at];
        let metrics = metrics.compare(target.samples(), &sound_of(&guesses[at], target));
        MatchFigures::new(&truth[at], &sounds[at], metrics, target.pitch().is_some())
    };
    pairs.par_iter().map_init(SoundMetrics::new, figures).collect()
}
