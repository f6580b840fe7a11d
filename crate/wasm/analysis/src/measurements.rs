//! The calls that measure the timbre of a patch: of the test note, or of notes that are struck again and again.

use features::FeatureExtractor;
use wasm_bindgen::prelude::*;

use crate::{AnalysisWorker, patch_of};

#[wasm_bindgen]
impl AnalysisWorker {
    /// The timbre of a patch of 41 stored values: the value of each layer of the timbral map, in the map's order. Needs
    /// no model.
    ///
    /// # Errors
    /// If there are not 41 values.
    pub fn measure_patch(&mut self, values: &[f32]) -> Result<Vec<f32>, JsError> {
        let features = self.extractor.get_or_insert_with(FeatureExtractor::new).extract(&patch_of(values)?);
        Ok(search::timbral_map::values(&features))
    }

    /// The timbre of a patch of 41 stored values in notes that are struck every `note_s` seconds: the value of each layer
    /// of the timbral map, in the map's order, without the reverb. Needs no model.
    ///
    /// # Errors
    /// If there are not 41 values.
    pub fn measure_struck(&mut self, values: &[f32], note_s: f64) -> Result<Vec<f32>, JsError> {
        let extractor = self.extractor.get_or_insert_with(FeatureExtractor::new);
        let rows = extractor.measure_struck(&[patch_of(values)?], note_s);
        Ok(rows.iter().flat_map(search::timbral_map::struck_values).collect())
    }
}
