//! Promise: every value of a categorical parameter is audible and different from the others, and every
//! other parameter changes the sound.

use crate::common::{difference_db, off, on, patch, play, rms};
use patch::Parameter;
use voice::render::Event;

const FRAMES: usize = 44_100;

/// Plays all values of a parameter; each must be audible, and each pair must differ by more than −40 dB.
fn assert_all_differ(choices: Parameter, around: &[(Parameter, f32)], events: &[Event]) {
    let info = choices.info();
    let sounds: Vec<(i32, Vec<f32>)> = (info.min as i32..=info.max as i32)
        .map(|choice| {
            let mut values = around.to_vec();
            values.push((choices, choice as f32));
            (choice, play(&patch(&values), events, FRAMES))
        })
        .collect();
    for (i, (choice, sound)) in sounds.iter().enumerate() {
        assert!(rms(sound) > 0.005, "{} {choice} is silent", info.name);
        for (other, other_sound) in &sounds[..i] {
            let difference_db = difference_db(sound, other_sound);
            assert!(difference_db > -40.0, "{}: {choice} sounds like {other}: {difference_db} dB", info.name);
        }
    }
}

const NOTE: [Event; 1] =
    [Event { frame: 0, kind: voice::render::EventKind::NoteOn { key: 57, velocity: 100 } }];

#[test]
fn all_waveforms_of_oscillator_1_differ() {
    assert_all_differ(Parameter::Osc1Waveform, &[(Parameter::OscMix, -1.0)], &NOTE);
}

#[test]
fn all_waveforms_of_oscillator_2_differ() {
    assert_all_differ(Parameter::Osc2Waveform, &[(Parameter::OscMix, 1.0)], &NOTE);
}

#[test]
fn all_waveforms_of_the_lfo_differ_in_vibrato_filter_modulation_and_tremolo() {
    for (depth, value) in
        [(Parameter::FreqModAmount, 0.5), (Parameter::FilterModAmount, 0.8), (Parameter::AmpModAmount, 0.8)]
    {
        let around = [(depth, value), (Parameter::LfoFreq, 2.5), (Parameter::FilterCutoff, 0.6)];
        assert_all_differ(Parameter::LfoWaveform, &around, &NOTE);
    }
}

#[test]
fn all_destinations_of_the_vibrato_differ() {
    let around = [(Parameter::FreqModAmount, 0.5), (Parameter::LfoFreq, 2.0), (Parameter::Osc2Range, 1.0)];
    assert_all_differ(Parameter::FreqModOsc, &around, &NOTE);
}

#[test]
fn all_filter_types_differ_in_both_slopes() {
    for slope in [0.0, 1.0] {
        let around = [(Parameter::FilterCutoff, 0.5), (Parameter::FilterSlope, slope)];
        assert_all_differ(Parameter::FilterType, &around, &NOTE);
    }
}

#[test]
fn both_filter_slopes_differ() {
    assert_all_differ(Parameter::FilterSlope, &[(Parameter::FilterCutoff, 0.3)], &NOTE);
}

#[test]
fn all_keyboard_modes_differ() {
    let envelope = [(Parameter::AmpDecay, 0.4), (Parameter::AmpSustain, 0.3)];
    let phrase = [on(0, 57), on(11_008, 64), off(22_016, 64), off(33_024, 57)];
    assert_all_differ(Parameter::KeyboardMode, &envelope, &phrase);
}

#[test]
fn hard_sync_is_audible() {
    assert_all_differ(Parameter::Osc2Sync, &[(Parameter::Osc2Pitch, 7.0), (Parameter::OscMix, 1.0)], &NOTE);
}

#[test]
fn all_intervals_of_oscillator_2_differ() {
    assert_all_differ(Parameter::Osc2Range, &[(Parameter::OscMix, 1.0)], &NOTE);
    assert_all_differ(Parameter::Osc2Pitch, &[(Parameter::OscMix, 1.0)], &NOTE);
}

#[test]
fn every_parameter_is_audible() {
    let around = [
        (Parameter::AmpAttack, 0.3),
        (Parameter::AmpDecay, 0.5),
        (Parameter::AmpSustain, 0.5),
        (Parameter::AmpRelease, 0.5),
        (Parameter::FilterAttack, 0.3),
        (Parameter::FilterDecay, 0.5),
        (Parameter::FilterSustain, 0.5),
        (Parameter::FilterRelease, 0.5),
        (Parameter::FilterCutoff, 0.2),
        (Parameter::FilterResonance, 0.5),
        (Parameter::FilterEnvAmount, 2.0),
        (Parameter::FilterModAmount, 0.0),
        (Parameter::AmpModAmount, 0.0),
        (Parameter::FreqModAmount, 0.4),
        (Parameter::LfoFreq, 2.0),
        (Parameter::Osc2Pitch, 7.0),
        (Parameter::Osc1Pulsewidth, 0.5),
        (Parameter::Osc2Pulsewidth, 0.5),
        (Parameter::ReverbWet, 0.5),
        (Parameter::ReverbRoomsize, 0.5),
        (Parameter::ReverbWidth, 0.5),
        (Parameter::MasterVol, 0.4),
        (Parameter::PortamentoTime, 0.2),
    ];
    // Two overlapping keys, neither of them middle C, where key tracking has no effect.
    let phrase = [on(0, 45), on(8_000, 64), off(16_000, 64), off(20_032, 45)];
    let plain = play(&patch(&around), &phrase, FRAMES);
    for parameter in Parameter::ALL {
        let info = parameter.info();
        let value =
            around.iter().find(|(other, _)| *other == parameter).map_or(info.default, |(_, value)| *value);
        let changed = if value - info.min > info.max - value { info.min } else { info.max };
        // "Legato only" matters only for a note after a pause.
        let phrase = if parameter == Parameter::PortamentoMode {
            vec![on(0, 45), off(8_000, 45), on(16_000, 64)]
        } else {
            phrase.to_vec()
        };
        let plain = if parameter == Parameter::PortamentoMode {
            play(&patch(&around), &phrase, FRAMES)
        } else {
            plain.clone()
        };
        let mut values = around.to_vec();
        values.push((parameter, changed));
        let difference_db = difference_db(&plain, &play(&patch(&values), &phrase, FRAMES));
        assert!(difference_db > -50.0, "{} is not heard: {difference_db} dB", info.name);
    }
}
