//! The figures by which models are chosen: how good the guesses for held-back presets are.

use matching::guess::guesses;
use matching::{GUESS_COUNT, Judge, KnownSounds, Target, TargetNote, render};
use model::ModelError;
use model::ModelKind;
use model::kinds::SoundToPatch;
use patch::Patch;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;
use std::fmt::{self, Display, Formatter};

/// Means over the held-back presets: the share of the spectrum's variance that is left unexplained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct GuessFigures {
    /// The best guess without random numbers.
    pub single: f64,
    /// The best of sixteen guesses, by their rendered sounds.
    pub best: f64,
    /// The known preset that sounds nearest.
    pub nearest: f64,
}

impl Display for GuessFigures {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { single, best, nearest } = self;
        write!(f, "single {single:.4}, best of {GUESS_COUNT} {best:.4}, nearest known preset {nearest:.4}")
    }
}

/// The figures of a file.
///
/// # Errors
/// If it cannot be used.
pub fn figures(
    onnx: &[u8],
    held_back: &[Patch],
    known: &KnownSounds,
    presets: &[Patch],
) -> Result<GuessFigures, ModelError> {
    SoundToPatch::load(onnx)?;
    let figures = |patch: &Patch| -> Option<[f64; 3]> {
        let mut network = SoundToPatch::load(onnx).ok()?;
        let target = Target::of_note(render(patch, &TargetNote::TEST), TargetNote::TEST);
        let mut guess =
            move |sound: &[f32], noise: &[f32], preset: &Patch| network.patch(sound, noise, preset).ok();
        let mut judge = Judge::new(&target, known);
        let found = guesses(&target, known, presets, GUESS_COUNT, &mut guess);
        let judged: Vec<_> = found.patches.iter().map(|patch| judge.judge(patch)).collect();
        let best = judged.iter().min_by(|a, b| a.distance.total_cmp(&b.distance))?;
        let nearest = found.nearest.as_ref()?;
        Some([judged.first()?, best, nearest].map(|judged| f64::from(judged.unexplained())))
    };
    let rows: Vec<[f64; 3]> = held_back.par_iter().with_max_len(1).filter_map(figures).collect();
    let mean = |at: usize| rows.iter().map(|row| row[at]).sum::<f64>() / rows.len().max(1) as f64;
    Ok(GuessFigures { single: mean(0), best: mean(1), nearest: mean(2) })
}
