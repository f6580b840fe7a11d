//! The calls of the page that render answers and compare them with the target, as `protocol::ScriptCall` declares them.
//! Decides nothing.

use matching::render;
use wasm_bindgen::prelude::*;

use crate::{AnalysisWorker, patch_of};

#[wasm_bindgen]
impl AnalysisWorker {
    /// The sound of an answer: one channel at 44.1 kHz, see `protocol::ScriptCall::RenderPatch`.
    ///
    /// # Errors
    /// Without a target, or if there are not 41 values.
    pub fn render_patch(
        &self,
        values: &[f32],
        key: u8,
        held_s: f32,
        bend_cents: f32,
    ) -> Result<Vec<f32>, JsError> {
        let note = self.search.note_of(key, held_s, bend_cents)?;
        Ok(render(&patch_of(values)?, &note))
    }

    /// The difference of an answer from the target, see `protocol::ScriptCall::LeftOver`.
    ///
    /// # Errors
    /// Without a target, or if there are not 41 values.
    pub fn left_over(
        &self,
        values: &[f32],
        key: u8,
        held_s: f32,
        bend_cents: f32,
    ) -> Result<Vec<f32>, JsError> {
        let note = self.search.note_of(key, held_s, bend_cents)?;
        Ok(self.search.left_over(&patch_of(values)?, &note)?)
    }

    /// How an answer differs from the target, see `protocol::ScriptCall::CompareAnswer`.
    ///
    /// # Errors
    /// Without a target, or if there are not 41 values.
    pub fn compare_answer(
        &self,
        values: &[f32],
        key: u8,
        held_s: f32,
        bend_cents: f32,
        is_levelled: u8,
    ) -> Result<Vec<f32>, JsError> {
        let note = self.search.note_of(key, held_s, bend_cents)?;
        Ok(self.search.compare(&patch_of(values)?, &note, is_levelled != 0)?)
    }
}
