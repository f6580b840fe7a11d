//! The network of the reverb's delay lines, in one lane or in several. Allocates only in `new`.

use super::combs::{Comb, run_combs};
use super::delay::{Delay, Feedback, undenormalise};
use crate::lanes::each;
use crate::widest::{Kernel, widest};

/// Delays of the left channel at 44.1 kHz, frames. Source: amSynth 1.13.2 (Freeverb's tuning).
const COMB_FRAMES: [u32; 8] = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617];
const ALLPASS_FRAMES: [u32; 4] = [556, 441, 341, 225];
/// Extra delay of the right channel at 44.1 kHz, frames (Freeverb's stereo spread).
const SPREAD_FRAMES: u32 = 23;

#[inline(always)]
fn all_pass<const N: usize>(delay: &mut Delay<N>, signal: &mut [[f32; N]]) {
    let mut done = 0;
    while done < signal.len() {
        let count = delay.until_wrap().min(signal.len() - done);
        for (stored, frame) in delay.next(count).iter_mut().zip(&mut signal[done..]) {
            let out: [_; N] = each(|lane| undenormalise(stored[lane]));
            *stored = each(|lane| frame[lane] + out[lane] * 0.5);
            *frame = each(|lane| out[lane] - frame[lane]);
        }
        done += count;
    }
}

#[derive(Clone, Debug)]
struct DelayChannel<const N: usize> {
    combs: [Comb<N>; 8],
    all_passes: [Delay<N>; 4],
}

impl<const N: usize> DelayChannel<N> {
    fn new(sample_rate_hz: f32, spread_frames: u32) -> Self {
        let delay = |frames: u32| Delay::new(frames + spread_frames, sample_rate_hz);
        Self {
            combs: COMB_FRAMES.map(|frames| Comb { delay: delay(frames), damped: [0.0; N] }),
            all_passes: ALLPASS_FRAMES.map(delay),
        }
    }

    fn delays(&mut self) -> impl Iterator<Item = &mut Delay<N>> {
        self.combs.iter_mut().map(|comb| &mut comb.delay).chain(&mut self.all_passes)
    }

    fn is_empty(&self, lane: usize) -> bool {
        self.combs.iter().all(|comb| comb.damped[lane] == 0.0 && comb.delay.is_empty(lane))
            && self.all_passes.iter().all(|delay| delay.is_empty(lane))
    }
}

/// The delay lines of both channels.
#[derive(Clone, Debug)]
pub struct DelayNetwork<const N: usize> {
    channels: [DelayChannel<N>; 2],
}

impl<const N: usize> DelayNetwork<N> {
    /// Empty delay lines. Only this function allocates.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self { channels: [0, SPREAD_FRAMES].map(|spread| DelayChannel::new(sample_rate_hz, spread)) }
    }

    /// Runs a block; `wet` becomes the output, left and right. All blocks have the same length.
    pub fn run(&mut self, input: &[[f32; N]], wet: [&mut [[f32; N]]; 2], feedback: &Feedback<N>) {
        for (channel, wet) in self.channels.iter_mut().zip(wet) {
            widest(ChannelRun { channel, input, wet, feedback });
        }
    }

    /// Clears the delay lines, but not the combs' damping filters.
    pub fn clear(&mut self) {
        self.channels.iter_mut().flat_map(DelayChannel::delays).for_each(Delay::clear);
    }

    /// Back to the initial state.
    pub fn reset(&mut self) {
        for channel in &mut self.channels {
            channel.combs.iter_mut().for_each(|comb| comb.damped = [0.0; N]);
            channel.delays().for_each(Delay::reset);
        }
    }

    /// Clears a lane of the delay lines, but not of the combs' damping filters.
    pub fn clear_lane(&mut self, lane: usize) {
        self.channels.iter_mut().flat_map(DelayChannel::delays).for_each(|delay| delay.clear_lane(lane));
    }

    /// Puts a lane back into its initial state.
    pub fn reset_lane(&mut self, lane: usize) {
        let combs = self.channels.iter_mut().flat_map(|channel| &mut channel.combs);
        combs.for_each(|comb| comb.damped[lane] = 0.0);
        self.clear_lane(lane);
    }

    /// True if the output of a lane stays 0 as long as its input does.
    pub fn is_empty(&self, lane: usize) -> bool {
        self.channels.iter().all(|channel| channel.is_empty(lane))
    }
}

/// A block of a channel, compiled for the widest vector instructions of the machine.
struct ChannelRun<'a, const N: usize> {
    channel: &'a mut DelayChannel<N>,
    input: &'a [[f32; N]],
    wet: &'a mut [[f32; N]],
    feedback: &'a Feedback<N>,
}

impl<const N: usize> Kernel for ChannelRun<'_, N> {
    #[inline(always)]
    fn run(self) {
        let Self { channel, input, wet, feedback } = self;
        run_combs(&mut channel.combs, input, wet, feedback);
        // Not a closure, which would not be compiled for the widest instructions.
        for delay in &mut channel.all_passes {
            all_pass(delay, wet);
        }
    }
}
