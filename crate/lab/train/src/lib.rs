//! Training of three kinds of models: the plane (here), the network that guesses patches ([`sound_to_patch`]), latent
//! spaces of tones ([`frames`]).
//!
//! The plane: banks of presets in, `decoder.onnx`, `encoder.onnx`, `coordinates.json`, `presets.bin`, `map.json`,
//! `distance.json`, `sounds.bin`, `preset_sounds.bin` and `training.json` out. The same banks and seed give the same
//! bytes on the same machine. Renders every patch that it trains on. Prints nothing; the caller shows the progress.
//!
//! The model is a decoder whose plane is initialised by a self-organizing map. It is trained by expectation
//! maximisation, as a generative topographic map is; its encoder is the posterior over a grid of the finished plane.
//!
//! The pipeline: [`dataset`] → [`pool`] (presets, [`augment`], their features) → [`candidate`]
//! ([`self_organizing_map`], then rounds of [`decoder_training`] and [`surrogate`]) → [`posterior`], the encoder →
//! [`export`] → [`validation`] → files.
#![forbid(unsafe_code)]

pub mod augment;
pub mod candidate;
pub mod decoder_training;
pub mod dense;
mod error;
pub mod export;
pub mod figures;
pub mod frames;
pub mod loss;
mod nearest;
pub mod network;
mod optimization;
pub mod pool;
pub mod posterior;
mod progress;
mod report;
pub mod self_organizing_map;
mod settings;
pub mod single_thread;
pub mod sound_to_patch;
pub mod surrogate;
pub mod tensors;
pub mod validation;

pub use error::{LEAST_LEARNED, LEAST_PRESETS, TrainError};
pub use evaluate::Columns;
pub use progress::{Stage, TrainingProgress};
pub use report::{RankedModel, TrainingReport};
pub use settings::Settings;

use candidate::SharedInputs;
use dataset::{Dataset, Split, coordinates, files, fingerprint};
use evaluate::{PlaneFigures, plane_figures};
use export::Provenance;
use features::{AudioFeatures, PerceptualDistance};
use matching::KnownSounds;
use model::{PatchDecoder, PatchEncoder};
use patch::Patch;
use patch::encoding::{encode, learned};
use plane::map::Map;
use plane::presets::Presets;
use plane::{LATENT_LIMIT, Point};
use pool::{Pool, extract};
use posterior::Posterior;
use progress::Reporter;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use search::{PlaneSounds, timbral_map};
use single_thread::SingleThread;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::thread::ScopedJoinHandle;
use validation::ExportedModel;

/// The first seed of the shipped model's candidates.
pub const DEFAULT_SEED: u64 = 1;

/// The input, output and settings of a training.
#[derive(Clone, Debug)]
pub struct TrainOptions {
    /// A folder with `.bank` files.
    pub banks: PathBuf,
    /// The folder for the files; it is made if it does not exist.
    pub output: PathBuf,
    /// Decides every random number; the second candidate's is one greater, and so on.
    pub seed: u64,
    /// The settings.
    pub settings: Settings,
}

impl Default for TrainOptions {
    /// The shipped model's options, with the banks of Debian's package.
    fn default() -> Self {
        Self {
            banks: "/usr/share/amsynth/banks".into(),
            output: "models".into(),
            seed: DEFAULT_SEED,
            settings: Settings::full(),
        }
    }
}

/// Presets and their features, with the seven fixed parameters.
#[derive(Clone, Debug, Default)]
pub struct PresetFeatures {
    /// Their columns.
    pub columns: Vec<Columns>,
    /// Their features.
    pub features: Vec<AudioFeatures>,
}

impl PresetFeatures {
    fn extract(dataset: &Dataset, rows: &[usize]) -> Self {
        let columns: Vec<Columns> = rows.iter().map(|&row| encode(&dataset.rows[row].patch)).collect();
        let features = extract(&columns, || ());
        Self { columns, features }
    }
}

/// A finished candidate and its validation.
struct FinishedCandidate {
    decoder_file: Vec<u8>,
    encoder_file: Vec<u8>,
    figures: RankedModel,
    /// The features of the plane, point by point.
    plane: Vec<AudioFeatures>,
}

/// The files that a training writes.
const FILES: [&str; 9] = [
    "decoder.onnx",
    "encoder.onnx",
    "coordinates.json",
    "presets.bin",
    "distance.json",
    "sounds.bin",
    "preset_sounds.bin",
    "map.json",
    "training.json",
];

/// Trains, validates the exported model, and writes the files.
///
/// `progress` is called whenever a part is done.
///
/// # Errors
/// See [`TrainError`]. Checks the banks and the output folder before training.
pub fn train(
    options: &TrainOptions,
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<TrainingReport, TrainError> {
    if options.settings.candidates == 0 {
        return Err(TrainError::NoCandidates);
    }
    let presets = TrainingPresets::read(options)?;
    files::check_files(&options.output, &FILES)?;
    let learned = learn(&presets, options, progress)?;
    write(&presets, learned, options)
}

/// The presets of the banks, divided into the rows to learn and the rows to hold back.
struct TrainingPresets {
    dataset: Dataset,
    /// Rows of distinct patches.
    distinct: Vec<usize>,
    training: Vec<usize>,
    held_back: Vec<usize>,
    training_fingerprint: String,
}

impl TrainingPresets {
    fn read(options: &TrainOptions) -> Result<Self, TrainError> {
        let dataset = Dataset::read(&options.banks)?;
        let distinct = dataset.distinct();
        if distinct.len() < LEAST_PRESETS {
            return Err(TrainError::TooFewPresets { folder: options.banks.clone(), found: distinct.len() });
        }
        let split = Split::new(&dataset);
        let (mut training, mut held_back) = split.held_back(&dataset);
        if training.len() < LEAST_LEARNED || held_back.is_empty() {
            let (found, held_back) = (training.len(), held_back.len());
            return Err(TrainError::TooFewToLearnFrom { folder: options.banks.clone(), found, held_back });
        }
        let [most_training, most_held_back] = options.settings.most_presets;
        spread(&mut training, most_training);
        spread(&mut held_back, most_held_back);
        let training_fingerprint = split.fingerprint(&dataset);
        Ok(Self { dataset, distinct, training, held_back, training_fingerprint })
    }
}

/// The results of a training.
struct LearnedPlanes {
    metric: PerceptualDistance,
    /// The number of patches made from the patches of the banks.
    augmented: usize,
    /// One for each seed.
    candidates: Vec<FinishedCandidate>,
}

fn learn(
    presets: &TrainingPresets,
    options: &TrainOptions,
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<LearnedPlanes, TrainError> {
    let settings = &options.settings;
    let reporter = Reporter::begin(Stage::Features, 2, progress);
    let training = PresetFeatures::extract(&presets.dataset, &presets.training);
    let held_back = PresetFeatures::extract(&presets.dataset, &presets.held_back);
    let metric = PerceptualDistance::fit(&training.features);
    let mut random = ChaCha8Rng::seed_from_u64(options.seed);
    let augmented = augment::augment(&training.columns, settings.augmented, &mut random);
    reporter.advance();
    let mut known = Pool::default();
    known.add(&training.columns, &training.features, &metric);
    known.add(&augmented, &extract(&augmented, || ()), &metric);
    reporter.advance();
    let reporter = Reporter::begin(Stage::Surrogate, 1, progress);
    let schedule = (settings.surrogate_rate[0], settings.surrogate_steps[0]);
    let untrained = surrogate::untrained(&mut random);
    let thread = SingleThread::new()?;
    let taught = (&known, &Pool::default());
    let surrogate = thread.run(|| surrogate::learn(&untrained, taught, schedule, &mut random))?;
    reporter.advance();

    let rows = training.columns.len();
    let source = format!(
        "{rows} presets of {} banks and {} augmented ones, row fingerprint {}",
        presets.dataset.banks.len(),
        augmented.len(),
        presets.training_fingerprint
    );
    let shared = SharedInputs { known: &known, rows, metric: &metric, surrogate: &surrogate };
    let reporter = Reporter::begin(Stage::Planes, settings.candidates * (settings.rounds + 2), progress);
    // Each trains on its own thread; the results do not depend on their order.
    let candidates: Vec<Result<FinishedCandidate, TrainError>> = std::thread::scope(|scope| {
        let finish = |seed| {
            let (shared, held_back, training, reporter) = (&shared, &held_back, &training, &reporter);
            let provenance = Provenance { seed, source: source.clone() };
            scope.spawn(move || finish(shared, &provenance, settings, (training, held_back), reporter))
        };
        let threads: Vec<_> = (options.seed..).take(settings.candidates).map(finish).collect();
        let join = |thread: ScopedJoinHandle<_>| thread.join().unwrap_or_else(|panic| resume_unwind(panic));
        threads.into_iter().map(join).collect()
    });
    let candidates = candidates.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(LearnedPlanes { metric, augmented: augmented.len(), candidates })
}

/// Writes the files of the best candidate.
fn write(
    presets: &TrainingPresets,
    learned: LearnedPlanes,
    options: &TrainOptions,
) -> Result<TrainingReport, TrainError> {
    let (settings, TrainingPresets { dataset, distinct, .. }) = (&options.settings, presets);
    let candidates = learned.candidates.iter().map(|candidate| candidate.figures.clone()).collect();
    let unexplained = |candidate: &FinishedCandidate| candidate.figures.validation.unexplained();
    let best = learned.candidates.into_iter().min_by(|a, b| unexplained(a).total_cmp(&unexplained(b)));
    let best = best.ok_or(TrainError::NoCandidates)?;

    let mut encoder = PatchEncoder::from_onnx(&best.encoder_file)?;
    let points = known_points(dataset, distinct, settings, &mut encoder)?;
    let model = fingerprint(&best.decoder_file);
    let mut decoder = PatchDecoder::from_onnx(&best.decoder_file)?;
    let cells = Map::points(settings.plane_grid, LATENT_LIMIT)
        .map(|point| decoder.columns(point))
        .collect::<Result<Vec<_>, _>>()?;
    let report = TrainingReport {
        model: model.clone(),
        seed: best.figures.seed,
        banks: dataset.banks.len(),
        presets: dataset.rows.len(),
        distinct: distinct.len(),
        training_rows: presets.training.len(),
        augmented: learned.augmented,
        candidates,
        plane: PlaneFigures::new(&cells, settings.plane_grid, &best.plane, &points),
        bank_names: dataset.banks.clone(),
        training_fingerprint: presets.training_fingerprint.clone(),
    };
    let map = timbral_map::map(&best.plane, settings.plane_grid, model.clone());
    let table = coordinates::table(dataset, distinct, &points, model.clone());
    let distance = json(serde_json::to_string(&learned.metric))?;
    let sounds = PlaneSounds::new(&learned.metric, &best.plane, settings.plane_grid);
    let patches = Presets::new(distinct.iter().map(|&row| dataset.rows[row].patch).collect());
    let contents = [
        best.decoder_file,
        best.encoder_file,
        json(serde_json::to_string(&table))?,
        patches.to_bytes(),
        distance.clone(),
        sounds.to_bytes([&model, &fingerprint(&distance)]),
        preset_sounds(&patches, &learned.metric, &fingerprint(&distance)),
        json(serde_json::to_string(&map))?,
        json(serde_json::to_string_pretty(&report))?,
    ];
    let files: Vec<(&str, Vec<u8>)> = FILES.into_iter().zip(contents).collect();
    files::write_all(&options.output, &files)?;
    Ok(report)
}

/// Trains, exports and validates one candidate.
fn finish(
    shared: &SharedInputs,
    provenance: &Provenance,
    settings: &Settings,
    presets: (&PresetFeatures, &PresetFeatures),
    reporter: &Reporter,
) -> Result<FinishedCandidate, TrainError> {
    let seed = provenance.seed;
    let weights = candidate::candidate(shared, seed, settings, reporter)?;
    let (metric, grid) = (shared.metric, settings.plane_grid);
    let decoder_file = export::decoder(&weights, provenance);
    let mut decoder = PatchDecoder::from_onnx(&decoder_file)?;
    let plane = features::extract_all(&timbral_map::patches(&mut decoder, grid)?, || ());
    let encoder_file = export::encoder(&Posterior::new(metric, &plane, grid), provenance);
    let mut model = ExportedModel { decoder, encoder: PatchEncoder::from_onnx(&encoder_file)? };
    let validation = validation::validation(&mut model, (&plane, grid), metric, presets)?;
    let mean_timbre_step = plane_figures::mean_timbre_step(&plane, grid);
    let figures = RankedModel { seed, validation, mean_timbre_step };
    reporter.advance();
    Ok(FinishedCandidate { decoder_file, encoder_file, figures, plane })
}

/// The encoder's points of all known patches, including patches that are not in training or validation.
fn known_points(
    dataset: &Dataset,
    rows: &[usize],
    settings: &Settings,
    encoder: &mut PatchEncoder,
) -> Result<Vec<Point>, TrainError> {
    let patches: Vec<Patch> = rows.iter().map(|&row| learned(dataset.rows[row].patch)).collect();
    let vectors: Vec<_> = if settings.places_by_timbre {
        features::extract_all(&patches, || ()).iter().map(AudioFeatures::vector).collect()
    } else {
        let spectra = features::spectra_all(&patches);
        spectra.iter().map(|spectrum| features::feature_vector(spectrum, None)).collect()
    };
    let point = |(patch, vector)| Ok(encoder.encode(patch, Some(vector))?.mean);
    patches.iter().zip(&vectors).map(point).collect()
}

/// Keeps `most` rows, evenly spaced.
fn spread(rows: &mut Vec<usize>, most: usize) {
    let all = rows.len();
    if all > most {
        *rows = (0..most).map(|at| rows[at * all / most]).collect();
    }
}

/// The sounds of the known presets, as a file for these presets and a distance with its fingerprint.
pub fn preset_sounds(presets: &Presets, metric: &PerceptualDistance, distance: &str) -> Vec<u8> {
    let spectra = features::spectra_all(presets.all());
    KnownSounds::new(metric, &spectra).to_bytes([&fingerprint(&presets.to_bytes()), distance])
}

fn json(text: serde_json::Result<String>) -> Result<Vec<u8>, TrainError> {
    Ok((text? + "\n").into_bytes())
}
