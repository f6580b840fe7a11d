//! How well searches find patches for sounds of presets that they do not know: every row is a target, beside the
//! baselines without which no figure says anything.

use crate::feature_cache::FeatureCache;
use crate::figures::{ComparedSound, Figures};
use crate::rows::{ComparedRows, Protocol, RowSet, played};
use crate::sound_metrics::{MatchMetrics, SoundMetrics};
use crate::{EvaluateError, baselines};
use features::{AudioFeatures, PerceptualDistance, SpectralFeatures};
use matching::{Answer, KnownSounds, MatchSettings, Strand, Target, TargetNote, render};
use patch::{Info, Parameter, Patch};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;
use std::fmt::{self, Display};
use std::path::PathBuf;

/// Samples of a bootstrap (Efron, 1979): enough for two digits of an interval's ends.
const RESAMPLES: usize = 500;
/// Random patches from which a cold search starts: as many as a warm one takes.
const COLD_STARTS: usize = 32;
/// A pitch within this is right.
const RIGHT_CENTS: f64 = 10.0;

/// What to match, and how.
#[derive(Clone, Debug)]
pub struct MatchOptions {
    /// A folder with Debian's `.bank` files.
    pub banks: PathBuf,
    /// The sets of rows, each in a report of its own.
    pub row_sets: Vec<RowSet>,
    /// The numbers of rendered patches after which a search is evaluated, rising; at least one.
    pub renders: Vec<u32>,
    /// Random seed.
    pub seed: u64,
}

/// A figure and its 95 % interval by bootstrap over the rows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure of all rows.
    pub value: f64,
    /// The interval's ends.
    pub interval: [f64; 2],
}

/// The figures of a search or of a baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatchLine {
    /// What guesses.
    pub name: String,
    /// Unexplained variance of the spectrum.
    pub phi: Estimate,
    /// Mean absolute difference of the seven timbral scales, in points.
    pub mean_timbre: Estimate,
    /// Means over the rows; of loudness the absolute one.
    pub metrics: MatchMetrics,
    /// Share of the rows with a pitch whose guess is within 10 cents.
    pub right_pitch: Option<f64>,
}

/// The figures of a set of rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatchReport {
    /// Which rows were matched.
    pub rows: RowSet,
    /// How many.
    pub matched: usize,
    /// Known presets: the training rows.
    pub training: usize,
    /// Searches first, then baselines.
    pub lines: Vec<MatchLine>,
}

/// Matches every row. `progress` gets the stage, its number of sounds, and how many more are done, from any thread.
///
/// # Errors
/// If the banks have no such rows.
pub fn evaluate_matching(
    options: &MatchOptions,
    progress: impl Fn(&'static str, usize, usize) + Sync,
) -> Result<Vec<MatchReport>, EvaluateError> {
    let read =
        |&row_set: &RowSet| Ok((row_set, ComparedRows::read(&options.banks, row_set, Protocol::Clean)?));
    let sets = options.row_sets.iter().map(read).collect::<Result<Vec<_>, EvaluateError>>()?;
    let mut cache = FeatureCache::default();
    Ok(sets
        .into_iter()
        .map(|(row_set, rows)| report(options, row_set, &rows, &mut cache, &progress))
        .collect())
}

fn report(
    options: &MatchOptions,
    row_set: RowSet,
    rows: &ComparedRows,
    cache: &mut FeatureCache,
    progress: &(impl Fn(&'static str, usize, usize) + Sync),
) -> MatchReport {
    let (training, rows) = (&rows.training, &rows.chosen.patches);
    let training_features =
        cache.extract(&training.patches, |of, done| progress("Training presets", of, done));
    let metric = PerceptualDistance::fit(&training_features);
    let spectra: Vec<SpectralFeatures> =
        training_features.iter().map(|features: &AudioFeatures| features.spectrum).collect();
    let known = KnownSounds::new(&metric, &spectra);
    let (cold_patches, cold) = cold_starts(&metric, options.seed);
    let most = options.renders.iter().copied().max().unwrap_or(0);
    let settings = MatchSettings { seed: options.seed, renders: most, ..MatchSettings::default() };
    // For each row the answers after each number of renders.
    let search = |what: &'static str, (presets, known): (&[Patch], &KnownSounds)| {
        progress(what, rows.len(), 0);
        let find = |patch: &Patch| {
            let target = Target::of_note(render(patch, &TargetNote::TEST), TargetNote::TEST);
            let mut strand = Strand::new(&target, known, presets, &settings, 0, 1);
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
            progress(what, rows.len(), 1);
            found
        };
        rows.par_iter().with_max_len(1).map(find).collect::<Vec<_>>()
    };
    let warm = search("Matching", (&training.patches, &known));
    let cold = search("Matching from a cold start", (&cold_patches, &cold));
    let patches =
        |found: &[Vec<Answer>], at: usize| found.iter().map(|row| row[at].patch).collect::<Vec<Patch>>();
    let mut guesses: Vec<(String, Vec<Patch>)> = Vec::new();
    for (name, found) in [("match", &warm), ("cold start", &cold)] {
        for (at, renders) in options.renders.iter().enumerate() {
            guesses.push((format!("{name}, {renders} renders"), patches(found, at)));
        }
    }
    let found = patches(&warm, options.renders.len() - 1);
    let mut shuffled = found.clone();
    shuffled.rotate_left(1);
    let mut silence = Patch::default();
    silence.set(Parameter::MasterVol, 0.0);
    let mean = played(&[baselines::mean(&training.columns)]);
    let nearest = warm.iter().map(|row| row[0].start).collect();
    guesses.extend([
        ("nearest known preset".to_owned(), nearest),
        ("training-mean patch".to_owned(), vec![mean[0]; rows.len()]),
        ("match, shuffled".to_owned(), shuffled),
        ("silence".to_owned(), vec![silence; rows.len()]),
    ]);
    let compared = |features: &[AudioFeatures]| ComparedSound::all(features, metric.projection());
    let mut sounds =
        |patches: &[Patch]| compared(&cache.extract(patches, |of, done| progress("Comparing", of, done)));
    let truth = sounds(rows);
    let lines =
        guesses.into_iter().map(|(name, guesses)| line(name, (rows, &truth), (&guesses, &sounds(&guesses))));
    MatchReport {
        rows: row_set,
        matched: rows.len(),
        training: training.patches.len(),
        lines: lines.collect(),
    }
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

fn line(
    name: String,
    (rows, truth): (&[Patch], &[ComparedSound]),
    (guesses, sounds): (&[Patch], &[ComparedSound]),
) -> MatchLine {
    let figures = |picked: &[usize]| {
        let pick =
            |sounds: &[ComparedSound]| picked.iter().map(|&row| sounds[row].clone()).collect::<Vec<_>>();
        let Figures { phi, mean_timbre, .. } = Figures::paired(&pick(truth), &pick(sounds));
        [phi, mean_timbre]
    };
    let [phi, mean_timbre] = bootstrap(rows.len(), figures);
    let pairs: Vec<(&Patch, &Patch)> = rows.iter().zip(guesses).collect();
    let metrics: Vec<MatchMetrics> = (pairs.par_iter())
        .map_init(SoundMetrics::new, |metrics, pair| {
            let [wanted, found] = [pair.0, pair.1].map(|patch| render(patch, &TargetNote::TEST));
            metrics.compare(&wanted, &found)
        })
        .collect();
    let mean = |figure: fn(&MatchMetrics) -> f64| {
        metrics.iter().map(figure).sum::<f64>() / metrics.len().max(1) as f64
    };
    let cents: Vec<f64> = metrics.iter().filter_map(|metrics| Some(metrics.pitch_cents?.abs())).collect();
    let right = cents.iter().filter(|cents| **cents <= RIGHT_CENTS).count();
    MatchLine {
        name,
        phi,
        mean_timbre,
        metrics: MatchMetrics {
            mss_db: mean(|metrics| metrics.mss_db),
            wmfcc: mean(|metrics| metrics.wmfcc),
            sot: mean(|metrics| metrics.sot),
            rms_cosine: mean(|metrics| metrics.rms_cosine),
            spectral_convergence: mean(|metrics| metrics.spectral_convergence),
            loudness_lu: mean(|metrics| metrics.loudness_lu.abs()),
            pitch_cents: median(&cents),
        },
        right_pitch: (!cents.is_empty()).then(|| right as f64 / cents.len() as f64),
    }
}

fn median(values: &[f64]) -> Option<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Figures of all rows, and how they vary over rows drawn again.
fn bootstrap<const N: usize>(rows: usize, figures: impl Fn(&[usize]) -> [f64; N]) -> [Estimate; N] {
    let mut random = ChaCha8Rng::seed_from_u64(rows as u64);
    let mut draws: Vec<[f64; N]> = Vec::with_capacity(RESAMPLES);
    for _ in 0..RESAMPLES {
        let drawn: Vec<usize> = (0..rows).map(|_| random.random_range(0..rows)).collect();
        draws.push(figures(&drawn));
    }
    let all: Vec<usize> = (0..rows).collect();
    let values = figures(&all);
    std::array::from_fn(|at| {
        let mut drawn: Vec<f64> = draws.iter().map(|draw| draw[at]).collect();
        drawn.sort_by(f64::total_cmp);
        let quantile = |share: f64| drawn[((RESAMPLES - 1) as f64 * share).round() as usize];
        Estimate { value: values[at], interval: [quantile(0.025), quantile(0.975)] }
    })
}

impl Display for MatchReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, matched, training, lines } = self;
        let rows = rows.name();
        writeln!(out, "{matched} {rows} rows, {training} known presets")?;
        write!(
            out,
            "\n{:28} {:>20} {:>20} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
            "", "phi (95 %)", "A (95 %)", "MSS", "wMFCC", "SOT", "RMScos", "SC", "|LU|", "|cent|", "≤10 ct"
        )?;
        for MatchLine { name, phi, mean_timbre, metrics, right_pitch } in lines {
            let [low, high] = phi.interval;
            write!(out, "\n{name:28} {:6.3} ({low:.3}–{high:.3})", phi.value)?;
            let [low, high] = mean_timbre.interval;
            write!(out, "  {:6.2} ({low:5.2}–{high:5.2})", mean_timbre.value)?;
            let MatchMetrics {
                mss_db,
                wmfcc,
                sot,
                rms_cosine,
                spectral_convergence,
                loudness_lu,
                pitch_cents,
            } = metrics;
            write!(out, " {mss_db:6.2} {wmfcc:6.2} {sot:6.3} {rms_cosine:6.3} {spectral_convergence:6.3}")?;
            write!(out, " {loudness_lu:6.2}")?;
            for figure in [pitch_cents, right_pitch] {
                match figure {
                    Some(figure) => write!(out, " {figure:6.2}")?,
                    None => write!(out, "      –")?,
                }
            }
        }
        Ok(())
    }
}
