//! The limiter: keeps |left| + |right| below 0.9 with 0.1 ms attack and 0.5 s release. All in f64.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::U2;
use math::double::{exp, ln};

use crate::numeric::cut_vanished;

/// What left and right together may reach.
pub const THRESHOLD: f64 = 0.9;
const ATTACK_S: f64 = 0.0001;
/// How long a gain takes to recover.
pub const RELEASE_S: f64 = 0.5;
/// A peak up to here is surely below the threshold: no logarithm needed.
const SURELY_BELOW: f64 = 0.899;

/// The share of a peak that a frame leaves, so that after `time_s` a ninth of it is left.
pub fn kept(time_s: f64, sample_rate_hz: f32) -> f64 {
    exp(-2.2 / (time_s * f64::from(sample_rate_hz)))
}

/// The limiter. As a node: inputs left and right, outputs left and right.
#[derive(Clone, Debug)]
pub struct Limiter {
    attack: f64,
    release: f64,
    threshold_log: f64,
    peak: f64,
}

impl Limiter {
    /// A limiter that has heard nothing yet.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self {
            attack: 1.0 - kept(ATTACK_S, sample_rate_hz),
            release: 1.0 - kept(RELEASE_S, sample_rate_hz),
            threshold_log: f64::from(ln(THRESHOLD) as f32),
            peak: 0.0,
        }
    }

    /// As `frames` frames of silence.
    pub fn rest(&mut self, frames: usize) {
        if self.peak > 0.0 {
            (0..frames).for_each(|_| self.peak *= 1.0 - self.release);
            self.peak = cut_vanished(self.peak);
        }
    }

    /// The gain for a frame.
    #[inline(always)]
    fn gain(&mut self, left: f32, right: f32) -> f64 {
        let level = f64::from(left.abs() + right.abs());
        let before = self.peak;
        self.peak = (1.0 - self.release) * before;
        if level > before {
            self.peak += self.attack * (level - before);
        }
        if self.peak < SURELY_BELOW {
            return 1.0;
        }
        let excess = ln(self.peak) - self.threshold_log;
        if excess > 0.0 { exp(-excess) } else { 1.0 }
    }
}

impl AudioNode for Limiter {
    const ID: u64 = 1010;
    type Inputs = U2;
    type Outputs = U2;

    fn reset(&mut self) {
        self.peak = 0.0;
    }

    fn set_sample_rate(&mut self, sample_rate: f64) {
        *self = Self::new(sample_rate as f32);
    }

    fn tick(&mut self, input: &Frame<f32, U2>) -> Frame<f32, U2> {
        let gain = self.gain(input[0], input[1]);
        [(f64::from(input[0]) * gain) as f32, (f64::from(input[1]) * gain) as f32].into()
    }

    fn process(&mut self, size: usize, input: &BufferRef, output: &mut BufferMut) {
        let (left, right) = (&input.channel_f32(0)[..size], &input.channel_f32(1)[..size]);
        let (out_left, out_right) = (output.channel_f32_mut(0), output.channel_f32_mut(1));
        for i in 0..size {
            let gain = self.gain(left[i], right[i]);
            out_left[i] = (f64::from(left[i]) * gain) as f32;
            out_right[i] = (f64::from(right[i]) * gain) as f32;
        }
        self.peak = cut_vanished(self.peak);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(level: f32) -> (Limiter, Frame<f32, U2>) {
        let mut limiter = Limiter::new(48_000.0);
        let frame = (0..48_000).map(|_| limiter.tick(&[level, -level].into())).last();
        (limiter, frame.unwrap_or_default())
    }

    #[test]
    fn node() {
        crate::testing::assert_node(Limiter::new(48_000.0), |_, _, _| {});
    }

    #[test]
    fn below_the_threshold_nothing_changes() {
        assert_eq!(settle(0.44).1.as_slice(), [0.44, -0.44]);
    }

    #[test]
    fn above_it_the_sum_is_held_and_recovers_in_half_a_second() {
        let (mut limiter, frame) = settle(2.0);
        assert!((frame[0] - 0.45).abs() < 0.005 && (frame[1] + 0.45).abs() < 0.005, "{frame:?}");
        let soft = |limiter: &mut Limiter| limiter.tick(&[0.1, 0.1].into())[0];
        assert!(soft(&mut limiter) < 0.03);
        for _ in 0..24_000 {
            soft(&mut limiter);
        }
        assert_eq!(soft(&mut limiter), 0.1);
    }
}
