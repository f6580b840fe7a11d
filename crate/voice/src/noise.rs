//! White noise: the one generator that all random waves of a synthesizer draw from.
//!
//! amSynth has one for the whole process; here each [`Synthesizer`](crate::Synthesizer) has its
//! own, and those of several [`MultitimbralSynthesizer`](crate::MultitimbralSynthesizer) begin far from each other. The draw order (per voice
//! and block: LFO, oscillator 1, oscillator 2) is part of the sound.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::typenum::{U0, U1};

/// The linear congruential generator of amSynth: 64 bits of state, of which it takes every value in turn.
/// As a node: no input, one output in −1…1.
#[derive(Clone, Debug, PartialEq)]
pub struct Noise {
    state: u64,
    /// Where it begins after each reset.
    seed: u64,
}

/// amSynth's seed, factor and summand.
const SEED: u64 = 22_222;
const FACTOR: u64 = 196_314_165;
const SUMMAND: u64 = 907_633_515;

/// Draws from where one part begins to where the next does: the golden section of all 2⁶⁴, so that any few
/// parts are far from each other. Odd, since states that are a power of two apart resemble each other.
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

    /// The generator of one of several parts; the first has amSynth's.
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

/// The state after so many draws. Two draws are one with the factor f² and the summand (f + 1)·s, four are
/// two of these, and so on: one step for each bit of the number of draws.
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
    fn parts_begin_elsewhere_in_the_same_cycle() {
        let mut noise = Noise::default();
        for draws in 0..1_000 {
            assert_eq!(after(SEED, draws), noise.state);
            noise.draw();
        }
        // All 2⁶⁴ draws lead back: one more than the greatest number of them.
        assert_eq!(after(after(SEED, u64::MAX), 1), SEED);
        assert_eq!(Noise::for_part(0), Noise::default());
        assert_eq!(after(Noise::for_part(1).state, DRAWS_BETWEEN_PARTS), Noise::for_part(2).state);
    }

    #[test]
    fn numbers_fill_the_range_evenly() {
        let mut noise = Noise::default();
        let numbers: Vec<f32> = (0..100_000).map(|_| noise.draw()).collect();
        let mean = numbers.iter().sum::<f32>() / numbers.len() as f32;
        let power = numbers.iter().map(|number| number * number).sum::<f32>() / numbers.len() as f32;
        assert!(numbers.iter().all(|number| (-1.0..=1.0).contains(number)));
        assert!(mean.abs() < 0.01 && (power - 1.0 / 3.0).abs() < 0.01, "{mean} {power}");
    }
}
