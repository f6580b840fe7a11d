//! The descents of a strand, one after the other, and the choice of the place where the next one begins.

use patch::Parameter;

use crate::descent::Descent;
use crate::judged_patch::JudgedPatch;
use crate::note::Candidate;
use crate::settings::MatchSettings;
use crate::surroundings::Surroundings;

/// A descent that leaves more than this share of the distance has found nothing.
const STALLED: f32 = 0.95;
/// A bred patch this much nearer than all ends of descents is a beginning of its own, as if a descent with this ratio had
/// ended there.
const BRED_BETTER: f32 = 0.97;
const BRED_RATIO: f32 = 0.8;

/// The ratio of a descent that has ended far from the solution, at most, when the search comes near it. Not tuned.
const AGAIN_RATIO: f32 = 0.7;

/// The end of a descent.
struct Basin {
    judged: JudgedPatch,
    /// Its distance beside that at which the descent began.
    ratio: f32,
}

impl Basin {
    /// The distance at which a further descent may end.
    fn promised(&self) -> f32 {
        self.judged.distance * self.ratio.sqrt()
    }
}

/// A running descent.
struct Running {
    descent: Descent,
    /// The distance at which it began.
    from: f32,
}

/// All descents of a strand.
pub(crate) struct Descents {
    running: Option<Running>,
    /// Starts and guesses from which no descent began, the most promising first.
    untried: Vec<JudgedPatch>,
    /// The ends of descents.
    basins: Vec<Basin>,
    /// True if the next descent begins at an untried start.
    begins_untried: bool,
    /// The latest release; `None` if the release is known.
    latest_s: Option<f32>,
}

impl Descents {
    pub fn new(latest_s: Option<f32>) -> Self {
        Self { running: None, untried: Vec::new(), basins: Vec::new(), begins_untried: false, latest_s }
    }

    /// Judges all places as near the solution, where each end is a beginning again.
    pub fn come_near(&mut self) {
        for basin in &mut self.basins {
            basin.judged.come_near();
            basin.ratio = basin.ratio.min(AGAIN_RATIO);
        }
        self.untried.iter_mut().for_each(JudgedPatch::come_near);
    }

    /// Takes the starts.
    pub fn take_starts(&mut self, starts: Vec<JudgedPatch>) {
        self.untried = starts;
    }

    /// True if `bred` is nearer than the ends of all descents; a further descent may begin there then.
    pub fn take_bred(&mut self, bred: &JudgedPatch) -> bool {
        let is_nearer = self.basins.iter().all(|basin| bred.distance < BRED_BETTER * basin.judged.distance);
        if is_nearer {
            self.basins.push(Basin { judged: bred.clone(), ratio: BRED_RATIO });
        }
        is_nearer
    }

    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Begins a descent: at a promising neighbour of the best patch, else in turn where the earlier descents promise most
    /// and at the next untried start.
    pub fn begin(&mut self, surroundings: &mut Surroundings, settings: &MatchSettings) {
        let begins_untried = self.begins_untried && !self.untried.is_empty();
        let promised = (0..self.basins.len())
            .filter(|&at| self.basins[at].ratio < STALLED)
            .min_by(|&a, &b| self.basins[a].promised().total_cmp(&self.basins[b].promised()));
        let from = if let Some(neighbour) = surroundings.next_promising() {
            neighbour
        } else if let Some(at) = promised.filter(|_| !begins_untried) {
            self.begins_untried = true;
            self.basins.swap_remove(at).judged
        } else if !self.untried.is_empty() {
            self.begins_untried = false;
            self.untried.remove(0)
        } else {
            return;
        };
        let distance = from.distance;
        let is_free = |parameter: Parameter| settings.is_free(parameter);
        self.running = Some(Running { descent: Descent::new(from, is_free, self.latest_s), from: distance });
    }

    /// The patches to judge next; empty if no descent runs.
    pub fn candidates(&self, most: usize, settings: &MatchSettings) -> Vec<Candidate> {
        let Some(Running { descent, .. }) = &self.running else { return Vec::new() };
        descent.candidates(most, |patch| settings.limited(patch))
    }

    /// Takes the judged candidates, in their order; the end of the descent if it is over.
    pub fn record(&mut self, judged: &[JudgedPatch]) -> Option<JudgedPatch> {
        let Running { descent, .. } = self.running.as_mut()?;
        descent.record(judged);
        if descent.is_over() { self.end() } else { None }
    }

    /// Ends the running descent, and returns its end.
    pub fn end(&mut self) -> Option<JudgedPatch> {
        let Running { descent, from } = self.running.take()?;
        let judged = descent.best().clone();
        let ratio = judged.distance / from.max(f32::MIN_POSITIVE);
        self.basins.push(Basin { judged: judged.clone(), ratio });
        Some(judged)
    }

    /// The nearest end of all descents if the descent to it found nothing more.
    pub fn stalled_best(&self) -> Option<&JudgedPatch> {
        let best = self.basins.iter().min_by(|a, b| a.judged.distance.total_cmp(&b.judged.distance))?;
        (best.ratio >= STALLED).then_some(&best.judged)
    }
}
