//! The macro-controls: eight sliders, each of which changes one property of the current sound and leaves the others
//! nearly as they are. Workers measure the sound once it rests, one property after the other; a slider moves all
//! parameters that are not locked by one undoable edit, also by a MIDI controller. Never measures or renders itself.

mod controllers;
mod decisions;
mod gestures;
mod known;
mod measurement;
mod model;
mod picture;
mod remarks;
mod sliders;
mod steps;
#[cfg(test)]
mod tests;
mod wishes;

use crate::panels::script_value::script_enum;
use patch::Patch;
use serde::Serialize;

pub use controllers::{LearningState, MacroControllers};
pub use measurement::PropertyReach;
pub use model::{MacroSlider, MacrosModel, MacrosStatus};
pub use remarks::{MacroRemark, SideEffect};
pub use wishes::slider_of;

use gestures::SliderGesture;
use known::KnownPatches;
use measurement::Measurement;
use picture::PictureState;
use steps::{StepRequest, Steps};
use wishes::MacroWish;

/// The properties, in the order of `SoundProperty::ALL` of crate `macro_control`; their names are the scripts'.
pub const PROPERTY_COUNT: usize = 8;
/// The property that a live voice moves: brightness.
const VOICED: usize = 0;
/// An amount of each property, −1…1.
pub type MacroAmountList = [f32; PROPERTY_COUNT];

script_enum! {
    /// Something that a person does with the macro-controls, or that their own clock does.
    /// A place is a property's position.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum MacrosAction {
        /// Measures the sound now, or stops the measurement.
        ToggleMeasuring,
        /// Moves all sliders to 0.
        Reset,
        /// A slider has the focus.
        Focus { place: usize },
        /// A pointer presses a slider.
        Press { place: usize, is_touch: bool },
        /// The pointer is up.
        Lift { place: usize },
        /// The finger scrolls instead.
        Scroll { place: usize },
        /// A key is pressed on a slider.
        PressKey,
        /// A slider moves.
        Move { place: usize, amount: f32 },
        /// A slider was moved: by a pointer to its end, by keys one step.
        Moved,
        /// Moves a slider to 0.
        Zero { place: usize },
        /// Begins to learn MIDI controllers, or ends that.
        ToggleLearning,
        /// Forgets all learned controllers.
        Unlearn,
        /// Nothing has changed for a while: the sound is still the one of this count.
        Rest { count: u32, is_long: bool },
        /// The pause after the last key or controller is over, if it is still the one of this count.
        EndPause { count: u32 },
    }
}

/// A task of the macro-controls.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum MacrosTask {
    /// Finds how far each property reaches from a patch of 41 stored values at a key; the parameters of these indices
    /// keep their values. Gives [`MacrosAnswer::Reach`] whenever more is found. Fails with `silent` or `lost`.
    Find { patch: Vec<f32>, locked: Vec<u8>, key: u8 },
    /// Measures the curve of this property before those that are not begun.
    Prefer { place: usize },
    /// Computes the patch at amounts: [`MacrosAnswer::Patch`]. Fails with `lost`.
    Compute { amounts: MacroAmountList },
    /// Measures the properties of a patch at a key: [`MacrosAnswer::Points`].
    Measure { patch: Vec<f32>, key: u8 },
    /// Draws the spectrograms of a property's slider. Ends once they are drawn.
    Draw { place: usize },
    /// Ends the workers; with `keeps_found` not the one that knows what was found.
    Free { keeps_found: bool },
}

script_enum! {
    /// A result of these tasks.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum MacrosAnswer {
        /// How far the properties reach, in their order.
        Reach { reach: Vec<PropertyReach> },
        /// The 41 stored values at the amounts.
        Patch { patch: Vec<f32> },
        /// The properties of a patch, in points; empty if it is silent.
        Points { points: Vec<f32> },
    }
}

/// The state of the macro-controls.
#[derive(Clone, Debug, Default)]
pub struct Macros {
    /// The sound that was seen last.
    seen: Option<HeardSound>,
    /// Counts the changes of that sound.
    changes: u32,
    opening: OpeningState,
    /// True while a timer waits for the sound to rest.
    is_waiting: bool,
    measurement: Measurement,
    known: KnownPatches,
    amounts: MacroAmountList,
    steps: Steps,
    gesture: SliderGesture,
    remark: Option<MacroRemark>,
    /// The sound that a slider has led to last.
    reached: Option<HeardSound>,
    /// The slider and the patch before a live voice moved them.
    before_voice: Option<BeforeVoice>,
    controllers: MacroControllers,
    learning: LearningState,
    picture: PictureState,
}

/// What is to be done once the panel is open.
#[derive(Clone, Debug, Default)]
struct OpeningState {
    /// True if the panel has opened and the sound is to be measured at once.
    is_new: bool,
    /// The change that a person asks for by a word.
    wish: Option<MacroWish>,
}

/// A sound as the sliders depend on it: the audible patch, and which of its parameters are locked.
#[derive(Clone, Debug, PartialEq)]
struct HeardSound {
    patch: Patch,
    locked: Vec<u8>,
}

/// The slider of the voiced property and the patch before a live voice moved them.
#[derive(Clone, Debug)]
struct BeforeVoice {
    amount: f32,
    patch: Patch,
    /// True once the voice has ended while there was nothing to put back: recorded tones were playing.
    is_over: bool,
}

impl Macros {
    /// The state at the beginning of a visit, with the learned controllers.
    pub fn with_controllers(controllers: MacroControllers) -> Self {
        Self { controllers, ..Self::default() }
    }

    /// True if all of the sound is measured.
    fn is_measured(&self) -> bool {
        let reach = &self.measurement.reach;
        !reach.is_empty() && reach.iter().all(PropertyReach::is_measured)
    }

    /// True while nothing is known of the sound and nothing is about to be: it waits for rest.
    fn waits(&self) -> bool {
        let measurement = &self.measurement;
        measurement.reach.is_empty() && measurement.task.is_none() && !measurement.is_stopped
    }
}
