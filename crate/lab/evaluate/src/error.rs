//! Errors of an evaluation, each one sentence that says what to do.

use std::path::PathBuf;

/// The reason why there are no figures.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluateError {
    /// The map cannot be followed.
    #[error(transparent)]
    TargetPath(#[from] path::target::TargetPathError),
    /// The path that follows a target cannot be played.
    #[error(transparent)]
    PathValue(#[from] path::PathValueError),
    /// The banks cannot be read.
    #[error(transparent)]
    Banks(#[from] dataset::DatasetError),
    /// A bank cannot be read a second time.
    #[error("cannot read {}: {}", path.display(), dataset::files::reason(source))]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// The folder has no such rows.
    #[error(
        "{} holds no {rows} rows, or none that differ from them to learn from; ask for other rows, or give Debian's \
         banks, /usr/share/amsynth/banks",
        folder.display()
    )]
    NoRows {
        /// The folder as given.
        folder: PathBuf,
        /// The requested rows.
        rows: &'static str,
    },
    /// The folder has too few presets to match sounds with.
    #[error(
        "{} holds too few presets to match sounds with: add banks, or give Debian's, /usr/share/amsynth/banks",
        folder.display()
    )]
    FewPresets {
        /// The folder as given.
        folder: PathBuf,
    },
    /// No pair of presets can be interpolated.
    #[error(
        "the {rows} give no pair of presets to interpolate: they are fewer than two, or every pair has a silent sound on a way; \
         ask for other rows, or give other banks"
    )]
    NoPairs {
        /// The requested rows.
        rows: String,
    },
    /// No preset is audible.
    #[error(
        "all of the {rows} are silent, so no macro-control changes them; ask for other rows, or give other banks"
    )]
    Silent {
        /// The requested rows.
        rows: String,
    },
    /// No voice of a folder gives a sketch.
    #[error("no sound of {sounds} gives a sketch, first {voice}: {reason}")]
    NoSketches {
        /// The folder.
        sounds: String,
        /// The first of its sounds.
        voice: String,
        /// The reason why it gives no sketch, and what to do.
        reason: String,
    },
    /// No file can be matched.
    #[error("none of the {files} can be matched{first}; name other sounds")]
    NoFiles {
        /// The set of files.
        files: String,
        /// The first of them and the reason.
        first: String,
    },
    /// No learned note has a pitch, so that nothing can be compared with them.
    #[error(
        "no learned note has a pitch, so nothing can be compared with them: name the notes of this model with --learned"
    )]
    NoLearnedPitch,
    /// A note cannot be analysed.
    #[error(transparent)]
    Tones(#[from] spectral::SpectralError),
    /// The model cannot be used.
    #[error("{0}")]
    Model(#[from] ::model::ModelError),
}
