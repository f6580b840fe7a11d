//! Errors of making tables, each one sentence that says what to do.

use super::shard::Shard;
use crate::error::DatasetError;
use crate::files::WriteError;
use std::path::PathBuf;

/// The reason why there is no table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The banks cannot be read.
    #[error(transparent)]
    Banks(#[from] DatasetError),
    /// The shard holds no preset.
    #[error("shard {shard} of the presets in {} is empty; ask for fewer shards", folder.display())]
    Empty {
        /// The folder as given.
        folder: PathBuf,
        /// The shard as given.
        shard: Shard,
    },
    /// The folder for finished work holds something else.
    #[error(
        "{} keeps finished work and is removed at the end, but it holds {}: move that elsewhere, or name another table with -o",
        folder.display(),
        path.file_name().unwrap_or_default().to_string_lossy()
    )]
    ForeignPart {
        /// The folder.
        folder: PathBuf,
        /// The other file in it.
        path: PathBuf,
    },
    /// A file or folder cannot be read or written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The Parquet writer refuses.
    #[error("cannot write {} as Parquet: {source}; call again, finished work is kept", path.display())]
    Parquet {
        /// The table.
        path: PathBuf,
        /// The writer's error.
        source: parquet::errors::ParquetError,
    },
}
