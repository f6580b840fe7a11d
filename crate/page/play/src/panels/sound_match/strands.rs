//! The strands of a search: several searches for the same sound, each from another start. They keep what they have
//! found, which one is the best, and which one a person hears and keeps. Plain values.

use patch::Patch;
use serde::{Deserialize, Serialize};

use crate::panels::tasks::TaskNumber;
use crate::{Locks, Point};

/// An answer is clearly nearer if its distance is less than this share of the other.
const CLEARLY_NEARER: f32 = 0.7;

/// The most searches that run for a sound, each from another start.
pub const STRAND_COUNT: usize = 4;
/// The number of points of a strand's way on the map: the first and the last ones. More would hide the map.
const WAY_LENGTH: usize = 6;
/// Points of a way nearer than this, in latent units, are one: about a pixel of a phone's map.
const SAME_WAY_POINT: f32 = 0.02;
/// While a search goes on, a strand's best patch is placed again once its distance is this share of the placed one's:
/// measuring its timbre takes a processor as long as the search needs for some nine patches.
const WORTH_PLACING: f32 = 0.6;

/// The note that an answer plays.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct AnswerNote {
    /// The key, 0…127.
    pub key: u8,
    /// The time at which the key is released, in seconds.
    pub held_s: f32,
    /// The bend of the note from the key, in cents.
    pub bend_cents: f32,
}

/// A strand's report of its search.
#[derive(Clone, Debug, PartialEq)]
pub struct StrandReport {
    /// The number of the strand, from 0.
    pub strand: usize,
    /// The number of patches that it has rendered.
    pub renders: u32,
    /// The done share of its search, 0…1; 1 at the end.
    pub share: f32,
    /// The distance of its best patch from the target, 0 for equal sounds; infinite before it was compared.
    pub distance: f32,
    /// The note that its best patch plays; none for a sketch, which has notes of its own.
    pub note: Option<AnswerNote>,
    /// Its best patch.
    pub patch: Box<Patch>,
}

/// A strand.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchStrand {
    /// Its last report, whose patch has the locked values.
    pub report: StrandReport,
    /// The patch of that report as it came.
    found: Box<Patch>,
    /// The done share and the distance of each of its reports, in their order.
    pub steps: Vec<[f32; 2]>,
    /// The points of its best patches, in their order.
    pub way: Vec<Point>,
    /// The last patch that was placed.
    placed: Option<Box<Patch>>,
    /// The distance of the last patch whose place was asked for.
    asked_distance: f32,
}

/// A search by strands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StrandSearch {
    /// Counts the searches; 0 before the first.
    pub run: u32,
    /// The task that searches.
    pub task: Option<TaskNumber>,
    /// The number of its strands.
    pub strand_count: usize,
    /// The strands that have found something.
    pub strands: [Option<MatchStrand>; STRAND_COUNT],
    /// The locked parameters, which every answer has: it sounds as it will when it is kept.
    pub locks: Locks,
    /// The strand that a person hears and keeps.
    pub chosen: usize,
    /// True if a person has chosen it; otherwise it is the best one.
    pub is_chosen: bool,
    /// True if the strands search for different sounds: their distances do not compare, and the first one is the best.
    pub is_in_order: bool,
}

impl StrandSearch {
    /// The search after this one.
    pub fn next(&self, strand_count: usize, is_in_order: bool) -> Self {
        Self {
            run: self.run.wrapping_add(1),
            strand_count,
            is_in_order,
            locks: self.locks,
            ..Self::default()
        }
    }

    /// Gives the answers other locks. Returns true if an answer has changed.
    pub fn hold(&mut self, locks: Locks) -> bool {
        self.locks = locks;
        let mut is_changed = false;
        for MatchStrand { report, found, .. } in self.strands.iter_mut().flatten() {
            let patch = locks.apply(found);
            is_changed |= *report.patch != patch;
            *report.patch = patch;
        }
        is_changed
    }

    /// True while it searches.
    pub fn is_running(&self) -> bool {
        self.task.is_some()
    }

    /// The chosen strand, once it has found something.
    pub fn chosen(&self) -> Option<&MatchStrand> {
        self.strands[self.chosen].as_ref()
    }

    /// A strand that has found something.
    pub fn strand(&self, strand: usize) -> Option<&MatchStrand> {
        self.strands.get(strand)?.as_ref()
    }

    /// The done share of the whole search, 0…1.
    pub fn share(&self) -> f32 {
        let shares = self.strands.iter().flatten().map(|strand| strand.report.share);
        shares.sum::<f32>() / self.strand_count.max(1) as f32
    }

    /// The strand with the least distance, or the first one with any.
    pub fn best(&self) -> Option<usize> {
        let rank = |strand: &MatchStrand| match strand.report.distance {
            distance if self.is_in_order && distance.is_finite() => strand.report.strand as f32,
            distance => distance,
        };
        let found = self.strands.iter().flatten();
        let best = found.min_by(|one, other| rank(one).total_cmp(&rank(other)))?;
        Some(best.report.strand)
    }

    /// True if a strand's answer is so much nearer than the chosen one that the choice may change during a search: a
    /// button that changes its answer again and again cannot be pressed.
    pub fn is_clearly_nearer(&self, strand: usize) -> bool {
        let distance =
            |strand: usize| self.strand(strand).map_or(f32::INFINITY, |strand| strand.report.distance);
        let is_nearer = distance(strand) <= CLEARLY_NEARER * distance(self.chosen);
        self.is_in_order || strand == self.chosen || is_nearer
    }

    /// The distance of the closest compared answer.
    pub fn least_distance(&self) -> Option<f32> {
        let distances = self.strands.iter().flatten().map(|strand| strand.report.distance);
        distances.filter(|distance| distance.is_finite()).min_by(f32::total_cmp)
    }

    /// True if the chosen strand's patch was compared with the target.
    pub fn is_compared(&self) -> bool {
        self.chosen().is_some_and(|strand| strand.report.distance.is_finite())
    }

    /// True if every strand that has a compared answer has come to its end.
    pub fn is_complete(&self) -> bool {
        let is_over = |strand: &Option<MatchStrand>| match strand {
            Some(MatchStrand { report, .. }) => report.share >= 1.0 || !report.distance.is_finite(),
            None => true,
        };
        self.strands.iter().all(is_over)
    }

    /// Takes a strand's report. One that is known already comes from a worker that takes the place of a lost one, and
    /// means nothing.
    pub fn take(&mut self, report: StrandReport) {
        let Some(place) = self.strands.get_mut(report.strand) else { return };
        let is_known =
            |strand: &mut MatchStrand| report.renders <= strand.report.renders && report.share < 1.0;
        if place.as_mut().is_some_and(is_known) {
            return;
        }
        let found = report.patch.clone();
        let report = StrandReport { patch: Box::new(self.locks.apply(&found)), ..report };
        let strand = place.get_or_insert_with(|| MatchStrand {
            report: report.clone(),
            found: found.clone(),
            steps: Vec::new(),
            way: Vec::new(),
            placed: None,
            asked_distance: f32::INFINITY,
        });
        (strand.report, strand.found) = (report, found);
        strand.add_step();
    }

    /// The strand whose patch is to be placed next, and that patch: the chosen strand's first.
    pub fn begin_placing(&mut self) -> Option<(usize, Box<Patch>)> {
        let report = &self.unplaced()?.report;
        let (strand, patch) = (report.strand, report.patch.clone());
        self.ask_for_place(strand);
        Some((strand, patch))
    }

    /// A strand's best patch is being placed.
    pub fn ask_for_place(&mut self, strand: usize) {
        if let Some(strand) = self.strands[strand].as_mut() {
            strand.asked_distance = strand.report.distance;
        }
    }

    fn unplaced(&self) -> Option<&MatchStrand> {
        let is_worth_it = |strand: &MatchStrand| {
            let is_nearer = strand.report.distance <= WORTH_PLACING * strand.asked_distance;
            !self.is_running() || strand.placed.is_none() || is_nearer
        };
        let is_unplaced =
            |strand: &&MatchStrand| !strand.is_placed(&strand.report.patch) && is_worth_it(strand);
        let others = || self.strands.iter().flatten().find(is_unplaced);
        self.chosen().filter(is_unplaced).or_else(others)
    }

    /// A strand's patch is placed.
    pub fn place(&mut self, strand: usize, patch: Box<Patch>, point: Option<Point>) {
        let Some(strand) = self.strands.get_mut(strand).and_then(Option::as_mut) else { return };
        strand.placed = Some(patch);
        let Some(point) = point else { return };
        if strand.way.last().is_none_or(|last| last.distance(point) > SAME_WAY_POINT) {
            strand.way.push(point);
        }
        if strand.way.len() > WAY_LENGTH {
            strand.way.remove(1);
        }
    }

    /// Another model places patches: all of them are to be placed again.
    pub fn forget_places(&mut self) {
        for strand in self.strands.iter_mut().flatten() {
            (strand.placed, strand.asked_distance) = (None, f32::INFINITY);
            strand.way.clear();
        }
    }
}

impl MatchStrand {
    /// True if no lock has changed its patch since it was found.
    pub fn is_as_found(&self) -> bool {
        self.report.patch == self.found
    }

    /// True if this patch was placed last.
    pub fn is_placed(&self, patch: &Patch) -> bool {
        self.placed.as_deref() == Some(patch)
    }

    /// The point of its best patch, if that is known.
    pub fn point(&self) -> Option<Point> {
        self.way.last().copied()
    }

    fn add_step(&mut self) {
        let StrandReport { share, distance, .. } = self.report;
        if distance.is_finite() && self.steps.last().is_none_or(|last| last[0] != share) {
            self.steps.push([share, distance]);
        }
    }
}
