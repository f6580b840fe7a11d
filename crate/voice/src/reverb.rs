//! The reverb: eight combs and four all-passes per channel (the Freeverb network with amSynth's gains).
//!
//! amSynth's protection against denormal numbers (`undenormalise`) also sets every negative output of a
//! delay line to 0. The resulting half-wave rectification is audible and therefore reproduced.

mod combs;

use combs::{Comb, run_combs};
use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferArray, BufferMut, BufferRef};
use fundsp::typenum::{U2, U3};

use crate::smoother::Smoother;
use crate::widest::{Kernel, widest};

/// Delays of the left channel at 44.1 kHz, frames. Source: amSynth 1.13.2 (Freeverb's tuning).
const COMB_FRAMES: [u32; 8] = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617];
const ALLPASS_FRAMES: [u32; 4] = [556, 441, 341, 225];
/// Extra delay of the right channel at 44.1 kHz, frames (Freeverb's stereo spread).
const SPREAD_FRAMES: u32 = 23;
/// Gain from the sum of both inputs into the combs.
const INPUT_GAIN: f32 = 0.015;

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

/// amSynth's `undenormalise`: denormal and negative samples become 0.
#[inline(always)]
fn undenormalise(sample: f32) -> f32 {
    if sample < f32::MIN_POSITIVE { 0.0 } else { sample }
}

#[derive(Clone, Debug)]
struct Delay {
    frames: Vec<f32>,
    position: usize,
}

impl Delay {
    fn new(frames_at_44100: u32, sample_rate_hz: f32) -> Self {
        // The product is an integer, the quotient f32 (amSynth): 1557 comes out as 1556 at 44.1 kHz.
        let product = u64::from(frames_at_44100) * sample_rate_hz as u64;
        let length = (product as f32 / 44_100.0).max(1.0) as usize;
        Self { frames: vec![0.0; length], position: 0 }
    }

    /// Frames until the ring buffer wraps: at least 1.
    #[inline(always)]
    fn until_wrap(&self) -> usize {
        self.frames.len() - self.position
    }

    /// The next `count` frames, at most [`until_wrap`](Self::until_wrap); advances past them.
    #[inline(always)]
    fn next(&mut self, count: usize) -> &mut [f32] {
        let start = self.position;
        self.position = if count == self.until_wrap() { 0 } else { start + count };
        &mut self.frames[start..][..count]
    }
}

#[inline(always)]
fn all_pass(delay: &mut Delay, signal: &mut [f32]) {
    let mut done = 0;
    while done < signal.len() {
        let count = delay.until_wrap().min(signal.len() - done);
        for (stored, frame) in delay.next(count).iter_mut().zip(&mut signal[done..]) {
            let out = undenormalise(*stored);
            *stored = *frame + out * 0.5;
            *frame = out - *frame;
        }
        done += count;
    }
}

#[derive(Clone, Debug)]
struct ReverbChannel {
    combs: [Comb; 8],
    all_passes: [Delay; 4],
}

impl ReverbChannel {
    fn new(sample_rate_hz: f32, spread_frames: u32) -> Self {
        let delay = |frames: u32| Delay::new(frames + spread_frames, sample_rate_hz);
        Self {
            combs: COMB_FRAMES.map(|frames| Comb { delay: delay(frames), damped: 0.0 }),
            all_passes: ALLPASS_FRAMES.map(delay),
        }
    }

    #[inline(always)]
    fn run(&mut self, input: &[f32], output: &mut [f32], feedback: f32, damping: f32) {
        run_combs(&mut self.combs, input, output, feedback, damping);
        for delay in &mut self.all_passes {
            all_pass(delay, output);
        }
    }

    fn delays(&mut self) -> impl Iterator<Item = &mut Delay> {
        self.combs.iter_mut().map(|comb| &mut comb.delay).chain(&mut self.all_passes)
    }

    /// Whether the output stays 0 as long as the input does.
    fn is_empty(&self) -> bool {
        // `undenormalise` reads everything below the least normal number as 0.
        let empty = |delay: &Delay| delay.frames.iter().all(|&stored| stored < f32::MIN_POSITIVE);
        self.combs.iter().all(|comb| comb.damped == 0.0 && empty(&comb.delay))
            && self.all_passes.iter().all(empty)
    }
}

/// A block of a channel, compiled for the widest vector instructions of the machine.
struct ReverbRun<'a> {
    channel: &'a mut ReverbChannel,
    input: &'a [f32],
    wet: &'a mut [f32],
    feedback: f32,
    damping: f32,
}

impl Kernel for ReverbRun<'_> {
    #[inline(always)]
    fn run(self) {
        self.channel.run(self.input, self.wet, self.feedback, self.damping);
    }
}

/// The reverb. As a node: inputs left and right, outputs left and right (dry and wet).
#[derive(Clone, Debug)]
pub struct Reverb {
    sample_rate_hz: f32,
    feedback: f32,
    damping: f32,
    same_channel: Smoother,
    other_channel: Smoother,
    dry: Smoother,
    channels: [ReverbChannel; 2],
    /// Frames since the last input that was not 0.
    quiet_frames: usize,
    empty: bool,
    left_out: bool,
}

impl Reverb {
    /// A reverb with empty delay lines. Only this function allocates.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self {
            sample_rate_hz,
            feedback: 0.0,
            damping: 0.0,
            same_channel: Smoother::new(0.0),
            other_channel: Smoother::new(0.0),
            dry: Smoother::new(0.0),
            channels: [0, SPREAD_FRAMES].map(|spread| ReverbChannel::new(sample_rate_hz, spread)),
            quiet_frames: 0,
            empty: true,
            left_out: false,
        }
    }

    /// Sets the settings of the next block.
    pub fn begin_block(&mut self, block: &ReverbBlock) {
        self.feedback = block.room_size * 0.28 + 0.7;
        self.damping = block.damping * 0.4;
        self.same_channel.begin_block(block.wet * (block.width / 2.0 + 0.5));
        self.other_channel.begin_block(block.wet * ((1.0 - block.width) / 2.0));
        self.dry.begin_block(1.0 - block.wet);
    }

    /// Clears the delay lines, but not the combs' damping filters, as amSynth.
    pub fn clear(&mut self) {
        for delay in self.channels.iter_mut().flat_map(ReverbChannel::delays) {
            delay.frames.fill(0.0);
        }
    }

    /// Stops computing the tail, until a reset: for offline rendering without wet sound.
    pub fn leave_out(&mut self) {
        self.left_out = true;
    }

    /// Advances by `frames` frames of silence while [empty](Self::is_empty).
    pub fn skip_silence(&mut self, frames: usize) {
        for gain in [&mut self.same_channel, &mut self.other_channel, &mut self.dry] {
            gain.skip(frames);
        }
    }

    /// Whether the tail has ended: silence in, silence out.
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    fn run(&mut self, left: &[f32], right: &[f32], out_left: &mut [f32], out_right: &mut [f32]) {
        let frames = left.len();
        let mut buffer = BufferArray::<U3>::new();
        let mut buffer = buffer.buffer_mut();
        let input = &mut buffer.channel_f32_mut(2)[..frames];
        for (sum, (left, right)) in input.iter_mut().zip(left.iter().zip(right)) {
            *sum = (left + right) * INPUT_GAIN;
        }
        self.detect_silence(input);
        let wet_left = &mut buffer.channel_f32_mut(0)[..frames];
        let wet_right = &mut buffer.channel_f32_mut(1)[..frames];
        if !self.empty && !self.left_out {
            for (channel, wet) in self.channels.iter_mut().zip([&mut *wet_left, &mut *wet_right]) {
                let (feedback, damping) = (self.feedback, self.damping);
                widest(ReverbRun { channel, input, wet, feedback, damping });
            }
        }
        let mut mix = |i: usize, [same, other, dry]: [f32; 3]| {
            // amSynth adds its output to the input buffer, so that the direct sound counts twice.
            out_left[i] = left[i] + (wet_left[i] * same + wet_right[i] * other + left[i] * dry);
            out_right[i] = right[i] + (wet_right[i] * same + wet_left[i] * other + right[i] * dry);
        };
        let gains = [&mut self.same_channel, &mut self.other_channel, &mut self.dry];
        if gains.iter().all(|gain| gain.settled()) {
            let gains = gains.map(|gain| gain.value());
            (0..frames).for_each(|i| mix(i, gains));
        } else {
            let [same, other, dry] = gains;
            (0..frames).for_each(|i| mix(i, [same.step(), other.step(), dry.step()]));
        }
    }

    /// Detects the end of the tail, so that silence costs nothing.
    fn detect_silence(&mut self, input: &[f32]) {
        if input.iter().any(|&sample| sample != 0.0) {
            self.quiet_frames = 0;
            self.empty = false;
        } else if !self.empty {
            self.quiet_frames += input.len();
            // Scanning all delay lines costs too much for more than once a second.
            if self.quiet_frames as f32 >= self.sample_rate_hz {
                self.quiet_frames = 0;
                self.empty = self.channels.iter().all(ReverbChannel::is_empty);
            }
        }
    }
}

impl AudioNode for Reverb {
    const ID: u64 = 1009;
    type Inputs = U2;
    type Outputs = U2;

    fn reset(&mut self) {
        self.clear();
        for channel in &mut self.channels {
            channel.combs.iter_mut().for_each(|comb| comb.damped = 0.0);
            channel.delays().for_each(|delay| delay.position = 0);
        }
        self.same_channel.reset();
        self.other_channel.reset();
        self.dry.reset();
        self.quiet_frames = 0;
        self.empty = true;
        self.left_out = false;
    }

    fn set_sample_rate(&mut self, sample_rate: f64) {
        *self = Self::new(sample_rate as f32);
    }

    fn tick(&mut self, input: &Frame<f32, U2>) -> Frame<f32, U2> {
        let (mut left, mut right) = ([0.0], [0.0]);
        self.run(&[input[0]], &[input[1]], &mut left, &mut right);
        [left[0], right[0]].into()
    }

    fn process(&mut self, size: usize, input: &BufferRef, output: &mut BufferMut) {
        let (out_left, out_right) = (output.channel_f32_mut(0), output.channel_f32_mut(1));
        self.run(
            &input.channel_f32(0)[..size],
            &input.channel_f32(1)[..size],
            &mut out_left[..size],
            &mut out_right[..size],
        );
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
        assert!(reverb.empty, "still computing after 40 s of silence");
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
