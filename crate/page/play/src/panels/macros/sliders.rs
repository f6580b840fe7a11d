//! Moves the sliders of the macro-controls: by hand, by a MIDI controller, or by a live voice.

use super::{BeforeVoice, MacroAmountList, MacroRemark, Macros, PropertyReach, StepRequest, VOICED};
use crate::panels::PanelId;
use crate::reduce::Reducer;
use crate::state::State;

impl Macros {
    /// True if the brightness of a live voice moves a slider: the macro-controls are open and have measured it.
    pub(crate) fn follow_a_voice(state: &State) -> bool {
        let reach = state.panels.macros.measurement.reach.get(VOICED);
        let can_move = |reach: &PropertyReach| reach.moves_towards(-1.0) || reach.moves_towards(1.0);
        state.panels.is_open(PanelId::Macros) && reach.is_some_and(can_move)
    }
}

impl Reducer<'_> {
    /// Moves a slider as a part of a step of undo.
    pub(super) fn move_macro(&mut self, place: usize, amount: f32) {
        self.prefer_macro(place);
        self.draw_macro(place);
        let macros = self.macros();
        let Some(reach) = macros.measurement.reach.get(place) else { return };
        let is_blocked = amount != 0.0 && !reach.moves_towards(amount);
        let towards = if amount < 0.0 { 1 } else { -1 };
        macros.remark = is_blocked.then_some(MacroRemark::OneWay { place, towards });
        let mut amounts = macros.amounts;
        amounts[place] = if is_blocked { 0.0 } else { amount.clamp(-1.0, 1.0) };
        self.move_macros_to(amounts);
    }

    pub(super) fn move_macros_to(&mut self, amounts: MacroAmountList) {
        let macros = self.macros();
        if std::mem::replace(&mut macros.amounts, amounts) == amounts {
            return;
        }
        macros.steps.is_open = true;
        self.add_macro_step(StepRequest { amounts, is_last: false, is_heard: true });
    }

    /// A slider was let go: the next change is another step of undo.
    pub(super) fn end_macro_step(&mut self, is_heard: bool) {
        let macros = self.macros();
        macros.gesture.end_pause();
        if std::mem::take(&mut macros.steps.is_open) {
            let amounts = macros.amounts;
            self.add_macro_step(StepRequest { amounts, is_last: true, is_heard });
        }
    }

    /// The brightness of a live voice moves the first slider. `None`: the voice has ended, and the slider returns.
    pub(crate) fn follow_voice(&mut self, amount: Option<f32>) {
        let is_over = amount.is_none();
        let is_open = self.state.panels.is_open(PanelId::Macros);
        let heard = self.state.heard_patch();
        let macros = self.macros();
        let is_found = macros.measurement.reach.get(VOICED).is_some_and(PropertyReach::is_found);
        if !is_open || !is_found || is_over && macros.before_voice.is_none() {
            return;
        }
        if let Some(before) = &mut macros.before_voice {
            before.is_over = is_over;
        }
        // While recorded tones play there is nothing to move; the patch before is put back with amSynth.
        let Some(patch) = heard else { return };
        let mut amounts = macros.amounts;
        let before = macros.before_voice.take();
        let before = before.unwrap_or(BeforeVoice { amount: amounts[VOICED], patch, is_over });
        amounts[VOICED] = amount.unwrap_or(before.amount).clamp(-1.0, 1.0);
        macros.before_voice = Some(before).filter(|_| !is_over);
        self.move_macros_to(amounts);
        if is_over {
            self.end_macro_step(false);
        }
    }
}
