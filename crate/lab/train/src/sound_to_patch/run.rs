//! A whole training, from banks to files.

use super::graph;
use super::held_back::{GuessFigures, figures};
use super::learning::{Schedule, learn};
use super::networks::Model;
use super::sounds::{SoundGroup, groups};
use crate::error::{LEAST_LEARNED, TrainError};
use crate::export::Provenance;
use crate::progress::{Reporter, Stage, TrainingProgress};
use crate::single_thread::SingleThread;
use crate::spread;
use dataset::{Dataset, Split, files};
use matching::KnownSounds;
use patch::Patch;
use std::path::{Path, PathBuf};

/// The input, output and settings of a training.
#[derive(Clone, Debug)]
pub struct MatchTraining {
    /// A folder with `.bank` files.
    pub banks: PathBuf,
    /// The known sounds that searches use with the network, which reads sounds along their axes.
    pub axes: KnownSounds,
    /// The folder for `sound_to_patch.onnx`; it is made if it does not exist.
    pub output: PathBuf,
    /// Decides every random number of the network; the data are the same for all.
    pub seed: u64,
    /// The network.
    pub model: Model,
    /// A small network of few sounds, in some seconds.
    pub is_quick: bool,
}

/// A trained network.
#[derive(Clone, Debug)]
pub struct TrainedModel {
    /// Its file.
    pub onnx: Vec<u8>,
    /// Its figures.
    pub figures: GuessFigures,
}

/// Sizes of a training.
#[derive(Clone, Copy, Debug)]
pub struct MatchSizes {
    /// The greatest number of presets to learn from, and to hold back.
    pub most_presets: [usize; 2],
    /// Groups of sounds.
    pub groups: usize,
    /// The network's schedule.
    pub schedule: Schedule,
}

impl MatchSizes {
    /// The sizes of the shipped model.
    pub fn full() -> Self {
        Self {
            most_presets: [usize::MAX, 120],
            groups: 1300,
            schedule: Schedule { steps: 1100, batch: 128, rate: 1e-3 },
        }
    }

    /// Sizes for tests and one's own banks.
    pub fn quick() -> Self {
        let schedule = Schedule { steps: 150, batch: 64, ..Self::full().schedule };
        Self { most_presets: [150, 8], groups: 100, schedule }
    }
}

/// The file that a training writes.
const FILE: &str = "sound_to_patch.onnx";

/// The seed of the data.
const DATA_SEED: u64 = 1;

/// The data from which all networks learn.
pub struct TrainingData {
    /// The presets to learn from.
    pub presets: Vec<Patch>,
    /// Their sounds.
    pub known: KnownSounds,
    /// Rendered sounds.
    pub groups: Vec<SoundGroup>,
    /// Presets of other banks.
    pub held_back: Vec<Patch>,
    /// The provenance of the data, in words.
    pub source: String,
}

/// The presets of banks.
struct BankRows {
    dataset: Dataset,
    split: Split,
    /// The rows to learn from.
    rows: Vec<usize>,
    held_back: Vec<usize>,
}

impl BankRows {
    fn read(banks: &Path) -> Result<Self, TrainError> {
        let dataset = Dataset::read(banks)?;
        let split = Split::new(&dataset);
        let (rows, held_back) = split.held_back(&dataset);
        if rows.len() < LEAST_LEARNED || held_back.is_empty() {
            let (found, held_back) = (rows.len(), held_back.len());
            return Err(TrainError::TooFewToLearnFrom { folder: banks.to_owned(), found, held_back });
        }
        Ok(Self { dataset, split, rows, held_back })
    }
}

/// Reads banks and renders sounds, whose components are along the axes of `axes`.
///
/// # Errors
/// If the banks cannot be read or hold too little.
pub fn data(
    banks: &Path,
    axes: &KnownSounds,
    sizes: &MatchSizes,
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<TrainingData, TrainError> {
    Ok(rendered(BankRows::read(banks)?, axes, sizes, progress))
}

fn rendered(
    BankRows { dataset, split, mut rows, mut held_back }: BankRows,
    axes: &KnownSounds,
    sizes: &MatchSizes,
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> TrainingData {
    spread(&mut rows, sizes.most_presets[0]);
    spread(&mut held_back, sizes.most_presets[1]);
    let patches_of =
        |rows: &[usize]| -> Vec<Patch> { rows.iter().map(|&row| dataset.rows[row].patch).collect() };
    let presets = patches_of(&rows);
    let known = axes.of_others(&features::spectra_all(&presets));
    let reporter = Reporter::begin(Stage::Sounds, sizes.groups, progress);
    let groups = groups(&presets, &known, sizes.groups, DATA_SEED, || reporter.advance());
    let source = format!(
        "{} of {} presets of {} banks and {} sounds of them and of patches bred from them, row fingerprint {}",
        sizes.groups.min(rows.len()),
        rows.len(),
        dataset.banks.len(),
        groups.iter().map(|group| group.sounds.len()).sum::<usize>(),
        split.fingerprint(&dataset)
    );
    let held_back = patches_of(&held_back);
    TrainingData { presets, known, groups, held_back, source }
}

/// Trains, writes the file, and measures it.
///
/// # Errors
/// See [`TrainError`].
pub fn train_matching(
    options: &MatchTraining,
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<TrainedModel, TrainError> {
    // Reads the banks first, because the check makes the folder.
    let rows = BankRows::read(&options.banks)?;
    files::check_files(&options.output, &[FILE])?;
    let sizes = if options.is_quick { MatchSizes::quick() } else { MatchSizes::full() };
    let data = rendered(rows, &options.axes, &sizes, progress);
    let level = data.known.level_direction().map(|part| part * data.known.scale());
    let thread = SingleThread::new()?;
    let reporter = Reporter::begin(Stage::Network, sizes.schedule.steps, progress);
    let layers = thread.run(|| {
        learn(options.model, &data.groups, &level, &sizes.schedule, options.seed, |_| reporter.advance())
    })?;
    let source = format!("{} network, {}", options.model, data.source);
    let onnx = graph::file(options.model, &layers, &Provenance { seed: options.seed, source })?;
    let figures = figures(&onnx, &data.held_back, &data.known, &data.presets)?;
    files::write_all(&options.output, &[(FILE, onnx.clone())])?;
    Ok(TrainedModel { onnx, figures })
}
