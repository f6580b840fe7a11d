//! Errors of reading banks, each one sentence that says what to do.

use crate::files::reason;
use std::path::PathBuf;

/// The reason why there are no presets.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatasetError {
    /// The folder cannot be listed.
    #[error("cannot read the folder of banks {}: {}; give a folder that holds .bank files", folder.display(), reason(source))]
    Folder {
        /// The folder as given.
        folder: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// The folder holds no banks.
    #[error("no .bank or .amSynthPreset file in {}; give a folder with amSynth banks, such as /usr/share/amsynth/banks", folder.display())]
    NoBanks {
        /// The folder as given.
        folder: PathBuf,
    },
    /// A bank cannot be read from disk.
    #[error("cannot read {}: {}", path.display(), reason(source))]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// A bank is not in amSynth's format.
    #[error("{}: {source}", path.display())]
    Bank {
        /// The file.
        path: PathBuf,
        /// The line, and the text expected there.
        source: patch::file::FileError,
    },
    /// The folder holds more files than are numbered.
    #[error("{} holds {count} files of presets, but at most {most} are read; give a folder with fewer", folder.display())]
    ManyFiles {
        /// The folder as given.
        folder: PathBuf,
        /// The number of files in it.
        count: usize,
        /// The most files that are read.
        most: usize,
    },
}
