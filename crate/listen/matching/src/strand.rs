//! A search for the patch that sounds most like a target, from the nearest known presets. One of several independent
//! searches ("strands") for the same target, so that answers differ.

use patch::{Info, Parameter, Patch};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::descent::Descent;
use crate::guess::{Guess, guesses_from};
use crate::judge::{Judge, JudgedPatch};
use crate::known::KnownSounds;
use crate::settings::MatchSettings;
use crate::space::{SEARCHED_CONTINUOUS, SEARCHED_STEPPED, is_audible, moved, position, usual};
use crate::starts::{START_COUNT, starts};
use crate::target::Target;

/// Patches that a strand keeps.
const POPULATION: usize = START_COUNT;
/// Patches that a generation breeds, and the most that a step renders.
const OFFSPRING_COUNT: usize = 12;

/// Guesses that join the starts. With them searches leave .074, .041 and .027 of the spectrum of 30 held-back presets
/// unexplained after 60, 100 and 300 renders, guesses counted; without them .083, .051 and .026.
pub const GUESS_COUNT: usize = 16;

/// The result of a strand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The patch.
    pub patch: Patch,
    /// Its distance from the target: 0 for equal sounds, about 1 for a usual preset and the mean of all.
    pub distance: f32,
    /// The known preset that sounds nearest, with the kept groups.
    pub start: Patch,
    /// The distance of that preset.
    pub start_distance: f32,
}

/// Generations between two descents.
const GENERATIONS_BETWEEN_DESCENTS: usize = 1;
/// A descent begins at a patch that is at most this many times as far as the best. Not tuned.
const WORTH_A_DESCENT: f32 = 1.3;

/// A patch that is out of tune counts as this many times as far, because mel bands are too wide to show its pitch.
/// Not tuned.
const OUT_OF_TUNE: f32 = 4.0;

/// The share of the parameters that a child takes from its second parent. Not tuned, like the next three.
const CROSSOVER_SHARE: f64 = 0.3;
/// The share of the audible continuous parameters that mutate.
const MUTATION_SHARE: f64 = 0.1;
/// The scale of a mutation, whose standard deviation is 1.15 times that: a sum of four uniform numbers of ±1.
const MUTATION_WIDTH: f32 = 0.1;
/// The share of the stepped parameters that mutate, to any of their values.
const CLASS_MUTATION_SHARE: f64 = 0.03;

/// A kept patch.
#[derive(Clone)]
struct Member {
    judged: JudgedPatch,
    /// True after a descent from it.
    is_searched: bool,
}

/// One of several searches for the same target.
pub struct Strand {
    judge: Judge,
    random: ChaCha8Rng,
    settings: MatchSettings,
    starts: Vec<Patch>,
    /// The network that guesses patches from the judged starts.
    guess: Option<Box<Guess>>,
    /// True while guesses are judged.
    is_guessing: bool,
    population: Vec<Member>,
    descent: Option<Descent>,
    /// Starts and guesses from which no descent began, the nearest first.
    untried: Vec<Member>,
    /// True if the next descent begins at one of them.
    begins_untried: bool,
    /// Generations bred since the last descent.
    bred: usize,
    answer: Answer,
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
        let judge = Judge::new(target, known);
        let rows = starts(target, known, index, of).into_iter();
        let mut starts: Vec<Patch> =
            rows.filter_map(|row| presets.get(row)).map(|&patch| settings.keep(usual(patch))).collect();
        if starts.is_empty() {
            starts.push(settings.keep(Patch::default()));
        }
        let start = starts[0];
        Self {
            judge,
            random: ChaCha8Rng::seed_from_u64(settings.seed ^ (u64::from(index) << 32)),
            settings: settings.clone(),
            starts: starts.into_iter().rev().collect(),
            guess: None,
            is_guessing: false,
            population: Vec::new(),
            descent: None,
            untried: Vec::new(),
            begins_untried: false,
            bred: 0,
            answer: Answer { patch: start, distance: f32::INFINITY, start, start_distance: f32::INFINITY },
            renders: 0,
        }
    }

    /// Also starts from guesses.
    #[must_use]
    pub fn with_guesses(self, guess: Box<Guess>) -> Self {
        Self { guess: Some(guess), ..self }
    }

    /// Renders and judges about ten patches; false when the budget is used.
    pub fn step(&mut self) -> bool {
        let patches = self.candidates();
        let judged = self.judge.judge_all(&patches, self.answer.distance);
        self.record(judged);
        self.renders < self.settings.renders
    }

    /// The patches to judge next, about ten; empty when the budget is used. With [`Strand::record`] for callers
    /// that judge on several threads, each with a [`Judge`] of its own; all others call [`Strand::step`].
    pub fn candidates(&mut self) -> Vec<Patch> {
        let left = (self.settings.renders - self.renders) as usize;
        let most = left.min(OFFSPRING_COUNT);
        if self.starts.is_empty()
            && let Some(mut guess) = self.guess.take()
        {
            let near: Vec<&JudgedPatch> = self.population.iter().map(|member| &member.judged).collect();
            let guesses = guesses_from(&self.judge, &near, GUESS_COUNT, &mut *guess);
            self.is_guessing = true;
            self.starts = guesses.into_iter().rev().map(|patch| self.settings.keep(patch)).collect();
        }
        if self.is_starting() {
            return self.starts.iter().rev().take(most).copied().collect();
        }
        if self.descent.is_none() && self.bred >= GENERATIONS_BETWEEN_DESCENTS {
            self.begin_descent();
        }
        if let Some(descent) = self.descent.take() {
            let candidates = descent.candidates(most, |patch| self.settings.limited(patch));
            if !candidates.is_empty() || most == 0 {
                self.descent = Some(descent);
                return candidates;
            }
            self.add(descent.best().clone(), true);
        }
        (0..most).map(|_| self.child()).collect()
    }

    /// Takes the judged [`Strand::candidates`], in their order, judged with the distance of the best so far.
    pub fn record(&mut self, mut judged: Vec<JudgedPatch>) {
        self.renders += judged.len() as u32;
        for found in &mut judged {
            if found.distance < self.answer.distance && !found.is_in_tune {
                found.distance *= OUT_OF_TUNE;
            }
            if found.distance < self.answer.distance {
                (self.answer.patch, self.answer.distance) = (found.patch, found.distance);
            }
        }
        if self.is_starting() {
            self.starts.truncate(self.starts.len().saturating_sub(judged.len()));
            for start in judged {
                if !self.is_guessing && start.distance < self.answer.start_distance {
                    (self.answer.start, self.answer.start_distance) = (start.patch, start.distance);
                }
                self.add(start, false);
            }
            self.untried.clone_from(&self.population);
        } else if let Some(mut descent) = self.descent.take() {
            descent.record(&judged);
            // A probe that helps is a parent: children combine such changes.
            for found in judged {
                self.add(found, false);
            }
            if descent.is_over() {
                self.add(descent.best().clone(), true);
            } else {
                self.descent = Some(descent);
            }
        } else {
            self.bred += 1;
            for child in judged {
                self.add(child, false);
            }
        }
    }

    fn is_starting(&self) -> bool {
        !self.starts.is_empty()
    }

    /// Begins a descent from the best member from which it may find something new, and every second time from the
    /// nearest untried start: descents from the population end in the same local minimum again and again.
    fn begin_descent(&mut self) {
        self.bred = 0;
        let begins_untried = self.begins_untried && !self.untried.is_empty();
        self.begins_untried = !self.begins_untried;
        let from = if begins_untried {
            Some(self.untried.remove(0))
        } else {
            let most = self.answer.distance * WORTH_A_DESCENT;
            let is_new = |member: &Member| !member.is_searched && member.judged.distance <= most;
            let at = self.population.iter().position(is_new);
            at.map(|at| self.population.remove(at))
        };
        let Some(Member { judged: from, .. }) = from else { return };
        if let Some(at) = self.untried.iter().position(|start| start.judged.patch == from.patch) {
            self.untried.remove(at);
        }
        self.descent = Some(Descent::new(from, |parameter| self.settings.is_free(parameter)));
    }

    /// Takes a patch into the population if it is one of the best.
    fn add(&mut self, judged: JudgedPatch, is_searched: bool) {
        let at = self.population.partition_point(|other| other.judged.distance <= judged.distance);
        self.population.insert(at, Member { judged, is_searched });
        self.population.truncate(POPULATION);
    }

    /// Patches rendered so far.
    pub fn renders(&self) -> u32 {
        self.renders
    }

    /// The best so far.
    pub fn best(&self) -> &Answer {
        &self.answer
    }

    fn pick(&mut self) -> usize {
        let count = self.population.len();
        self.random.random_range(0..count).min(self.random.random_range(0..count))
    }

    fn child(&mut self) -> Patch {
        let [mother, father] = [self.pick(), self.pick()].map(|at| self.population[at].judged.patch);
        let mut patch = mother;
        for parameter in Parameter::ALL {
            if self.random.random_bool(CROSSOVER_SHARE) {
                patch.set(parameter, father.get(parameter));
            }
        }
        let mut place = position(&patch);
        for at in 0..SEARCHED_CONTINUOUS.len() {
            if is_audible(&patch, SEARCHED_CONTINUOUS[at]) && self.random.random_bool(MUTATION_SHARE) {
                let noise: f32 = (0..4).map(|_| self.random.random_range(-1.0_f32..1.0)).sum();
                place[at] += MUTATION_WIDTH * noise;
            }
        }
        let mut patch = moved(&patch, &place);
        for parameter in SEARCHED_STEPPED {
            if self.random.random_bool(CLASS_MUTATION_SHARE) {
                let &Info { min, max, .. } = parameter.info();
                patch.set(parameter, self.random.random_range(min..=max));
            }
        }
        self.settings.keep(patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{TargetNote, render};
    use crate::pitch::find_pitch;
    use crate::settings::Kept;
    use crate::testing::known_sounds;

    const SHORT: TargetNote = TargetNote { held_s: 0.5, length_s: 1.0, ..TargetNote::TEST };

    /// A patch unlike the known ones: a bright pluck, and its sound.
    fn pluck() -> (Patch, Target) {
        let mut patch = Patch::default();
        patch.set(Parameter::AmpDecay, 0.7);
        patch.set(Parameter::AmpSustain, 0.1);
        patch.set(Parameter::FilterCutoff, 0.9);
        patch.set(Parameter::FilterResonance, 0.5);
        (patch, Target::of_note(render(&patch, &SHORT), SHORT))
    }

    fn found(settings: &MatchSettings, index: u8, of: u8) -> Answer {
        let (known, presets) = known_sounds();
        let mut strand = Strand::new(&pluck().1, &known, &presets, settings, index, of);
        while strand.step() {}
        assert_eq!(strand.renders(), settings.renders);
        *strand.best()
    }

    #[test]
    fn a_search_comes_much_nearer_than_its_start_and_repeats_itself() {
        let settings = MatchSettings { renders: 200, ..MatchSettings::default() };
        let answer = found(&settings, 0, 1);
        assert!(answer.distance < 0.5 * answer.start_distance, "{answer:?}");
        assert_eq!(found(&settings, 0, 1), answer);
        assert_ne!(found(&MatchSettings { seed: 2, ..settings }, 0, 1).patch, answer.patch);
    }

    #[test]
    fn a_recorded_sound_is_found_in_tune() {
        // A fifth above C4 and 30 cents, which the detuned known presets have not.
        let note = TargetNote { key: 67, bend_cents: 30.0, ..SHORT };
        let sound = render(&pluck().0, &note);
        let target = Target::new(&[&sound], 44_100).unwrap();
        let (known, mut presets) = known_sounds();
        for preset in &mut presets {
            preset.set(Parameter::Osc2Detune, 0.2);
            preset.set(Parameter::OscMix, 0.9);
        }
        let settings = MatchSettings { renders: 150, ..MatchSettings::default() };
        let mut strand = Strand::new(&target, &known, &presets, &settings, 0, 1);
        while strand.step() {}
        let found = find_pitch(&render(&strand.best().patch, &target.note())).unwrap();
        assert!((found.keys() - 67.3).abs() < 0.1, "{found:?}");
    }

    #[test]
    fn strands_start_from_different_presets() {
        let settings = MatchSettings { renders: 30, ..MatchSettings::default() };
        let starts: Vec<Patch> = (0..3).map(|index| found(&settings, index, 3).start).collect();
        assert!(starts[0] != starts[1] && starts[1] != starts[2] && starts[0] != starts[2]);
    }

    #[test]
    fn descents_begin_at_several_starts() {
        let (known, presets) = known_sounds();
        let settings = MatchSettings { renders: 350, ..MatchSettings::default() };
        let mut strand = Strand::new(&pluck().1, &known, &presets, &settings, 0, 1);
        let mut tried = Vec::new();
        while strand.renders() < settings.renders {
            let patches = strand.candidates();
            let judged = strand.judge.judge_all(&patches, strand.answer.distance);
            strand.record(judged);
            tried.extend(patches);
        }
        // The slopes of a descent are measured by changing one parameter at a time.
        let is_probe = |from: &Patch, patch: &Patch| {
            let [from_place, place] = [from, patch].map(position);
            let changed = from_place.iter().zip(place).filter(|(a, b)| (*a - b).abs() > 1e-4).count();
            changed == 1
                && SEARCHED_STEPPED.iter().all(|&parameter| from.get(parameter) == patch.get(parameter))
        };
        let probes = |start: &&Patch| tried.iter().filter(|patch| is_probe(start, patch)).count();
        let begun = tried[..START_COUNT].iter().filter(|start| probes(start) > 8).count();
        assert!(begun >= 3, "{begun}");
    }

    #[test]
    fn kept_groups_stay() {
        let mut from = Patch::default();
        from.set(Parameter::AmpAttack, 1.2);
        from.set(Parameter::FilterCutoff, 0.1);
        let kept = (Kept { envelope: true, ..Kept::default() }, from);
        let answer = found(&MatchSettings { renders: 60, kept, ..MatchSettings::default() }, 0, 1);
        assert_eq!(answer.patch.get(Parameter::AmpAttack), 1.2);
        assert_ne!(answer.patch.get(Parameter::FilterCutoff), 0.1);
    }

    #[test]
    fn limits_hold() {
        let limits = vec![(Parameter::FilterCutoff, [0.3, 0.4]), (Parameter::AmpVelSens, [0.5, 0.5])];
        let answer = found(&MatchSettings { renders: 120, limits, ..MatchSettings::default() }, 0, 1);
        assert!((0.3..=0.4).contains(&answer.patch.get(Parameter::FilterCutoff)));
        assert_eq!(answer.patch.get(Parameter::AmpVelSens), 0.5);
        assert!(answer.distance < answer.start_distance);
    }

    #[test]
    fn without_known_presets_it_starts_from_amsynths_default_patch() {
        let (known, _) = known_sounds();
        let settings = MatchSettings { renders: 24, ..MatchSettings::default() };
        let mut strand = Strand::new(&pluck().1, &known, &[], &settings, 0, 1);
        while strand.step() {}
        assert!(strand.best().distance.is_finite());
    }
}
