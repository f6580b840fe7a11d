//! The answer without the parts that are not heard: an LFO, a reverb or an oscillator that a search took along from a
//! preset, or found where the distance hardly changes.

use patch::Parameter;

use crate::judged_patch::JudgedPatch;
use crate::neighbours::LEFT_OUT;
use crate::note::Candidate;
use crate::space::is_audible;

/// A simpler patch may have this many times the distance of the answer, and this much more. Not tuned.
const AS_NEAR: f32 = 1.02;
const INAUDIBLE: f32 = 1e-4;

/// A part of a patch, and the value that leaves it out.
type OmittedPart = (Parameter, f32);

/// The stages of leaving parts out.
enum OmissionStage {
    /// No part is left out yet.
    Waiting,
    /// Each of these parts is left out alone.
    Alone(Vec<OmittedPart>),
    /// All parts that are not heard are left out.
    Together,
    Over,
}

/// Leaves parts out of an answer.
pub(crate) struct Simpler {
    stage: OmissionStage,
    /// The answer.
    from: Option<Candidate>,
    /// The greatest distance of a simpler patch.
    limit: f32,
    /// The parts that are not heard.
    unheard: Vec<OmittedPart>,
}

impl Simpler {
    pub fn new() -> Self {
        Self { stage: OmissionStage::Waiting, from: None, limit: 0.0, unheard: Vec::new() }
    }

    pub fn is_over(&self) -> bool {
        matches!(self.stage, OmissionStage::Over)
    }

    /// The patches to judge next, at most `most`: the answer, which has this distance, without each part; then without all
    /// that are not heard. Empty when nothing is left to try.
    pub fn candidates(
        &mut self,
        (answer, distance): (Candidate, f32),
        most: usize,
        keep: impl Fn(Candidate) -> Candidate,
    ) -> Vec<Candidate> {
        if matches!(self.stage, OmissionStage::Waiting) {
            self.from = Some(answer);
            self.limit = AS_NEAR * distance + INAUDIBLE;
            let is_kept = |&(parameter, value): &OmittedPart| {
                keep(without(&answer, &[(parameter, value)])).patch.get(parameter) != value
            };
            let mut parts = parts(&answer);
            parts.retain(|part| !is_kept(part));
            parts.truncate(most);
            self.stage = if parts.is_empty() { OmissionStage::Over } else { OmissionStage::Alone(parts) };
        }
        match (&self.stage, self.from) {
            (OmissionStage::Alone(parts), Some(from)) => {
                parts.iter().map(|&part| without(&from, &[part])).collect()
            }
            (OmissionStage::Together, Some(from)) => vec![without(&from, &self.unheard)],
            _ => Vec::new(),
        }
    }

    /// Takes the judged candidates, in their order. Returns a simpler answer if there is one.
    pub fn record(&mut self, judged: &[JudgedPatch]) -> Option<JudgedPatch> {
        let limit = self.limit;
        let is_as_near = |found: &JudgedPatch| found.is_in_tune && found.distance <= limit;
        match std::mem::replace(&mut self.stage, OmissionStage::Over) {
            OmissionStage::Alone(parts) => {
                let unheard = parts.into_iter().zip(judged).filter(|(_, found)| is_as_near(found));
                self.unheard = unheard.map(|(part, _)| part).collect();
                if !self.unheard.is_empty() {
                    self.stage = OmissionStage::Together;
                }
                None
            }
            _ => judged.first().filter(|found| is_as_near(found)).cloned(),
        }
    }
}

/// The parts of a patch that it has and that are audible.
fn parts(answer: &Candidate) -> Vec<OmittedPart> {
    let patch = &answer.patch;
    let has =
        |&(parameter, value): &OmittedPart| patch.get(parameter) != value && is_audible(patch, parameter);
    // Both oscillators alike are not simpler than both.
    let parts = LEFT_OUT.into_iter().filter(|&part| part != (Parameter::OscMix, 0.0));
    parts.filter(has).collect()
}

fn without(answer: &Candidate, parts: &[OmittedPart]) -> Candidate {
    let mut patch = answer.patch;
    parts.iter().for_each(|&(parameter, value)| patch.set(parameter, value));
    answer.with_patch(patch)
}
