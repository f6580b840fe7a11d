//! The codebook of Places: the known presets, or the recorded tones of the instrument that plays, and the points of the
//! map, as dots by what they sound like. Decides which sounds the dots are of, which quality colours them, which bars
//! and codes pick some of them, which dot is chosen, and which presets play one after another. Never computes an axis
//! and has no table of values: its script does.

mod border;
mod decisions;
mod model;
mod picking;
mod round;
mod sounds;
#[cfg(test)]
mod tests;

pub use border::{CodebookAction, CodebookAnswer, CodebookTask};
pub use model::{CodebookLack, CodebookModel, CodebookMotion, CodebookPlace};

use picking::DotPicking;
use round::PresetRound;
use sounds::CodebookSounds;

/// The state.
#[derive(Clone, Debug, Default)]
pub struct SoundCodebook {
    sounds: CodebookSounds,
    picking: DotPicking,
    /// The chosen dot.
    chosen: Option<usize>,
    round: PresetRound,
}
