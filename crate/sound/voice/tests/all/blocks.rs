//! Promise: host buffers of whole 64-frame blocks do not change the sound.

use crate::common::{RATE_HZ, control, off, on, patch, peak};
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferRef, BufferVec};
use patch::{Parameter, Patch};
use proptest::prelude::*;
use voice::render::{Event, EventKind, render};
use voice::{MAX_BLOCK, Synthesizer};

fn moving_patch() -> Patch {
    patch(&[
        (Parameter::Osc2Waveform, 4.0),
        (Parameter::LfoFreq, 2.5),
        (Parameter::LfoWaveform, 3.0),
        (Parameter::FilterModAmount, 0.2),
        (Parameter::FilterCutoff, 0.4),
        (Parameter::ReverbWet, 0.4),
        (Parameter::DistortionCrunch, 0.3),
        (Parameter::AmpRelease, 0.6),
    ])
}

#[test]
fn host_buffers_of_whole_blocks_sound_the_same() {
    let events =
        [on(0, 60), on(6_400, 67), control(12_800, 64, 127), off(19_200, 60), control(25_600, 64, 0)];
    let play = |host_block| render(&moving_patch(), &events, RATE_HZ, host_block, 44_032);
    let expected = play(64);
    assert!(peak(&expected[0]) > 0.1);
    for host_block in [128, 192, 1024, 44_032] {
        assert_eq!(play(host_block), expected, "{host_block}");
    }
}

#[test]
fn a_shorter_block_changes_the_sound_as_in_amsynth() {
    let play = |host_block| render(&moving_patch(), &[on(0, 60)], RATE_HZ, host_block, 8_192);
    assert_ne!(play(64), play(48));
}

#[test]
fn a_long_buffer_is_rendered_as_several_blocks() {
    let mut synthesizers = [Synthesizer::new(RATE_HZ), Synthesizer::new(RATE_HZ)];
    synthesizers.iter_mut().for_each(|synthesizer| synthesizer.note_on(60, 100));
    let [mut left, mut right, mut block_left, mut block_right] = [[0.0; 200]; 4];
    synthesizers[0].render_block(&mut left, &mut right);
    for start in (0..200).step_by(MAX_BLOCK) {
        let end = (start + MAX_BLOCK).min(200);
        synthesizers[1].render_block(&mut block_left[start..end], &mut block_right[start..end]);
    }
    assert_eq!((left, right), (block_left, block_right));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// As a fundsp node: any sequence of sizes gives the samples of 64-frame blocks.
    #[test]
    fn as_a_node_any_split_gives_the_same_samples(sizes in prop::collection::vec(0usize..=64, 1..80)) {
        let mut node = Synthesizer::new(RATE_HZ);
        node.set_patch(&moving_patch());
        node.note_on(60, 100);
        let mut samples = Vec::new();
        for size in sizes {
            let mut output = BufferVec::new(2);
            node.process(size, &BufferRef::empty(), &mut output.buffer_mut());
            samples.extend((0..size).map(|i| output.at_f32(1, i)));
        }
        let events = [Event { frame: 0, kind: EventKind::NoteOn { key: 60, velocity: 100 } }];
        let [_, expected] = render(&moving_patch(), &events, RATE_HZ, 64, samples.len().next_multiple_of(64));
        prop_assert_eq!(&samples[..], &expected[..samples.len()]);
    }
}
