//! A search for the patch that sounds most like a target, from the nearest known presets and plain patches. One of
//! several independent searches ("strands") for the same target, so that answers differ.

use patch::Patch;

use crate::answer::Answer;
use crate::beginning::Beginning;
use crate::breeding::Breeding;
use crate::descents::Descents;
use crate::guess::Guess;
use crate::judge::{Judge, JudgedPatch};
use crate::known::KnownSounds;
use crate::note::{Candidate, TargetNote};
use crate::settings::MatchSettings;
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

/// The part of a strand that gave the patches that are judged.
#[derive(Clone, Copy, PartialEq)]
enum Source {
    Beginning,
    Surroundings,
    Descent,
    Breeding,
}

/// One of several searches for the same target.
pub struct Strand {
    judge: Judge,
    settings: MatchSettings,
    beginning: Beginning,
    breeding: Breeding,
    descents: Descents,
    surroundings: Surroundings,
    /// The notes that may have made the target.
    notes: Vec<TargetNote>,
    source: Source,
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
        let starts = starts(target, known, index, of).into_iter();
        let known_starts = starts.filter_map(|start| {
            presets.get(start.row).map(|&patch| (settings.keep(usual(patch)), start.key))
        });
        let beginning = Beginning::new(target, known_starts.collect(), settings);
        Self {
            judge: Judge::new(target, known),
            settings: settings.clone(),
            breeding: Breeding::new(settings.seed ^ (u64::from(index) << 32)),
            descents: Descents::new(target.latest_release_s()),
            surroundings: Surroundings::new(),
            notes: beginning.notes().to_vec(),
            source: Source::Beginning,
            bred: 0,
            answer: Answer::begun(&beginning.first()),
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
        let judged = self.judge.judge_all(&patches, self.answer.distance);
        self.record(judged);
        !self.is_over()
    }

    /// True when the budget is used or the sound is found.
    pub fn is_over(&self) -> bool {
        self.renders >= self.settings.renders || self.answer.distance < FOUND
    }

    /// The patches to judge next, about ten; empty when the budget is used or the sound is found. With
    /// [`Strand::record`] for callers that judge on several threads, each with a [`Judge`] of its own; all others call
    /// [`Strand::step`].
    pub fn candidates(&mut self) -> Vec<Candidate> {
        if self.is_over() {
            return Vec::new();
        }
        let most = ((self.settings.renders - self.renders) as usize).min(OFFSPRING_COUNT);
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
            if found.distance < self.answer.distance && !found.is_in_tune {
                found.distance *= OUT_OF_TUNE;
            }
            if found.distance < self.answer.distance {
                let Candidate { patch, key, held_s, bend_cents } = found.candidate;
                self.answer =
                    Answer { patch, key, held_s, bend_cents, distance: found.distance, ..self.answer };
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
            Source::Surroundings => self.surroundings.record(&judged, self.answer.distance),
            Source::Descent => {
                let end = self.descents.record(&judged);
                self.take_end(end);
            }
            Source::Breeding => self.bred += 1,
        }
    }

    fn take_known(&mut self, judged: &[JudgedPatch]) {
        for start in judged {
            if start.distance < self.answer.start_distance {
                (self.answer.start, self.answer.start_distance) = (start.candidate.patch, start.distance);
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
mod tests {
    use super::*;
    use crate::note::render;
    use crate::pitch::find_pitch;
    use crate::settings::Kept;
    use crate::space::{SEARCHED_STEPPED, position};
    use crate::starts::START_COUNT;
    use crate::testing::known_sounds;
    use patch::Parameter;

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
    fn a_plain_pulse_with_a_long_release_is_found_in_a_file() {
        let mut patch = Patch::default();
        for (parameter, value) in [
            (Parameter::Osc1Waveform, 1.0),
            (Parameter::Osc1Pulsewidth, 0.39),
            (Parameter::OscMix, -1.0),
            (Parameter::FilterCutoff, 0.6),
            (Parameter::FilterResonance, 0.2),
            (Parameter::AmpRelease, 0.6),
            (Parameter::MasterVol, 0.1),
        ] {
            patch.set(parameter, value);
        }
        let note = TargetNote { held_s: 0.8, length_s: 2.0, ..TargetNote::TEST };
        let target = Target::new(&[&render(&patch, &note)], 44_100).unwrap();
        let (known, presets) = known_sounds();
        let settings = MatchSettings { renders: 500, ..MatchSettings::default() };
        let mut strand = Strand::new(&target, &known, &presets, &settings, 0, 1);
        while strand.step() {}
        let found = strand.best();
        // With other seeds searches end between .002 and .12, without plain starts at .6.
        assert!(found.distance < 0.2 && (found.held_s - 0.8).abs() < 0.05, "{found:?}");
        assert_eq!(found.patch.get(Parameter::Osc1Waveform), 1.0);
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
        let settings = MatchSettings { renders: 450, ..MatchSettings::default() };
        let mut strand = Strand::new(&pluck().1, &known, &presets, &settings, 0, 1);
        let mut tried = Vec::new();
        while !strand.is_over() {
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
        let tried: Vec<Patch> = tried.into_iter().map(|candidate: Candidate| candidate.patch).collect();
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
