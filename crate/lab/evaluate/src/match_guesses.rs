//! The methods that guess patches for targets: searches, from known presets or from random patches, with or without a
//! network, and a network alone.

use crate::processor_time::ProcessorTime;
use features::PerceptualDistance;
use matching::guess::guesses;
use matching::{
    Answer, Candidate, GUESS_COUNT, Judge, KnownSounds, MatchSettings, START_COUNT, Strand, Target,
    as_loud_as,
};
use model::ModelKind;
use model::kinds::SoundToPatch;
use patch::{Info, Parameter, Patch};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use sketching::compare_patch;

/// Random patches from which a cold search starts: as many starts as a search from known presets has.
const COLD_STARTS: usize = 32;

/// Searches for each target.
pub struct Guesser<'a> {
    pub targets: &'a [Target],
    pub presets: &'a [Patch],
    pub sounds: &'a KnownSounds,
    /// A network whose guesses are starts, too.
    pub onnx: Option<&'a [u8]>,
    /// The numbers of renders of its searches, rising.
    pub renders: &'a [u32],
    /// The answers that share the renders of a search, each from other presets. The one that is heard to differ least
    /// counts.
    pub answers: u8,
    pub seed: u64,
}

/// The results of the searches for a target.
pub struct Found {
    /// The answer of each search.
    pub answers: Vec<Candidate>,
    /// The seconds of a processor that each takes.
    pub seconds: Vec<f64>,
    /// The nearest of the presets that the longest one rendered as its starts.
    pub start: Patch,
}

impl Guesser<'_> {
    /// Searches; `progress` gets 0, then 1 for each target.
    pub fn search(&self, progress: impl Fn(usize) + Sync) -> Vec<Found> {
        progress(0);
        let find = |target: &Target| {
            // A search divides its renders, so that each number of them is a search of its own.
            let search = |&renders: &u32| {
                let begun = ProcessorTime::now();
                let renders = (renders / u32::from(self.answers)).max(1);
                let answers: Vec<Answer> =
                    (0..self.answers).map(|index| self.answer(target, renders, index)).collect();
                first_shown(target, &answers).map(|first| (first, begun.seconds()))
            };
            let (answers, seconds): (Vec<Answer>, Vec<f64>) = self.renders.iter().filter_map(search).unzip();
            progress(1);
            Found {
                start: answers.last().map_or_else(Patch::default, |answer| answer.start),
                answers: answers.iter().map(candidate).collect(),
                seconds,
            }
        };
        self.targets.par_iter().with_max_len(1).map(find).collect()
    }

    /// One of the answers.
    fn answer(&self, target: &Target, renders: u32, index: u8) -> Answer {
        let settings = MatchSettings { seed: self.seed, renders, ..MatchSettings::default() };
        let mut strand = Strand::new(target, self.sounds, self.presets, &settings, index, self.answers);
        if let Some(guess) = self.onnx.and_then(guess) {
            strand = strand.with_guesses(guess);
        }
        while strand.step() {}
        *strand.best()
    }
}

/// The answer that is shown first: it differs least by the percentage that a person reads. Its start is the nearest of all.
fn first_shown(target: &Target, answers: &[Answer]) -> Option<Answer> {
    let percent = |answer: &Answer| {
        let note = answer.note(target);
        compare_patch(target, &as_loud_as(target, &answer.patch, &note), &note, false).0.percent
    };
    let first = match answers {
        [only] => only,
        _ => answers.iter().map(|answer| (percent(answer), answer)).min_by(|a, b| a.0.total_cmp(&b.0))?.1,
    };
    let nearest = answers.iter().min_by(|a, b| a.start_distance.total_cmp(&b.start_distance))?;
    Some(Answer { start: nearest.start, start_distance: nearest.start_distance, ..*first })
}

fn candidate(answer: &Answer) -> Candidate {
    Candidate { patch: answer.patch, key: answer.key, held_s: answer.held_s, bend_cents: answer.bend_cents }
}

/// The known preset that sounds most like a target, among the presets that a search judges first.
pub fn nearest_known(target: &Target, sounds: &KnownSounds, presets: &[Patch]) -> Patch {
    let settings = MatchSettings { renders: START_COUNT as u32, ..MatchSettings::default() };
    let mut strand = Strand::new(target, sounds, presets, &settings, 0, 1);
    while strand.step() {}
    strand.best().start
}

/// The function that a search calls for guesses; `None` if the network cannot be used.
fn guess(onnx: &[u8]) -> Option<Box<matching::guess::Guess>> {
    let mut network = SoundToPatch::load(onnx).ok()?;
    Some(Box::new(move |sound: &[f32], noise: &[f32], preset: &Patch| {
        network.patch(sound, noise, preset).ok()
    }))
}

/// The guesses of a search after each number of renders, with a name for each.
pub fn named(name: &str, renders: &[u32], found: &[Found]) -> Vec<(String, Vec<Candidate>)> {
    let line = |(at, renders): (usize, &u32)| {
        (format!("{name}, {renders} renders"), found.iter().map(|found| found.answers[at]).collect())
    };
    renders.iter().enumerate().map(line).collect()
}

/// The guesses of a network without a search: its single best guess for each target, and the guess of sixteen that
/// sounds nearest. It reads the nearest known presets, which are judged by rendering 32.
pub fn from_network(
    targets: &[Target],
    presets: &[Patch],
    sounds: &KnownSounds,
    network: &MatchNetwork,
    progress: impl Fn(usize) + Sync,
) -> [Vec<Candidate>; 2] {
    progress(0);
    let both = |target: &Target| {
        let mut judge = Judge::new(target, sounds);
        let drawn = guess(&network.onnx)
            .map(|mut guess| guesses(target, sounds, presets, GUESS_COUNT, &mut *guess).patches);
        let judged: Vec<_> = drawn.unwrap_or_default().iter().map(|patch| judge.judge(patch)).collect();
        let best = judged.iter().min_by(|a, b| a.distance.total_cmp(&b.distance));
        progress(1);
        let silent = target.note().candidate(Patch::default());
        [judged.first(), best].map(|judged| judged.map_or(silent, |judged| judged.candidate))
    };
    let found: Vec<[Candidate; 2]> = targets.par_iter().with_max_len(1).map(both).collect();
    [0, 1].map(|which| found.iter().map(|guesses| guesses[which]).collect())
}

/// Random patches, every parameter anywhere in its range, and their sounds.
pub fn cold_starts(metric: &PerceptualDistance, seed: u64) -> (Vec<Patch>, KnownSounds) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let patch = |_| {
        let mut patch = Patch::default();
        for parameter in Parameter::ALL {
            let &Info { min, max, .. } = parameter.info();
            patch.set(parameter, min + random.random_range(0.0_f32..=1.0) * (max - min));
        }
        patch
    };
    let patches: Vec<Patch> = (0..COLD_STARTS).map(patch).collect();
    let spectra = features::spectra_all(&patches);
    let known = KnownSounds::new(metric, &spectra);
    (patches, known)
}

/// A network that guesses patches.
#[derive(Clone, Debug)]
pub struct MatchNetwork {
    /// Its name in the report.
    pub name: String,
    /// Its file.
    pub onnx: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use matching::{TargetNote, render};

    fn answer(cutoff: f32, start_distance: f32) -> Answer {
        let mut patch = Patch::default();
        patch.set(Parameter::MasterVol, 0.3);
        patch.set(Parameter::FilterCutoff, cutoff);
        Answer { patch, key: 60, held_s: 2.0, bend_cents: 0.0, distance: 1.0, start: patch, start_distance }
    }

    #[test]
    fn the_answer_that_sounds_like_the_target_is_shown_first() {
        let right = answer(0.5, 0.7);
        let note = TargetNote::TEST;
        let target = Target::of_note(render(&right.patch, &note), note);
        let others = [answer(-0.3, 0.2), answer(1.2, 0.9)];
        let first = first_shown(&target, &[others[0], right, others[1]]).expect("an answer");
        assert_eq!(first.patch, right.patch);
        // All answers together have the starts of one search.
        assert_eq!((first.start, first.start_distance), (others[0].start, 0.2));
    }
}
