//! Training: banks of presets in, `decoder.onnx`, `encoder.onnx`, `coordinates.json`, `presets.f32`,
//! `map.json`, `hearing.json` and `training.json` out. The same banks and seed give the same bytes on the same machine.
//! Listens to every patch that it learns from; prints nothing: the caller shows the progress.
//!
//! The way of a model: [`dataset`] → [`split`] → [`pool`] (presets and [`breed`] heard) → [`candidate`]
//! ([`chart`], then rounds of [`decoder_training`] and [`surrogate`]) → [`posterior`], the encoder → [`export`]
//! → [`judge`] → files.
#![forbid(unsafe_code)]

pub mod alone;
pub mod breed;
pub mod candidate;
pub mod chart;
pub mod coordinates;
pub mod dataset;
pub mod decoder_training;
pub mod dense;
mod descent;
mod error;
pub mod export;
pub mod figures;
pub mod judge;
pub mod loss;
mod nearest;
pub mod network;
pub mod output;
pub mod pool;
pub mod posterior;
mod progress;
mod report;
mod settings;
pub mod split;
pub mod surrogate;
pub mod tensors;
pub mod trained_plane;

pub use error::{LEAST_LEARNED, LEAST_PRESETS, TrainError};
pub use progress::{Progress, Stage};
pub use report::{Candidate, Report};
pub use settings::Settings;

use alone::Alone;
use candidate::Common;
use dataset::Dataset;
use ear::{Ear, Heard, Hearing};
use judge::Loaded;
use model::{Decoder, Encoder};
use patch::Patch;
use patch::encoding::{COLUMN_COUNT, encode, learned};
use plane::LATENT_LIMIT;
use plane::map::Map;
use plane::presets::Presets;
use pool::{Pool, hear};
use posterior::Posterior;
use progress::Reporter;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use split::Split;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::thread::ScopedJoinHandle;
use trained_plane::Plane;

/// The first seed of the shipped model's candidates.
pub const DEFAULT_SEED: u64 = 1;

/// A patch as the networks see it.
pub type Columns = [f32; COLUMN_COUNT];

/// What to train on and where to.
#[derive(Clone, Debug)]
pub struct Options {
    /// A folder with `.bank` files.
    pub banks: PathBuf,
    /// The folder for the files; it is made if it does not exist.
    pub output: PathBuf,
    /// Decides every random number; the second candidate's is one greater, and so on.
    pub seed: u64,
    /// How much is done.
    pub settings: Settings,
}

impl Default for Options {
    /// What the shipped model was trained with, on the banks where Debian's package puts them.
    fn default() -> Self {
        Self {
            banks: "/usr/share/amsynth/banks".into(),
            output: "models".into(),
            seed: DEFAULT_SEED,
            settings: Settings::full(),
        }
    }
}

/// Presets and what they sound like with the seven fixed parameters.
#[derive(Clone, Debug, Default)]
pub struct HeardPresets {
    /// As the networks see them.
    pub columns: Vec<Columns>,
    /// As they sound.
    pub heard: Vec<Heard>,
}

impl HeardPresets {
    fn hear(dataset: &Dataset, rows: &[usize]) -> Self {
        let columns: Vec<Columns> = rows.iter().map(|&row| encode(&dataset.rows[row].patch)).collect();
        let heard = hear(&columns, || ());
        Self { columns, heard }
    }
}

/// A model and what it was judged by.
struct Made {
    decoder_file: Vec<u8>,
    encoder_file: Vec<u8>,
    figures: Candidate,
    /// What the plane sounds like, point by point.
    plane: Vec<Heard>,
}

/// Trains, judges what was exported, and writes the files.
///
/// `progress` is called whenever a part is done.
///
/// # Errors
/// See [`TrainError`]. What is wrong with the banks or the output folder is found before training.
pub fn train(options: &Options, progress: &(dyn Fn(Progress) + Sync)) -> Result<Report, TrainError> {
    let settings = &options.settings;
    if settings.candidates == 0 {
        return Err(TrainError::NoCandidates);
    }
    let dataset = Dataset::read(&options.banks)?;
    let distinct = dataset.distinct();
    if distinct.len() < LEAST_PRESETS {
        return Err(TrainError::TooFewPresets { folder: options.banks.clone(), found: distinct.len() });
    }
    let split = Split::new(&dataset);
    let (mut training_rows, mut held_back_rows) = split.held_back(&dataset);
    let (found, held_back) = (training_rows.len(), held_back_rows.len());
    if found < LEAST_LEARNED || held_back == 0 {
        return Err(TrainError::TooFewToLearnFrom { folder: options.banks.clone(), found, held_back });
    }
    output::check(&options.output)?;

    spread(&mut training_rows, settings.most_presets[0]);
    spread(&mut held_back_rows, settings.most_presets[1]);
    let reporter = Reporter::begin(Stage::Hearing, 2, progress);
    let training = HeardPresets::hear(&dataset, &training_rows);
    let held_back = HeardPresets::hear(&dataset, &held_back_rows);
    let hearing = Hearing::fit(&training.heard);
    let mut random = ChaCha8Rng::seed_from_u64(options.seed);
    let bred = breed::breed(&training.columns, settings.bred, &mut random);
    reporter.advance();
    let mut known = Pool::default();
    known.add(&training.columns, &training.heard, &hearing);
    known.add(&bred, &hear(&bred, || ()), &hearing);
    reporter.advance();
    let reporter = Reporter::begin(Stage::Surrogate, 1, progress);
    let schedule = (settings.surrogate_rate[0], settings.surrogate_steps[0]);
    let untrained = surrogate::untrained(&mut random);
    let alone = Alone::new()?;
    let taught = (&known, &Pool::default());
    let surrogate = alone.run(|| surrogate::learn(&untrained, taught, schedule, &mut random))?;

    reporter.advance();

    let rows = training.columns.len();
    let common = Common { known: &known, rows, hearing: &hearing, surrogate: &surrogate };
    let reporter = Reporter::begin(Stage::Planes, settings.candidates * (settings.rounds + 2), progress);
    // Each learns on a thread of its own; what they are does not depend on who is done first.
    let made: Vec<Result<Made, TrainError>> = std::thread::scope(|scope| {
        let make = |seed| {
            let (common, held_back, training, reporter) = (&common, &held_back, &training, &reporter);
            scope.spawn(move || make(common, seed, settings, (training, held_back), reporter))
        };
        let threads: Vec<_> = (options.seed..).take(settings.candidates).map(make).collect();
        let join = |thread: ScopedJoinHandle<_>| thread.join().unwrap_or_else(|panic| resume_unwind(panic));
        threads.into_iter().map(join).collect()
    });
    let made = made.into_iter().collect::<Result<Vec<_>, _>>()?;
    let candidates = made.iter().map(|made| made.figures.clone()).collect();
    let unexplained = |made: &Made| made.figures.validation.unexplained();
    let best = made.into_iter().min_by(|a, b| unexplained(a).total_cmp(&unexplained(b)));
    let best = best.ok_or(TrainError::NoCandidates)?;

    let points = known_points(&dataset, &distinct, settings, &mut Encoder::from_onnx(&best.encoder_file)?)?;
    let model = coordinates::fingerprint(&best.decoder_file);
    let mut decoder = Decoder::from_onnx(&best.decoder_file)?;
    let cells = Map::points(settings.plane_grid, LATENT_LIMIT)
        .map(|point| decoder.columns(point))
        .collect::<Result<Vec<_>, _>>()?;
    let report = Report {
        model: model.clone(),
        seed: best.figures.seed,
        banks: dataset.banks.len(),
        presets: dataset.rows.len(),
        distinct: distinct.len(),
        training_rows: training_rows.len(),
        bred: bred.len(),
        candidates,
        plane: Plane::new(&cells, settings.plane_grid, &best.plane, &points),
        bank_names: dataset.banks.clone(),
        training_fingerprint: split.fingerprint(&dataset),
    };
    let map = atlas::chart::map(&best.plane, settings.plane_grid, model.clone());
    let table = coordinates::table(&dataset, &distinct, &points, model);
    output::write(
        &options.output,
        &[
            ("decoder.onnx", best.decoder_file),
            ("encoder.onnx", best.encoder_file),
            ("coordinates.json", json(serde_json::to_string(&table))?),
            ("presets.f32", presets(&dataset, &distinct).to_bytes()),
            ("hearing.json", json(serde_json::to_string(&hearing))?),
            ("map.json", json(serde_json::to_string(&map))?),
            ("training.json", json(serde_json::to_string_pretty(&report))?),
        ],
    )?;
    Ok(report)
}

/// Makes and judges one candidate.
fn make(
    common: &Common,
    seed: u64,
    settings: &Settings,
    presets: (&HeardPresets, &HeardPresets),
    reporter: &Reporter,
) -> Result<Made, TrainError> {
    let weights = candidate::candidate(common, seed, settings, reporter)?;
    let (hearing, grid) = (common.hearing, settings.plane_grid);
    let decoder_file = export::decoder(&weights, seed);
    let mut decoder = Decoder::from_onnx(&decoder_file)?;
    let plane = ear::hear_all(&atlas::chart::patches(&mut decoder, grid)?, || ());
    let encoder_file = export::encoder(&Posterior::new(hearing, &plane, grid), seed);
    let mut loaded = Loaded { decoder, encoder: Encoder::from_onnx(&encoder_file)? };
    let validation = judge::validation(&mut loaded, (&plane, grid), hearing, presets)?;
    let mean_timbre_step = trained_plane::mean_timbre_step(&plane, grid);
    let figures = Candidate { seed, validation, mean_timbre_step };
    reporter.advance();
    Ok(Made { decoder_file, encoder_file, figures, plane })
}

/// The encoder's points of all known patches, also of those that no training and no choice has seen.
fn known_points(
    dataset: &Dataset,
    rows: &[usize],
    settings: &Settings,
    encoder: &mut Encoder,
) -> Result<Vec<[f32; 2]>, TrainError> {
    let patches: Vec<Patch> = rows.iter().map(|&row| learned(dataset.rows[row].patch)).collect();
    let heard = ear::each(&patches, |ear: &mut Ear, patch| match settings.places_by_timbre {
        true => ear.hear(patch).numbers(),
        false => ear::numbers(&ear.features(patch), None),
    });
    let point = |(patch, heard)| Ok(encoder.encode(patch, Some(heard))?.mean);
    patches.iter().zip(&heard).map(point).collect()
}

/// Leaves `most` rows, as evenly from the beginning to the end as can be.
fn spread(rows: &mut Vec<usize>, most: usize) {
    let all = rows.len();
    if all > most {
        *rows = (0..most).map(|at| rows[at * all / most]).collect();
    }
}

/// The position of the first greatest number.
pub fn greatest(values: &[f32]) -> usize {
    (0..values.len())
        .fold(0, |best, candidate| if values[candidate] > values[best] { candidate } else { best })
}

/// The patches behind the coordinates, row for row.
fn presets(dataset: &Dataset, rows: &[usize]) -> Presets {
    Presets::new(rows.iter().map(|&row| dataset.rows[row].patch).collect())
}

fn json(text: serde_json::Result<String>) -> Result<Vec<u8>, TrainError> {
    Ok((text? + "\n").into_bytes())
}
