//! Every distinct preset of a folder of banks with what it sounds like, as one Parquet table that any
//! data engine reads. The columns are described in this crate's README. Work that was done before an
//! interruption is not done again, and a table is whole or not there.
#![forbid(unsafe_code)]

mod columns;
mod error;
mod parts;
mod rows;
mod shard;
mod table;

pub use error::CorpusError;
pub use rows::{Row, Split, rows};
pub use shard::Shard;

use parts::Parts;
use std::path::PathBuf;
use train::dataset::Dataset;

/// What to make a table of, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// A folder with `.bank` files.
    pub banks: PathBuf,
    /// The Parquet file to write. While it is made, a folder of the same name with `.parts` behind it
    /// keeps what is done.
    pub output: PathBuf,
    /// Which of the presets: for several machines, one shard each.
    pub shard: Shard,
}

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Rows of the table.
    pub rows: usize,
    /// How many of them an earlier, interrupted call had left.
    pub resumed: usize,
}

/// Listens to every distinct preset on all cores and writes the table.
///
/// `progress` is told the rows in all and the rows done since the last time; it is called from any
/// thread, the first time with what an interrupted call had left.
///
/// # Errors
/// See [`CorpusError`]. The table is not touched when one of these returns; what was heard is kept
/// for the next call.
pub fn write(options: &Options, progress: impl Fn(usize, usize) + Sync) -> Result<Summary, CorpusError> {
    let dataset = Dataset::read(&options.banks)?;
    let rows = options.shard.of(rows(&dataset));
    if rows.is_empty() {
        return Err(CorpusError::Nothing { folder: options.banks.clone(), shard: options.shard });
    }
    let parts = Parts::open(&options.output, &rows)?;
    let resumed = parts.done();
    progress(rows.len(), resumed);
    parts.hear_the_rest(|heard| progress(rows.len(), heard))?;
    table::write(&options.output, &rows, &parts.read()?)?;
    parts.remove()?;
    Ok(Summary { rows: rows.len(), resumed })
}
