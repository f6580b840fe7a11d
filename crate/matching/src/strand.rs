//! A search for the patch that sounds most like a target, from the nearest known presets.

use features::spectrum::Spectrum;
use patch::{Info, Parameter, Patch};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::judge::{Judge, JudgedPatch};
use crate::known::KnownSounds;
use crate::note::TargetNote;
use crate::preparation::transpose;
use crate::settings::MatchSettings;
use crate::space::{CONTINUOUS, STEPPED, is_audible, moved, position, usual};
use crate::target::Target;

/// Patches that a strand keeps.
const POPULATION: usize = 32;
/// Patches that a step renders.
const GENERATION: usize = 12;

/// What a strand found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The patch.
    pub patch: Patch,
    /// Its distance from the target: 0 for equal sounds, about 1 for a usual preset and the mean of all.
    pub distance: f32,
    /// The known preset that sounds nearest, with what is kept.
    pub start: Patch,
    /// The distance of that.
    pub start_distance: f32,
}

/// One of several searches for the same target.
pub struct Strand {
    judge: Judge,
    random: ChaCha8Rng,
    settings: MatchSettings,
    starts: Vec<Patch>,
    population: Vec<JudgedPatch>,
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
        let nearest = known.nearest(&features_at_test_key(target), POPULATION * usize::from(of.max(1)));
        let rows =
            nearest.into_iter().map(|(row, _)| row).skip(usize::from(index)).step_by(usize::from(of.max(1)));
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
            population: Vec::new(),
            answer: Answer { patch: start, distance: f32::INFINITY, start, start_distance: f32::INFINITY },
            renders: 0,
        }
    }

    /// Renders and judges some ten patches; false when the budget is used.
    pub fn step(&mut self) -> bool {
        for _ in 0..GENERATION {
            if self.renders >= self.settings.renders {
                return false;
            }
            let is_start = !self.starts.is_empty();
            let patch = match self.starts.pop() {
                Some(patch) => patch,
                None => self.child(),
            };
            let judged = self.judge.judge(&patch);
            self.renders += 1;
            if is_start && judged.distance < self.answer.start_distance {
                (self.answer.start, self.answer.start_distance) = (judged.patch, judged.distance);
            }
            if judged.distance < self.answer.distance {
                (self.answer.patch, self.answer.distance) = (judged.patch, judged.distance);
            }
            let at = self.population.partition_point(|other| other.distance <= judged.distance);
            self.population.insert(at, judged);
            self.population.truncate(POPULATION);
        }
        self.renders < self.settings.renders
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
        let [mother, father] = [self.pick(), self.pick()].map(|at| self.population[at].patch);
        let mut patch = mother;
        for parameter in Parameter::ALL {
            if self.random.random_bool(0.3) {
                patch.set(parameter, father.get(parameter));
            }
        }
        let mut place = position(&patch);
        for at in 0..CONTINUOUS.len() {
            if is_audible(&patch, CONTINUOUS[at]) && self.random.random_bool(0.1) {
                let noise: f32 = (0..4).map(|_| self.random.random_range(-1.0_f32..1.0)).sum();
                place[at] += 0.1 * noise;
            }
        }
        let mut patch = moved(&patch, &place);
        for parameter in STEPPED {
            if self.random.random_bool(0.03) {
                let &Info { min, max, .. } = parameter.info();
                patch.set(parameter, self.random.random_range(min..=max));
            }
        }
        self.settings.keep(patch)
    }
}

/// The target's features as if it had been played at the test note's key: its harmonics then lie where those of the
/// known presets lie.
fn features_at_test_key(target: &Target) -> features::SpectralFeatures {
    let note = target.note();
    let keys = f32::from(TargetNote::TEST.key) - f32::from(note.key) - note.bend_cents / 100.0;
    let factor = if target.pitch().is_some() { 2.0_f64.powf(f64::from(keys) / 12.0) } else { 1.0 };
    let ends = note.segment_ends_s().map(|end| end / factor);
    Spectrum::with_ends(ends).measure(&transpose(target.samples(), factor))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::render;
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
    fn strands_start_from_different_presets() {
        let settings = MatchSettings { renders: 30, ..MatchSettings::default() };
        let starts: Vec<Patch> = (0..3).map(|index| found(&settings, index, 3).start).collect();
        assert!(starts[0] != starts[1] && starts[1] != starts[2] && starts[0] != starts[2]);
    }

    #[test]
    fn what_is_kept_stays() {
        let mut from = Patch::default();
        from.set(Parameter::AmpAttack, 1.2);
        from.set(Parameter::FilterCutoff, 0.1);
        let kept = (Kept { envelope: true, ..Kept::default() }, from);
        let answer = found(&MatchSettings { renders: 60, kept, ..MatchSettings::default() }, 0, 1);
        assert_eq!(answer.patch.get(Parameter::AmpAttack), 1.2);
        assert_ne!(answer.patch.get(Parameter::FilterCutoff), 0.1);
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
