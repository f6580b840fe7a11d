//! Presets of the banks as files, and the presets from which searches for them may start: the training rows, because
//! the shipped presets hold every row.

use crate::error::EvaluateError;
use crate::feature_cache::FeatureCache;
use crate::file_evaluation::FileSet;
use crate::held_back_sounds::MadeSound;
use crate::match_search::KnownPresets;
use crate::rows::{ComparedRows, Protocol, RowSet};
use matching::KnownSounds;
use patch::Patch;
use std::path::Path;

/// The test notes of rows as files.
pub struct RowFiles {
    /// The files.
    pub set: FileSet,
    /// The known presets: the training rows.
    pub presets: Vec<Patch>,
    /// Their sounds.
    pub sounds: KnownSounds,
}

/// Renders the rows of the banks of a folder. `progress` gets the stage, its number of sounds, and the number of
/// further sounds that are done, from any thread.
///
/// # Errors
/// If the folder cannot be read or has no such rows.
pub fn row_files(
    banks: &Path,
    row_set: RowSet,
    progress: impl Fn(&'static str, usize, usize) + Sync,
) -> Result<RowFiles, EvaluateError> {
    let ComparedRows { training, chosen } = ComparedRows::read(banks, row_set, Protocol::Clean)?;
    let sounds = KnownPresets::new(&training, &mut FeatureCache::default(), &progress).sounds;
    let name = row_set.name();
    let file = |(at, patch): (usize, &Patch)| MadeSound::of_preset(patch).file(format!("{name} row {at}"));
    let files = chosen.patches.iter().enumerate().map(file).collect();
    Ok(RowFiles { set: FileSet { name: format!("{name} rows"), files }, presets: training.patches, sounds })
}
