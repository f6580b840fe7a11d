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

    /// Writes the network's input of this block; returns true if the network has to run. `is_empty` tells whether
    /// its output stays 0 as long as its input does.
    #[inline(always)]
    pub fn begin_network<'a>(
        &mut self,
        [left, right]: [&[f32]; 2],
        input: impl Iterator<Item = &'a mut f32>,
        is_empty: impl FnOnce() -> bool,
    ) -> bool {
        let mut is_silent = true;
        for (sum, (left, right)) in input.zip(left.iter().zip(right)) {
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
    #[inline(always)]
    pub fn mix(
        &mut self,
        [left, right]: [&[f32]; 2],
        wet: impl Iterator<Item = [f32; 2]>,
        [out_left, out_right]: [&mut [f32]; 2],
    ) {
        let dry = left.iter().zip(right).zip(out_left.iter_mut().zip(out_right));
        let mut frames = dry.zip(wet);
        let gains = [&mut self.same_channel, &mut self.other_channel, &mut self.dry];
        let constant = gains.iter().all(|gain| gain.settled());
        let mut mixed = |[same, other, dry]: [f32; 3]| {
            let (((left, right), (out_left, out_right)), [wet_left, wet_right]) = frames.next()?;
            // amSynth adds its output to the input buffer, so that the direct sound counts twice.
            *out_left = left + (wet_left * same + wet_right * other + left * dry);
            *out_right = right + (wet_right * same + wet_left * other + right * dry);
            Some(())
        };
        if constant {
            let gains = gains.map(|gain| gain.value());
            while mixed(gains).is_some() {}
        } else {
            let [same, other, dry] = gains;
            (0..left.len()).for_each(|_| {
                mixed([same.step(), other.step(), dry.step()]);
            });
        }
    }
}
