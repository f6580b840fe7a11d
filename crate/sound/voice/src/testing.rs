//! The check that every node must pass: sample by sample equals block by block, and a reset node equals
//! a new one.

use fundsp::audionode::AudioNode;
use fundsp::buffer::BufferVec;
use fundsp::{Frame, GenericSequence};

use crate::noise::Noise;

/// Sizes of the rendered blocks, in turn.
const SIZES: [usize; 7] = [64, 1, 7, 64, 33, 64, 64];

/// Runs a node over all block sizes with noise as input; calls `begin` before each block.
fn run<N: AudioNode>(
    node: &mut N,
    begin: &impl Fn(&mut N, &mut Noise, usize),
    split: impl Fn(&mut N, usize, &BufferVec, &mut BufferVec),
) -> Vec<f32> {
    let (mut draws, mut signal) = (Noise::default(), Noise::default());
    let mut result = Vec::new();
    for size in SIZES {
        let mut input = BufferVec::new(node.inputs());
        for channel in 0..node.inputs() {
            (0..size).for_each(|i| input.set_f32(channel, i, signal.draw()));
        }
        begin(node, &mut draws, size);
        let mut output = BufferVec::new(node.outputs());
        split(node, size, &input, &mut output);
        for channel in 0..node.outputs() {
            result.extend((0..size).map(|i| output.at_f32(channel, i)));
        }
    }
    result
}

fn by_block<N: AudioNode>(node: &mut N, size: usize, input: &BufferVec, output: &mut BufferVec) {
    node.process(size, &input.buffer_ref(), &mut output.buffer_mut());
}

fn by_sample<N: AudioNode>(node: &mut N, size: usize, input: &BufferVec, output: &mut BufferVec) {
    for i in 0..size {
        let frame = node.tick(&Frame::generate(|channel| input.at_f32(channel, i)));
        (0..node.outputs()).for_each(|channel| output.set_f32(channel, i, frame[channel]));
    }
}

/// Checks a fresh node; `begin` prepares it for a block (the noise restarts with each run).
pub fn assert_node<N: AudioNode>(fresh: N, begin: impl Fn(&mut N, &mut Noise, usize)) {
    let mut node = fresh.clone();
    let blocks = run(&mut node, &begin, by_block);
    let bits = |samples: &[f32]| samples.iter().map(|sample| sample.to_bits()).collect::<Vec<_>>();
    assert!(blocks.iter().any(|sample| *sample != 0.0), "the node's output is silent");
    let samples = run(&mut fresh.clone(), &begin, by_sample);
    assert_eq!(bits(&samples), bits(&blocks), "tick differs from process");
    node.reset();
    assert_eq!(bits(&run(&mut node, &begin, by_block)), bits(&blocks), "a reset node differs from a new one");
}
