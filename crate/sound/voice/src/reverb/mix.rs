//! The parts of a reverb around its network: the input, the end of the tail, and the mix of dry and wet sound.
//! Never allocates.

use fundsp::audionode::AudioNode;

use super::ReverbBlock;
use super::delay::Feedback;
use crate::smoother::Smoother;

/// Gain from the sum of both inputs into the network.
const INPUT_GAIN: f32 = 0.015;

/// Settings and state of a reverb, but for its network.
#[derive(Clone, Debug)]
pub struct ReverbMix {
    sample_rate_hz: f32,
    feedback: Feedback<1>,
    same_channel: Smoother,
    other_channel: Smoother,
    dry: Smoother,
    /// Frames since the last input that was not 0.
    quiet_frames: usize,
    empty: bool,
    left_out: bool,
}

impl ReverbMix {
    /// With an empty network.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self {
            sample_rate_hz,
            feedback: Feedback { gain: [0.0], damping: [0.0] },
            same_channel: Smoother::new(0.0),
            other_channel: Smoother::new(0.0),
            dry: Smoother::new(0.0),
            quiet_frames: 0,
            empty: true,
            left_out: false,
        }
    }

    /// Sets the settings of the next block.
    pub fn begin_block(&mut self, block: &ReverbBlock) {
        self.feedback = Feedback { gain: [block.room_size * 0.28 + 0.7], damping: [block.damping * 0.4] };
        self.same_channel.begin_block(block.wet * (block.width / 2.0 + 0.5));
        self.other_channel.begin_block(block.wet * ((1.0 - block.width) / 2.0));
        self.dry.begin_block(1.0 - block.wet);
    }

    /// Stops computing the tail, until a reset.
    pub fn leave_out(&mut self) {
        self.left_out = true;
    }

    /// Advances by `frames` frames of silence while [empty](Self::is_empty).
    pub fn skip_silence(&mut self, frames: usize) {
        for gain in [&mut self.same_channel, &mut self.other_channel, &mut self.dry] {
            gain.skip(frames);
        }
    }

    /// True if the tail has ended: silence in, silence out.
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// Back to the initial state.
    pub fn reset(&mut self) {
        self.same_channel.reset();
        self.other_channel.reset();
        self.dry.reset();
        self.quiet_frames = 0;
        self.empty = true;
        self.left_out = false;
    }

    /// The feedback of the network in this block.
    pub fn feedback(&self) -> Feedback<1> {
        self.feedback
    }

    /// Writes the network's input of this block into `sum`; returns true if the network has to run. `is_empty` tells
    /// whether its output stays 0 as long as its input does.
    pub fn begin_network(
        &mut self,
        [left, right]: [&[f32]; 2],
        sum: &mut [f32],
        is_empty: impl FnOnce() -> bool,
    ) -> bool {
        let mut is_silent = true;
        for (sum, (left, right)) in sum.iter_mut().zip(left.iter().zip(right)) {
            *sum = (left + right) * INPUT_GAIN;
            is_silent &= *sum == 0.0;
        }
        if !is_silent {
            self.quiet_frames = 0;
            self.empty = false;
        } else if !self.empty {
            self.quiet_frames += left.len();
            // Scanning all delay lines costs too much for more than once a second.
            if self.quiet_frames as f32 >= self.sample_rate_hz {
                self.quiet_frames = 0;
                self.empty = is_empty();
            }
        }
        !self.empty && !self.left_out
    }

    /// Mixes a block of dry and wet sound, each left and right.
    pub fn mix(&mut self, dry: [&[f32]; 2], wet: [&[f32]; 2], [out_left, out_right]: [&mut [f32]; 2]) {
        let gains = [&mut self.same_channel, &mut self.other_channel, &mut self.dry];
        if gains.iter().all(|gain| gain.settled()) {
            let gains = gains.map(|gain| gain.value());
            mix_channel(dry[0], [wet[0], wet[1]], out_left, gains);
            mix_channel(dry[1], [wet[1], wet[0]], out_right, gains);
            return;
        }
        let [same, other, direct] = gains;
        for (frame, (out_left, out_right)) in out_left.iter_mut().zip(out_right).enumerate() {
            let gains = [same.step(), other.step(), direct.step()];
            *out_left = mixed(dry[0][frame], [wet[0][frame], wet[1][frame]], gains);
            *out_right = mixed(dry[1][frame], [wet[1][frame], wet[0][frame]], gains);
        }
    }
}

/// Mixes a channel with constant gains; `wet` is that of the same channel, then that of the other one.
fn mix_channel(dry: &[f32], [same, other]: [&[f32]; 2], out: &mut [f32], gains: [f32; 3]) {
    for ((out, dry), (same, other)) in out.iter_mut().zip(dry).zip(same.iter().zip(other)) {
        *out = mixed(*dry, [*same, *other], gains);
    }
}

/// A frame of a channel. amSynth adds its output to the input buffer, so that the direct sound counts twice.
#[inline(always)]
fn mixed(dry: f32, [wet_same, wet_other]: [f32; 2], [same, other, direct]: [f32; 3]) -> f32 {
    dry + (wet_same * same + wet_other * other + dry * direct)
}
