//! The program of the page's analysis worker: how a sound sounds (eight descriptors), and where on the
//! plane a patch lies, by the encoder and then by perceptual search. One wasm module, loaded when it is
//! first needed. Slow work is welcome here; the page and the sound never wait for it.
//!
//! `www/analysis-worker.js` turns messages into these calls, which `protocol::AnalysisCall` declares.
//! Errors are one sentence.
#![forbid(unsafe_code)]

mod placement;

use patch::{PARAMETER_COUNT, Patch};
use plane::Point;
use timbre::{Analyzer, Descriptor};
use wasm_bindgen::prelude::*;

use placement::Placement;

/// One for the worker's whole life.
#[wasm_bindgen]
#[derive(Default)]
pub struct AnalysisWorker {
    /// Planned for the sample rate of the last sound.
    analyzer: Option<Analyzer>,
    placement: Option<Placement>,
}

#[wasm_bindgen]
impl AnalysisWorker {
    /// Knows no model yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The eight descriptors of a stereo sound, in the order of `timbre::Descriptor::ALL`: seven scales
    /// of 0…100 points, then reverb as 0 or 1. Empty where there is too little sound to judge.
    ///
    /// # Errors
    /// If the sound is at a rate that the models are not made for.
    pub fn describe(
        &mut self,
        left: &[f32],
        right: &[f32],
        sample_rate_hz: u32,
    ) -> Result<Vec<f64>, JsError> {
        let planned = self.analyzer.take().filter(|analyzer| analyzer.sample_rate_hz() == sample_rate_hz);
        let analyzer = match planned {
            Some(analyzer) => analyzer,
            None => Analyzer::new(sample_rate_hz)?,
        };
        // Silence and scraps are no error: there is nothing to say of them.
        let descriptors = self.analyzer.insert(analyzer).analyze_stereo(left, right).ok();
        Ok(descriptors.map_or_else(Vec::new, |descriptors| {
            let descriptors = descriptors.clipped();
            Descriptor::ALL.map(|descriptor| descriptors.get(descriptor)).to_vec()
        }))
    }

    /// Takes the two networks of a model, given as the bytes of their files.
    ///
    /// # Errors
    /// If a file is no model of ours. The model of before stays.
    pub fn load_model(&mut self, encoder: &[u8], decoder: &[u8]) -> Result<(), JsError> {
        self.placement = Some(Placement::new(encoder, decoder)?);
        Ok(())
    }

    /// The 41 stored values at a point of the plane.
    ///
    /// # Errors
    /// As [`AnalysisWorker::encode`].
    pub fn decode(&mut self, x: f32, y: f32) -> Result<Vec<f32>, JsError> {
        Ok(self.placement()?.decode(Point { x, y })?.values().to_vec())
    }

    /// Where the encoder places patches of 41 stored values each, one after the other: x, y for each,
    /// within the plane. For a single patch its timbre is judged, too.
    ///
    /// # Errors
    /// Without a model, or if it gives no finite number.
    pub fn encode(&mut self, values: &[f32]) -> Result<Vec<f32>, JsError> {
        let placement = self.placement()?;
        let with_timbre = values.len() == PARAMETER_COUNT;
        let mut points = Vec::with_capacity(values.len() / PARAMETER_COUNT * 2);
        for values in values.chunks(PARAMETER_COUNT) {
            points.extend(<[f32; 2]>::from(placement.encode(&patch_of(values)?, with_timbre)?));
        }
        Ok(points)
    }

    /// The point near (x, y) whose patch sounds most like one of 41 stored values: x, y, and how far apart
    /// the two sounds are there, in dB a band (root mean square).
    ///
    /// # Errors
    /// As [`AnalysisWorker::encode`].
    pub fn search_nearby(&mut self, values: &[f32], x: f32, y: f32) -> Result<Vec<f32>, JsError> {
        let patch = patch_of(values)?;
        let found = self.placement()?.search_nearby(&patch, Point { x, y })?;
        Ok(vec![found.point.x, found.point.y, found.distance])
    }

    fn placement(&mut self) -> Result<&mut Placement, JsError> {
        self.placement.as_mut().ok_or_else(|| JsError::new("no model is loaded: reload the page"))
    }
}

fn patch_of(values: &[f32]) -> Result<Patch, JsError> {
    let message = || JsError::new(&format!("a patch has {PARAMETER_COUNT} values, not {}", values.len()));
    let values: &[f32; PARAMETER_COUNT] = values.try_into().map_err(|_| message())?;
    Ok(Patch::from_values(values))
}
