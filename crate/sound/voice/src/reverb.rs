//! The reverb: eight combs and four all-passes per channel (the Freeverb network with amSynth's gains).
//!
//! amSynth's protection against denormal numbers (`undenormalise`) also sets every negative output of a
//! delay line to 0. The resulting half-wave rectification is audible and therefore reproduced.

mod combs;
pub mod delay;
pub mod delay_network;
pub mod mix;

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::U2;

use crate::MAX_BLOCK;
use crate::lanes;
use delay_network::DelayNetwork;
use mix::ReverbMix;

/// Settings, constant during a block, each 0…1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReverbBlock {
    /// Length of the tail.
    pub room_size: f32,
    /// High-frequency damping of the tail.
    pub damping: f32,
    /// Level of the tail.
    pub wet: f32,
    /// Stereo width.
    pub width: f32,
}

/// The reverb. As a node: inputs left and right, outputs left and right (dry and wet).
#[derive(Clone, Debug)]
pub struct Reverb {
    /// Everything but the network.
    pub mix: ReverbMix,
    network: DelayNetwork<1>,
}

impl Reverb {
    /// A reverb with empty delay lines. Only this function allocates.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self { mix: ReverbMix::new(sample_rate_hz), network: DelayNetwork::new(sample_rate_hz) }
    }

    /// Sets the settings of the next block.
    pub fn begin_block(&mut self, block: &ReverbBlock) {
        self.mix.begin_block(block);
    }

    /// Clears the delay lines, but not the combs' damping filters, as amSynth.
    pub fn clear(&mut self) {
        self.network.clear();
    }

    /// Stops computing the tail, until a reset: for offline rendering without wet sound.
    pub fn leave_out(&mut self) {
        self.mix.leave_out();
    }

    /// Advances by `frames` frames of silence while [empty](Self::is_empty).
    pub fn skip_silence(&mut self, frames: usize) {
        self.mix.skip_silence(frames);
    }

    /// True if the tail has ended: silence in, silence out.
    pub fn is_empty(&self) -> bool {
        self.mix.is_empty()
    }

    fn run(&mut self, input: [&[f32]; 2], output: [&mut [f32]; 2]) {
        let frames = input[0].len();
        let mut buffer = [[0.0; MAX_BLOCK]; 3];
        let [sum, left, right] = buffer.each_mut().map(|channel| &mut channel[..frames]);
        if self.mix.begin_network(input, sum, || self.network.is_empty(0)) {
            let wet = [&mut *left, &mut *right].map(lanes::single);
            self.network.run(lanes::single(sum), wet, &self.mix.feedback());
        }
        self.mix.mix(input, [left, right], output);
    }
}

impl AudioNode for Reverb {
    const ID: u64 = 1009;
    type Inputs = U2;
    type Outputs = U2;

    fn reset(&mut self) {
        self.network.reset();
        self.mix.reset();
    }

    fn set_sample_rate(&mut self, sample_rate: f64) {
        *self = Self::new(sample_rate as f32);
    }

    fn tick(&mut self, input: &Frame<f32, U2>) -> Frame<f32, U2> {
        let [mut left, mut right] = [[0.0]; 2];
        self.run([&[input[0]], &[input[1]]], [&mut left, &mut right]);
        [left[0], right[0]].into()
    }

    fn process(&mut self, size: usize, input: &BufferRef, output: &mut BufferMut) {
        let input = [0, 1].map(|channel| &input.channel_f32(channel)[..size]);
        self.run(input, [0, 1].map(|channel| &mut output.channel_f32_mut(channel)[..size]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: ReverbBlock = ReverbBlock { room_size: 0.5, damping: 0.2, wet: 0.5, width: 0.7 };

    fn run(reverb: &mut Reverb, input: f32, seconds: f32) -> [f32; 2] {
        let mut peak = [0.0f32; 2];
        for _ in 0..(seconds * 8000.0) as usize {
            let frame = reverb.tick(&[input, input].into());
            (0..2).for_each(|channel| peak[channel] = peak[channel].max(frame[channel].abs()));
        }
        peak
    }

    #[test]
    fn node() {
        // At 4 kHz the delays are shorter than a block and wrap inside of it.
        for sample_rate_hz in [4000.0, 44_100.0] {
            crate::testing::assert_node(Reverb::new(sample_rate_hz), |reverb, _, _| {
                reverb.begin_block(&BLOCK);
            });
        }
    }

    #[test]
    fn the_tail_sounds_on_and_then_ends_for_good() {
        let mut reverb = Reverb::new(8000.0);
        reverb.begin_block(&BLOCK);
        run(&mut reverb, 0.5, 1.0);
        let tail = run(&mut reverb, 0.0, 0.5);
        assert!(tail.iter().all(|peak| *peak > 1e-3), "{tail:?}");
        run(&mut reverb, 0.0, 40.0);
        assert!(reverb.is_empty(), "still computing after 40 s of silence");
        assert_eq!(run(&mut reverb, 0.0, 0.1), [0.0, 0.0]);
    }

    #[test]
    fn clearing_ends_the_tail() {
        let mut reverb = Reverb::new(8000.0);
        reverb.begin_block(&ReverbBlock { damping: 0.0, ..BLOCK });
        run(&mut reverb, 0.5, 1.0);
        reverb.clear();
        // The state of the combs' damping filters is output once.
        let rest = run(&mut reverb, 0.0, 0.5);
        assert!(rest.iter().all(|peak| *peak < 0.2), "{rest:?}");
        run(&mut reverb, 0.5, 1.0);
        assert!(run(&mut reverb, 0.0, 0.5).iter().zip(rest).all(|(ringing, rest)| *ringing > rest));
    }

    #[test]
    fn the_gain_of_the_direct_sound_is_two_minus_wet() {
        for wet in [0.0, 0.25, 1.0] {
            let mut reverb = Reverb::new(192_000.0);
            reverb.begin_block(&ReverbBlock { wet, width: 1.0, ..BLOCK });
            // The gains reach their targets in silence; the shortest path through the delay lines takes 5,000 frames.
            for _ in 0..4000 {
                reverb.tick(&[0.0, 0.0].into());
            }
            let direct = reverb.tick(&[0.1, 0.1].into())[0];
            assert!((direct - 0.1 * (2.0 - wet)).abs() < 1e-4, "{wet}: {direct}");
        }
    }
}
