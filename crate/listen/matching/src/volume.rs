//! The volume of an answer: as loud as the target. A search compares levels in decibels, band by band, so that
//! quiet bands count as much as loud ones; a listener first hears the loudness of the whole.

use features::loudness_lufs;
use patch::{Parameter, Patch};

use crate::note::{TargetNote, render_stereo};
use crate::target::Target;

/// Steps towards the loudness.
const STEPS: usize = 8;
/// The least part of a gain that amSynth's limiter is believed to leave.
const LEAST_LEFT: f64 = 0.1;
/// The greatest step.
const LONGEST_DB: f64 = 12.0;
/// An inaudible difference.
const ENOUGH_DB: f64 = 0.1;

/// The patch at the volume at which it is as loud as a recorded target when it plays `note`, as far as its volume goes.
/// A target whose note is known has a level of its own, which the search has found.
pub fn as_loud_as(target: &Target, patch: &Patch, note: &TargetNote) -> Patch {
    let mut patch = *patch;
    if !target.is_recorded() {
        return patch;
    }
    let mut before: Option<(f64, f64)> = None;
    for _ in 0..STEPS {
        let [left, right] = render_stereo(&patch, note);
        let own_lufs = loudness_lufs(&[&left, &right]);
        let missing_db = target.loudness_lufs() - own_lufs;
        if missing_db.abs() < ENOUGH_DB {
            break;
        }
        // The limiter leaves a part of a gain.
        let left = before.map_or(1.0, |(gain_db, lufs)| ((own_lufs - lufs) / gain_db).clamp(LEAST_LEFT, 1.0));
        let (louder, reached_db) =
            with_gain(&patch, (missing_db / left).clamp(-LONGEST_DB, LONGEST_DB) as f32);
        if louder == patch {
            break;
        }
        patch = louder;
        before = Some((f64::from(reached_db), own_lufs));
    }
    patch
}

/// A patch that sounds the same but louder, as far as its volume goes; and the reached gain. The distortion is a power
/// of the level, so that a gain before it is a smaller one behind it, and changes nothing else.
pub fn with_gain(patch: &Patch, gain_db: f32) -> (Patch, f32) {
    let exponent = 1.0 - patch.control(Parameter::DistortionCrunch);
    let before = patch.get(Parameter::MasterVol);
    // The control value is the square of the stored one, so a gain counts twice.
    let stored_db = 40.0 * exponent;
    let mut louder = *patch;
    louder.set(Parameter::MasterVol, before * 10.0_f32.powf(gain_db / stored_db));
    let reached_db = stored_db * (louder.get(Parameter::MasterVol) / before).log10();
    if reached_db.is_finite() { (louder, reached_db) } else { (*patch, 0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::TargetNote;
    use crate::note::render;
    use crate::testing::known_sounds;
    use features::test_note::SAMPLE_RATE_HZ;

    #[test]
    fn an_unlike_patch_becomes_as_loud_as_a_recording() {
        let presets = known_sounds().1;
        let note = TargetNote { held_s: 0.6, length_s: 1.0, ..TargetNote::TEST };
        let sound: Vec<f32> = render(&presets[2], &note).iter().map(|sample| 0.5 * sample).collect();
        let target = Target::new(&[&sound], SAMPLE_RATE_HZ).unwrap();
        let difference = |patch: &Patch| {
            let [left, right] = render_stereo(patch, &target.note());
            loudness_lufs(&[&left, &right]) - target.loudness_lufs()
        };
        for (crunch, volume) in [(0.0, 0.2), (0.4, 0.9)] {
            let mut patch = presets[7];
            patch.set(Parameter::DistortionCrunch, crunch);
            patch.set(Parameter::MasterVol, volume);
            let found = as_loud_as(&target, &patch, &target.note());
            let [before, after] = [&patch, &found].map(difference);
            assert!(before.abs() > 1.0 && after.abs() < 0.5, "{crunch} {volume}: {before} {after}");
        }
    }

    #[test]
    fn a_short_sound_in_a_longer_file_is_as_loud_as_the_file() {
        let presets = known_sounds().1;
        for (held_s, release) in [(0.1, 0.1), (0.1, 0.4), (0.25, 0.2), (0.4, 0.1), (0.7, 0.4)] {
            let mut short = presets[2];
            short.set(Parameter::AmpRelease, release);
            let sound = render(&short, &TargetNote { held_s, length_s: 2.0, ..TargetNote::TEST });
            let target = Target::new(&[&sound], SAMPLE_RATE_HZ).unwrap();
            let mut patch = short;
            patch.set(Parameter::MasterVol, 0.05);
            let found = as_loud_as(&target, &patch, &target.note());
            let [left, right] = render_stereo(&found, &TargetNote { length_s: 2.0, ..target.note() });
            let louder = loudness_lufs(&[&left, &right]) - loudness_lufs(&[&sound, &sound]);
            assert!(louder.abs() < 0.3, "{held_s} {release}: {louder}");
        }
    }

    #[test]
    fn silence_and_known_notes_keep_their_volume() {
        let patch = known_sounds().1[2];
        let sound = render(&patch, &TargetNote::TEST);
        let mut silent = patch;
        silent.set(Parameter::MasterVol, 0.0);
        let recorded = Target::new(&[&sound], SAMPLE_RATE_HZ).unwrap();
        assert_eq!(as_loud_as(&recorded, &silent, &recorded.note()), silent);
        let mut quiet = patch;
        quiet.set(Parameter::MasterVol, 0.1);
        assert_eq!(as_loud_as(&Target::of_note(sound, TargetNote::TEST), &quiet, &TargetNote::TEST), quiet);
    }
}
