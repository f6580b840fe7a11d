//! The events of the macro-controls, each led to the file that decides it, and the sound that they follow.

use super::*;
use crate::panels::decisions::PanelDecisions;
use crate::panels::tasks::TaskNumber;
use crate::panels::{OwnAction, PanelId};
use crate::reduce::Reducer;
use crate::state::State;

/// The time without a change after which a patch that a slider has led to is measured, in milliseconds: not at each
/// moment of a drag.
const STILL_MS: i32 = 250;
/// The further time without a change after which another sound is measured, in milliseconds: together longer than
/// between two touches of a phrase.
const REST_MS: i32 = 750;

impl HeardSound {
    pub(super) fn of(state: &State) -> Option<Self> {
        Some(Self { patch: state.heard_patch()?, locked: state.document().locks.indices() })
    }
}

impl PanelDecisions for Macros {
    type Action = MacrosAction;
    type Answer = MacrosAnswer;
    type Model = MacrosModel;

    fn model(state: &State) -> MacrosModel {
        model::model(state)
    }

    fn act(page: &mut Reducer, action: MacrosAction) {
        let has_place = |place: usize| place < PROPERTY_COUNT;
        let is_open = page.state.panels.is_open(PanelId::Macros);
        match action {
            MacrosAction::Rest { count, is_long } => page.rest_macros(count, is_long),
            _ if !is_open => {}
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
            MacrosAction::ToggleLearning => page.toggle_macro_learning(),
            MacrosAction::Unlearn => page.unlearn_macros(),
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
        if macros.steps.is_applying(task) {
            // It gave no patch.
            page.fail_macro_task(task, "lost");
        }
    }

    fn failed(page: &mut Reducer, task: TaskNumber, reason: &str) {
        page.fail_macro_task(task, reason);
    }

    fn opened(page: &mut Reducer) {
        let macros = page.macros();
        macros.seen = None;
        macros.opening.is_new = true;
        macros.learning = LearningState::Off;
        if macros.is_measured() {
            page.draw_macro(VOICED);
        }
    }

    fn closed(page: &mut Reducer) {
        page.macros().drop_wish();
        page.close_macros();
    }

    fn follow(page: &mut Reducer) {
        page.follow_sound_of_macros();
    }
}

impl Reducer<'_> {
    pub(super) fn macros(&mut self) -> &mut Macros {
        &mut self.state.panels.macros
    }

    pub(super) fn macros_later(&mut self, delay_ms: i32, action: MacrosAction) {
        self.act_later(delay_ms, OwnAction::Macros(action));
    }

    /// True if the macro-controls know the current sound: it is the measured one, or a slider has led to it.
    pub(super) fn is_known_to_macros(&mut self) -> bool {
        let here = HeardSound::of(self.state);
        here.is_some_and(|here| self.macros().known.get(&here).is_some())
    }

    /// Follows the current sound while a person sees the sliders.
    fn follow_sound_of_macros(&mut self) {
        // Recorded tones have no patch: while they play, the sliders are hidden and wait for the sound that they know.
        if !self.state.page.shows_sound() || !self.state.is_amsynth() {
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
        let here_is_heard = here.is_some();
        macros.seen = here;
        macros.changes = macros.changes.wrapping_add(1);
        match known {
            Some(amounts) if !macros.steps.is_busy() => macros.amounts = amounts,
            Some(_) => {}
            None => self.forget_macros(),
        }
        // A person who opens the sliders wants to move them; while the sound changes, they wait until it rests.
        if std::mem::take(&mut self.macros().opening.is_new) && known.is_none() && here_is_heard {
            return self.measure_macros();
        }
        self.wait_for_rest(false);
    }

    /// Waits until the sound rests; one timer at a time.
    pub(super) fn wait_for_rest(&mut self, is_long: bool) {
        let macros = self.macros();
        if !std::mem::replace(&mut macros.is_waiting, true) {
            let count = macros.changes;
            let delay_ms = if is_long { REST_MS } else { STILL_MS };
            self.macros_later(delay_ms, MacrosAction::Rest { count, is_long });
        }
    }

    /// A while has passed since the sound of this count: measures it if it has rested, or waits on.
    fn rest_macros(&mut self, count: u32, is_long: bool) {
        let is_open = self.state.panels.is_open(PanelId::Macros);
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
    pub(super) fn forget_macros(&mut self) {
        self.cancel_measurement();
        self.drop_macro_steps();
        self.clear_macro_picture();
        let macros = self.macros();
        macros.gesture.end_pause();
        macros.gesture.forget_press();
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
