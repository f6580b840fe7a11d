//! Decisions after edits of the patch: the offer to restore a patch that a touch has discarded, and the measurement of
//! the heard one.

use crate::action::{Action, EditingAction};
use crate::effect::Effect;
use crate::reduce::Reducer;

/// How long the return of a discarded patch is offered, in milliseconds: long enough to hear what is gone.
const OFFER_MS: i32 = 15_000;
/// How long the heard patch must stay the same before it is measured, in milliseconds: no value in passing.
const MEASURE_AFTER_MS: i32 = 400;

impl Reducer<'_> {
    pub(crate) fn editing(&mut self, action: EditingAction) {
        match action {
            EditingAction::EndOffer(number) => {
                if self.state.editing.offers == number {
                    self.end_offer();
                }
            }
            EditingAction::Measure => self.measure(),
            EditingAction::Measured(patch, values) => {
                if self.state.editing.requested.as_ref() == Some(&patch) {
                    self.state.editing.requested = None;
                    let values = values.map(|values| self.in_units(values));
                    self.state.editing.measured = Some((patch, values));
                    self.mark_dirty();
                }
            }
        }
    }

    /// Measured values in the units of the map's layers: one measurement that says yes or no is a likelihood of all or
    /// nothing.
    fn in_units(&self, mut values: Vec<f32>) -> Vec<f32> {
        let layers = self.state.amsynth_library().map.iter().flat_map(|map| &map.layers);
        for (value, layer) in values.iter_mut().zip(layers).filter(|(_, layer)| layer.is_likelihood()) {
            *value *= layer.range()[1];
        }
        values
    }

    /// Offers to restore an edited patch that a touch is about to discard, unless a landmark keeps it.
    pub(crate) fn offer_discarded(&mut self) {
        let here = self.state.document().here();
        // A landmark has the patch as it is heard, with the locked values.
        let heard = self.state.shared_document().patch;
        let landmarks = self.state.document().landmarks.all();
        let is_kept = landmarks.iter().any(|mark| mark.point == here.point && mark.patch == heard);
        if self.state.is_edited() && !is_kept {
            let editing = &mut self.state.editing;
            editing.discarded = Some(here);
            editing.offers = editing.offers.wrapping_add(1);
            let number = editing.offers;
            self.after(OFFER_MS, Action::Editing(EditingAction::EndOffer(number)));
            self.mark_dirty();
        }
    }

    /// The offer ends with its time, and with another patch.
    pub(crate) fn end_offer(&mut self) {
        if self.state.editing.discarded.take().is_some() {
            self.mark_dirty();
        }
    }

    /// Begins to wait for a measurement if the heard patch is one that the map does not know.
    pub(crate) fn follow_heard_patch(&mut self) {
        // Without a sound nobody compares; and the measuring program need not load before the sound does.
        if self.state.page.is_embedded || !self.state.sound.is_running || self.state.editing.waiting.is_some()
        {
            return;
        }
        let Some(patch) = self.state.unmapped_patch() else { return };
        let editing = &mut self.state.editing;
        let is_known = editing.measured.as_ref().is_some_and(|(measured, _)| **measured == patch);
        if !is_known && editing.requested.as_deref() != Some(&patch) {
            editing.waiting = Some(Box::new(patch));
            self.after(MEASURE_AFTER_MS, Action::Editing(EditingAction::Measure));
        }
    }

    /// Requests the measured values of the known presets once one of them plays, or presets are searched for.
    pub(crate) fn want_measured_presets(&mut self) {
        let state = &mut *self.state;
        let is_loaded = state.library.presets.is_some() && state.library.map.is_some();
        if state.loading.is_measured_requested || !is_loaded || !state.is_amsynth() {
            return;
        }
        // Before the sound runs, nobody compares; and the values must not come before the sound.
        let is_heard = state.sound.is_running && state.exact_preset().is_some();
        if is_heard || state.map.finder.filter.is_asking() {
            state.loading.is_measured_requested = true;
            self.effects.push(Effect::LoadMeasured);
        }
    }

    fn measure(&mut self) {
        let heard = self.state.unmapped_patch();
        let editing = &mut self.state.editing;
        let waited = editing.waiting.take();
        if heard.is_some() && editing.requested.is_none() && waited.as_deref() == heard.as_ref() {
            editing.requested.clone_from(&waited);
            self.effects.extend(waited.map(Effect::Measure));
        } else {
            self.follow_heard_patch();
        }
    }
}
