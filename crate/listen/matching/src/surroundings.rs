//! The neighbours of the best patch: once a descent ends there, patches with another class or without a part are judged,
//! and descents begin at the most promising ones.

use patch::Parameter;

use crate::judged_patch::JudgedPatch;
use crate::neighbours::neighbours;
use crate::note::{Candidate, TargetNote};
use crate::space::SEARCHED_STEPPED;

/// Neighbours at which descents begin.
const PROMISING_COUNT: usize = 2;
/// Neighbours at most this many times as far as the best patch promise anything.
const PROMISING: f32 = 3.0;
/// Neighbours are looked at again when the best patch is nearer than this share of the distance at which they were.
const AGAIN: f32 = 0.8;

/// The neighbours of the best patch.
pub(crate) struct Surroundings {
    /// The patch whose neighbours were judged last, and its distance.
    centre: Option<(Candidate, f32)>,
    /// Neighbours to judge, the next one last.
    waiting: Vec<Candidate>,
    /// Judged neighbours; the nearest first once none waits.
    promising: Vec<JudgedPatch>,
}

impl Surroundings {
    pub fn new() -> Self {
        Self { centre: None, waiting: Vec::new(), promising: Vec::new() }
    }

    /// Looks around the end of a descent if nobody has looked near it yet. The neighbours also play other notes.
    pub fn look_around(
        &mut self,
        end: &JudgedPatch,
        notes: &[TargetNote],
        keep: impl Fn(Candidate) -> Candidate,
    ) {
        let is_far = self.centre.is_none_or(|(_, distance)| end.distance < AGAIN * distance);
        if !is_far || !self.promising.is_empty() {
            return;
        }
        let centre = end.candidate;
        self.centre = Some((centre, end.distance));
        let patches = neighbours(&centre.patch).into_iter().map(|patch| centre.with_patch(patch));
        let replayed = notes.iter().map(|note| Candidate { key: centre.key, ..note.candidate(centre.patch) });
        self.waiting = patches.chain(replayed).map(keep).collect();
        self.waiting.reverse();
    }

    /// The neighbours to judge next, at most `most`.
    pub fn candidates(&self, most: usize) -> Vec<Candidate> {
        self.waiting.iter().rev().take(most).copied().collect()
    }

    /// True while neighbours wait.
    pub fn is_running(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Takes the judged neighbours, in their order. `best` is the least distance of all patches.
    pub fn record(&mut self, judged: &[JudgedPatch], best: f32) {
        self.waiting.truncate(self.waiting.len().saturating_sub(judged.len()));
        self.promising.extend_from_slice(judged);
        let Some((centre, _)) = self.centre.filter(|_| self.waiting.is_empty()) else { return };
        let jumps = SEARCHED_STEPPED.iter().chain(&[Parameter::Osc1Pulsewidth, Parameter::Osc2Pulsewidth]);
        self.promising.retain(|found| {
            let differs =
                |&parameter: &Parameter| found.candidate.patch.get(parameter) != centre.patch.get(parameter);
            jumps.clone().any(differs) && found.distance < PROMISING * best
        });
        self.promising.sort_by(|a, b| a.distance.total_cmp(&b.distance));
        self.promising.truncate(PROMISING_COUNT);
    }

    /// The next neighbour at which a descent should begin.
    pub fn next_promising(&mut self) -> Option<JudgedPatch> {
        if self.promising.is_empty() { None } else { Some(self.promising.remove(0)) }
    }
}
