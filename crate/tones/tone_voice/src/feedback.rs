//! Feeds tones back to their own input through a band-pass, a gain that keeps the level, and a little noise, so
//! that the loop neither falls silent nor stays loud. Never allocates.

use std::f64::consts::TAU;

use crate::block::BLOCK_SAMPLES;
use crate::limiter::ToneLimiter;

/// The mean power that the gain aims at, relative to 1: −18 dB.
const GOAL_POWER: f32 = 0.0158;
/// The gain never exceeds 100 dB, which brings even the noise behind the narrowest band-pass at the lowest
/// frequency to the goal.
const GREATEST_GAIN: f32 = 1e5;
/// The time in which the measured power follows, to 1/e: 360 dB fall in a second, and half a period of 40 Hz still
/// counts as steady.
const FOLLOW_S: f32 = 0.012;
/// The amplitude of the noise; its mean power is −60 dB.
const NOISE: f32 = 1.7e-3;
/// The cutoff frequency of the output's DC blocker, a high-pass: −3 dB.
const DC_CUTOFF_HZ: f64 = 10.0;
/// The ranges of the frequency and the Q of the band-pass.
const FREQUENCIES_HZ: [f32; 2] = [40.0, 5_000.0];
const Q_RANGE: [f32; 2] = [0.3, 100.0];

/// A loop's band-pass, gain and output.
pub(crate) struct FeedbackLoop {
    sample_rate_hz: f32,
    /// b0 = −b2, a1, a2 of a biquad; b1 is 0. In 32 bits 40 Hz at a rate of 192 kHz would be half a semitone off.
    coefficients: [f64; 3],
    /// The last two inputs and outputs.
    inputs: [f64; 2],
    outputs: [f64; 2],
    power: f32,
    follow: f32,
    gain: f32,
    random: u32,
    /// Last input and output of the DC blocker, and its coefficient.
    blocked: [f32; 2],
    blocker_pole: f32,
    limiter: ToneLimiter,
    last: [f32; BLOCK_SAMPLES],
}

impl FeedbackLoop {
    pub(crate) fn new(sample_rate_hz: f32) -> Self {
        let mut made = Self {
            sample_rate_hz,
            coefficients: [0.0; 3],
            inputs: [0.0; 2],
            outputs: [0.0; 2],
            power: GOAL_POWER,
            follow: 1.0 - (-(BLOCK_SAMPLES as f32) / (FOLLOW_S * sample_rate_hz)).exp(),
            gain: 1.0,
            random: 1,
            blocked: [0.0; 2],
            blocker_pole: 1.0 - (TAU * DC_CUTOFF_HZ) as f32 / sample_rate_hz,
            limiter: ToneLimiter::new(sample_rate_hz),
            last: [0.0; BLOCK_SAMPLES],
        };
        made.set(440.0, 5.0);
        made
    }

    /// Sets the band-pass: its frequency in Hz, 40…5,000 and below 0.4 of the sample rate, and its Q, 0.3…100.
    /// Not-a-number changes nothing. A biquad with a gain of 1 at its frequency (Bristow-Johnson, "Cookbook
    /// formulae for audio EQ biquad filter coefficients").
    pub(crate) fn set(&mut self, frequency_hz: f32, q: f32) {
        if frequency_hz.is_nan() || q.is_nan() {
            return;
        }
        let [lowest, highest] = FREQUENCIES_HZ;
        let frequency_hz = frequency_hz.clamp(lowest, highest.min(0.4 * self.sample_rate_hz));
        let turn = TAU * f64::from(frequency_hz) / f64::from(self.sample_rate_hz);
        let alpha = turn.sin() / f64::from(2.0 * q.clamp(Q_RANGE[0], Q_RANGE[1]));
        self.coefficients = [alpha, -2.0 * turn.cos(), 1.0 - alpha].map(|number| number / (1.0 + alpha));
    }

    /// Begins the noise anew: the same number gives the same noise.
    pub(crate) fn seed(&mut self, seed: u32) {
        self.random = seed;
    }

    pub(crate) fn silence(&mut self) {
        (self.inputs, self.outputs, self.blocked) = ([0.0; 2], [0.0; 2], [0.0; 2]);
        // The power that belongs to a gain of 1, so that the gain rises as the filter fills and not before.
        (self.power, self.gain, self.last) = (GOAL_POWER, 1.0, [0.0; BLOCK_SAMPLES]);
        self.limiter.reset();
    }

    /// The next block of the loop's input: the sum of its last output and of `block`, the sound from outside,
    /// filtered.
    pub(crate) fn next_input(&mut self, block: &mut [f32; BLOCK_SAMPLES]) {
        let [b0, a1, a2] = self.coefficients;
        for (sample, last) in block.iter_mut().zip(&self.last) {
            self.random = self.random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let outside = if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 };
            let input = last + outside + NOISE * ((self.random >> 8) as f32 / (1 << 23) as f32 - 1.0);
            let input = f64::from(input);
            let output = b0 * (input - self.inputs[1]) - a1 * self.outputs[0] - a2 * self.outputs[1];
            self.inputs = [input, self.inputs[0]];
            self.outputs = [if output.is_finite() { output } else { 0.0 }, self.outputs[0]];
            *sample = self.outputs[0] as f32;
        }
        let power = block.iter().map(|sample| sample * sample).sum::<f32>() / BLOCK_SAMPLES as f32;
        self.power += self.follow * (power - self.power);
        let from = self.gain;
        self.gain = (GOAL_POWER / self.power.max(1e-12)).sqrt().min(GREATEST_GAIN);
        let step = (self.gain - from) / BLOCK_SAMPLES as f32;
        for (index, sample) in block.iter_mut().enumerate() {
            *sample = (*sample * (from + step * (index + 1) as f32)).clamp(-1.0, 1.0);
        }
    }

    /// Takes a block of tones, and replaces it by the loop's output.
    pub(crate) fn take_output(&mut self, block: &mut [f32; BLOCK_SAMPLES]) {
        for sample in block.iter_mut() {
            let output = *sample - self.blocked[0] + self.blocker_pole * self.blocked[1];
            self.blocked = [*sample, output];
            *sample = output;
        }
        self.limiter.limit(block);
        self.last = *block;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_band_pass_is_in_tune_at_every_rate() {
        for rate_hz in [8_000.0, 44_100.0, 192_000.0] {
            for frequency_hz in [40.0, 440.0, 3_000.0] {
                let mut band = FeedbackLoop::new(rate_hz);
                band.set(frequency_hz, 100.0);
                // The poles are turned by the resonance, which at this Q is the frequency but for 0.02 cents.
                let [_, a1, a2] = band.coefficients;
                let resonance_hz = (-a1 / (2.0 * a2.sqrt())).acos() * f64::from(rate_hz) / TAU;
                let cents = 1200.0 * (resonance_hz / f64::from(frequency_hz)).log2();
                assert!(cents.abs() < 0.1, "{frequency_hz} Hz at {rate_hz} Hz: {cents} cents");
            }
        }
    }
}
