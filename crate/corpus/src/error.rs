//! What can go wrong while a table is made, each as one sentence that says what to do.

use crate::Shard;
use std::path::{Path, PathBuf};

/// Why there is no table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// The banks cannot be read.
    #[error(transparent)]
    Banks(#[from] train::TrainError),
    /// No preset is left to listen to.
    #[error("shard {shard} of the presets in {} is empty; ask for fewer shards", folder.display())]
    Nothing {
        /// The folder as given.
        folder: PathBuf,
        /// The shard as given.
        shard: Shard,
    },
    /// A file or folder cannot be read or written.
    #[error("cannot write {}: {source}; choose a folder you may write to, with room in it", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The Parquet writer refuses.
    #[error("cannot write {} as Parquet: {source}; call again, what was heard is kept", path.display())]
    Table {
        /// The table.
        path: PathBuf,
        /// What the writer says.
        source: parquet::errors::ParquetError,
    },
}

impl CorpusError {
    /// Writing of `path` failed.
    pub(crate) fn write(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Write { path, source }
    }
}
