//! The MIDI controllers of the macro-controls: learned from a device, kept for later visits. While the macro-controls
//! are open and a patch plays, the page ignores the controllers that are assigned here.

use serde::{Deserialize, Serialize};

use super::{PROPERTY_COUNT, PropertyReach};
use crate::effect::Effect;
use crate::panels::PanelId;
use crate::reduce::Reducer;

/// Higher numbers are channel mode messages (MIDI 1.0, table 3).
const HIGHEST_CONTROLLER: u8 = 119;
/// The value in the middle, which is an amount of 0, and the greatest one.
const MIDDLE: f32 = 64.0;
const GREATEST: f32 = 127.0;

/// The controller of each property, if it has one; no two properties have the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<Option<i64>>")]
pub struct MacroControllers([Option<u8>; PROPERTY_COUNT]);

impl From<Vec<Option<i64>>> for MacroControllers {
    /// From stored numbers: those that are no controllers, or were assigned before, are dropped.
    fn from(stored: Vec<Option<i64>>) -> Self {
        let mut own = Self::default();
        for (place, number) in stored.into_iter().enumerate().take(PROPERTY_COUNT) {
            let controller = number.and_then(|number| u8::try_from(number).ok());
            own.0[place] =
                controller.filter(|&number| number <= HIGHEST_CONTROLLER && own.place(number).is_none());
        }
        own
    }
}

impl MacroControllers {
    /// The property of a controller.
    fn place(&self, controller: u8) -> Option<usize> {
        self.0.iter().position(|own| *own == Some(controller))
    }

    /// The controller of a property.
    pub fn get(&self, place: usize) -> Option<u8> {
        self.0[place]
    }

    /// True if no property has a controller.
    pub fn are_none(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    fn assign(&mut self, place: usize, controller: u8) {
        if let Some(before) = self.place(controller) {
            self.0[before] = None;
        }
        self.0[place] = Some(controller);
    }
}

/// The learning of controllers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum LearningState {
    /// No controller is learned.
    #[default]
    Off,
    /// A person is to choose a slider.
    ChooseSlider,
    /// The next controller that moves belongs to the slider of this place.
    TurnController { place: usize },
}

/// The amount of a controller's value.
fn amount_of(value: u8) -> f32 {
    let from_middle = f32::from(value.min(127)) - MIDDLE;
    from_middle / if from_middle < 0.0 { MIDDLE } else { GREATEST - MIDDLE }
}

impl Reducer<'_> {
    pub(super) fn toggle_macro_learning(&mut self) {
        let learning = &mut self.macros().learning;
        *learning = match learning {
            LearningState::Off => LearningState::ChooseSlider,
            _ => LearningState::Off,
        };
    }

    /// A slider has the focus: while controllers are learned, the next one that moves is its own.
    pub(super) fn choose_macro(&mut self, place: usize) {
        let learning = &mut self.macros().learning;
        if *learning != LearningState::Off {
            *learning = LearningState::TurnController { place };
        }
    }

    pub(super) fn unlearn_macros(&mut self) {
        self.macros().controllers = MacroControllers::default();
        self.effects.push(Effect::KeepMacroControllers(MacroControllers::default()));
    }

    /// A MIDI controller moves. Returns true if it belongs to a slider: then the page ignores it.
    pub(crate) fn turn_macro_controller(&mut self, controller: u8, value: u8) -> bool {
        // While recorded tones play, the macro-controls are hidden, and all controllers are the page's.
        if !self.state.panels.is_open(PanelId::Macros) || self.state.heard_patch().is_none() {
            return false;
        }
        let macros = self.macros();
        if let LearningState::TurnController { place } = macros.learning
            && controller <= HIGHEST_CONTROLLER
        {
            macros.learning = LearningState::ChooseSlider;
            macros.controllers.assign(place, controller);
            let controllers = macros.controllers.clone();
            self.effects.push(Effect::KeepMacroControllers(controllers));
        }
        let macros = self.macros();
        let Some(place) = macros.controllers.place(controller) else { return false };
        let can_move = |reach: &PropertyReach| reach.moves_towards(-1.0) || reach.moves_towards(1.0);
        if macros.measurement.reach.get(place).is_some_and(can_move) {
            self.move_macro(place, amount_of(value));
            self.end_macro_step_soon();
        }
        self.mark_dirty();
        true
    }
}
