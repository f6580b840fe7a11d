//! Applies the amounts of the macro-controls, one request after the other: each step of undo has what belongs to it,
//! also where a slider is moved while the patch of the step before is still computed.

use std::collections::VecDeque;

use patch::{PARAMETER_COUNT, Parameter, Patch};

use super::{HeardSound, MacroAmountList, MacrosTask};
use crate::action::{Edit, TouchAction};
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

/// A request to move the sound to amounts.
#[derive(Clone, Debug)]
pub(super) struct StepRequest {
    pub amounts: MacroAmountList,
    /// True if the step of undo ends with it.
    pub is_last: bool,
    /// True if it is played then.
    pub is_heard: bool,
}

/// The requests.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps {
    waiting: VecDeque<StepRequest>,
    /// The request whose patch is computed, and the task that computes it.
    applying: Option<(TaskNumber, StepRequest)>,
    /// True if a slider has changed something since the last step of undo.
    pub is_open: bool,
}

impl Steps {
    /// True while a request is not applied yet.
    pub fn is_busy(&self) -> bool {
        self.applying.is_some()
    }

    pub fn is_applying(&self, task: TaskNumber) -> bool {
        self.applying.as_ref().is_some_and(|(applying, _)| *applying == task)
    }
}

impl Reducer<'_> {
    pub(super) fn add_macro_step(&mut self, request: StepRequest) {
        let waiting = &mut self.macros().steps.waiting;
        // Within a step only the last request counts.
        if waiting.back().is_some_and(|last| !last.is_last) {
            waiting.pop_back();
        }
        waiting.push_back(request);
        self.apply_next_step();
    }

    fn apply_next_step(&mut self) {
        let steps = &mut self.macros().steps;
        if steps.is_busy() {
            return;
        }
        let Some(request) = steps.waiting.pop_front() else { return };
        let task = self.begin_task(MacrosTask::Compute { amounts: request.amounts });
        self.macros().steps.applying = Some((task, request));
    }

    /// Gives the sound the computed patch, unless the person went elsewhere meanwhile.
    pub(super) fn take_macro_patch(&mut self, task: TaskNumber, values: &[f32]) {
        let steps = &mut self.macros().steps;
        if !steps.is_applying(task) {
            return;
        }
        let Some((_, request)) = steps.applying.take() else { return };
        let values: Option<&[f32; PARAMETER_COUNT]> = values.try_into().ok();
        let is_here = self.is_known_to_macros();
        match values.filter(|_| is_here) {
            Some(values) => {
                self.change_heard_patch(&Patch::from_values(values));
                self.reach_macro_sound(request.amounts);
                if request.is_last {
                    self.state.history.finish_step();
                    if request.is_heard {
                        self.touch(TouchAction::Sample(self.state.panels.now_ms));
                    }
                }
            }
            None => {
                self.state.history.finish_step();
                self.macros().steps.waiting.clear();
            }
        }
        self.apply_next_step();
    }

    /// Takes a step of undo back that is not over: the sound before it had these amounts.
    pub(super) fn return_macros_to(&mut self, sound: &HeardSound, amounts: MacroAmountList) {
        self.drop_macro_steps();
        let macros = self.macros();
        macros.remark = None;
        macros.gesture.end_pause();
        macros.steps.is_open = false;
        macros.amounts = amounts;
        self.change_heard_patch(&sound.patch);
        self.reach_macro_sound(amounts);
        self.state.history.finish_step();
    }

    /// The sliders have led to the current sound.
    fn reach_macro_sound(&mut self, amounts: MacroAmountList) {
        let reached = HeardSound::of(self.state);
        let macros = self.macros();
        macros.reached.clone_from(&reached);
        if let Some(reached) = reached {
            macros.known.add(reached, amounts);
        }
    }

    /// Drops the requests that wait, and the patch that is computed.
    pub(super) fn drop_macro_steps(&mut self) {
        let steps = &mut self.macros().steps;
        steps.waiting.clear();
        let applying = steps.applying.take();
        self.cancel_task(applying.map(|(task, _)| task));
    }

    /// Gives the audible patch the values of another one, as part of a continuous edit.
    pub(super) fn change_heard_patch(&mut self, to: &Patch) {
        let Some(heard) = self.state.heard_patch() else { return };
        let differs = |&parameter: &Parameter| heard.get(parameter) != to.get(parameter);
        let changed =
            Parameter::ALL.into_iter().filter(differs).map(|parameter| (parameter, to.get(parameter)));
        self.edit(Edit::SetParameters(changed.collect()));
    }
}
