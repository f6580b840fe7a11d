//! Promise: with a voice limit no more notes sound in poly; the oldest released voice is stolen first, or
//! else the oldest.

use crate::common::{RATE_HZ, patch};
use patch::{Parameter, Patch};
use proptest::prelude::*;
use voice::render::perform;
use voice::{MAX_BLOCK, Synthesizer};

fn sine() -> Patch {
    // A long release: released keys sound on.
    patch(&[
        (Parameter::Osc1Waveform, 0.0),
        (Parameter::OscMix, -1.0),
        (Parameter::MasterVol, 0.3),
        (Parameter::AmpRelease, 2.0),
    ])
}

fn synthesizer(limit: usize, patch: &Patch) -> Synthesizer {
    let mut synthesizer = Synthesizer::new(RATE_HZ);
    synthesizer.set_patch(patch);
    synthesizer.set_voice_limit(limit);
    synthesizer
}

/// The level of a key's frequency in an eighth of a second.
fn level(sound: &[f32], key: u8) -> f32 {
    let step = 440.0 * 2f32.powf((f32::from(key) - 69.0) / 12.0) / RATE_HZ * std::f32::consts::TAU;
    let [mut re, mut im] = [0.0f64; 2];
    for (i, sample) in sound.iter().enumerate() {
        let angle = f64::from(step) * i as f64;
        re += f64::from(*sample) * angle.cos();
        im += f64::from(*sample) * angle.sin();
    }
    (re.hypot(im) / sound.len() as f64) as f32
}

/// The keys that are audible now.
fn audible(synthesizer: &mut Synthesizer, keys: &[u8]) -> Vec<u8> {
    perform(synthesizer, &[], 64, MAX_BLOCK * 10);
    let [sound, _] = perform(synthesizer, &[], 64, RATE_HZ as usize / 4);
    keys.iter().copied().filter(|key| level(&sound, *key) > 0.003).collect()
}

const KEYS: [u8; 4] = [60, 66, 72, 79];

fn press(synthesizer: &mut Synthesizer, keys: &[u8]) {
    for &key in keys {
        synthesizer.note_on(key, 100);
        perform(synthesizer, &[], 64, MAX_BLOCK);
    }
}

#[test]
fn without_a_limit_all_notes_sound() {
    let mut synthesizer = synthesizer(0, &sine());
    press(&mut synthesizer, &KEYS);
    assert_eq!(audible(&mut synthesizer, &KEYS), KEYS);
}

#[test]
fn the_oldest_voice_is_stolen() {
    let mut synthesizer = synthesizer(3, &sine());
    press(&mut synthesizer, &KEYS);
    assert_eq!(synthesizer.active_voices(), 3);
    assert_eq!(audible(&mut synthesizer, &KEYS), KEYS[1..]);
}

#[test]
fn a_released_voice_is_stolen_first() {
    let mut synthesizer = synthesizer(3, &sine());
    press(&mut synthesizer, &KEYS[..3]);
    synthesizer.note_off(KEYS[2]);
    press(&mut synthesizer, &KEYS[3..]);
    assert_eq!(audible(&mut synthesizer, &KEYS), [KEYS[0], KEYS[1], KEYS[3]]);
}

#[test]
fn of_released_voices_the_oldest_is_stolen() {
    let mut synthesizer = synthesizer(3, &sine());
    press(&mut synthesizer, &KEYS[..3]);
    synthesizer.note_off(KEYS[2]);
    synthesizer.note_off(KEYS[1]);
    press(&mut synthesizer, &KEYS[3..]);
    assert_eq!(audible(&mut synthesizer, &KEYS), [KEYS[0], KEYS[2], KEYS[3]]);
}

#[test]
fn a_key_that_only_the_pedal_sustains_counts_as_released() {
    let mut synthesizer = synthesizer(2, &sine());
    synthesizer.control_change(64, 127);
    press(&mut synthesizer, &KEYS[..2]);
    synthesizer.note_off(KEYS[1]);
    press(&mut synthesizer, &KEYS[2..3]);
    assert_eq!(audible(&mut synthesizer, &KEYS), [KEYS[0], KEYS[2]]);
}

#[test]
fn a_key_whose_voice_was_stolen_can_sound_again() {
    let mut synthesizer = synthesizer(2, &sine());
    press(&mut synthesizer, &KEYS[..3]);
    press(&mut synthesizer, &KEYS[..1]);
    assert_eq!(audible(&mut synthesizer, &KEYS), [KEYS[0], KEYS[2]]);
}

#[test]
fn a_lowered_limit_applies_from_the_next_note_on() {
    let mut synthesizer = synthesizer(0, &sine());
    press(&mut synthesizer, &[50, 52, 54, 56, 58, 60, 62, 64, 66, 68]);
    synthesizer.set_voice_limit(2);
    press(&mut synthesizer, &[79]);
    assert_eq!(synthesizer.active_voices(), 2);
    assert_eq!(audible(&mut synthesizer, &[64, 66, 68, 79]), [68, 79]);
}

#[test]
fn mono_and_legato_ignore_the_limit() {
    for mode in [1.0, 2.0] {
        let mut patch = sine();
        patch.set(Parameter::KeyboardMode, mode);
        let mut synthesizer = synthesizer(1, &patch);
        press(&mut synthesizer, &KEYS);
        assert_eq!(audible(&mut synthesizer, &KEYS), KEYS[3..]);
    }
}

proptest! {
    #[test]
    fn never_more_voices_than_allowed(
        limit in 1usize..20,
        presses in prop::collection::vec((0u8..128, any::<bool>(), any::<bool>()), 1..80),
    ) {
        let mut synthesizer = synthesizer(limit, &sine());
        let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
        for (key, down, pause) in presses {
            if down { synthesizer.note_on(key, 100) } else { synthesizer.note_off(key) }
            prop_assert!(synthesizer.active_voices() <= limit);
            if pause {
                synthesizer.render_block(&mut left, &mut right);
            }
        }
    }
}
