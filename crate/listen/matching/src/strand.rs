//! A search for the patch that sounds most like a target, from the nearest known presets and plain patches. One of
//! several independent searches ("strands") for the same target, so that answers differ.

use patch::Patch;

use crate::answer::Answer;
use crate::beginning::Beginning;
use crate::breeding::Breeding;
use crate::descents::Descents;
use crate::guess::Guess;
use crate::judge::Judge;
use crate::judged_patch::{JudgedPatch, Nearness};
use crate::known::KnownSounds;
use crate::note::{Candidate, TargetNote};
use crate::settings::MatchSettings;
use crate::simpler::Simpler;
use crate::space::usual;
use crate::starts::starts;
use crate::surroundings::Surroundings;
use crate::target::Target;

/// Patches that a generation breeds, and the most that a step renders: two groups that are rendered side by side.
const OFFSPRING_COUNT: usize = 16;
/// Generations between two descents.
const GENERATIONS_BETWEEN_DESCENTS: usize = 1;
/// A patch that is out of tune counts as this many times as far, because mel bands are too wide to show its pitch.
/// Not tuned.
const OUT_OF_TUNE: f32 = 4.0;
/// A search that has come nearer than this has found the sound. Not tuned.
const FOUND: f32 = 2e-4;
/// The share of the renders after which a search is taken to be near the solution.
const FAR_SHARE: f32 = 0.4;
/// A search of fewer renders than this has little more than its beginning: it judges as near the solution from the first
/// render on.
const LEAST_FOR_STAGES: u32 = 300;
/// Renders that leave parts out of the answer; and the least renders of a search that has so many to spare.
const SIMPLER_COUNT: u32 = 16;
const LEAST_FOR_SIMPLER: u32 = 200;

/// The part of a strand that gave the patches that are judged.
#[derive(Clone, Copy, PartialEq)]
enum Source {
    Beginning,
    Surroundings,
    Descent,
    Breeding,
    /// The nearest patches so far, which are judged as near the solution.
    Nearest,
    Simpler,
}

/// One of several searches for the same target.
pub struct Strand {
    judge: Judge,
    settings: MatchSettings,
    beginning: Beginning,
    breeding: Breeding,
    descents: Descents,
    surroundings: Surroundings,
    simpler: Simpler,
    /// The notes that may have made the target.
    notes: Vec<TargetNote>,
    source: Source,
    /// Generations bred since the last descent.
    bred: usize,
    answer: Answer,
    /// The distance of the answer where the search is.
    nearest: f32,
    renders: u32,
}

impl Strand {
    /// Strand `index` of `of`, each from starts that are unlike those of the others. `known` are the sounds of
    /// `presets`, row for row.
    pub fn new(
        target: &Target,
        known: &KnownSounds,
        presets: &[Patch],
        settings: &MatchSettings,
        index: u8,
        of: u8,
    ) -> Self {
        let starts = starts(target, known, index, of).into_iter();
        let known_starts = starts.filter_map(|start| {
            presets.get(start.row).map(|&patch| (settings.keep(usual(patch)), start.key))
        });
        let beginning = Beginning::new(target, known_starts.collect(), settings, (index, of));
        let has_stages = settings.renders >= LEAST_FOR_STAGES;
        let nearness = if has_stages { Nearness::Far } else { Nearness::Near };
        Self {
            judge: Judge::new(target, known).at(nearness),
            settings: settings.clone(),
            breeding: Breeding::new(settings.seed ^ (u64::from(index) << 32)),
            descents: Descents::new(target.latest_release_s()),
            surroundings: Surroundings::new(),
            simpler: Simpler::new(),
            notes: beginning.notes().to_vec(),
            source: Source::Beginning,
            bred: 0,
            answer: Answer::begun(&beginning.first()),
            nearest: f32::INFINITY,
            beginning,
            renders: 0,
        }
    }

    /// Also starts from guesses.
    #[must_use]
    pub fn with_guesses(self, guess: Box<Guess>) -> Self {
        Self { beginning: self.beginning.with_guesses(guess), ..self }
    }

    /// Renders and judges about ten patches; false when the budget is used or the sound is found.
    pub fn step(&mut self) -> bool {
        let patches = self.candidates();
        let nearest = self.nearest();
        let judged = self.judge.judge_all(&patches, nearest);
        self.record(judged);
        !self.is_over()
    }

    /// True when the budget is used, or when the sound is found and as simple as it can be.
    pub fn is_over(&self) -> bool {
        self.renders >= self.settings.renders || self.is_searched() && self.simpler.is_over()
    }

    /// True when nothing is left but to leave parts out.
    fn is_searched(&self) -> bool {
        let left = self.settings.renders - self.renders.min(self.settings.renders);
        let is_found = self.judge.nearness() == Nearness::Near && self.nearest < FOUND;
        let is_at_the_end = self.settings.renders >= LEAST_FOR_SIMPLER && left <= SIMPLER_COUNT;
        // A simpler answer may be farther than a found one.
        self.source == Source::Simpler || is_found || is_at_the_end
    }

    /// The judge of [`Strand::candidates`] as long as these are not recorded, for a thread of its own.
    pub fn judge(&self) -> &Judge {
        &self.judge
    }

    /// The distance of the best so far, with which [`Strand::candidates`] are judged.
    pub fn nearest(&self) -> f32 {
        // A simpler patch may be farther, and must be in tune, too.
        if self.source == Source::Simpler { f32::INFINITY } else { self.nearest }
    }

    /// The patches to judge next, about ten; empty when the budget is used or the sound is found. With
    /// [`Strand::record`] for callers that judge on several threads, each with a copy of [`Strand::judge`]; all others
    /// call [`Strand::step`].
    pub fn candidates(&mut self) -> Vec<Candidate> {
        if self.is_over() {
            return Vec::new();
        }
        let most = ((self.settings.renders - self.renders) as usize).min(OFFSPRING_COUNT);
        if self.is_searched() {
            self.source = Source::Simpler;
            return self.simpler_candidates(most);
        }
        if self.beginning.is_running() {
            self.source = Source::Beginning;
            let candidates = self.beginning.candidates(most, &self.judge, &self.settings);
            if !candidates.is_empty() {
                return candidates;
            }
            self.descents.take_starts(self.beginning.take_unlike_first());
            self.breeding.all_are_searched();
        }
        if self.surroundings.is_running() {
            self.source = Source::Surroundings;
            return self.surroundings.candidates(most);
        }
        if self.is_to_come_near() {
            self.source = Source::Nearest;
            return self.come_near(most);
        }
        if !self.descents.is_running() && self.bred >= GENERATIONS_BETWEEN_DESCENTS {
            self.begin_descent();
        }
        let candidates = self.descents.candidates(most, &self.settings);
        if !candidates.is_empty() {
            self.source = Source::Descent;
            return candidates;
        }
        let end = self.descents.end();
        self.take_end(end);
        self.source = Source::Breeding;
        (0..most).map(|_| kept(&self.settings, self.breeding.child())).collect()
    }

    /// Takes the judged [`Strand::candidates`], in their order, judged with the distance of the best so far.
    pub fn record(&mut self, mut judged: Vec<JudgedPatch>) {
        self.renders += judged.len() as u32;
        for found in &mut judged {
            if found.distance < self.nearest && !found.is_in_tune {
                found.distance *= OUT_OF_TUNE;
                found.near_distance *= OUT_OF_TUNE;
            }
            if found.distance < self.nearest {
                self.take_answer(found);
            }
        }
        // A probe of a descent that helps is a parent, too: children combine such changes.
        judged.iter().for_each(|found| self.breeding.add(found, false));
        match self.source {
            Source::Beginning => {
                if self.beginning.record(&judged) {
                    self.take_known(&judged);
                }
            }
            Source::Surroundings => self.surroundings.record(&judged, self.nearest),
            Source::Descent => {
                let end = self.descents.record(&judged);
                self.take_end(end);
            }
            Source::Breeding => self.bred += 1,
            Source::Nearest => {}
            Source::Simpler => {
                if let Some(simpler) = self.simpler.record(&judged) {
                    self.take_answer(&simpler);
                }
            }
        }
    }

    fn take_answer(&mut self, found: &JudgedPatch) {
        self.nearest = found.distance;
        let (Candidate { patch, key, held_s, bend_cents }, distance) = (found.candidate, found.near_distance);
        self.answer = Answer { patch, key, held_s, bend_cents, distance, ..self.answer };
    }

    /// The answer without each part, then without all that are not heard. One render is left for the latter.
    fn simpler_candidates(&mut self, most: usize) -> Vec<Candidate> {
        let Answer { patch, key, held_s, bend_cents, .. } = self.answer;
        let settings = &self.settings;
        let answer = (Candidate { patch, key, held_s, bend_cents }, self.nearest);
        let most = most.saturating_sub(1).max(1);
        self.simpler.candidates(answer, most, |candidate| kept(settings, candidate))
    }

    /// True once the search has used its renders far from the solution, or is at the solution.
    fn is_to_come_near(&self) -> bool {
        let far = FAR_SHARE * self.settings.renders as f32;
        self.judge.nearness() == Nearness::Far && (self.renders as f32 >= far || self.nearest < FOUND)
    }

    /// Compares the details from now on, and returns the nearest patches: which is the nearest is to be judged again.
    fn come_near(&mut self, most: usize) -> Vec<Candidate> {
        if let Some(end) = self.descents.end() {
            self.breeding.add(&end, true);
        }
        self.judge.come_near();
        self.descents.come_near();
        self.surroundings = Surroundings::new();
        self.nearest = f32::INFINITY;
        self.breeding.come_near(most)
    }

    fn take_known(&mut self, judged: &[JudgedPatch]) {
        for start in judged {
            if start.near_distance < self.answer.start_distance {
                (self.answer.start, self.answer.start_distance) =
                    (start.candidate.patch, start.near_distance);
            }
        }
    }

    fn begin_descent(&mut self) {
        self.bred = 0;
        if let Some(best) = self.breeding.unsearched_best()
            && self.descents.take_bred(best)
        {
            self.breeding.best_is_searched();
        }
        self.descents.begin(&mut self.surroundings, &self.settings);
    }

    /// Takes the end of a descent, and looks around the best patch if no descent leads away from it.
    fn take_end(&mut self, end: Option<JudgedPatch>) {
        let Some(end) = end else { return };
        self.breeding.add(&end, true);
        if let Some(best) = self.descents.stalled_best() {
            let settings = &self.settings;
            self.surroundings.look_around(best, &self.notes, |neighbour| kept(settings, neighbour));
        }
    }

    /// Patches rendered so far.
    pub fn renders(&self) -> u32 {
        self.renders
    }

    /// The best so far.
    pub fn best(&self) -> &Answer {
        &self.answer
    }
}

fn kept(settings: &MatchSettings, candidate: Candidate) -> Candidate {
    candidate.with_patch(settings.keep(candidate.patch))
}

#[cfg(test)]
mod tests;
