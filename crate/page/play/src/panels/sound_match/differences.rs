//! The differences of the answers from the target as a listener would judge them: a percentage, and once the search is
//! over at most three remarks; of a sketch the remarks alone. A worker compares one answer at a time; while the search
//! goes on, it compares an answer again each tenth of the way. Another lock changes the answers, and what was said of
//! them is gone.

use patch::Patch;
use serde::Serialize;

use super::{AnswerNote, MatchKind, MatchStrand, MatchTask, STRAND_COUNT, SketchedVoice, SoundMatch};
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::SoundNumber;

/// The share of a search after which an answer is compared again.
const AGAIN_SHARE: f32 = 0.1;
/// The numbers of a remark as a worker tells it, see the protocol's `CompareAnswer`.
const REMARK_LENGTH: usize = 4;

/// A remark on an answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct AnswerRemark {
    /// Its number, see the protocol's `CompareAnswer`.
    pub kind: u8,
    /// Its numbers there.
    pub numbers: [f32; REMARK_LENGTH - 1],
}

/// The sound of an answer that is compared.
#[derive(Clone, Debug, PartialEq)]
enum ComparedAnswer {
    /// A patch of this search that plays a note. While the search goes on, its volume does not count.
    Patch(u32, Box<Patch>, AnswerNote, bool),
    /// The sketch of a melody.
    Sketch(SoundNumber),
    /// The rhythm of this search with these patches.
    Rhythm(u32, Vec<Patch>),
}

/// An answer that was compared.
#[derive(Clone, Debug)]
struct AnswerComparison {
    of: ComparedAnswer,
    /// The done share of its strand by then.
    share: f32,
    /// None if the worker was lost, and of a sketch.
    percent: Option<f32>,
    remarks: Vec<AnswerRemark>,
}

/// The comparisons of the strands' answers; that of a sketch is the first.
#[derive(Clone, Debug, Default)]
pub(super) struct AnswerDifferences {
    known: [Option<AnswerComparison>; STRAND_COUNT],
    running: Option<(TaskNumber, usize, AnswerComparison)>,
}

impl SoundMatch {
    /// The sketch of a melody, unless a lock has changed its patch since.
    pub(super) fn sketch_as_found(&self) -> Option<SketchedVoice> {
        self.sketch.filter(|_| self.search.strand(0).is_some_and(MatchStrand::is_as_found))
    }

    /// The sound of a strand's answer as it is to be compared now.
    fn compared_sound(&self, strand: usize) -> Option<ComparedAnswer> {
        let is_running = self.search.is_running();
        match self.kind {
            MatchKind::Sound => {
                let report = &self.search.strand(strand)?.report;
                let patch =
                    (report.renders > 0 && report.distance.is_finite()).then(|| report.patch.clone())?;
                Some(ComparedAnswer::Patch(self.search.run, patch, report.note?, is_running))
            }
            _ if is_running || strand > 0 => None,
            // A lock changes the patch of a sketch, but not its sound.
            MatchKind::Voice => self.sketch_as_found().map(|sketch| ComparedAnswer::Sketch(sketch.sound)),
            MatchKind::Rhythm => {
                let patches = self.first_patches(None);
                let is_whole = !patches.is_empty() && patches.len() == self.hit_kinds();
                is_whole.then_some(ComparedAnswer::Rhythm(self.search.run, patches))
            }
        }
    }

    fn share_of(&self, strand: usize) -> f32 {
        self.search.strand(strand).map_or(1.0, |strand| strand.report.share)
    }

    /// A strand's answer that was not compared yet, or long ago.
    fn uncompared(&self, strand: usize) -> Option<ComparedAnswer> {
        let wanted = self.compared_sound(strand)?;
        let is_worth_it = self.pictures.differences.known[strand].as_ref().is_none_or(|known| {
            let is_time = self.share_of(strand) >= known.share + AGAIN_SHARE;
            known.of != wanted && (is_time || !self.search.is_running())
        });
        is_worth_it.then_some(wanted)
    }

    /// The difference of a strand's answer in per cent, or that of an earlier answer of its search.
    pub(super) fn percent(&self, strand: usize) -> Option<f32> {
        self.pictures.differences.known[strand].as_ref()?.percent
    }

    /// True while a strand's answer may still be compared.
    pub(super) fn is_percent_awaited(&self, strand: usize) -> bool {
        self.search.is_running() || self.uncompared(strand).is_some()
    }

    /// The strand with the least percentage, once the search is over and all answers are compared.
    pub(super) fn closest(&self) -> Option<usize> {
        if self.search.is_running() || (0..STRAND_COUNT).any(|strand| self.uncompared(strand).is_some()) {
            return None;
        }
        let percents = (0..STRAND_COUNT).filter_map(|strand| Some((strand, self.percent(strand)?)));
        percents.min_by(|one, other| one.1.total_cmp(&other.1)).map(|(strand, _)| strand)
    }

    /// The least percentage.
    pub(super) fn least_percent(&self) -> Option<f32> {
        self.percent(self.closest()?)
    }

    /// The remarks on the chosen answer, or on the sketch; none while the search goes on.
    pub(super) fn remarks(&self) -> &[AnswerRemark] {
        let strand = if self.kind == MatchKind::Sound { self.search.chosen } else { 0 };
        let known = self.pictures.differences.known[strand].as_ref();
        let is_over = !self.search.is_running() && self.uncompared(strand).is_none();
        known.filter(|_| is_over).map_or(&[], |known| &known.remarks)
    }
}

impl Reducer<'_> {
    /// Compares the next answer, the chosen one first.
    pub(super) fn follow_differences(&mut self) {
        let own = self.sound_match();
        if own.pictures.differences.running.is_some() || own.target.is_none() {
            return;
        }
        let strands = std::iter::once(own.search.chosen).chain(0..STRAND_COUNT);
        let next = strands.filter_map(|strand| Some((strand, own.uncompared(strand)?))).next();
        let Some((strand, of)) = next else { return };
        let share = own.share_of(strand);
        let values = |patch: &Patch| patch.values().to_vec();
        let task = match &of {
            ComparedAnswer::Patch(_, patch, note, is_levelled) => {
                MatchTask::Compare { patch: values(patch), note: *note, is_levelled: *is_levelled, strand }
            }
            ComparedAnswer::Sketch(sketch) => MatchTask::CompareSketch { sketch: *sketch },
            ComparedAnswer::Rhythm(_, patches) => {
                MatchTask::CompareRhythm { patches: patches.iter().map(values).collect() }
            }
        };
        let task = self.begin_task(task);
        let comparison = AnswerComparison { of, share, percent: None, remarks: Vec::new() };
        self.sound_match().pictures.differences.running = Some((task, strand, comparison));
    }

    /// Takes a percentage and the remarks after it.
    pub(super) fn take_difference(&mut self, task: TaskNumber, numbers: &[f32]) {
        let Some((percent, remarks)) = numbers.split_first() else { return self.fail_difference(task) };
        self.take_remarks(task, Some(*percent), remarks);
    }

    /// Takes the remarks on an answer, and its percentage.
    pub(super) fn take_remarks(&mut self, task: TaskNumber, percent: Option<f32>, remarks: &[f32]) {
        let own = self.sound_match();
        let running = own.pictures.differences.running.take_if(|(running, ..)| *running == task);
        let Some((_, strand, mut comparison)) = running else { return };
        let remark = |numbers: &[f32; REMARK_LENGTH]| {
            let [kind, numbers @ ..] = *numbers;
            AnswerRemark { kind: kind as u8, numbers }
        };
        comparison.percent = percent;
        comparison.remarks = remarks.as_chunks().0.iter().map(remark).collect();
        let before = own.outcome();
        own.pictures.differences.known[strand] = Some(comparison);
        self.choose_best();
        let own = self.sound_match();
        if own.speech.said == before {
            own.speech.said = own.outcome();
        }
    }

    /// An answer cannot be compared; it has no percentage.
    pub(super) fn fail_difference(&mut self, task: TaskNumber) {
        self.take_remarks(task, None, &[]);
    }

    /// The answers have changed, or there are no answers any more: what was said of them does not hold.
    pub(super) fn forget_differences(&mut self) {
        let differences = std::mem::take(&mut self.sound_match().pictures.differences);
        self.cancel_task(differences.running.map(|(task, ..)| task));
    }
}
