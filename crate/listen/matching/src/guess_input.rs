//! The input of a network that guesses a patch from a sound: the sound, its difference from the sound of a known
//! preset, and the preset.

use features::COMPONENT_COUNT;
use features::spectrum::BAND_COUNT;
use patch::Patch;
use patch::full_encoding::{FULL_COUNT, encode};

use crate::levels::{LEVEL_COUNT, Levels, loudest_db, scaled};
use crate::note::TargetNote;

/// Numbers of a note in [`input()`]: key, held time, length.
pub const NOTE_COUNT: usize = 3;

/// The length of the input: at each time the target's levels and the preset's minus the target's; then the
/// target's principal components, the preset's minus the target's, the note, and the preset's columns.
pub const INPUT_COUNT: usize = 2 * LEVEL_COUNT + 2 * COMPONENT_COUNT + NOTE_COUNT + FULL_COUNT;

/// A target in the form that networks read.
#[derive(Clone)]
pub struct HeardTarget<'a> {
    /// Its levels in dB.
    pub levels: &'a [f32],
    /// Its principal components; 1 is usual.
    pub components: &'a [f32; COMPONENT_COUNT],
    /// Its note.
    pub note: TargetNote,
}

/// The input of a network: a target, and a patch with its levels and with the difference of its components from
/// the target's, both at the volume that suits best.
pub fn input(
    target: &HeardTarget,
    patch: &Patch,
    levels: &[f32],
    difference: &[f32; COMPONENT_COUNT],
) -> Vec<f32> {
    let loudest_db = loudest_db(target.levels);
    let mut numbers = Vec::with_capacity(INPUT_COUNT);
    for (target, levels) in target.levels.chunks(BAND_COUNT).zip(levels.chunks(BAND_COUNT)) {
        let target: Vec<f32> = scaled(target, loudest_db).collect();
        numbers.extend(&target);
        numbers.extend(scaled(levels, loudest_db).zip(&target).map(|(level, target)| level - target));
    }
    numbers.extend(target.components);
    numbers.extend(difference);
    let TargetNote { key, held_s, length_s, .. } = target.note;
    let octaves = (f32::from(key) - f32::from(TargetNote::TEST.key)) / 12.0;
    let [held, length] = [held_s, length_s].map(|seconds| seconds.max(0.01).ln());
    numbers.extend([octaves, held, length]);
    numbers.extend(encode(patch));
    numbers
}

/// The levels with a gain; silence stays silence.
pub fn louder(levels: &[f32], gain_db: f32) -> Levels {
    levels.iter().map(|level| level + gain_db).collect()
}
