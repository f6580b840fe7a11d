//! Promise: several parts sound as each of them does alone, added up, and never too loud. Their noise
//! is uncorrelated.

use crate::common::{patch, peak};
use patch::{Parameter, Patch};
use voice::{MAX_BLOCK, MultitimbralSynthesizer, Synthesizer};

const RATE_HZ: f32 = 48_000.0;

fn render(mut block: impl FnMut(&mut [f32], &mut [f32]), blocks: usize) -> [Vec<f32>; 2] {
    let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
    let mut sound = [Vec::new(), Vec::new()];
    for _ in 0..blocks {
        block(&mut left, &mut right);
        sound[0].extend_from_slice(&left);
        sound[1].extend_from_slice(&right);
    }
    sound
}

const SAW: f32 = 2.0;
const NOISE: f32 = 3.0;

fn reverberant(waveform: f32) -> Patch {
    patch(&[
        (Parameter::ReverbWet, 0.6),
        (Parameter::ReverbRoomsize, 0.3),
        (Parameter::DistortionCrunch, 0.4),
        (Parameter::Osc2Waveform, waveform),
    ])
}

/// A loud chord and its tail, then a soft note.
fn perform(synthesizer: &mut Synthesizer, waveform: f32, block: usize) {
    match block {
        0 => {
            synthesizer.set_patch(&reverberant(waveform));
            [48, 55, 60, 64].into_iter().for_each(|key| synthesizer.note_on(key, 127));
        }
        300 => synthesizer.pitch_bend(3000),
        400 => [48, 55, 60, 64].into_iter().for_each(|key| synthesizer.note_off(key)),
        // After the reverb's tail has ended.
        5000 => synthesizer.note_on(50, 80),
        _ => {}
    }
}

#[test]
fn a_part_alone_equals_a_synthesizer_bit_for_bit() {
    // Only the first part has a synthesizer's noise.
    for (index, waveform) in [(0, NOISE), (2, SAW)] {
        let mut parts = MultitimbralSynthesizer::new(RATE_HZ, 4);
        let mut synthesizer = Synthesizer::new(RATE_HZ);
        let mut block = 0;
        let rendered = render(
            |left, right| {
                perform(parts.part(index).expect("four parts"), waveform, block);
                parts.render_block(left, right);
                block += 1;
            },
            5200,
        );
        block = 0;
        let expected = render(
            |left, right| {
                perform(&mut synthesizer, waveform, block);
                synthesizer.render_block(left, right);
                block += 1;
            },
            5200,
        );
        let bits = |sound: &[Vec<f32>; 2]| sound.concat().iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert!(peak(&expected[0][..20_000]) > 0.4 && peak(&expected[0][5_100 * MAX_BLOCK..]) > 0.01);
        assert!(bits(&rendered) == bits(&expected), "part {index}");
    }
}

#[test]
fn noise_of_parts_that_start_together_is_uncorrelated() {
    let hiss = patch(&[
        (Parameter::Osc1Waveform, NOISE),
        (Parameter::OscMix, -1.0),
        (Parameter::FilterCutoff, 1.0),
        (Parameter::MasterVol, 0.1),
    ]);
    let play = |which: &[usize]| {
        let mut parts = MultitimbralSynthesizer::new(RATE_HZ, 5);
        for &index in which {
            let part = parts.part(index).expect("five parts");
            part.set_patch(&hiss);
            part.note_on(60, 100);
        }
        let [left, _] = render(|left, right| parts.render_block(left, right), 750);
        left
    };
    let product = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>();
    let alone: Vec<Vec<f32>> = (0..5).map(|index| play(&[index])).collect();
    for one in 0..5 {
        for other in 0..one {
            let [a, b] = [&alone[one], &alone[other]];
            let correlation = product(a, b) / (product(a, a) * product(b, b)).sqrt();
            assert!(correlation.abs() < 0.05, "parts {other} and {one}: {correlation}");
        }
    }
    let together = play(&[0, 1]);
    let gain_db = 10.0 * (product(&together, &together) / product(&alone[0], &alone[0])).log10();
    assert!((2.5..3.5).contains(&gain_db), "two are louder than one by {gain_db} dB");
}

#[test]
fn soft_parts_add_up_with_their_own_patches_notes_and_bends() {
    let settings = [(0.0, 57, 0), (1.0, 64, 4000), (2.0, 72, -4000)];
    let play = |which: &[usize]| {
        let mut parts = MultitimbralSynthesizer::new(RATE_HZ, 3);
        for &index in which {
            let (waveform, key, bend) = settings[index];
            let part = parts.part(index).expect("three parts");
            part.set_patch(&patch(&[(Parameter::Osc1Waveform, waveform), (Parameter::MasterVol, 0.25)]));
            part.note_on(key, 100);
            part.pitch_bend(bend);
        }
        let [left, _] = render(|left, right| parts.render_block(left, right), 400);
        left
    };
    let alone = [0, 1, 2].map(|index| play(&[index]));
    let together = play(&[0, 1, 2]);
    assert!(peak(&together) > 0.05 && peak(&together) < 0.45);
    for (i, sample) in together.iter().enumerate() {
        assert!((sample - (alone[0][i] + alone[1][i] + alone[2][i])).abs() < 1e-6);
    }
}

#[test]
fn many_loud_parts_stay_below_the_level_of_one_limiter() {
    let mut parts = MultitimbralSynthesizer::new(RATE_HZ, 8);
    // The output of amSynth's own limiter before its attack of 0.1 ms is over.
    let bound = 0.9 / (1.0 - (-2.2 / (0.0001 * RATE_HZ)).exp()) * 1.001;
    let mut loudest = 0.0f32;
    for index in 0..8 {
        let part = parts.part(index).expect("eight parts");
        part.set_patch(&patch(&[(Parameter::MasterVol, 1.0)]));
        (0..4).for_each(|key| part.note_on(40 + 5 * index as u8 + 7 * key, 127));
        let [left, right] = render(|left, right| parts.render_block(left, right), 100);
        let level = left.iter().zip(&right).fold(0.0f32, |peak, (l, r)| peak.max(l.abs() + r.abs()));
        assert!(level <= bound, "{index}: {level} above {bound}");
        loudest = loudest.max(level);
    }
    assert!(loudest > 0.8, "{loudest}");
}

#[test]
fn a_part_regains_its_level_after_a_loud_sum() {
    let mut parts = MultitimbralSynthesizer::new(RATE_HZ, 2);
    for index in 0..2 {
        parts.part(index).expect("two parts").note_on(60, 127);
    }
    let [together, _] = render(|left, right| parts.render_block(left, right), 500);
    parts.part(1).expect("two parts").all_sound_off();
    let [alone, _] = render(|left, right| parts.render_block(left, right), 1500);
    let mut synthesizer = Synthesizer::new(RATE_HZ);
    synthesizer.note_on(60, 127);
    let [expected, _] = render(|left, right| synthesizer.render_block(left, right), 2000);
    assert!(peak(&together) < 0.9);
    assert_eq!(alone[1400 * MAX_BLOCK..], expected[1900 * MAX_BLOCK..]);
}

#[test]
fn only_the_part_with_non_finite_samples_is_reset() {
    // Noise modulation at full depth and resonance in blocks of four frames: amSynth's filter becomes
    // unstable, too.
    let unstable = patch(&[
        (Parameter::FilterResonance, 0.97),
        (Parameter::FilterCutoff, 1.5),
        (Parameter::FilterEnvAmount, 16.0),
        (Parameter::FilterModAmount, 1.0),
        (Parameter::LfoWaveform, 3.0),
        (Parameter::LfoFreq, 7.5),
    ]);
    let mut parts = MultitimbralSynthesizer::new(RATE_HZ, 2);
    let mut alone = Synthesizer::new(RATE_HZ);
    parts.part(0).expect("two parts").note_on(60, 100);
    alone.note_on(60, 100);
    let part = parts.part(1).expect("two parts");
    part.set_patch(&unstable);
    part.note_on(60, 127);
    let [mut left, mut right, mut expected_left, mut expected_right] = [[0.0; 4]; 4];
    let mut faults = [0; 2];
    for block in 0..60_000 {
        parts.render_block(&mut left, &mut right);
        alone.render_block(&mut expected_left, &mut expected_right);
        assert!(left.iter().chain(&right).all(|sample| sample.is_finite()));
        for (index, faults) in faults.iter_mut().enumerate() {
            *faults += u32::from(parts.part(index).is_some_and(Synthesizer::take_fault));
        }
        // The gain of the common limiter has recovered after 4 s.
        if block > 50_000 {
            assert_eq!((left, right), (expected_left, expected_right));
        }
    }
    assert_eq!(faults, [0, 1]);
    assert_eq!(parts.active_voices(), 1);
}

#[test]
fn parts_are_counted_and_silenced_together_and_there_may_be_none() {
    let mut parts = MultitimbralSynthesizer::new(RATE_HZ, 2);
    assert!(parts.part(1).is_some() && parts.part(2).is_none());
    parts.part(0).expect("two parts").note_on(60, 100);
    parts.part(1).expect("two parts").note_on(60, 100);
    assert_eq!((parts.count(), parts.active_voices()), (2, 2));
    parts.all_sound_off();
    assert_eq!(parts.active_voices(), 0);
    let mut none = MultitimbralSynthesizer::new(RATE_HZ, 0);
    let [mut left, mut right] = [[1.0; 200]; 2];
    none.render_block(&mut left, &mut right);
    assert_eq!((left, right), ([0.0; 200], [0.0; 200]));
}
