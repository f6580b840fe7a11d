//! Errors of reading banks and making tables, each one sentence that says what to do.

use crate::files::WriteError;
use crate::table::Shard;
use std::path::PathBuf;

/// Why there are no presets.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatasetError {
    /// The folder cannot be listed.
    #[error("cannot read the folder of banks {}: {source}; give a folder that holds .bank files", folder.display())]
    Folder {
        /// The folder as given.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The folder holds no banks.
    #[error("no .bank or .amSynthPreset file in {}; give a folder with amSynth banks, such as /usr/share/amsynth/banks", folder.display())]
    NoBanks {
        /// The folder as given.
        folder: PathBuf,
    },
    /// A bank cannot be read from disk.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A bank is not what amSynth writes.
    #[error("{}: {source}", path.display())]
    Bank {
        /// The file.
        path: PathBuf,
        /// The line and what was expected there.
        source: patch::file::FileError,
    },
}

/// Why there is no table.
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
    /// A file or folder cannot be read or written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The Parquet writer refuses.
    #[error("cannot write {} as Parquet: {source}; call again, finished work is kept", path.display())]
    Parquet {
        /// The table.
        path: PathBuf,
        /// What the writer says.
        source: parquet::errors::ParquetError,
    },
}
