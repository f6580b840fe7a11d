//! Promise: after construction a synthesizer never allocates; an audio thread may call everything.

use assert_no_alloc::assert_no_alloc;
use patch::{Parameter, Patch};
use voice::controller_map::ControllerMap;
use voice::tuning::{KeyboardMap, Tuning, TuningScale};
use voice::{MAX_BLOCK, MultitimbralSynthesizer, Synthesizer};

#[test]
fn playing_allocates_nothing() {
    let mut synthesizer = Synthesizer::new(48_000.0);
    let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
    let mut peak = 0.0f32;
    let bank = vec![Patch::default(); 128].into_boxed_slice();
    let other_bank = bank.clone();
    let scale = TuningScale::read("\n1\n9/8\n").expect("the smallest scale");
    let tunings = [Tuning::default(), Tuning::new(&scale, &KeyboardMap::default()).expect("it sounds")];
    let mut maps = [ControllerMap::default(); 2];
    maps[1].set(64, Some(Parameter::FilterCutoff));
    let mut old_bank = None;
    // An allocation in here aborts the test.
    assert_no_alloc(|| {
        drop(synthesizer.set_bank(bank));
        let mut patch = Patch::default();
        for round in 0..60u8 {
            let position = f32::from(round) / 59.0;
            for parameter in Parameter::ALL {
                let info = parameter.info();
                patch.set(parameter, info.min + position * (info.max - info.min));
            }
            patch.set(Parameter::KeyboardMode, f32::from(round % 3));
            synthesizer.set_patch(&patch);
            synthesizer.set_parameter(Parameter::MasterVol, 0.5);
            synthesizer.note_on(round, 100);
            synthesizer.note_on(round + 12, 100);
            synthesizer.pitch_bend(i16::from(round) * 100);
            for controller in 0..128 {
                synthesizer.control_change(controller, if controller < 120 { round } else { 1 });
            }
            synthesizer.note_on(round + 24, 90);
            (0..20).for_each(|_| {
                synthesizer.render_block(&mut left, &mut right);
                peak = left.iter().fold(peak, |peak, sample| peak.max(sample.abs()));
            });
            synthesizer.note_off(round + 24);
            synthesizer.set_tuning(tunings[usize::from(round % 2)]);
            synthesizer.set_controller_map(maps[usize::from(round % 2)]);
            synthesizer.set_voice_limit(usize::from(round % 5));
            synthesizer.program_change(round);
            if round % 8 == 7 {
                synthesizer.all_sound_off();
            }
        }
        old_bank = Some(synthesizer.set_bank(other_bank));
    });
    assert_eq!(old_bank.map(|bank| bank.len()), Some(128));
    assert!(peak > 0.01, "nothing was played");
}

#[test]
fn ten_thousand_blocks_of_morphing_parts_allocate_nothing() {
    let mut parts = MultitimbralSynthesizer::new(48_000.0, 3);
    let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
    // A linear congruential generator (Knuth's MMIX constants), so that failures are reproducible.
    let mut state = 7u64;
    let mut random = move |count: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % count
    };
    let mut sounding = 0;
    let [mut last_patch, mut patch] = [Patch::default(); 2];
    assert_no_alloc(|| {
        for block in 0..10_000u64 {
            let part = parts.part(random(3) as usize).expect("three parts");
            let parameter = Parameter::ALL[random(41) as usize];
            let info = parameter.info();
            patch.set(parameter, info.min + random(1001) as f32 / 1000.0 * (info.max - info.min));
            match random(16) {
                0..=8 => part.morph_to(&patch),
                9 => part.set_patch(&last_patch),
                10..=12 => part.note_on(36 + random(48) as u8, random(128) as u8),
                13 => part.note_off(36 + random(48) as u8),
                14 => part.pitch_bend(random(16_384) as i16 - 8192),
                _ => part.control_change(random(128) as u8, random(128) as u8),
            }
            if block % 100 == 99 {
                last_patch = patch;
                (36..84).for_each(|key| part.note_off(key));
            }
            let frames = if block % 3 == 0 { 1 + random(64) as usize } else { MAX_BLOCK };
            parts.render_block(&mut left[..frames], &mut right[..frames]);
            sounding += usize::from(left.iter().any(|sample| sample.abs() > 0.01));
        }
    });
    assert!(sounding > 2_000, "only {sounding} blocks were audible");
}
