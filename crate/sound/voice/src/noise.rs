//! White noise: the generator from which all random waveforms of a synthesizer draw.
//!
//! amSynth has one per process; here each [`Synthesizer`](crate::Synthesizer) has its own, and the generators of a
//! [`MultitimbralSynthesizer`](crate::MultitimbralSynthesizer) begin far from each other. Never change the draw
//! order (per voice and block: LFO, oscillator 1, oscillator 2): it is amSynth's.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::typenum::{U0, U1};

/// amSynth's linear congruential generator with 64 bits of state and a full period of 2⁶⁴.
/// As a node: no input, one output in −1…1.
#[derive(Clone, Debug, PartialEq)]
pub struct Noise {
    state: u64,
    /// The state after each reset.
    seed: u64,
}

/// Seed, multiplier and increment of amSynth 1.13.2.
const SEED: u64 = 22_222;
const FACTOR: u64 = 196_314_165;
const SUMMAND: u64 = 907_633_515;

/// Distance between the seeds of consecutive parts, in draws: the golden section of the period, so that a
/// few parts are all far from each other. Odd, since states a power of two apart are correlated.
const DRAWS_BETWEEN_PARTS: u64 = 0x9E37_79B9_7F4A_7C15;

impl Default for Noise {
    fn default() -> Self {
        Self::from_seed(SEED)
    }
}

impl Noise {
    fn from_seed(seed: u64) -> Self {
        Self { state: seed, seed }
    }

    /// The generator of a part, counted from 0; the first has amSynth's seed.
    pub fn for_part(index: usize) -> Self {
        Self::from_seed(after(SEED, DRAWS_BETWEEN_PARTS.wrapping_mul(index as u64)))
    }

    /// The next number, −1…1.
    #[inline]
    pub fn draw(&mut self) -> f32 {
        const SCALE: f32 = 1.0 / (1u64 << 63) as f32;
        self.state = self.state.wrapping_mul(FACTOR).wrapping_add(SUMMAND);
        self.state as f32 * SCALE - 1.0
    }
}

/// The state after a number of draws, in one step per bit of that number: two draws are one with the
/// multiplier f² and the increment (f + 1)·s, and so on.
fn after(mut state: u64, mut draws: u64) -> u64 {
    let (mut factor, mut summand) = (FACTOR, SUMMAND);
    while draws > 0 {
        if draws & 1 == 1 {
            state = state.wrapping_mul(factor).wrapping_add(summand);
        }
        summand = factor.wrapping_add(1).wrapping_mul(summand);
        factor = factor.wrapping_mul(factor);
        draws >>= 1;
    }
    state
}

impl AudioNode for Noise {
    const ID: u64 = 1000;
    type Inputs = U0;
    type Outputs = U1;

    fn reset(&mut self) {
        self.state = self.seed;
    }

    fn tick(&mut self, _input: &Frame<f32, U0>) -> Frame<f32, U1> {
        [self.draw()].into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node() {
        crate::testing::assert_node(Noise::default(), |_, _, _| {});
        crate::testing::assert_node(Noise::for_part(3), |_, _, _| {});
    }

    #[test]
    fn parts_start_far_apart_in_the_same_cycle() {
        let mut noise = Noise::default();
        for draws in 0..1_000 {
            assert_eq!(after(SEED, draws), noise.state);
            noise.draw();
        }
        // 2⁶⁴ draws, one more than the greatest u64, return to the seed.
        assert_eq!(after(after(SEED, u64::MAX), 1), SEED);
        assert_eq!(Noise::for_part(0), Noise::default());
        assert_eq!(after(Noise::for_part(1).state, DRAWS_BETWEEN_PARTS), Noise::for_part(2).state);
    }

    #[test]
    fn noise_is_uniform_without_an_offset() {
        let mut noise = Noise::default();
        let numbers: Vec<f32> = (0..100_000).map(|_| noise.draw()).collect();
        let mean = numbers.iter().sum::<f32>() / numbers.len() as f32;
        let power = numbers.iter().map(|number| number * number).sum::<f32>() / numbers.len() as f32;
        assert!(numbers.iter().all(|number| (-1.0..=1.0).contains(number)));
        assert!(mean.abs() < 0.01 && (power - 1.0 / 3.0).abs() < 0.01, "{mean} {power}");
    }
}
