//! Breed: eight children stand around the current sound. Each has sections of near presets, or sections whose
//! parameters have moved. A touch plays a child beside the current sound, which stays; *Go on* makes a child the
//! current sound and draws eight new ones; undo brings back the round before. Workers measure the children, and those
//! that are silent, too loud or no different are drawn again. Never measures or renders itself.

mod decisions;
mod ear;
mod generation;
mod hearing;
mod measuring;
mod model;
mod near;
mod round;
mod rounds;
mod section;
#[cfg(test)]
mod tests;
mod wheel;

use serde::Serialize;

use crate::panels::script_value::script_enum;
use crate::panels::tasks::TaskNumber;

pub use ear::{EarChange, EarProperty};
pub use generation::BreedMode;
pub use model::{BreedChildModel, BreedModel, BreedSectionModel, BreedStatus, KeptChild, SectionChange};
pub use section::SECTION_COUNT;
pub use wheel::BreedWheel;

use rounds::BreedRounds;

/// The number of children of a round.
pub const CHILD_COUNT: usize = 8;
/// The amount at the beginning, as a share of the range of a parameter.
const USUAL_AMOUNT: f32 = 0.3;

script_enum! {
    /// Something that a person does in Breed, or that its own clock does. A child is its position, null for the sound
    /// in the middle; a section is its position.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum BreedAction {
        /// A pointer presses a child: it sounds.
        Press { child: Option<usize> },
        /// The pointer slides onto another one.
        Slide { child: Option<usize> },
        /// The pointer is up, or gone.
        Lift,
        /// A key or a screen reader plays a child for a moment.
        Strike { child: Option<usize> },
        /// Sets how all sections change.
        SetMode { mode: BreedMode },
        /// Sets whether a section may be swapped.
        SetSwap { section: usize, is_on: bool },
        /// Sets the amount of all sections, in percent.
        SetAmount { percent: f32 },
        /// Sets the amount of one section, in percent.
        SetSectionAmount { section: usize, percent: f32 },
        /// Keeps a section as it is, or lets it change.
        ToggleSection { section: usize },
        /// Pins a child under this name.
        Keep { child: usize, name: String },
        /// Makes the chosen child the current sound, and draws eight new ones. With the sound in the middle: eight
        /// others of it.
        GoOn,
        /// Goes back to the round before.
        GoBack,
        /// Nothing has changed for a while: the sound is still the one of this count.
        Rest { count: u32 },
    }
}

/// A task of Breed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum BreedTask {
    /// Measures patches, 41 stored values each, one after another, at a key: [`BreedAnswer::Measured`], whenever some
    /// are measured. Fails with `lost`.
    Measure { patches: Vec<f32>, key: u8 },
    /// Ends the workers.
    Free,
}

script_enum! {
    /// A result of these tasks.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum BreedAnswer {
        /// The numbers of patches from this position of the task on: for each eight properties in points, the loudness
        /// in LUFS and the pitch in semitones. They are null for a silent patch, the pitch also without a pitch.
        Measured { from: usize, numbers: Vec<Option<f32>> },
    }
}

/// How the next children are drawn.
#[derive(Clone, Debug, PartialEq)]
struct BreedSettings {
    modes: [BreedMode; SECTION_COUNT],
    /// Shares of the range, 0…1.
    amounts: [f32; SECTION_COUNT],
    is_kept: [bool; SECTION_COUNT],
}

impl Default for BreedSettings {
    fn default() -> Self {
        Self {
            modes: Default::default(),
            amounts: [USUAL_AMOUNT; SECTION_COUNT],
            is_kept: [false; SECTION_COUNT],
        }
    }
}

/// The state of Breed.
#[derive(Clone, Debug, Default)]
pub struct Breed {
    rounds: BreedRounds,
    settings: BreedSettings,
    sounding: Option<hearing::HeardChild>,
    /// The children that are measured, by tasks.
    measurings: Vec<measuring::ChildMeasuring>,
    /// True if the workers were lost.
    is_lost: bool,
    /// The child that was pinned last; none without room.
    kept: Option<KeptChild>,
    /// The sound that was seen last.
    seen: Option<round::BredSound>,
    /// Counts the changes of that sound.
    changes: u32,
    /// True while a timer waits for the sound to rest.
    is_waiting: bool,
    /// True if the panel has opened and the children are to be drawn at once.
    has_opened: bool,
}

impl Breed {
    fn measuring_of(&mut self, task: TaskNumber) -> Option<&mut measuring::ChildMeasuring> {
        self.measurings.iter_mut().find(|measuring| measuring.task == task)
    }
}
