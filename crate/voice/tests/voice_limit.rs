//! Promise: with a voice limit no more notes sound in poly, and those that must give way are the
//! oldest that were let go, or else the oldest.

mod common;

use common::{RATE_HZ, patch};
use patch::{Parameter, Patch};
use proptest::prelude::*;
use voice::render::perform;
use voice::{MAX_BLOCK, Synthesizer};

fn sine() -> Patch {
    // A long release: keys that were let go sound on.
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

/// Which of the keys are heard after what has happened.
fn heard(synthesizer: &mut Synthesizer, keys: &[u8]) -> Vec<u8> {
    perform(synthesizer, &[], 64, MAX_BLOCK * 10);
    let [sound, _] = perform(synthesizer, &[], 64, RATE_HZ as usize / 4);
    keys.iter().copied().filter(|key| level(&sound, *key) > 0.003).collect()
}

const KEYS: [u8; 4] = [60, 66, 72, 79];

fn strike(synthesizer: &mut Synthesizer, keys: &[u8]) {
    for &key in keys {
        synthesizer.note_on(key, 100);
        perform(synthesizer, &[], 64, MAX_BLOCK);
    }
}

#[test]
fn without_a_limit_all_sound() {
    let mut synthesizer = synthesizer(0, &sine());
    strike(&mut synthesizer, &KEYS);
    assert_eq!(heard(&mut synthesizer, &KEYS), KEYS);
}

#[test]
fn the_oldest_gives_way() {
    let mut synthesizer = synthesizer(3, &sine());
    strike(&mut synthesizer, &KEYS);
    assert_eq!(synthesizer.active_voices(), 3);
    assert_eq!(heard(&mut synthesizer, &KEYS), KEYS[1..]);
}

#[test]
fn a_key_that_was_let_go_gives_way_first() {
    let mut synthesizer = synthesizer(3, &sine());
    strike(&mut synthesizer, &KEYS[..3]);
    synthesizer.note_off(KEYS[2]);
    strike(&mut synthesizer, &KEYS[3..]);
    assert_eq!(heard(&mut synthesizer, &KEYS), [KEYS[0], KEYS[1], KEYS[3]]);
}

#[test]
fn of_those_let_go_the_one_struck_first() {
    let mut synthesizer = synthesizer(3, &sine());
    strike(&mut synthesizer, &KEYS[..3]);
    synthesizer.note_off(KEYS[2]);
    synthesizer.note_off(KEYS[1]);
    strike(&mut synthesizer, &KEYS[3..]);
    assert_eq!(heard(&mut synthesizer, &KEYS), [KEYS[0], KEYS[2], KEYS[3]]);
}

#[test]
fn a_key_that_the_pedal_holds_counts_as_let_go() {
    let mut synthesizer = synthesizer(2, &sine());
    synthesizer.control_change(64, 127);
    strike(&mut synthesizer, &KEYS[..2]);
    synthesizer.note_off(KEYS[1]);
    strike(&mut synthesizer, &KEYS[2..3]);
    assert_eq!(heard(&mut synthesizer, &KEYS), [KEYS[0], KEYS[2]]);
}

#[test]
fn a_key_that_gave_way_sounds_when_struck_again() {
    let mut synthesizer = synthesizer(2, &sine());
    strike(&mut synthesizer, &KEYS[..3]);
    strike(&mut synthesizer, &KEYS[..1]);
    assert_eq!(heard(&mut synthesizer, &KEYS), [KEYS[0], KEYS[2]]);
}

#[test]
fn a_limit_that_comes_while_more_sound_holds_from_the_next_strike_on() {
    let mut synthesizer = synthesizer(0, &sine());
    strike(&mut synthesizer, &[50, 52, 54, 56, 58, 60, 62, 64, 66, 68]);
    synthesizer.set_voice_limit(2);
    strike(&mut synthesizer, &[79]);
    assert_eq!(synthesizer.active_voices(), 2);
    assert_eq!(heard(&mut synthesizer, &[64, 66, 68, 79]), [68, 79]);
}

#[test]
fn mono_and_legato_know_no_limit() {
    for mode in [1.0, 2.0] {
        let mut patch = sine();
        patch.set(Parameter::KeyboardMode, mode);
        let mut synthesizer = synthesizer(1, &patch);
        strike(&mut synthesizer, &KEYS);
        assert_eq!(heard(&mut synthesizer, &KEYS), KEYS[3..]);
    }
}

proptest! {
    #[test]
    fn never_more_than_allowed(
        limit in 1usize..20,
        hands in prop::collection::vec((0u8..128, any::<bool>(), any::<bool>()), 1..80),
    ) {
        let mut synthesizer = synthesizer(limit, &sine());
        let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
        for (key, down, pause) in hands {
            if down { synthesizer.note_on(key, 100) } else { synthesizer.note_off(key) }
            prop_assert!(synthesizer.active_voices() <= limit);
            if pause {
                synthesizer.render_block(&mut left, &mut right);
            }
        }
    }
}
