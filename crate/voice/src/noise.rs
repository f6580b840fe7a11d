//! White noise: the one generator that all random waves of a synthesizer draw from.
//!
//! amSynth has one for the whole process; here each [`Synthesizer`](crate::Synthesizer) has its
//! own. The draw order (per voice and block: LFO, oscillator 1, oscillator 2) is part of the sound.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::typenum::{U0, U1};

/// The linear congruential generator of amSynth: 64 bits of state.
/// As a node: no input, one output in −1…1.
#[derive(Clone, Debug, PartialEq)]
pub struct Noise {
    state: u64,
}

/// amSynth's seed.
const SEED: u64 = 22_222;

impl Default for Noise {
    fn default() -> Self {
        Self { state: SEED }
    }
}

impl Noise {
    /// The next number, −1…1.
    #[inline]
    pub fn draw(&mut self) -> f32 {
        const SCALE: f32 = 1.0 / (1u64 << 63) as f32;
        self.state = self.state.wrapping_mul(196_314_165).wrapping_add(907_633_515);
        self.state as f32 * SCALE - 1.0
    }
}

impl AudioNode for Noise {
    const ID: u64 = 1000;
    type Inputs = U0;
    type Outputs = U1;

    fn reset(&mut self) {
        *self = Self::default();
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
