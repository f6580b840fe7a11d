//! Promise: a program change to another number silences everything and sets that patch of the bank.

use crate::common::{RATE_HZ, on, patch, peak, rms};
use patch::{Parameter, Patch};
use voice::render::perform;
use voice::{MAX_BLOCK, Synthesizer};

/// Patches that differ in their volume.
fn bank(size: usize) -> Box<[Patch]> {
    (0..size)
        .map(|i| patch(&[(Parameter::MasterVol, i as f32 / 128.0), (Parameter::ReverbWet, 0.7)]))
        .collect()
}

fn synthesizer() -> Synthesizer {
    let mut synthesizer = Synthesizer::new(RATE_HZ);
    assert!(synthesizer.set_bank(bank(100)).is_empty());
    synthesizer
}

fn play(synthesizer: &mut Synthesizer) -> Vec<f32> {
    let [left, _] = perform(synthesizer, &[], 64, 4 * MAX_BLOCK);
    left
}

#[test]
fn a_program_change_sets_the_patch_of_its_number() {
    let mut synthesizer = synthesizer();
    assert_eq!(synthesizer.patch(), &Patch::default(), "loading a bank selects nothing");
    for program in [0, 99, 7] {
        synthesizer.program_change(program);
        assert_eq!(synthesizer.patch(), &bank(100)[usize::from(program)], "{program}");
    }
}

#[test]
fn a_program_change_ends_notes_and_reverb_at_once() {
    let mut synthesizer = synthesizer();
    synthesizer.program_change(99);
    perform(&mut synthesizer, &[on(0, 60), on(0, 64)], 64, 22_016);
    assert!(rms(&play(&mut synthesizer)) > 0.01);
    synthesizer.program_change(98);
    assert_eq!(synthesizer.active_voices(), 0);
    assert!(peak(&play(&mut synthesizer)) < 0.01);
    perform(&mut synthesizer, &[on(0, 60)], 64, 22_016);
    assert!(rms(&play(&mut synthesizer)) > 0.01, "the next note sounds");
}

#[test]
fn the_same_program_again_has_no_effect() {
    let mut synthesizer = synthesizer();
    synthesizer.program_change(99);
    synthesizer.set_parameter(Parameter::FilterCutoff, 0.2);
    synthesizer.note_on(60, 100);
    synthesizer.program_change(99);
    assert_eq!(synthesizer.active_voices(), 1);
    assert_eq!(synthesizer.patch().get(Parameter::FilterCutoff), 0.2);
}

#[test]
fn a_number_beyond_the_bank_has_no_effect() {
    let mut synthesizer = synthesizer();
    synthesizer.program_change(50);
    synthesizer.note_on(60, 100);
    for program in [100, 127, 128, 255] {
        synthesizer.program_change(program);
    }
    assert_eq!((synthesizer.active_voices(), synthesizer.patch()), (1, &bank(100)[50]));
    let mut empty = Synthesizer::new(RATE_HZ);
    empty.note_on(60, 100);
    empty.program_change(0);
    assert_eq!(empty.active_voices(), 1);
}

#[test]
fn after_loading_a_bank_the_same_number_is_a_change() {
    let mut synthesizer = synthesizer();
    synthesizer.program_change(3);
    let other: Box<[Patch]> = bank(100).iter().rev().copied().collect();
    assert_eq!(synthesizer.set_bank(other.clone()), bank(100));
    assert_eq!(synthesizer.patch(), &bank(100)[3], "the patch stays until a program change");
    synthesizer.program_change(3);
    assert_eq!(synthesizer.patch(), &other[3]);
}

#[test]
fn patches_beyond_128_cannot_be_selected() {
    let mut synthesizer = Synthesizer::new(RATE_HZ);
    let mut patches = bank(128).into_vec();
    patches.push(patch(&[(Parameter::FilterCutoff, 0.1)]));
    synthesizer.set_bank(patches.into());
    synthesizer.program_change(127);
    synthesizer.program_change(128);
    assert_eq!(synthesizer.patch(), &bank(128)[127]);
}
