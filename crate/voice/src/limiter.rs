//! The limiter: keeps |left| + |right| below 0.9 with 0.1 ms attack and 0.5 s release. Never computes
//! in f32: amSynth's limiter is f64.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::U2;
use math::double::{exp, ln};

use crate::numeric::flush_to_zero;

/// Highest |left| + |right|.
pub const THRESHOLD: f64 = 0.9;
const ATTACK_S: f64 = 0.0001;
/// Time in which the gain recovers, s.
pub const RELEASE_S: f64 = 0.5;
/// Peaks up to here need no logarithm: they are below the threshold by more than any rounding.
const SURELY_BELOW: f64 = 0.899;

/// Factor per frame by which a peak decays to a ninth (e^−2.2) in `time_s`.
pub fn decay_factor(time_s: f64, sample_rate_hz: f32) -> f64 {
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
    /// A limiter with unity gain.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self {
            attack: 1.0 - decay_factor(ATTACK_S, sample_rate_hz),
            release: 1.0 - decay_factor(RELEASE_S, sample_rate_hz),
            threshold_log: f64::from(ln(THRESHOLD) as f32),
            peak: 0.0,
        }
    }

    /// Advances by `frames` frames of silence.
    pub fn skip_silence(&mut self, frames: usize) {
        if self.peak > 0.0 {
            (0..frames).for_each(|_| self.peak *= 1.0 - self.release);
            self.peak = flush_to_zero(self.peak);
        }
    }

    /// The gain of the next frame.
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
        self.peak = flush_to_zero(self.peak);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn play_for_a_second(level: f32) -> (Limiter, Frame<f32, U2>) {
        let mut limiter = Limiter::new(48_000.0);
        let frame = (0..48_000).map(|_| limiter.tick(&[level, -level].into())).last();
        (limiter, frame.unwrap_or_default())
    }

    #[test]
    fn node() {
        crate::testing::assert_node(Limiter::new(48_000.0), |_, _, _| {});
    }

    #[test]
    fn soft_sounds_pass_unchanged() {
        assert_eq!(play_for_a_second(0.44).1.as_slice(), [0.44, -0.44]);
    }

    #[test]
    fn loud_sounds_are_held_at_the_threshold_and_the_gain_recovers_in_half_a_second() {
        let (mut limiter, frame) = play_for_a_second(2.0);
        assert!((frame[0] - 0.45).abs() < 0.005 && (frame[1] + 0.45).abs() < 0.005, "{frame:?}");
        let soft = |limiter: &mut Limiter| limiter.tick(&[0.1, 0.1].into())[0];
        assert!(soft(&mut limiter) < 0.03);
        for _ in 0..24_000 {
            soft(&mut limiter);
        }
        assert_eq!(soft(&mut limiter), 0.1);
    }
}
