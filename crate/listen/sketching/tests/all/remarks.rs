//! Remarks say what a person notices: pairs of renders that differ in one thing.

use matching::{TargetNote, render, with_gain};
use patch::{Parameter, Patch};
use sketching::{Remark, remarks};

fn patch(values: &[(Parameter, f32)]) -> Patch {
    let mut patch = Patch::default();
    patch.set(Parameter::FilterCutoff, 0.6);
    patch.set(Parameter::AmpRelease, 0.8);
    patch.set(Parameter::MasterVol, 0.3);
    values.iter().for_each(|&(parameter, value)| patch.set(parameter, value));
    patch
}

const NOTE: TargetNote = TargetNote { key: 57, length_s: 3.0, ..TargetNote::TEST };

/// Remarks on one patch's sound beside another's.
fn between(target: &[(Parameter, f32)], answer: &[(Parameter, f32)]) -> Vec<Remark> {
    remarks(&render(&patch(target), &NOTE), &render(&patch(answer), &NOTE)).1
}

#[test]
fn equal_sounds_have_no_remarks() {
    assert_eq!(between(&[], &[]), []);
    assert_eq!(between(&[(Parameter::FilterCutoff, 0.6)], &[(Parameter::FilterCutoff, 0.61)]), []);
}

#[test]
fn another_cutoff_is_too_dark_or_too_bright() {
    let (low, high) = ([(Parameter::FilterCutoff, 0.4)], [(Parameter::FilterCutoff, 0.9)]);
    let dark = between(&high, &low);
    let is_dark = |remark: &Remark| matches!(remark, Remark::TooDark { from_s, to_s, .. } if *from_s < 0.1 && *to_s > 1.9);
    assert!(dark.iter().any(is_dark), "{dark:?}");
    let bright = between(&low, &high);
    let is_bright =
        |remark: &Remark| matches!(remark, Remark::TooBright { by_octaves, .. } if *by_octaves > 0.4);
    assert!(bright.iter().any(is_bright), "{bright:?}");
}

#[test]
fn a_slower_attack_is_heard_in_both_directions() {
    let slow = [(Parameter::AmpAttack, 1.0)];
    let found = between(&[], &slow);
    assert!(
        found.iter().any(|remark| matches!(remark, Remark::AttackTooSlow { by_s } if *by_s > 0.1)),
        "{found:?}"
    );
    let found = between(&slow, &[]);
    assert!(
        found.iter().any(|remark| matches!(remark, Remark::AttackTooFast { by_s } if *by_s > 0.1)),
        "{found:?}"
    );
}

#[test]
fn an_end_that_comes_too_early_or_too_late_is_named_first() {
    let sound = |held_s: f32| render(&patch(&[]), &TargetNote { held_s, ..NOTE });
    let (_, early) = remarks(&sound(2.0), &sound(1.0));
    assert!(matches!(early[0], Remark::EndsTooEarly { by_s } if (by_s - 1.0).abs() < 0.1), "{early:?}");
    let (_, late) = remarks(&sound(1.0), &sound(2.0));
    assert!(matches!(late[0], Remark::EndsTooLate { by_s } if (by_s - 1.0).abs() < 0.1), "{late:?}");
}

#[test]
fn a_gain_is_the_only_remark_on_a_quieter_sound() {
    let loud = patch(&[]);
    let (quiet, gain_db) = with_gain(&loud, -9.0);
    let (_, found) = remarks(&render(&loud, &NOTE), &render(&quiet, &NOTE));
    assert!(matches!(found[..], [Remark::TooQuiet { by_db }] if (by_db + gain_db).abs() < 1.0), "{found:?}");
}

#[test]
fn a_tremolo_is_heard_in_both_directions() {
    let tremolo = [(Parameter::AmpModAmount, 0.2), (Parameter::LfoFreq, 2.2)];
    assert!(matches!(between(&[], &tremolo)[0], Remark::LevelMoves { by_db } if by_db > 1.5));
    assert!(matches!(between(&tremolo, &[])[0], Remark::LevelMovesLess { by_db } if by_db > 1.5));
}

#[test]
fn a_vibrato_moves_the_pitch() {
    let vibrato = [(Parameter::FreqModAmount, 0.35), (Parameter::LfoFreq, 2.3)];
    let found = between(&[], &vibrato);
    assert!(found.iter().any(|remark| matches!(remark, Remark::PitchMoves { .. })), "{found:?}");
    let found = between(&vibrato, &[]);
    assert!(found.iter().any(|remark| matches!(remark, Remark::PitchMovesLess { .. })), "{found:?}");
}

#[test]
fn a_pitch_that_leaps_from_moment_to_moment_does_not_move() {
    let steady: Vec<f32> = (0..88_200).map(|n| 0.3 * (n as f32 * 0.0627).sin()).collect();
    // Every 80 ms another pitch within two octaves.
    let mut phase = 0.0_f32;
    let leaping: Vec<f32> = (0..88_200)
        .map(|n| {
            let octaves = ((n / 3_528) as f32 * 0.618).fract() * 2.0;
            phase += 0.0314 * octaves.exp2();
            0.3 * phase.sin()
        })
        .collect();
    for (target, answer) in [(&steady, &leaping), (&leaping, &steady)] {
        let (_, found) = remarks(target, answer);
        let moves =
            |remark: &Remark| matches!(remark, Remark::PitchMoves { .. } | Remark::PitchMovesLess { .. });
        assert!(!found.iter().any(moves), "{found:?}");
    }
}

#[test]
fn another_key_is_another_pitch() {
    let sound = |key: u8| render(&patch(&[]), &TargetNote { key, ..NOTE });
    for (other, cents) in [(58, 100.0), (69, 1200.0), (52, -500.0)] {
        let (_, found) = remarks(&sound(57), &sound(other));
        assert!(
            matches!(found[0], Remark::OtherPitch { cents: found } if (found - cents).abs() < 10.0),
            "{other}: {found:?}"
        );
    }
}

#[test]
fn noise_instead_of_a_tone_is_more_noise() {
    let noise = [(Parameter::Osc1Waveform, 3.0), (Parameter::OscMix, -1.0)];
    let found = between(&[], &noise);
    assert!(found.iter().any(|remark| matches!(remark, Remark::MoreNoise { .. })), "{found:?}");
    let found = between(&noise, &[]);
    assert!(found.iter().any(|remark| matches!(remark, Remark::LessNoise { .. })), "{found:?}");
}

#[test]
fn a_rhythm_answered_by_one_note_lacks_its_hits() {
    let hit =
        patch(&[(Parameter::AmpDecay, 0.4), (Parameter::AmpSustain, 0.0), (Parameter::AmpRelease, 0.4)]);
    let one = render(&hit, &TargetNote { held_s: 0.1, length_s: 0.3, ..NOTE });
    let rhythm = one.repeat(8);
    let (difference, found) = remarks(&rhythm, &render(&patch(&[]), &NOTE));
    assert!(matches!(found[0], Remark::RhythmMissing { hits: 5.. }), "{found:?}");
    assert!(difference.percent > 60.0, "{difference:?}");
}

#[test]
fn missing_partials_of_a_bell_are_named_by_their_frequency() {
    let bell = |partials: &[(f32, f32)]| -> Vec<f32> {
        let partial = |seconds: f32, hz: f32| (std::f32::consts::TAU * hz * seconds).sin();
        let sample = |n: usize| {
            let seconds = n as f32 / 44_100.0;
            let fall = (-2.0 * seconds).exp();
            0.05 * fall * partials.iter().map(|(hz, level)| level * partial(seconds, *hz)).sum::<f32>()
        };
        (0..88_200).map(sample).collect()
    };
    let whole = [(330.0, 1.0), (911.0, 0.8), (1782.0, 0.7), (2937.0, 0.5)];
    let (_, found) = remarks(&bell(&whole), &bell(&whole[1..]));
    let is_low = |remark: &Remark| matches!(remark, Remark::LacksLow { around_hz } if (around_hz - 330.0).abs() < 15.0);
    assert!(found.iter().any(is_low), "{found:?}");
    let (_, found) = remarks(&bell(&whole), &bell(&whole[..2]));
    let is_high = |remark: &Remark| matches!(remark, Remark::LacksHigh { around_hz } if *around_hz > 1700.0);
    assert!(
        found.iter().any(|remark| is_high(remark) || matches!(remark, Remark::TooDark { .. })),
        "{found:?}"
    );
}

#[test]
fn a_silent_answer_is_too_quiet_and_broken_input_is_survived() {
    let sound = render(&patch(&[]), &NOTE);
    assert!(matches!(remarks(&sound, &[0.0; 9000]).1[..], [Remark::TooQuiet { .. }]));
    for (target, answer) in [(&[][..], &[][..]), (&[], &sound), (&[0.0; 3], &[0.1; 3])] {
        assert!(remarks(target, answer).1.len() <= 3);
    }
}
