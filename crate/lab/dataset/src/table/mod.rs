//! Every distinct preset of a folder of banks with its features, as one Parquet table that any data engine reads.
//! This crate's README describes the columns. An interrupted call resumes, and a table is complete or absent.

mod columns;
mod error;
mod parquet;
mod parts;
mod rows;
mod shard;

pub use error::TableError;
pub use rows::{RowUse, TableRow, rows};
pub use shard::Shard;

use crate::banks::Dataset;
use parts::PartFiles;
use std::path::PathBuf;

/// The input and output of a table.
#[derive(Clone, Debug)]
pub struct TableOptions {
    /// A folder with `.bank` files.
    pub banks: PathBuf,
    /// The Parquet file to write. Meanwhile a folder of the same name with the suffix `.parts` keeps finished work.
    pub output: PathBuf,
    /// The share of the presets, for several machines.
    pub shard: Shard,
}

/// The result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableSummary {
    /// Rows of the table.
    pub rows: usize,
    /// The number of rows that were left by an interrupted call.
    pub resumed: usize,
}

/// Extracts the features of every distinct preset on all cores and writes the table.
///
/// `progress` gets the total rows and the rows done since the last call, from any thread, first with the rows left by
/// an interrupted call.
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
