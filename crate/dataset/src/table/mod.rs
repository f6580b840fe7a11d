//! Every distinct preset of a folder of banks with its features, as one Parquet table that any data engine reads.
//! The columns are described in this crate's README. Work that was done before an interruption is not done again,
//! and a table is whole or not there.

mod columns;
mod parquet;
mod parts;
mod rows;
mod shard;

pub use rows::{RowUse, TableRow, rows};
pub use shard::Shard;

use crate::{Dataset, TableError};
use parts::PartFiles;
use std::path::PathBuf;

/// What to make a table of, and where.
#[derive(Clone, Debug)]
pub struct TableOptions {
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
pub struct TableSummary {
    /// Rows of the table.
    pub rows: usize,
    /// How many of them an earlier, interrupted call had left.
    pub resumed: usize,
}

/// Extracts the features of every distinct preset on all cores and writes the table.
///
/// `progress` is told the rows in all and the rows done since the last time; it is called from any
/// thread, the first time with what an interrupted call had left.
///
/// # Errors
/// See [`TableError`]. The table is not touched when one of these returns; finished work is kept for the next
/// call.
pub fn write(
    options: &TableOptions,
    progress: impl Fn(usize, usize) + Sync,
) -> Result<TableSummary, TableError> {
    let dataset = Dataset::read(&options.banks)?;
    let rows = options.shard.of(rows(&dataset));
    if rows.is_empty() {
        return Err(TableError::Empty { folder: options.banks.clone(), shard: options.shard });
    }
    let parts = PartFiles::open(&options.output, &rows)?;
    let resumed = parts.done();
    progress(rows.len(), resumed);
    parts.make_missing(|done| progress(rows.len(), done))?;
    parquet::write(&options.output, &rows, &parts.read()?)?;
    parts.remove()?;
    Ok(TableSummary { rows: rows.len(), resumed })
}
