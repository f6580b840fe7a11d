//! The limiter: brings |left| + |right| to 0.9 with 0.1 ms attack and 0.5 s release; the first frames of a step may be
//! louder. Never computes in f32: amSynth's limiter is f64.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::U2;
use math::double::{exp, ln};

use crate::MAX_BLOCK;
use crate::lanes::each;
use crate::numeric::flush_to_zero;

/// The |left| + |right| above which the limiter lowers the sound.
pub const THRESHOLD: f64 = 0.9;
/// Time in which the gain falls, s.
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

/// A limiter and the block that it limits next.
pub struct LimiterBlock<'a> {
    /// The limiter.
    pub limiter: &'a mut Limiter,
    /// Left and right; the limited sound replaces them.
    pub channels: [&'a mut [f32]; 2],
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

    /// Limits a block of several synthesizers; all have the same length, 1…64 frames.
    #[inline(always)]
    pub fn limit<const N: usize>(blocks: &mut [LimiterBlock; N]) {
        let frames = blocks[0].channels[0].len();
        let mut peaks = [[0.0; N]; MAX_BLOCK];
        let peaks = &mut peaks[..frames];
        for (lane, LimiterBlock { channels: [left, right], .. }) in blocks.iter().enumerate() {
            for ((level, left), right) in peaks.iter_mut().zip(&**left).zip(&**right) {
                level[lane] = f64::from(left.abs() + right.abs());
            }
        }
        let attack: [_; N] = each(|lane| blocks[lane].limiter.attack);
        let fall: [_; N] = each(|lane| 1.0 - blocks[lane].limiter.release);
        let mut peak: [_; N] = each(|lane| blocks[lane].limiter.peak);
        let mut highest = peak;
        for level in peaks.iter_mut() {
            for lane in 0..N {
                let (level, before) = (&mut level[lane], peak[lane]);
                let (fallen, rise) = (fall[lane] * before, attack[lane] * (*level - before));
                peak[lane] = if *level > before { fallen + rise } else { fallen };
                *level = peak[lane];
                highest[lane] = if highest[lane] < *level { *level } else { highest[lane] };
            }
        }
        for (lane, LimiterBlock { limiter, channels }) in blocks.iter_mut().enumerate() {
            limiter.peak = flush_to_zero(peak[lane]);
            // Below, every gain is 1.
            if highest[lane] >= SURELY_BELOW {
                for (frame, peak) in peaks.iter().enumerate() {
                    let gain = limiter.gain(peak[lane]);
                    for channel in &mut *channels {
                        channel[frame] = (f64::from(channel[frame]) * gain) as f32;
                    }
                }
            }
        }
    }

    /// The gain of a frame with this peak.
    fn gain(&self, peak: f64) -> f64 {
        if peak < SURELY_BELOW {
            return 1.0;
        }
        let excess = ln(peak) - self.threshold_log;
        if excess > 0.0 { exp(-excess) } else { 1.0 }
    }
}

/// The peak of |left| + |right| that the limiter goes by, for offline use. Grows with a gain as the sound does.
#[derive(Clone, Debug)]
pub struct PeakFollower {
    attack: f64,
    fall: f64,
    peak: f64,
}

impl PeakFollower {
    /// A follower of silence.
    pub fn new(sample_rate_hz: f32) -> Self {
        let [attack, fall] = [ATTACK_S, RELEASE_S].map(|time_s| decay_factor(time_s, sample_rate_hz));
        Self { attack: 1.0 - attack, fall, peak: 0.0 }
    }

    /// The peak after a frame.
    #[inline(always)]
    pub fn next(&mut self, [left, right]: [f32; 2]) -> f32 {
        let level = f64::from(left.abs() + right.abs());
        let rise = self.attack * (level - self.peak);
        self.peak = self.fall * self.peak + rise.max(0.0);
        self.peak as f32
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
        let [mut left, mut right] = [[input[0]], [input[1]]];
        Self::limit(&mut [LimiterBlock { limiter: self, channels: [&mut left, &mut right] }]);
        [left[0], right[0]].into()
    }

    fn process(&mut self, size: usize, input: &BufferRef, output: &mut BufferMut) {
        for channel in 0..2 {
            output.channel_f32_mut(channel)[..size].copy_from_slice(&input.channel_f32(channel)[..size]);
        }
        let channels = [0, 1].map(|channel| &mut output.channel_f32_mut(channel)[..size]);
        if size > 0 {
            Self::limit(&mut [LimiterBlock { limiter: self, channels }]);
        }
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
