//! Guesses the patch of a sound: a network corrects known presets that sound similar. Runs no network: the caller
//! gives a function that does. `guess_input` makes the network's input.

use patch::Patch;
use patch::full_encoding::{FullColumns, decode, encode};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::canonical::canonical;
use crate::judge::Judge;
use crate::judged_patch::JudgedPatch;
use crate::known::KnownSounds;
use crate::note::Candidate;
use crate::space::usual;
use crate::starts::starts;
use crate::target::Target;

pub use crate::guess_input::{HeardTarget, INPUT_COUNT, NOTE_COUNT, input, louder};

/// The number of random numbers in the input: all 0 for the best guess, standard normal ones for guesses unlike
/// each other.
pub const NOISE_COUNT: usize = 64;

/// Shares of the correction that guesses from one preset take. Measured on 30 held-back presets with the
/// perceptron: with 0.3, 0.6 and 1, the correction of the nearest preset leaves .108, .124 and .156 of the
/// spectrum unexplained. The best of sixteen guesses from as many presets leaves .093, .085 and .084, and with 0.3
/// and 1 from eight presets .082.
const SHARES: [f32; 2] = [0.3, 1.0];

/// Runs a network: [`INPUT_COUNT`] numbers, [`NOISE_COUNT`] random ones, and the patch that is corrected.
pub type Guess = dyn FnMut(&[f32], &[f32], &Patch) -> Option<Patch> + Send;

/// The random numbers of guess `index`; 0 for the first, which is the best guess.
pub fn noise(index: usize) -> [f32; NOISE_COUNT] {
    let mut random = ChaCha8Rng::seed_from_u64(index as u64);
    let mut normal = || {
        // The sum of twelve uniform numbers, less its mean, is nearly normal with variance 1, and exact everywhere.
        (0..12).map(|_| random.random_range(-0.5_f32..0.5)).sum::<f32>()
    };
    std::array::from_fn(|_| if index == 0 { 0.0 } else { normal() })
}

/// Guesses from judged presets, the nearest first: two from each, which go a part of the way and all of it.
pub fn guesses_from(
    judge: &Judge,
    presets: &[&JudgedPatch],
    count: usize,
    guess: &mut Guess,
) -> Vec<Candidate> {
    let mut guesses = Vec::with_capacity(count);
    for preset in presets.iter().take(count.div_ceil(SHARES.len())) {
        let from = canonical(&preset.candidate.patch);
        let input = judge.guess_input(&from, preset);
        for share in SHARES {
            let Some(to) = guess(&input, &noise(guesses.len()), &from) else { continue };
            guesses.push(preset.candidate.with_patch(between(&from, &to, share)));
        }
    }
    guesses.truncate(count);
    guesses
}

/// A patch on the way from one to another: classes change beyond half of it.
fn between(from: &Patch, to: &Patch, share: f32) -> Patch {
    let (start, end) = (encode(from), encode(to));
    let columns: FullColumns = std::array::from_fn(|at| start[at] + share * (end[at] - start[at]));
    decode(&columns, from)
}

/// The guesses for a target.
pub struct Guesses {
    /// The guesses, the likely best first.
    pub patches: Vec<Patch>,
    /// The known preset that sounds nearest.
    pub nearest: Option<JudgedPatch>,
}

/// The guesses for a target, the best first: from the known presets that sound nearest, judged by rendering each.
pub fn guesses(
    target: &Target,
    known: &KnownSounds,
    presets: &[Patch],
    count: usize,
    guess: &mut Guess,
) -> Guesses {
    let mut judge = Judge::new(target, known);
    let near = starts(target, known, 0, 1).into_iter().filter_map(|start| presets.get(start.row));
    let note = target.note();
    let near: Vec<Candidate> = near.map(|&patch| note.candidate(usual(patch))).collect();
    let mut judged = judge.judge_all(&near, 0.0);
    judged.sort_by(|a, b| a.distance.total_cmp(&b.distance));
    let guesses = guesses_from(&judge, &judged.iter().collect::<Vec<_>>(), count, guess);
    let patches = guesses.into_iter().map(|guess| guess.patch).collect();
    Guesses { patches, nearest: judged.into_iter().next() }
}
