//! Promise: once made, an instrument never asks for memory; an audio thread may call anything.

use assert_no_alloc::{AllocDisabler, assert_no_alloc};
use patch::{Parameter, Patch};
use voice::controller_map::ControllerMap;
use voice::tuning::{KeyboardMap, Scale, Tuning};
use voice::{MAX_BLOCK, Synthesizer};

#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;

#[test]
fn playing_allocates_nothing() {
    let mut synthesizer = Synthesizer::new(48_000.0);
    let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
    let mut peak = 0.0f32;
    let bank = vec![Patch::default(); 128].into_boxed_slice();
    let other_bank = bank.clone();
    let scale = Scale::read("\n1\n9/8\n").expect("the smallest scale");
    let tunings = [Tuning::default(), Tuning::new(&scale, &KeyboardMap::default()).expect("it sounds")];
    let mut maps = [ControllerMap::default(); 2];
    maps[1].set(64, Some(Parameter::FilterCutoff));
    let mut old_bank = None;
    // An allocation inside aborts the test.
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
