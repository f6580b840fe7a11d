//! Errors of training, each one sentence that says what to do.

use dataset::counted;
use std::path::PathBuf;

/// The least number of distinct presets that training accepts: with fewer, two latent numbers
/// could memorise them and the test rows (10 %) would be too few for any figure.
pub const LEAST_PRESETS: usize = 50;

/// The least number of presets that networks are fitted to: [`LEAST_PRESETS`] without a tenth for tests and one in
/// eight of the others held back.
pub const LEAST_LEARNED: usize = 39;

/// The least number of sounds that textures are learned from, one of them held back.
pub const LEAST_SOUNDS: usize = 5;

/// The reason why training stopped. No file has been written to the output folder when one of these returns, except for
/// [`TrainError::Write`], after which some of the files may be new and others old, but all are complete.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// The banks cannot be read.
    #[error(transparent)]
    Banks(#[from] dataset::DatasetError),
    /// Too little to learn from.
    #[error("{} holds {}, but training needs at least {LEAST_PRESETS}; add banks", folder.display(), counted(*found, "distinct preset"))]
    TooFewPresets {
        /// The folder as given.
        folder: PathBuf,
        /// The number of distinct presets.
        found: usize,
    },
    /// Too little is left to learn from, or nothing to choose by.
    #[error(
        "{} leaves {} to learn from and {held_back} to choose by, but training needs at least \
         {LEAST_LEARNED} and 1; add banks (presets that differ only in the seven parameters that are not learned, \
         such as the volume, count once, and presets of the test rows do not count)",
        folder.display(),
        counted(*found, "preset")
    )]
    TooFewToLearnFrom {
        /// The folder as given.
        folder: PathBuf,
        /// The number of presets to fit the networks to.
        found: usize,
        /// The number of presets to choose a candidate by.
        held_back: usize,
    },
    /// Too few notes to learn frames from.
    #[error(
        "only {} with a pitch can be learned from, but training needs at least 5 of different keys or instruments; add \
         notes, each in a file of its own",
        counted(*found, "note")
    )]
    TooFewNotes {
        /// The number of notes with a pitch.
        found: usize,
    },
    /// Too few sounds to learn textures from.
    #[error(
        "training needs at least {LEAST_SOUNDS} sounds that are loud enough, and has {found}; add sounds, each in a file of its own"
    )]
    TooFewSounds {
        /// The number of sounds that are loud enough.
        found: usize,
    },
    /// Enough sounds, but too few names to hold some back by.
    #[error(
        "{found} sounds are loud enough to learn from, but have too few different names: sounds of one group and key, such as \
         rain_0_60 and rain_1_60, are held back together; rename them, so that at least {LEAST_SOUNDS} names differ in \
         more than the number between, and no single name covers nearly all sounds"
    )]
    TooFewNames {
        /// The number of sounds that are loud enough.
        found: usize,
    },
    /// A note that cannot be analysed.
    #[error(transparent)]
    Notes(#[from] spectral::SpectralError),
    /// The model of frames that was just trained cannot be used.
    #[error("the trained model does not run: {0}; try another seed")]
    Frames(#[from] frame_model::FrameModelError),
    /// A tone of a model cannot be measured.
    #[error("a tone of the model cannot be measured: {0}; train it again with more notes")]
    Tone(String),
    /// No model was asked for.
    #[error("0 candidates would write no model; ask for at least 1")]
    NoCandidates,
    /// The loss is no longer a number.
    #[error("training diverged (the loss is not a number); try another seed")]
    Diverged,
    /// The tensor library refused an operation.
    #[error("the tensor library failed: {0}; please report this as a bug")]
    Tensor(#[from] candle_core::Error),
    /// The system gives no thread to learn on.
    #[error("no thread can be started to learn on: {0}; close some programs and try again")]
    Thread(#[from] rayon::ThreadPoolBuildError),
    /// The model that was just written cannot be used.
    #[error("the trained model does not run: {0}; please report this as a bug")]
    Model(#[from] model::ModelError),
    /// The report or the coordinates cannot be put into JSON.
    #[error("the results cannot be written as JSON: {0}; please report this as a bug")]
    Json(#[from] serde_json::Error),
    /// A file cannot be written.
    #[error(transparent)]
    Write(#[from] dataset::files::WriteError),
}
