//! Promise: once made, an instrument never asks for memory; an audio thread may call anything.

use assert_no_alloc::{AllocDisabler, assert_no_alloc};
use patch::{Parameter, Patch};
use voice::{MAX_BLOCK, Synthesizer};

#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;

#[test]
fn playing_allocates_nothing() {
    let mut synthesizer = Synthesizer::new(48_000.0);
    let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
    let mut peak = 0.0f32;
    // An allocation inside aborts the test.
    assert_no_alloc(|| {
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
            if round % 8 == 7 {
                synthesizer.all_sound_off();
            }
        }
    });
    assert!(peak > 0.01, "nothing was played");
}
