//! The calls of the page that sketch a voice or a rhythm, compare sketches and tell kinds of sounds, as
//! `protocol::ScriptCall` declares them. Decides nothing.

use sketching::{MidiTrack, write_performance};
use wasm_bindgen::prelude::*;

use crate::comparisons::kind;
use crate::performance_numbers::performance_of;
use crate::sketches::{contours, problem};
use crate::strands::{SearchError, locked_at};
use crate::{AnalysisWorker, patch_of, patches_of};

#[wasm_bindgen]
impl AnalysisWorker {
    /// The reason why a sound cannot be sketched, see `protocol::ScriptCall::VoiceProblem`.
    pub fn voice_problem(&self, left: &[f32], right: &[f32], sample_rate_hz: u32) -> Vec<f32> {
        problem(left, right, sample_rate_hz).to_vec()
    }

    /// Takes the target as a voice to be sketched.
    ///
    /// # Errors
    /// Without a target, if it cannot be sketched, or if there are not 41 values.
    pub fn begin_sketch(&mut self, locked: &[u8], values: &[f32]) -> Result<(), JsError> {
        let locked = locked_at(locked, &patch_of(values)?);
        Ok(self.sketches.begin(self.search.target()?, &locked)?)
    }

    /// Goes on with the search for its longest note, see `protocol::ScriptCall::StepSketch`.
    ///
    /// # Errors
    /// Without a voice or the sounds of the presets.
    pub fn step_sketch(&mut self) -> Result<Vec<f32>, JsError> {
        Ok(self.sketches.step(&self.search)?)
    }

    /// Goes on from a patch for the longest note, see `protocol::ScriptCall::RefineSketch`.
    ///
    /// # Errors
    /// Without a voice, or if there are not 41 values.
    pub fn refine_sketch(&mut self, values: &[f32]) -> Result<Vec<f32>, JsError> {
        Ok(self.sketches.refine(&patch_of(values)?)?)
    }

    /// Judges patches of 41 stored values each, see `protocol::ScriptCall::JudgeSketch`.
    ///
    /// # Errors
    /// Without a voice, or if there are not 41 values for each.
    pub fn judge_sketch(&mut self, values: &[f32]) -> Result<Vec<f64>, JsError> {
        Ok(self.sketches.judge(&patches_of(values)?)?)
    }

    /// Takes the judgements. Returns the best patch and the next ones to judge, see
    /// `protocol::ScriptCall::RecordSketch`.
    ///
    /// # Errors
    /// Without a voice.
    pub fn record_sketch(&mut self, losses: &[f64]) -> Result<Vec<f32>, JsError> {
        Ok(self.sketches.record(losses)?)
    }

    /// Makes the sketch with a patch, see `protocol::ScriptCall::FinishSketch`.
    ///
    /// # Errors
    /// Without a voice, or if there are not 41 values.
    pub fn finish_sketch(&mut self, values: &[f32]) -> Result<Vec<f32>, JsError> {
        Ok(self.sketches.finish(&patch_of(values)?)?)
    }

    /// The sound of the last finished sketch: one channel at 44.1 kHz.
    ///
    /// # Errors
    /// If no sketch is finished.
    pub fn sketch_samples(&self) -> Result<Vec<f32>, JsError> {
        Ok(self.sketches.sound()?)
    }

    /// The performance of the last finished sketch as numbers, see `protocol::ScriptCall::SketchPerformance`.
    ///
    /// # Errors
    /// If no sketch is finished.
    pub fn sketch_performance(&self) -> Result<Vec<f32>, JsError> {
        Ok(self.sketches.performance()?)
    }

    /// A performance as the bytes of a MIDI file. `name` is UTF-8, `bpm` the tempo that it states, in beats a minute.
    ///
    /// # Errors
    /// If the numbers are no performance.
    pub fn sketch_midi(&self, performance: &[f32], name: &[u8], bpm: f32) -> Result<Vec<u8>, JsError> {
        let performance = performance_of(performance).ok_or(SearchError::NothingToSearch)?;
        Ok(write_performance(&performance, MidiTrack { name: &String::from_utf8_lossy(name), bpm }))
    }

    /// How a sketch differs from the target, see `protocol::ScriptCall::CompareSketch`.
    ///
    /// # Errors
    /// Without a target.
    pub fn compare_sketch(&self, samples: &[f32]) -> Result<Vec<f32>, JsError> {
        Ok(self.search.compare_sketch(samples)?)
    }

    /// The kind of a sound, see `protocol::ScriptCall::SoundKind`.
    pub fn sound_kind(&self, left: &[f32], right: &[f32], sample_rate_hz: u32) -> Vec<f32> {
        kind(left, right, sample_rate_hz)
    }

    /// Level and pitch of a sound over time, see `protocol::ScriptCall::VoiceContours`.
    pub fn voice_contours(&self, samples: &[f32]) -> Vec<f32> {
        contours(samples)
    }

    /// Takes the target as a rhythm, see `protocol::ScriptCall::BeginRhythm`.
    ///
    /// # Errors
    /// Without a target.
    pub fn begin_rhythm(&mut self, most_kinds: u8) -> Result<Vec<f32>, JsError> {
        Ok(self.rhythms.begin(self.search.target()?, most_kinds))
    }

    /// Goes on with the search for a kind of hits, see `protocol::ScriptCall::StepRhythm`.
    ///
    /// # Errors
    /// Without a rhythm that has this kind, or without the sounds of the presets.
    pub fn step_rhythm(&mut self, kind: u8) -> Result<Vec<f32>, JsError> {
        Ok(self.rhythms.step(kind, &self.search)?)
    }

    /// The sound of the rhythm with patches, see `protocol::ScriptCall::RhythmSamples`.
    ///
    /// # Errors
    /// Without a rhythm, or if there are not 41 values for each kind.
    pub fn rhythm_samples(&self, values: &[f32], kind: u8) -> Result<Vec<f32>, JsError> {
        Ok(self.rhythms.sound(&patches_of(values)?, kind)?)
    }

    /// The hits of the rhythm as the bytes of a MIDI file, at the times of the given sound. `name` is UTF-8, `bpm`
    /// the tempo that it states, in beats a minute.
    ///
    /// # Errors
    /// Without a rhythm.
    pub fn rhythm_midi(&self, name: &[u8], bpm: f32) -> Result<Vec<u8>, JsError> {
        Ok(self.rhythms.midi(MidiTrack { name: &String::from_utf8_lossy(name), bpm })?)
    }
}
