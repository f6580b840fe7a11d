//! The property that a judge must have: the patch that made a sound, given as a file, has no distance from it.

use patch::{Parameter, Patch};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::judge::Judge;
use crate::note::{TargetNote, render_stereo};
use crate::target::Target;
use crate::testing::known_sounds;

/// A volume that leaves amSynth's limiter alone, and one at which it often flattens the sound.
const QUIET: [f32; 2] = [0.02, 0.1];
const LOUD: [f32; 2] = [0.4, 0.8];

/// A patch of which every parameter is random.
fn wild(random: &mut ChaCha8Rng, [least, most]: [f32; 2]) -> Patch {
    let mut patch = Patch::default();
    for parameter in Parameter::ALL {
        let info = parameter.info();
        let value = random.random_range(info.min..=info.max);
        patch.set(parameter, if info.step > 0.0 { value.round() } else { value });
    }
    for (parameter, value) in [
        (Parameter::AmpAttack, 0.2 * random.random_range(0.0..1.0)),
        (Parameter::AmpRelease, 0.3),
        (Parameter::KeyboardMode, 0.0),
        (Parameter::PortamentoTime, 0.0),
        (Parameter::MasterVol, random.random_range(least..most)),
    ] {
        patch.set(parameter, value);
    }
    patch
}

/// Random patches that play random keys, and the distance of each from its own sound.
fn own_distances(seed: u64, volumes: [f32; 2], given: impl Fn(Vec<f32>) -> (Vec<f32>, u32)) -> Vec<f32> {
    let (known, _) = known_sounds();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut distances = Vec::new();
    while distances.len() < 16 {
        let patch = wild(&mut random, volumes);
        let key = random.random_range(36..=84);
        let held_s = random.random_range(0.3_f32..1.2);
        let note = TargetNote { key, held_s, length_s: held_s + 1.0, ..TargetNote::TEST };
        let [(left, sample_rate_hz), (right, _)] = render_stereo(&patch, &note).map(&given);
        // The key that is heard need not be the one that was played.
        let Ok(target) = Target::new(&[&left, &right], sample_rate_hz) else { continue };
        let judged = Judge::new(&target, &known).judge_all(&[note.candidate(patch)], f32::MIN).remove(0);
        distances.push(judged.distance);
    }
    distances.sort_by(f32::total_cmp);
    distances
}

fn as_rendered(channel: Vec<f32>) -> (Vec<f32>, u32) {
    (channel, 44_100)
}

fn at_48_khz(channel: Vec<f32>) -> (Vec<f32>, u32) {
    (fourier::resampled(&channel, 44_100, 48_000).expect("a usual rate"), 48_000)
}

#[test]
fn the_patch_that_made_a_file_has_no_distance() {
    let distances = own_distances(60, QUIET, as_rendered);
    assert!(distances[15] < 4e-3, "{distances:?}");
    let distances = own_distances(60, QUIET, at_48_khz);
    assert!(distances[15] < 8e-3, "{distances:?}");
}

#[test]
fn a_patch_that_the_limiter_has_flattened_has_nearly_no_distance() {
    let distances = own_distances(61, LOUD, as_rendered);
    assert!(distances[15] < 0.03, "{distances:?}");
}

#[test]
fn a_patch_that_cannot_be_as_loud_as_the_file_is_far_from_it() {
    let (known, _) = known_sounds();
    let note = TargetNote { held_s: 1.0, length_s: 1.5, ..TargetNote::TEST };
    let steady = |sustain: f32, volume: f32| {
        let mut patch = Patch::default();
        for (parameter, value) in [
            (Parameter::AmpAttack, 0.0),
            (Parameter::AmpDecay, 0.0),
            (Parameter::AmpSustain, sustain),
            (Parameter::MasterVol, volume),
        ] {
            patch.set(parameter, value);
        }
        patch
    };
    let distance = |volume: f32| {
        let [left, right] = render_stereo(&steady(1.0, volume), &note);
        let target = Target::new(&[&left, &right], 44_100).expect("a sound");
        let quieter = note.candidate(steady(0.02, 0.5));
        Judge::new(&target, &known).judge_all(&[quieter], f32::MIN).remove(0).distance
    };
    let [quiet, loud] = [0.05, 0.5].map(distance);
    assert!(loud > quiet + 1.0, "{quiet} {loud}");
}
