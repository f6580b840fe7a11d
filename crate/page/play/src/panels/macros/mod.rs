//! The macro-controls: eight sliders, each of which changes one property of the current sound and leaves the others
//! nearly as they are. Workers measure the sound once it rests, one property after the other; a slider moves all
//! parameters that are not locked by one undoable edit, also by a MIDI controller. Never measures or renders itself.

mod controllers;
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

use patch::Patch;
use serde::{Deserialize, Serialize};

use crate::page::Tab;
use crate::panels::{OwnAction, Panel};
use crate::reduce::Reducer;
use crate::state::State;
use crate::tasks::TaskNumber;

pub use controllers::{LearningState, MacroControllers};
pub use measurement::PropertyReach;
pub use model::{MacroSlider, MacrosModel, MacrosStatus};
pub use remarks::MacroRemark;

use gestures::SliderGesture;
use known::KnownPatches;
use measurement::Measurement;
use picture::PictureState;
use steps::{StepRequest, Steps};

/// The properties, in the order of `SoundProperty::ALL` of crate `macro_control`; their names are the scripts'.
pub const PROPERTY_COUNT: usize = 8;
/// The property that a live voice moves: brightness.
const VOICED: usize = 0;
/// The time without a change after which a patch that a slider has led to is measured, in milliseconds: not at each
/// moment of a drag.
const STILL_MS: i32 = 250;
/// The further time without a change after which another sound is measured, in milliseconds: together longer than
/// between two touches of a phrase.
const REST_MS: i32 = 750;

/// An amount of each property, −1…1.
pub type MacroAmountList = [f32; PROPERTY_COUNT];

/// Something that a person does with the macro-controls, or that their own clock does. A place is a property's position.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
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
    /// The brightness of a live voice moves the first slider; null: the voice has ended.
    FollowVoice { amount: Option<f32> },
    /// Begins to learn MIDI controllers, or ends that.
    ToggleLearning,
    /// Forgets all learned controllers.
    Unlearn,
    /// Nothing has changed for a while: the sound is still the one of this count.
    Rest { count: u32, is_long: bool },
    /// The pause after the last key or controller is over, if it is still the one of this count.
    EndPause { count: u32 },
}

/// A task of the macro-controls.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum MacrosTask {
    /// Finds how far each property reaches from a patch of 41 stored values; the parameters of these indices keep their
    /// values. Gives [`MacrosAnswer::Reach`] whenever more is found. Fails with `silent` or `lost`.
    Find { patch: Vec<f32>, locked: Vec<u8> },
    /// Computes the patch at amounts: [`MacrosAnswer::Patch`]. Fails with `lost`.
    Compute { amounts: MacroAmountList },
    /// Measures the properties of a patch: [`MacrosAnswer::Points`].
    Measure { patch: Vec<f32> },
    /// Draws the spectrograms of a property's slider. Ends once they are drawn.
    Draw { place: usize },
    /// Ends the workers; with `keeps_found` not the one that knows what was found.
    Free { keeps_found: bool },
}

/// A result of these tasks.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum MacrosAnswer {
    /// How far the properties reach, in their order.
    Reach { reach: Vec<PropertyReach> },
    /// The 41 stored values at the amounts.
    Patch { patch: Vec<f32> },
    /// The properties of a patch, in points; empty if it is silent.
    Points { points: Vec<f32> },
}

/// The state of the macro-controls.
#[derive(Clone, Debug, Default)]
pub struct Macros {
    /// The sound that was seen last.
    seen: Option<HeardSound>,
    /// Counts the changes of that sound.
    changes: u32,
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

/// A sound as the sliders depend on it: the audible patch, and which of its parameters are locked.
#[derive(Clone, Debug, PartialEq)]
struct HeardSound {
    patch: Patch,
    locked: Vec<u8>,
}

impl HeardSound {
    fn of(state: &State) -> Option<Self> {
        Some(Self { patch: state.heard_patch()?, locked: state.document().locks.indices() })
    }
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
        !reach.is_empty() && reach.iter().all(PropertyReach::is_found)
    }

    /// True while nothing is known of the sound and nothing is about to be: it waits for rest.
    fn waits(&self) -> bool {
        let measurement = &self.measurement;
        measurement.reach.is_empty() && measurement.task.is_none() && !measurement.is_stopped
    }
}

impl Panel for Macros {
    type Action = MacrosAction;
    type Answer = MacrosAnswer;
    type Model = MacrosModel;

    fn model(state: &State) -> MacrosModel {
        model::model(state)
    }

    fn act(page: &mut Reducer, action: MacrosAction) {
        let has_place = |place: usize| place < PROPERTY_COUNT;
        match action {
            MacrosAction::ToggleMeasuring => page.toggle_measuring(),
            MacrosAction::Reset => page.move_all_macros([0.0; PROPERTY_COUNT]),
            MacrosAction::Focus { place } if has_place(place) => page.focus_macro(place),
            MacrosAction::Press { place, is_touch } if has_place(place) => page.press_macro(place, is_touch),
            MacrosAction::Lift { place } if has_place(place) => page.lift_macro(place),
            MacrosAction::Scroll { place } if has_place(place) => page.scroll_macro(place),
            MacrosAction::PressKey => page.macros().gesture.is_pointed = false,
            MacrosAction::Move { place, amount } if has_place(place) => page.move_macro(place, amount),
            MacrosAction::Moved => page.end_macro_move(),
            MacrosAction::Zero { place } if has_place(place) => page.zero_macro(place),
            MacrosAction::FollowVoice { amount } => page.follow_voice(amount),
            MacrosAction::ToggleLearning => page.toggle_macro_learning(),
            MacrosAction::Unlearn => page.unlearn_macros(),
            MacrosAction::Rest { count, is_long } => page.rest_macros(count, is_long),
            MacrosAction::EndPause { count } => page.end_macro_pause(count),
            MacrosAction::Focus { .. }
            | MacrosAction::Press { .. }
            | MacrosAction::Lift { .. }
            | MacrosAction::Scroll { .. }
            | MacrosAction::Move { .. }
            | MacrosAction::Zero { .. } => {}
        }
    }

    fn answer(page: &mut Reducer, task: TaskNumber, answer: MacrosAnswer) {
        match answer {
            MacrosAnswer::Reach { reach } => page.take_macro_reach(task, reach),
            MacrosAnswer::Patch { patch } => page.take_macro_patch(task, &patch),
            MacrosAnswer::Points { points } => page.take_macro_points(task, points),
        }
    }

    fn progress(page: &mut Reducer, task: TaskNumber, share: f32) {
        let measurement = &mut page.macros().measurement;
        if measurement.task == Some(task) {
            measurement.share = share;
        }
    }

    fn ended(page: &mut Reducer, task: TaskNumber) {
        let macros = page.macros();
        macros.measurement.end(task);
        macros.picture.end(task);
    }

    fn failed(page: &mut Reducer, task: TaskNumber, reason: &str) {
        page.fail_macro_task(task, reason);
    }

    fn opened(page: &mut Reducer) {
        let macros = page.macros();
        macros.seen = None;
        macros.learning = LearningState::Off;
        if macros.is_measured() {
            page.draw_macro(VOICED);
        }
    }

    fn closed(page: &mut Reducer) {
        page.close_macros();
    }

    fn follow(page: &mut Reducer) {
        page.follow_sound_of_macros();
    }
}

impl Reducer<'_> {
    fn macros(&mut self) -> &mut Macros {
        &mut self.state.panels.macros
    }

    fn macros_later(&mut self, delay_ms: i32, action: MacrosAction) {
        self.act_later(delay_ms, OwnAction::Macros(action));
    }

    /// True if the macro-controls know the current sound: it is the measured one, or a slider has led to it.
    fn is_known_to_macros(&mut self) -> bool {
        let here = HeardSound::of(self.state);
        here.is_some_and(|here| self.macros().known.get(&here).is_some())
    }

    /// Follows the current sound while a person sees the sliders.
    fn follow_sound_of_macros(&mut self) {
        if self.state.page.tab != Tab::Sound {
            return;
        }
        if self.state.panels.macros.before_voice.as_ref().is_some_and(|before| before.is_over) {
            self.follow_voice(None);
        }
        let here = HeardSound::of(self.state);
        let macros = self.macros();
        if here == macros.seen {
            return;
        }
        let known = here.as_ref().and_then(|here| macros.known.get(here)).map(|known| known.amounts);
        // Undo, for example, leads away from what a slider has led to.
        if here != macros.reached {
            macros.remark = None;
        }
        macros.seen = here;
        macros.changes = macros.changes.wrapping_add(1);
        match known {
            Some(amounts) if !macros.steps.is_busy() => macros.amounts = amounts,
            Some(_) => {}
            None => self.forget_macros(),
        }
        self.wait_for_rest(false);
    }

    /// Waits until the sound rests; one timer at a time.
    fn wait_for_rest(&mut self, is_long: bool) {
        let macros = self.macros();
        if !std::mem::replace(&mut macros.is_waiting, true) {
            let count = macros.changes;
            let delay_ms = if is_long { REST_MS } else { STILL_MS };
            self.macros_later(delay_ms, MacrosAction::Rest { count, is_long });
        }
    }

    /// A while has passed since the sound of this count: measures it if it has rested, or waits on.
    fn rest_macros(&mut self, count: u32, is_long: bool) {
        let is_open = self.state.panels.is_open(crate::panels::PanelId::Macros);
        let macros = self.macros();
        macros.is_waiting = false;
        if !is_open {
            return;
        }
        if macros.changes != count {
            return self.wait_for_rest(false);
        }
        if !is_long {
            self.measure_here();
            if self.macros().waits() {
                self.wait_for_rest(true);
            }
        } else if self.macros().waits() && self.macros().seen.is_some() {
            self.measure_macros();
        }
    }

    fn close_macros(&mut self) {
        let is_known = self.is_known_to_macros();
        let before = self.macros().before_voice.take();
        if let Some(before) = before.filter(|_| is_known) {
            self.change_heard_patch(&before.patch);
            self.state.history.finish_step();
        }
        let is_kept = self.macros().is_measured() && self.is_known_to_macros();
        if is_kept {
            self.end_macro_step(false);
            self.drop_macro_steps();
            self.macros().remark = None;
            self.clear_macro_picture();
        } else {
            self.forget_macros();
        }
        self.begin_task(MacrosTask::Free { keeps_found: is_kept });
    }

    /// Forgets everything about the last sound.
    fn forget_macros(&mut self) {
        self.cancel_measurement();
        self.drop_macro_steps();
        self.clear_macro_picture();
        let macros = self.macros();
        macros.gesture.end_pause();
        macros.steps.is_open = false;
        macros.measurement = Measurement::default();
        macros.known = KnownPatches::default();
        macros.amounts = [0.0; PROPERTY_COUNT];
        macros.remark = None;
        macros.before_voice = None;
    }

    fn fail_macro_task(&mut self, task: TaskNumber, reason: &str) {
        let macros = self.macros();
        macros.picture.end_undrawn(task);
        if macros.measurement.task == Some(task) {
            macros.measurement.task = None;
            macros.measurement.is_stopped = true;
            macros.measurement.problem = Some(reason.to_owned());
        } else if macros.steps.is_applying(task) {
            // The worker that knew what was measured is lost.
            self.forget_macros();
            let measurement = &mut self.macros().measurement;
            measurement.is_stopped = true;
            measurement.problem = Some(reason.to_owned());
        }
    }
}
