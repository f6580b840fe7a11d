//! An answer beside its target, both at the level at which a listener hears them: the difference and the remarks.

use features::loudness_lufs;
use matching::{Difference, Target, TargetNote, aligned, render};
use patch::Patch;

use crate::remark::Remark;
use crate::remarks::remarks;

/// A patch that plays a note, beside a target as it was given: a patch that is too quiet differs by that. Before a
/// search has set the volume of its answer, `is_levelled` makes both as loud as each other.
pub fn compare_patch(
    target: &Target,
    patch: &Patch,
    note: &TargetNote,
    is_levelled: bool,
) -> (Difference, Vec<Remark>) {
    let mut answer = aligned(render(patch, note), target.samples().len());
    let given_lufs = if is_levelled { played_lufs(&answer) } else { target.loudness_lufs() };
    amplify(&mut answer, played_lufs(target.samples()) - given_lufs);
    remarks(target.samples(), &answer)
}

/// A sketch from the target's onset on, as loud as the target.
pub fn compare_sketch(target: &Target, samples: &[f32]) -> (Difference, Vec<Remark>) {
    let mut answer = samples.to_vec();
    amplify(&mut answer, played_lufs(target.samples()) - played_lufs(samples));
    remarks(target.samples(), &answer)
}

/// The loudness of one channel that plays to both ears.
fn played_lufs(samples: &[f32]) -> f64 {
    loudness_lufs(&[samples, samples])
}

fn amplify(samples: &mut [f32], gain_db: f64) {
    let gain = 10.0_f64.powf(gain_db / 20.0) as f32;
    samples.iter_mut().for_each(|sample| *sample *= gain);
}
