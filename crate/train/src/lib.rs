//! Training: banks of presets in, `decoder.onnx`, `encoder.onnx`, `coordinates.json`, `presets.f32`
//! and `training.json` out. The same banks and seed give the same bytes on the same machine.
//! Knows nothing of sound and prints nothing: the caller shows the progress.
#![forbid(unsafe_code)]

pub mod coordinates;
pub mod dataset;
pub mod dense;
mod error;
pub mod export;
pub mod figures;
pub mod loss;
pub mod network;
mod output;
pub mod plane;
mod report;
pub mod scale;
pub mod split;
pub mod training;

pub use error::{LEAST_PRESETS, TrainError};
pub use report::Report;
pub use training::{Progress, Settings};

use dataset::Dataset;
use figures::Comparison;
use latent::presets::Presets;
use latent::{Decoder, Encoder};
use patch::encoding::encode;
use plane::Plane;
use scale::Stretch;
use split::Split;
use std::path::PathBuf;
use training::Columns;

/// The seed of the shipped model: the first one, not the best of several.
pub const DEFAULT_SEED: u64 = 1;

/// The epochs of the shipped model.
pub const DEFAULT_EPOCHS: usize = 800;

/// What to train on and where to.
#[derive(Clone, Debug)]
pub struct Options {
    /// A folder with `.bank` files.
    pub banks: PathBuf,
    /// The folder for the files; it is made if it does not exist.
    pub output: PathBuf,
    /// Decides every random number.
    pub seed: u64,
    /// Passes over the training rows, at least 1.
    pub epochs: usize,
    /// How each pass is done.
    pub settings: Settings,
}

impl Default for Options {
    /// What the shipped model was trained with, on the banks where Debian's package puts them.
    fn default() -> Self {
        Self {
            banks: "/usr/share/amsynth/banks".into(),
            output: "models".into(),
            seed: DEFAULT_SEED,
            epochs: DEFAULT_EPOCHS,
            settings: Settings::default(),
        }
    }
}

/// Trains, tests what was exported, and writes the five files.
///
/// `progress` is called after each epoch.
///
/// # Errors
/// See [`TrainError`]. What is wrong with the banks or the output folder is found before training.
pub fn train(options: &Options, progress: &mut dyn FnMut(Progress)) -> Result<Report, TrainError> {
    if options.epochs == 0 {
        return Err(TrainError::NoEpochs);
    }
    let dataset = Dataset::read(&options.banks)?;
    let known = dataset.distinct();
    if known.len() < LEAST_PRESETS {
        return Err(TrainError::TooFewPresets { folder: options.banks.clone(), found: known.len() });
    }
    output::check(&options.output)?;

    let split = Split::new(&dataset);
    let columns = |rows: &[usize]| -> Vec<Columns> {
        rows.iter().map(|&row| encode(&dataset.rows[row].patch)).collect()
    };
    let training = columns(&split.train);
    let mut weights = training::fit(&training, options.seed, options.epochs, &options.settings, progress)?;

    let mut unscaled = Encoder::from_onnx(&export::encoder(&weights, options.seed))?;
    let points = coordinates::points(&dataset, &known, &mut unscaled)?;
    let axis = |axis: usize| Stretch::fitting(points.iter().map(|point| point[axis]).collect());
    scale::fold(&mut weights, [axis(0), axis(1)]);

    let decoder_file = export::decoder(&weights, options.seed);
    let encoder_file = export::encoder(&weights, options.seed);
    let mut decoder = Decoder::from_onnx(&decoder_file)?;
    let mut encoder = Encoder::from_onnx(&encoder_file)?;
    let points = coordinates::points(&dataset, &known, &mut encoder)?;
    let model = coordinates::fingerprint(&decoder_file);

    let mut compare = |rows: &[usize]| -> Result<Option<Comparison>, TrainError> {
        let points = coordinates::points(&dataset, rows, &mut encoder)?;
        let guesses: Result<Vec<_>, _> = points.into_iter().map(|point| decoder.columns(point)).collect();
        Ok(Comparison::new(&columns(rows), &guesses?, &training))
    };
    let report = Report {
        seed: options.seed,
        epochs: options.epochs,
        model: model.clone(),
        banks: dataset.banks.len(),
        presets: dataset.rows.len(),
        distinct: known.len(),
        training_rows: training.len(),
        test: compare(&split.test)?,
        unseen_banks: compare(&split.unseen)?,
        plane: Plane::new(&mut decoder, &points)?,
    };
    let table = coordinates::table(&dataset, &known, &points, model);
    output::write(
        &options.output,
        &[
            ("decoder.onnx", decoder_file),
            ("encoder.onnx", encoder_file),
            ("coordinates.json", json(serde_json::to_string(&table))?),
            ("presets.f32", presets(&dataset, &known).to_bytes()),
            ("training.json", json(serde_json::to_string_pretty(&report))?),
        ],
    )?;
    Ok(report)
}

/// The patches behind the coordinates, row for row.
fn presets(dataset: &Dataset, rows: &[usize]) -> Presets {
    Presets::new(rows.iter().map(|&row| dataset.rows[row].patch).collect())
}

fn json(text: serde_json::Result<String>) -> Result<Vec<u8>, TrainError> {
    Ok((text? + "\n").into_bytes())
}
