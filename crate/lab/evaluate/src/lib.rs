//! Evaluates how well a model preserves the sound of patches, compared with baselines. Evaluates any decoder and
//! encoder with latent-pad's manifest or the published layout; trains nothing, and never uses test rows for a report
//! on validation rows.
//!
//! The pipeline: [`rows`] → [`model`] → features → [`figures`], with [`baselines`] beside it, all in `comparison`.
//! [`plane_figures`] and [`neighbourhood`] evaluate the plane as a whole. [`match_search`] evaluates the search for the
//! patch of a sound: targets → guesses → [`match_figures`] by [`sound_metrics`] → [`match_report`]. [`evaluate_files`]
//! evaluates the same search as a person uses it: files → answers → [`file_figures`] → [`file_report`].
//! [`target_evaluation`] evaluates paths on which a descriptor follows a target, [`evaluate_macros`] macro-controls,
//! [`evaluate_interpolation`] interpolations between two presets, [`evaluate_sketches`] sketches of voices,
//! [`evaluate_tones`] latent spaces of tones.
#![forbid(unsafe_code)]

pub mod baselines;
mod comparison;
mod correlation_pitch;
mod error;
mod estimate;
mod feature_cache;
mod figure_column;
pub mod figures;
mod file_difference;
mod file_evaluation;
pub mod file_figures;
pub mod file_report;
mod given_file;
pub mod held_back_sounds;
mod interpolation_evaluation;
mod kernel_distance;
mod log_mel;
mod macro_evaluation;
pub mod macro_figures;
pub mod match_figures;
mod match_guesses;
pub mod match_report;
pub mod match_search;
mod match_targets;
mod mel_spectrogram;
pub mod model;
pub mod neighbourhood;
pub mod omitted;
pub mod plane_figures;
mod played_interpolation;
pub mod played_path;
mod processor_time;
pub mod report;
mod report_line;
mod row_files;
pub mod rows;
mod sketch_evaluation;
pub mod sketch_figures;
mod sound_kinds;
pub mod sound_metrics;
mod stereo_note;
pub mod target_evaluation;
mod texture_evaluation;
mod tone_components;
mod tone_evaluation;
mod tone_life;
mod tone_notes;
mod tone_transfer;

pub use error::EvaluateError;
pub use estimate::Estimate;
pub use figure_column::{FigureColumn, ReportedFigures};
pub use file_difference::{FileDifference, FileMeasure, WaveDifference};
pub use file_evaluation::{FileOptions, FileSet, evaluate_files};
pub use file_report::FileReport;
pub use given_file::GivenFile;
pub use held_back_sounds::{HELD_BACK_COUNT, HELD_BACK_SEED, MadeSound, made_sounds};
pub use interpolation_evaluation::{InterpolationReport, evaluate_interpolation};
pub use macro_evaluation::{MacroLine, MacroReport, evaluate_macros};
pub use match_guesses::MatchNetwork;
pub use match_report::{MatchPicture, MatchReport};
pub use match_search::{MatchOptions, evaluate_matching};
pub use match_targets::SoundSet;
pub use model::{EvaluatedModel, LoadError, ModelLayout};
pub use plane_figures::PlaneFigures;
pub use played_interpolation::{PlayedInterpolationReport, PlayedKey, evaluate_played_interpolation};
pub use report::{EvaluationReport, Line};
pub use report_line::ReportLine;
pub use row_files::{RowFiles, row_files};
pub use rows::{ComparedRows, Protocol, RowSet};
pub use sketch_evaluation::{SketchReport, evaluate_sketches};
pub use sound_kinds::SoundKind;
pub use sound_metrics::{MatchMetrics, SoundMetrics};
pub use stereo_note::PlayedPatch;
pub use target_evaluation::{ScaleRows, TargetInstrument, TargetReport, evaluate_targets};
pub use texture_evaluation::{TextureLine, TextureReport, evaluate_textures};
pub use tone_evaluation::{COMPARED_BANDS, KeptLine, ToneReport, evaluate_tones};
pub use tone_life::{LifeDifference, LifeLine, life_line};
pub use tone_notes::{NoteSet, ToneNotes};
pub use tone_transfer::{TransferLine, TransferReport};

use feature_cache::FeatureCache;
use patch::encoding::COLUMN_COUNT;
use std::path::PathBuf;

/// A patch as the columns that the networks read.
pub type Columns = [f32; COLUMN_COUNT];

/// The options of an evaluation.
#[derive(Clone, Debug)]
pub struct EvaluateOptions {
    /// A folder with Debian's `.bank` files.
    pub banks: PathBuf,
    /// The protocol by which both sides of a comparison are computed.
    pub protocol: Protocol,
    /// The sets of rows that are compared, each in a report of its own.
    pub row_sets: Vec<RowSet>,
}

/// The position of the first greatest number; 0 without numbers.
pub fn argmax(values: &[f32]) -> usize {
    (0..values.len())
        .fold(0, |best, candidate| if values[candidate] > values[best] { candidate } else { best })
}

/// Evaluates. `progress` gets the stage, its number of sounds, and the number of further sounds that are done, from any
/// thread.
///
/// # Errors
/// See [`EvaluateError`].
pub fn evaluate(
    model: &mut EvaluatedModel,
    options: &EvaluateOptions,
    progress: impl Fn(&'static str, usize, usize) + Sync,
) -> Result<Vec<EvaluationReport>, EvaluateError> {
    // Read all rows first, so that missing ones fail before minutes of measuring.
    let read =
        |&row_set: &RowSet| Ok((row_set, ComparedRows::read(&options.banks, row_set, options.protocol)?));
    let sets = options.row_sets.iter().map(read).collect::<Result<Vec<_>, EvaluateError>>()?;
    let mut cache = FeatureCache::default();
    let compare = |(row_set, rows)| {
        comparison::compare(model, (options.protocol, row_set, rows), &mut cache, &progress)
    };
    sets.into_iter().map(compare).collect()
}
