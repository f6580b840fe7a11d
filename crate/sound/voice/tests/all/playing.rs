//! Promise: keys, pedal, portamento and controllers work as a player of amSynth expects.

use crate::common::{RATE_HZ, control, difference_db, frequency_hz, off, on, patch, peak, play, rms};
use patch::{Parameter, Patch};
use voice::render::{Event, EventKind};
use voice::{MAX_BLOCK, Synthesizer};

const POLY: f32 = 0.0;
const MONO: f32 = 1.0;
const LEGATO: f32 = 2.0;
/// An eighth of a second in whole blocks.
const STEP: usize = 5_504;

fn sine(mode: f32) -> Patch {
    patch(&[(Parameter::Osc1Waveform, 0.0), (Parameter::OscMix, -1.0), (Parameter::KeyboardMode, mode)])
}

/// The frequency in the second half of a step.
fn heard_hz(sound: &[f32], step: usize) -> f32 {
    frequency_hz(&sound[step * STEP + STEP / 2..(step + 1) * STEP], RATE_HZ)
}

fn assert_hz(heard_hz: f32, expected_hz: f32) {
    assert!((heard_hz / expected_hz - 1.0).abs() < 0.005, "{heard_hz} instead of {expected_hz} Hz");
}

#[test]
fn a_released_key_becomes_silent() {
    let sound = play(&sine(POLY), &[on(0, 69), off(STEP, 69)], 3 * STEP);
    assert!(rms(&sound[STEP / 2..STEP]) > 0.05);
    assert_eq!(peak(&sound[2 * STEP..]), 0.0);
}

#[test]
fn poly_plays_chords_and_mono_the_newest_key() {
    let chord = [on(0, 57), on(0, 69)];
    let poly = play(&sine(POLY), &chord, STEP);
    let single = play(&sine(POLY), &[on(0, 69)], STEP);
    assert!(difference_db(&poly, &single) > -6.0);
    let mono = play(&sine(MONO), &[on(0, 57), on(STEP, 69), off(2 * STEP, 69), off(3 * STEP, 57)], 5 * STEP);
    assert_hz(heard_hz(&mono, 0), 220.0);
    assert_hz(heard_hz(&mono, 1), 440.0);
    assert_hz(heard_hz(&mono, 2), 220.0);
    assert_eq!(peak(&mono[4 * STEP..]), 0.0);
}

#[test]
fn releasing_an_older_key_has_no_effect_in_mono() {
    let sound = play(&sine(MONO), &[on(0, 57), on(STEP, 69), off(2 * STEP, 57)], 4 * STEP);
    assert_hz(heard_hz(&sound, 3), 440.0);
}

#[test]
fn mono_retriggers_envelopes_and_legato_does_not() {
    let phrase = [on(0, 69), on(2 * STEP, 69 + 12)];
    let dip = |mode| {
        let mut patch = sine(mode);
        patch.set(Parameter::AmpSustain, 0.2);
        patch.set(Parameter::AmpDecay, 0.4);
        let sound = play(&patch, &phrase, 4 * STEP);
        let before = rms(&sound[2 * STEP - STEP / 2..2 * STEP]);
        rms(&sound[2 * STEP..2 * STEP + STEP / 2]) / before
    };
    assert!(dip(MONO) > 2.0, "mono: {}", dip(MONO));
    assert!(dip(LEGATO) < 1.1, "legato: {}", dip(LEGATO));
}

#[test]
fn the_pedal_sustains_released_keys() {
    for mode in [POLY, MONO, LEGATO] {
        let phrase = [on(0, 69), control(64, 64, 127), off(STEP, 69), control(3 * STEP, 64, 0)];
        let sound = play(&sine(mode), &phrase, 5 * STEP);
        assert!(rms(&sound[2 * STEP..3 * STEP]) > 0.05, "{mode}");
        assert_eq!(peak(&sound[4 * STEP..]), 0.0, "{mode}");
    }
}

#[test]
fn the_pedal_does_not_end_held_keys() {
    let sound = play(&sine(POLY), &[on(0, 69), control(64, 64, 127), control(STEP, 64, 0)], 3 * STEP);
    assert!(rms(&sound[2 * STEP..]) > 0.05);
}

#[test]
fn portamento_glides_for_its_time() {
    let mut patch = sine(POLY);
    // Four steps.
    patch.set(Parameter::PortamentoTime, (4 * STEP) as f32 / RATE_HZ);
    let sound = play(&patch, &[on(0, 57), off(STEP, 57), on(2 * STEP, 69)], 8 * STEP);
    assert_hz(heard_hz(&sound, 0), 220.0);
    // The middle of the second half of the first step of four: 220 + 220 · 0.75 / 4.
    assert_hz(heard_hz(&sound, 2), 261.25);
    assert_hz(heard_hz(&sound, 4), 371.25);
    assert_hz(heard_hz(&sound, 6), 440.0);
}

#[test]
fn legato_portamento_glides_only_between_held_keys() {
    let mut patch = sine(MONO);
    patch.set(Parameter::PortamentoTime, 0.5);
    patch.set(Parameter::PortamentoMode, 1.0);
    let detached = play(&patch, &[on(0, 57), off(STEP, 57), on(2 * STEP, 69)], 3 * STEP);
    assert_hz(heard_hz(&detached, 2), 440.0);
    let legato = play(&patch, &[on(0, 57), on(2 * STEP, 69)], 3 * STEP);
    let heard_hz = heard_hz(&legato, 2);
    assert!((225.0..350.0).contains(&heard_hz), "{heard_hz}");
}

#[test]
fn a_higher_velocity_is_louder() {
    let mut patch = sine(POLY);
    // Far below the limiter.
    patch.set(Parameter::MasterVol, 0.3);
    let play = |velocity| {
        let event = Event { frame: 0, kind: EventKind::NoteOn { key: 69, velocity } };
        rms(&play(&patch, &[event], STEP))
    };
    assert!(play(120) > 1.8 * play(60) && play(60) > 1.8 * play(30));
    assert_eq!(play(0), 0.0);
}

#[test]
fn all_notes_off_leaves_the_reverb_and_all_sound_off_does_not() {
    let mut patch = sine(POLY);
    patch.set(Parameter::ReverbWet, 0.8);
    let end = |events: &[Event]| {
        let mut phrase = vec![on(0, 69)];
        phrase.extend_from_slice(events);
        rms(&play(&patch, &phrase, 4 * STEP)[3 * STEP..])
    };
    let held = end(&[]);
    let notes_off = end(&[control(2 * STEP, 123, 0)]);
    let sound_off = end(&[control(2 * STEP, 120, 0)]);
    assert!(notes_off < 0.5 * held, "the tail sounds on: {notes_off} of {held}");
    assert!(sound_off < 0.05 * notes_off, "the tail is cleared, too: {sound_off} of {notes_off}");
}

#[test]
fn a_pan_to_the_right_silences_the_left() {
    let [left, right] =
        voice::render::render(&sine(POLY), &[control(0, 10, 127), on(0, 69)], RATE_HZ, 64, STEP);
    assert!(rms(&right) > 0.05 && rms(&left) < 1e-6);
}

#[test]
fn another_keyboard_mode_ends_all_notes() {
    let mut synthesizer = Synthesizer::new(RATE_HZ);
    synthesizer.note_on(60, 100);
    synthesizer.note_on(64, 100);
    assert_eq!(synthesizer.active_voices(), 2);
    synthesizer.set_parameter(Parameter::KeyboardMode, POLY);
    assert_eq!(synthesizer.active_voices(), 2, "an unchanged mode has no effect");
    synthesizer.set_parameter(Parameter::KeyboardMode, LEGATO);
    assert_eq!(synthesizer.active_voices(), 0);
}

#[test]
fn all_128_keys_sound_together() {
    let mut synthesizer = Synthesizer::new(RATE_HZ);
    (0..=255).for_each(|key| synthesizer.note_on(key, 255));
    let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
    (0..100).for_each(|_| synthesizer.render_block(&mut left, &mut right));
    assert_eq!(synthesizer.active_voices(), 128);
    assert!(peak(&left) > 0.1 && peak(&left) < 1.0);
}
