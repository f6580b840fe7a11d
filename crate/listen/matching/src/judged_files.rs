//! The property that a judge must have: the patch that made a sound, given as a file, has no distance from it.

use patch::{Parameter, Patch};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::judge::Judge;
use crate::note::{Candidate, TargetNote, render_stereo};
use crate::target::Target;
use crate::testing::known_sounds;

/// A patch of which every parameter is random, at a volume that leaves amSynth's limiter alone.
fn wild(random: &mut ChaCha8Rng) -> Patch {
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
        (Parameter::MasterVol, random.random_range(0.02..0.1)),
    ] {
        patch.set(parameter, value);
    }
    patch
}

#[test]
fn the_patch_that_made_a_file_has_no_distance() {
    let (known, _) = known_sounds();
    let mut random = ChaCha8Rng::seed_from_u64(60);
    let mut judged = 0;
    while judged < 16 {
        let patch = wild(&mut random);
        let key = random.random_range(36..=84);
        let held_s = random.random_range(0.3_f32..1.2);
        let note = TargetNote { key, held_s, length_s: held_s + 1.0, ..TargetNote::TEST };
        let [left, right] = render_stereo(&patch, &note);
        let Ok(target) = Target::new(&[&left, &right], 44_100) else { continue };
        let target = target.with_key(key);
        let candidate = Candidate { patch, held_s, bend_cents: 0.0 };
        let found = Judge::new(&target, &known).judge_all(&[candidate], f32::MIN).remove(0);
        assert!(found.distance < 4e-3, "{patch:?} at key {key}: {}", found.distance);
        judged += 1;

        let resampled = [left, right].map(|channel| fourier::resampled(&channel, 44_100, 48_000).unwrap());
        let target = Target::new(&[&resampled[0], &resampled[1]], 48_000).unwrap().with_key(key);
        let found = Judge::new(&target, &known).judge_all(&[candidate], f32::MIN).remove(0);
        assert!(found.distance < 8e-3, "48 kHz, {patch:?} at key {key}: {}", found.distance);
    }
}
