//! The progress of a training, for the caller to show.

use std::fmt::{self, Display, Formatter};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Extracts the features of presets and augmented patches.
    Features,
    /// Trains the surrogate.
    Surrogate,
    /// Trains decoders and points by turns, and measures the finished planes: all candidates at once.
    Planes,
    /// Renders the sounds from which the networks that guess patches learn.
    Sounds,
    /// Trains a network.
    Network,
    /// Analyses recorded notes.
    Notes,
    /// Measures the tones of a plane.
    Plane,
}

impl Display for Stage {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Features => "hearing presets",
            Self::Surrogate => "training the surrogate",
            Self::Planes => "training the planes",
            Self::Sounds => "rendering sounds",
            Self::Network => "training the network",
            Self::Notes => "hearing notes",
            Self::Plane => "measuring the plane",
        })
    }
}

/// Progress within a stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrainingProgress {
    /// The stage.
    pub stage: Stage,
    /// Parts of the stage that are done.
    pub done: usize,
    /// Parts of the stage.
    pub of: usize,
}

/// Counts finished parts of a stage, from any thread, and reports them to the caller.
pub struct Reporter<'a> {
    stage: Stage,
    done: AtomicUsize,
    of: usize,
    tell: &'a (dyn Fn(TrainingProgress) + Sync),
}

impl<'a> Reporter<'a> {
    /// Begins a stage with this many parts.
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
