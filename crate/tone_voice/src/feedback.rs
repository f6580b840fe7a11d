//! The way of tones back to their own input: a band-pass, a gain that keeps the level, and a little noise, so that the
//! loop is neither silent nor loud for ever. Never allocates.

use std::f32::consts::TAU;

use crate::block::BLOCK_SAMPLES;
use crate::limiter::ToneLimiter;

/// The mean power that the gain aims at, relative to 1: −18 dB.
const GOAL_POWER: f32 = 0.0158;
/// The gain never exceeds 100 dB: so much less of the noise passes the narrowest band-pass at the lowest frequency.
const GREATEST_GAIN: f32 = 1e5;
/// The time in which the measured power follows, to 1/e: 360 dB fall in a second, and half a period of 40 Hz still counts
/// as steady.
const FOLLOW_S: f32 = 0.012;
/// The amplitude of the noise; its mean power is −60 dB.
const NOISE: f32 = 1.7e-3;
/// Below this the output has nothing: no direct current.
const DIRECT_CURRENT_HZ: f32 = 10.0;
/// What the frequency and the quality of the band-pass may be.
const FREQUENCIES_HZ: [f32; 2] = [40.0, 5_000.0];
const QUALITIES: [f32; 2] = [0.3, 100.0];

/// A loop's band-pass, gain and output.
pub(crate) struct FeedbackLoop {
    sample_rate_hz: f32,
    /// b0 = −b2, a1, a2 of a biquad; b1 is 0.
    coefficients: [f32; 3],
    /// The last two inputs and outputs.
    inputs: [f32; 2],
    outputs: [f32; 2],
    power: f32,
    follow: f32,
    gain: f32,
    random: u32,
    /// Last input and output of the filter against direct current, and its coefficient.
    direct: [f32; 2],
    direct_share: f32,
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
            power: 0.0,
            follow: 1.0 - (-(BLOCK_SAMPLES as f32) / (FOLLOW_S * sample_rate_hz)).exp(),
            gain: 1.0,
            random: 1,
            direct: [0.0; 2],
            direct_share: 1.0 - TAU * DIRECT_CURRENT_HZ / sample_rate_hz,
            limiter: ToneLimiter::new(sample_rate_hz),
            last: [0.0; BLOCK_SAMPLES],
        };
        made.set(440.0, 5.0);
        made
    }

    /// Sets the band-pass: its frequency in Hz, 40…5,000 and below 0.4 of the sample rate, and its quality, 0.3…100.
    /// What is not a number changes nothing. A biquad with a gain of 1 at its frequency (Bristow-Johnson, "Cookbook
    /// formulae for audio EQ biquad filter coefficients").
    pub(crate) fn set(&mut self, frequency_hz: f32, quality: f32) {
        if frequency_hz.is_nan() || quality.is_nan() {
            return;
        }
        let [lowest, highest] = FREQUENCIES_HZ;
        let frequency_hz = frequency_hz.clamp(lowest, highest.min(0.4 * self.sample_rate_hz));
        let turn = TAU * frequency_hz / self.sample_rate_hz;
        let alpha = turn.sin() / (2.0 * quality.clamp(QUALITIES[0], QUALITIES[1]));
        self.coefficients = [alpha, -2.0 * turn.cos(), 1.0 - alpha].map(|number| number / (1.0 + alpha));
    }

    /// Begins the noise anew: the same number gives the same noise.
    pub(crate) fn seed(&mut self, seed: u32) {
        self.random = seed;
    }

    pub(crate) fn silence(&mut self) {
        (self.inputs, self.outputs, self.direct) = ([0.0; 2], [0.0; 2], [0.0; 2]);
        (self.power, self.gain, self.last) = (0.0, 1.0, [0.0; BLOCK_SAMPLES]);
        self.limiter.reset();
    }

    /// The next block of the loop's input: its last output and what `block` has from outside, filtered.
    pub(crate) fn next_input(&mut self, block: &mut [f32; BLOCK_SAMPLES]) {
        let [b0, a1, a2] = self.coefficients;
        for (sample, last) in block.iter_mut().zip(&self.last) {
            self.random = self.random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let outside = if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 };
            let input = last + outside + NOISE * ((self.random >> 8) as f32 / (1 << 23) as f32 - 1.0);
            let output = b0 * (input - self.inputs[1]) - a1 * self.outputs[0] - a2 * self.outputs[1];
            self.inputs = [input, self.inputs[0]];
            self.outputs = [if output.is_finite() { output } else { 0.0 }, self.outputs[0]];
            *sample = self.outputs[0];
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

    /// Makes a block of tones the loop's output.
    pub(crate) fn take_output(&mut self, block: &mut [f32; BLOCK_SAMPLES]) {
        for sample in block.iter_mut() {
            let output = *sample - self.direct[0] + self.direct_share * self.direct[1];
            self.direct = [*sample, output];
            *sample = output;
        }
        self.limiter.limit(block);
        self.last = *block;
    }
}
