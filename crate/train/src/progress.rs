//! How far a training has come, for the caller to show.

use std::fmt::{self, Display, Formatter};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The features of presets and augmented patches are extracted.
    Features,
    /// The surrogate learns what patches sound like.
    Surrogate,
    /// Decoders and points improve each other, and the finished planes are measured: all candidates at once.
    Planes,
}

impl Display for Stage {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Features => "hearing presets",
            Self::Surrogate => "learning what patches sound like",
            Self::Planes => "laying out the plane",
        })
    }
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrainingProgress {
    /// What is being done.
    pub stage: Stage,
    /// Parts of the stage that are done.
    pub done: usize,
    /// Parts of the stage.
    pub of: usize,
}

/// Counts the parts of a stage that are done, from any thread, and tells the caller.
pub struct Reporter<'a> {
    stage: Stage,
    done: AtomicUsize,
    of: usize,
    tell: &'a (dyn Fn(TrainingProgress) + Sync),
}

impl<'a> Reporter<'a> {
    /// A stage of so many parts begins.
    pub fn begin(stage: Stage, of: usize, tell: &'a (dyn Fn(TrainingProgress) + Sync)) -> Self {
        tell(TrainingProgress { stage, done: 0, of });
        Self { stage, done: AtomicUsize::new(0), of, tell }
    }

    /// One more part is done.
    pub fn advance(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        (self.tell)(TrainingProgress { stage: self.stage, done, of: self.of });
    }
}
