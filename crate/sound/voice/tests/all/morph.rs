//! Promise: a sweep across changes of waveform, filter type and interval is no more sudden than the same
//! sweep without these changes. The measure is the spectral flux of `flux.rs`.

use crate::flux;
use patch::Parameter;
use voice::{MAX_BLOCK, Synthesizer};

/// Low, middle and high.
const KEYS: [u8; 3] = [45, 60, 72];

#[test]
fn crossfades_are_no_more_sudden_than_a_sweep_without_them() {
    for (number, sweep) in flux::sweeps().iter().enumerate() {
        let peak = |sweep: &[_], follow: fn(&mut Synthesizer, &_)| {
            KEYS.map(|key| flux::peak(&flux::play(sweep, key, follow))).into_iter().fold(0.0f32, f32::max)
        };
        let held = flux::held(sweep);
        assert!(held.len() > 10, "the sweep has few changes of category");
        let reference = held.iter().map(|sweep| peak(sweep, Synthesizer::morph_to)).fold(0.0f32, f32::max);
        let morph = peak(sweep, Synthesizer::morph_to);
        let jump = peak(sweep, flux::without_crossfade);
        println!("sweep {number}: without changes {reference:.1}, crossfading {morph:.1}, jumping {jump:.1}");
        assert!(morph <= reference, "sweep {number}: {morph} above {reference}");
        assert!(jump > reference, "sweep {number}: this test would not notice a jump");
    }
}

#[test]
fn a_repeated_morph_renders_the_same_samples() {
    let sweep = &flux::sweeps()[0];
    let play = || flux::play(sweep, 60, Synthesizer::morph_to);
    assert_eq!(play(), play());
}

#[test]
fn a_changed_sustain_level_does_not_click() {
    // In amSynth a sustained envelope jumps for a frame; in a morph it does not.
    let change = |follow: fn(&mut Synthesizer, &patch::Patch)| {
        let mut patch = patch::Patch::default();
        patch.set(Parameter::Osc1Waveform, 1.0);
        patch.set(Parameter::OscMix, -1.0);
        patch.set(Parameter::AmpSustain, 0.9);
        let mut synthesizer = Synthesizer::new(flux::RATE_HZ);
        synthesizer.set_patch(&patch);
        // A square wave of 8 Hz is constant for many blocks.
        synthesizer.note_on(0, 100);
        let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
        (0..200).for_each(|_| synthesizer.render_block(&mut left, &mut right));
        let before = left[MAX_BLOCK - 1];
        patch.set(Parameter::AmpSustain, 0.1);
        follow(&mut synthesizer, &patch);
        synthesizer.render_block(&mut left, &mut right);
        (left[1] - before).abs()
    };
    assert!(change(Synthesizer::morph_to) < 0.1 * change(Synthesizer::set_patch));
}
