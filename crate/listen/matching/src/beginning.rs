//! The patches that a strand judges first, stage by stage: known presets and plain patches; usual patches near the best
//! plain one; and a network's guesses from the best of all of these.

use std::collections::BTreeMap;

use patch::{Parameter, Patch};

use crate::guess::{Guess, guesses_from};
use crate::judge::Judge;
use crate::judged_patch::JudgedPatch;
use crate::note::{Candidate, TargetNote};
use crate::pairs::pair_starts;
use crate::plain::{plain_starts, ringing_starts};
use crate::settings::MatchSettings;
use crate::starts::START_COUNT;
use crate::target::Target;

/// Guesses that join the starts. With them searches leave .074, .041 and .027 of the spectrum of 30 held-back presets
/// unexplained after 60, 100 and 300 renders, guesses counted; without them .083, .051 and .026.
pub const GUESS_COUNT: usize = 16;

/// Plain starts at most this many times as far as the nearest start are tried early.
const PLAIN_WORTH: f32 = 2.0;
/// A plain start whose filter is no low pass counts as this many times as far when one is chosen for a second oscillator.
const OTHER_FILTER: f32 = 2.0;

/// Waveforms in the order in which strands take them: saw, pulse, sine, noise, random. The first have a pitch.
const WAVEFORM_ORDER: [f32; 5] = [2.0, 1.0, 0.0, 3.0, 4.0];

/// The stage whose patches wait.
#[derive(Clone, Copy, PartialEq)]
enum BeginningStage {
    Known,
    Plain,
    Pairs,
    Guesses,
    Over,
}

/// The first patches of a strand.
pub(crate) struct Beginning {
    /// Patches to judge, the next one last.
    waiting: Vec<Candidate>,
    stage: BeginningStage,
    plain: Vec<Candidate>,
    judged: Vec<JudgedPatch>,
    is_recorded: bool,
    /// The network that guesses patches from the judged starts.
    guess: Option<Box<Guess>>,
    notes: Vec<TargetNote>,
}

impl Beginning {
    /// The beginning for a target, at presets that play keys; that of strand `index` of `of`.
    pub fn new(
        target: &Target,
        mut presets: Vec<(Patch, u8)>,
        settings: &MatchSettings,
        (index, of): (u8, u8),
    ) -> Self {
        if presets.is_empty() {
            presets.push((settings.keep(Patch::default()), target.note().key));
        }
        let mut notes = target.notes();
        let known = (presets.into_iter().zip(notes.iter().cycle()))
            .map(|((patch, key), note)| Candidate { key, ..note.candidate(patch) });
        let mut waiting: Vec<Candidate> = known.collect();
        waiting.reverse();
        let mut plain = Vec::new();
        if let Some(envelope) = target.envelope() {
            let held_s = if target.latest_release_s().is_some() { envelope.held_s } else { notes[0].held_s };
            let note = TargetNote { held_s, ..notes[0] };
            let mut patches = plain_starts(&envelope, target.pitch().is_some());
            if let Some((pitch, ringing)) = target.pitch().zip(target.ringing()) {
                patches.extend(ringing_starts(&envelope, ringing.keys() - pitch.keys()));
            }
            patches.retain(|patch| strand_of(patch, of) == index);
            plain.extend(patches.into_iter().map(|patch| note.candidate(settings.keep(patch))));
            notes.push(note);
        }
        let is_recorded = target.is_recorded();
        Self {
            waiting,
            stage: BeginningStage::Known,
            plain,
            judged: Vec::new(),
            is_recorded,
            guess: None,
            notes,
        }
    }

    /// Also begins at guesses.
    pub fn with_guesses(mut self, guess: Box<Guess>) -> Self {
        self.guess = Some(guess);
        self
    }

    /// The notes that may have made the target.
    pub fn notes(&self) -> &[TargetNote] {
        &self.notes
    }

    /// The first of all patches.
    pub fn first(&self) -> Candidate {
        self.waiting.last().copied().unwrap_or_else(|| self.notes[0].candidate(Patch::default()))
    }

    /// The next patches to judge, at most `most`; empty when the beginning is over.
    pub fn candidates(&mut self, most: usize, judge: &Judge, settings: &MatchSettings) -> Vec<Candidate> {
        while self.waiting.is_empty() && self.stage != BeginningStage::Over {
            self.begin_stage(judge);
            self.waiting.iter_mut().for_each(|start| *start = start.with_patch(settings.keep(start.patch)));
            self.waiting.reverse();
        }
        self.waiting.iter().rev().take(most).copied().collect()
    }

    fn begin_stage(&mut self, judge: &Judge) {
        (self.stage, self.waiting) = match self.stage {
            BeginningStage::Known => (BeginningStage::Plain, std::mem::take(&mut self.plain)),
            BeginningStage::Plain => (BeginningStage::Pairs, self.pairs()),
            BeginningStage::Pairs => {
                let mut near: Vec<&JudgedPatch> = self.judged.iter().collect();
                near.sort_by(|a, b| a.distance.total_cmp(&b.distance));
                near.truncate(START_COUNT);
                let guess = self.guess.take();
                let guesses = guess.map(|mut guess| guesses_from(judge, &near, GUESS_COUNT, &mut *guess));
                (BeginningStage::Guesses, guesses.unwrap_or_default())
            }
            BeginningStage::Guesses | BeginningStage::Over => (BeginningStage::Over, Vec::new()),
        };
    }

    fn pairs(&self) -> Vec<Candidate> {
        let weighted = |start: &JudgedPatch| {
            let filter = start.candidate.patch.get(Parameter::FilterType);
            if filter == 0.0 { start.distance } else { OTHER_FILTER * start.distance }
        };
        let plain = self.judged.iter().filter(|start| self.is_recorded && class_of(&start.candidate.patch).1);
        let nearest = plain.min_by(|a, b| weighted(a).total_cmp(&weighted(b)));
        nearest.map(|nearest| pair_starts(&nearest.candidate)).unwrap_or_default()
    }

    /// Takes the judged patches in their order; true if they are known presets.
    pub fn record(&mut self, judged: &[JudgedPatch]) -> bool {
        self.waiting.truncate(self.waiting.len().saturating_sub(judged.len()));
        self.judged.extend_from_slice(judged);
        self.stage == BeginningStage::Known
    }

    /// True while patches wait or a stage is left.
    pub fn is_running(&self) -> bool {
        self.stage != BeginningStage::Over
    }

    /// All judged starts and guesses: the nearest of each class of sound first, then the second of each.
    pub fn take_unlike_first(&mut self) -> Vec<JudgedPatch> {
        let mut sorted = std::mem::take(&mut self.judged);
        sorted.sort_by(|a, b| a.distance.total_cmp(&b.distance));
        let nearest = sorted.first().map_or(0.0, |start| start.distance);
        let mut counts = BTreeMap::new();
        let mut ranked: Vec<(u32, JudgedPatch)> = Vec::new();
        for (at, start) in sorted.into_iter().enumerate() {
            let class = class_of(&start.candidate.patch);
            let before = counts.entry(class).or_insert(0);
            let is_early = at == 0 || class.1 && *before == 0 && start.distance < PLAIN_WORTH * nearest;
            ranked.push((if is_early { 0 } else { *before + 1 }, start));
            *before += 1;
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, start)| start).collect()
    }
}

/// The strand that begins at a plain patch: each waveform has one, so that strands search for unlike patches.
fn strand_of(plain: &Patch, of: u8) -> u8 {
    let waveform = plain.get(Parameter::Osc1Waveform);
    let place = WAVEFORM_ORDER.iter().position(|&other| other == waveform);
    place.map_or(0, |place| place as u8 % of.max(1))
}

/// The waveform of the louder oscillator, and true if it is alone.
fn class_of(patch: &Patch) -> (i32, bool) {
    let mix = patch.get(Parameter::OscMix);
    let waveform = if mix <= 0.0 { Parameter::Osc1Waveform } else { Parameter::Osc2Waveform };
    let is_alone = mix.abs() == 1.0 && patch.get(Parameter::OscMixMode) == 0.0;
    (patch.get(waveform) as i32, is_alone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::render;

    #[test]
    fn each_plain_patch_is_a_start_of_one_strand_and_strands_have_other_waveforms() {
        let note = TargetNote::TEST;
        let target = Target::new(&[&render(&Patch::default(), &note)], 44_100).expect("a sound");
        let settings = MatchSettings::default();
        let starts = |index, of| Beginning::new(&target, Vec::new(), &settings, (index, of)).plain;
        let waveforms = |index, of| -> Vec<f32> {
            let starts = starts(index, of).into_iter();
            let mut waveforms: Vec<f32> =
                starts.map(|start| start.patch.get(Parameter::Osc1Waveform)).collect();
            waveforms.sort_by(f32::total_cmp);
            waveforms.dedup();
            waveforms
        };
        let all = starts(0, 1);
        assert_eq!(waveforms(0, 1).len(), 5);
        for of in [2, 4, 16] {
            let dealt: Vec<Candidate> = (0..of).flat_map(|index| starts(index, of)).collect();
            assert_eq!(dealt.len(), all.len());
            assert!(all.iter().all(|start| dealt.contains(start)));
            let each: Vec<f32> = (0..of).flat_map(|index| waveforms(index, of)).collect();
            assert_eq!(each.len(), 5, "{each:?}");
        }
    }
}
