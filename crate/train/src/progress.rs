//! How far a training has come, for the caller to show.

use std::fmt::{self, Display, Formatter};

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Presets and bred patches are played and heard.
    Hearing,
    /// The surrogate learns what patches sound like.
    Surrogate,
    /// Decoder and points improve each other.
    Plane,
    /// The encoder learns.
    Encoder,
    /// The finished plane is heard and judged.
    Judging,
}

impl Display for Stage {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hearing => "hearing presets",
            Self::Surrogate => "learning what patches sound like",
            Self::Plane => "laying out the plane",
            Self::Encoder => "learning to find the way back",
            Self::Judging => "hearing the plane",
        })
    }
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// For which of the candidates, from 1; 0 while it is done for all.
    pub candidate: usize,
    /// Parts of the stage that are done.
    pub done: usize,
    /// Parts of the stage.
    pub of: usize,
}

/// Passes progress on to the caller.
pub struct Reporter<'a> {
    candidate: usize,
    tell: &'a mut dyn FnMut(Progress),
}

impl<'a> Reporter<'a> {
    /// Tells the caller's function.
    pub fn new(tell: &'a mut dyn FnMut(Progress)) -> Self {
        Self { candidate: 0, tell }
    }

    /// From now on, of this candidate.
    pub fn begin(&mut self, candidate: usize) {
        self.candidate = candidate;
    }

    /// `done` of `of` parts of a stage are done.
    pub fn tell(&mut self, stage: Stage, done: usize, of: usize) {
        (self.tell)(Progress { stage, candidate: self.candidate, done, of });
    }
}
