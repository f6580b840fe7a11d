//! The room: eight combs and four all-passes per side (the Freeverb network with amSynth's gains).
//!
//! amSynth's guard against tiny numbers takes every negative output of a delay line for one and sets
//! it to 0. That rectifies the tank, is audible, and is kept.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferArray, BufferMut, BufferRef};
use fundsp::typenum::U2;

use crate::smoother::Smoother;

/// Delays of the left side at 44.1 kHz, frames. Source: amSynth 1.13.2 (Freeverb's tuning).
const COMB_FRAMES: [u32; 8] = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617];
const ALLPASS_FRAMES: [u32; 4] = [556, 441, 341, 225];
/// How much longer the right side's delays are at 44.1 kHz, frames.
const SPREAD_FRAMES: u32 = 23;
/// What of the sum of both inputs goes into the tank.
const INPUT_GAIN: f32 = 0.015;

/// What is constant during a block, each 0…1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReverbBlock {
    /// Length of the tail.
    pub room_size: f32,
    /// Loss of treble in the tail.
    pub damping: f32,
    /// Loudness of the tail.
    pub wet: f32,
    /// Difference of the sides.
    pub width: f32,
}

/// amSynth's rectifying guard.
#[inline(always)]
fn guard(sample: f32) -> f32 {
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

    /// Frames until the line begins anew: at least 1.
    #[inline(always)]
    fn ahead(&self) -> usize {
        self.frames.len() - self.position
    }

    /// The next `count` frames, of those [`ahead`](Self::ahead), and goes on behind them.
    #[inline(always)]
    fn next(&mut self, count: usize) -> &mut [f32] {
        let start = self.position;
        self.position = if count == self.ahead() { 0 } else { start + count };
        &mut self.frames[start..][..count]
    }
}

#[derive(Clone, Debug)]
struct Comb {
    delay: Delay,
    damped: f32,
}

/// All combs of a side in one loop. Each one's damping has to wait for its frame before: side by side
/// eight of them wait hardly longer than one.
fn run_combs(combs: &mut [Comb; 8], input: &[f32], output: &mut [f32], feedback: f32, damping: f32) {
    let open = 1.0 - damping;
    let mut done = 0;
    while done < input.len() {
        let count = combs.iter().map(|comb| comb.delay.ahead()).fold(input.len() - done, usize::min);
        let frames = input[done..][..count].iter().zip(&mut output[done..][..count]);
        let mut all_damped = combs.each_ref().map(|comb| comb.damped);
        let mut all_stored = combs.each_mut().map(|comb| comb.delay.next(count));
        for (i, (input, output)) in frames.enumerate() {
            let mut sum = 0.0;
            for (stored, damped) in all_stored.iter_mut().zip(&mut all_damped) {
                let out = guard(stored[i]);
                *damped = guard(out * open + *damped * damping);
                stored[i] = input + *damped * feedback;
                sum += out;
            }
            *output = sum;
        }
        combs.iter_mut().zip(all_damped).for_each(|(comb, damped)| comb.damped = damped);
        done += count;
    }
}

fn all_pass(delay: &mut Delay, signal: &mut [f32]) {
    let mut done = 0;
    while done < signal.len() {
        let count = delay.ahead().min(signal.len() - done);
        for (stored, frame) in delay.next(count).iter_mut().zip(&mut signal[done..]) {
            let out = guard(*stored);
            *stored = *frame + out * 0.5;
            *frame = out - *frame;
        }
        done += count;
    }
}

#[derive(Clone, Debug)]
struct Side {
    combs: [Comb; 8],
    all_passes: [Delay; 4],
}

impl Side {
    fn new(sample_rate_hz: f32, spread_frames: u32) -> Self {
        let delay = |frames: u32| Delay::new(frames + spread_frames, sample_rate_hz);
        Self {
            combs: COMB_FRAMES.map(|frames| Comb { delay: delay(frames), damped: 0.0 }),
            all_passes: ALLPASS_FRAMES.map(delay),
        }
    }

    fn run(&mut self, input: &[f32], output: &mut [f32], feedback: f32, damping: f32) {
        run_combs(&mut self.combs, input, output, feedback, damping);
        for delay in &mut self.all_passes {
            all_pass(delay, output);
        }
    }

    fn delays(&mut self) -> impl Iterator<Item = &mut Delay> {
        self.combs.iter_mut().map(|comb| &mut comb.delay).chain(&mut self.all_passes)
    }

    /// Whether nothing will ever come out again without new input.
    fn is_empty(&self) -> bool {
        // What the guard lets through is the only thing that counts: negative is nothing.
        let empty = |delay: &Delay| delay.frames.iter().all(|&stored| stored < f32::MIN_POSITIVE);
        self.combs.iter().all(|comb| comb.damped == 0.0 && empty(&comb.delay))
            && self.all_passes.iter().all(empty)
    }
}

/// The reverb. As a node: inputs left and right, outputs left and right (dry and wet).
#[derive(Clone, Debug)]
pub struct Reverb {
    sample_rate_hz: f32,
    feedback: f32,
    damping: f32,
    same_side: Smoother,
    other_side: Smoother,
    dry: Smoother,
    sides: [Side; 2],
    /// Frames since the last input that was not 0.
    quiet_frames: usize,
    empty: bool,
}

impl Reverb {
    /// An empty room. Allocates the delay lines: the only place that does.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self {
            sample_rate_hz,
            feedback: 0.0,
            damping: 0.0,
            same_side: Smoother::new(0.0),
            other_side: Smoother::new(0.0),
            dry: Smoother::new(0.0),
            sides: [0, SPREAD_FRAMES].map(|spread| Side::new(sample_rate_hz, spread)),
            quiet_frames: 0,
            empty: true,
        }
    }

    /// The settings of the frames to come.
    pub fn begin_block(&mut self, block: &ReverbBlock) {
        self.feedback = block.room_size * 0.28 + 0.7;
        self.damping = block.damping * 0.4;
        self.same_side.begin_block(block.wet * (block.width / 2.0 + 0.5));
        self.other_side.begin_block(block.wet * ((1.0 - block.width) / 2.0));
        self.dry.begin_block(1.0 - block.wet);
    }

    /// Clears the delay lines, but not the combs' damping filters (amSynth).
    pub fn clear(&mut self) {
        for delay in self.sides.iter_mut().flat_map(Side::delays) {
            delay.frames.fill(0.0);
        }
    }

    /// As `frames` frames of silence in an [empty](Self::is_empty) room.
    pub fn rest(&mut self, frames: usize) {
        for gain in [&mut self.same_side, &mut self.other_side, &mut self.dry] {
            gain.skip(frames);
        }
    }

    /// Whether the tank has run dry: silence in, silence out.
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    fn run(&mut self, left: &[f32], right: &[f32], out_left: &mut [f32], out_right: &mut [f32]) {
        let frames = left.len();
        let mut tank = BufferArray::<fundsp::typenum::U3>::new();
        let mut tank = tank.buffer_mut();
        let input = &mut tank.channel_f32_mut(2)[..frames];
        for (sum, (left, right)) in input.iter_mut().zip(left.iter().zip(right)) {
            *sum = (left + right) * INPUT_GAIN;
        }
        self.watch(input);
        let wet_left = &mut tank.channel_f32_mut(0)[..frames];
        let wet_right = &mut tank.channel_f32_mut(1)[..frames];
        if !self.empty {
            let [side_left, side_right] = &mut self.sides;
            side_left.run(input, wet_left, self.feedback, self.damping);
            side_right.run(input, wet_right, self.feedback, self.damping);
        }
        for i in 0..frames {
            let (same, other, dry) = (self.same_side.step(), self.other_side.step(), self.dry.step());
            // amSynth adds the room to what is in the buffer: the direct sound passes twice.
            out_left[i] = left[i] + (wet_left[i] * same + wet_right[i] * other + left[i] * dry);
            out_right[i] = right[i] + (wet_right[i] * same + wet_left[i] * other + right[i] * dry);
        }
    }

    /// Notices when the tank has run dry, so that silence costs nothing.
    fn watch(&mut self, input: &[f32]) {
        if input.iter().any(|&sample| sample != 0.0) {
            self.quiet_frames = 0;
            self.empty = false;
        } else if !self.empty {
            self.quiet_frames += input.len();
            // A look through all delay lines about once a second.
            if self.quiet_frames as f32 >= self.sample_rate_hz {
                self.quiet_frames = 0;
                self.empty = self.sides.iter().all(Side::is_empty);
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
        for side in &mut self.sides {
            side.combs.iter_mut().for_each(|comb| comb.damped = 0.0);
            side.delays().for_each(|delay| delay.position = 0);
        }
        self.same_side.reset();
        self.other_side.reset();
        self.dry.reset();
        self.quiet_frames = 0;
        self.empty = true;
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
        // 4 kHz: delays shorter than a block, which therefore come around inside of it.
        for sample_rate_hz in [4000.0, 44_100.0] {
            crate::testing::assert_node(Reverb::new(sample_rate_hz), |reverb, _, _| {
                reverb.begin_block(&BLOCK);
            });
        }
    }

    #[test]
    fn it_rings_on_and_falls_silent_for_good() {
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
    fn a_cleared_room_is_silent() {
        let mut reverb = Reverb::new(8000.0);
        reverb.begin_block(&ReverbBlock { damping: 0.0, ..BLOCK });
        run(&mut reverb, 0.5, 1.0);
        reverb.clear();
        // What the combs' damping filters still hold passes once.
        let rest = run(&mut reverb, 0.0, 0.5);
        assert!(rest.iter().all(|peak| *peak < 0.2), "{rest:?}");
        run(&mut reverb, 0.5, 1.0);
        assert!(run(&mut reverb, 0.0, 0.5).iter().zip(rest).all(|(ringing, rest)| *ringing > rest));
    }

    #[test]
    fn direct_sound_is_two_minus_wet() {
        for wet in [0.0, 0.25, 1.0] {
            let mut reverb = Reverb::new(192_000.0);
            reverb.begin_block(&ReverbBlock { wet, width: 1.0, ..BLOCK });
            // Gains settle in silence, and the shortest way through the tank takes 5,000 frames.
            for _ in 0..4000 {
                reverb.tick(&[0.0, 0.0].into());
            }
            let direct = reverb.tick(&[0.1, 0.1].into())[0];
            assert!((direct - 0.1 * (2.0 - wet)).abs() < 1e-4, "{wet}: {direct}");
        }
    }
}
