//! Mixes both oscillators: balance and an amount of ring modulation. Memoryless but for the smoothing.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::{U1, U2};

use crate::smoother::Smoother;

/// Settings, constant during a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MixerBlock {
    /// −1 = oscillator 1 only, +1 = oscillator 2 only.
    pub balance: f32,
    /// Amount of ring modulation, 0…1.
    pub ring: f32,
}

/// The mixer. As a node: inputs oscillator 1 and 2, one output.
#[derive(Clone, Debug)]
pub struct Mixer {
    balance: Smoother,
    ring: Smoother,
}

impl Default for Mixer {
    fn default() -> Self {
        Self { balance: Smoother::new(0.0), ring: Smoother::new(0.0) }
    }
}

impl Mixer {
    /// Sets the targets of the next block.
    pub fn begin_block(&mut self, block: &MixerBlock) {
        self.balance.begin_block(block.balance);
        self.ring.begin_block(block.ring);
    }

    /// Jumps to the targets.
    pub fn jump(&mut self, block: &MixerBlock) {
        self.balance.jump(block.balance);
        self.ring.jump(block.ring);
    }

    /// Whether an oscillator is inaudible during this block: (oscillator 1, oscillator 2).
    pub fn muted(&self) -> (bool, bool) {
        let constant = self.settled() && self.ring.value() == 0.0;
        (constant && self.balance.value() == 1.0, constant && self.balance.value() == -1.0)
    }

    fn settled(&self) -> bool {
        self.balance.settled() && self.ring.settled()
    }

    #[inline(always)]
    fn gains(ring: f32, balance: f32) -> (f32, f32) {
        ((1.0 - ring) * (1.0 - balance) / 2.0, (1.0 - ring) * (1.0 + balance) / 2.0)
    }

    #[inline(always)]
    fn mix(&mut self, first: f32, second: f32) -> f32 {
        let ring = self.ring.step();
        let (gain_1, gain_2) = Self::gains(ring, self.balance.step());
        gain_1 * first + gain_2 * second + ring * first * second
    }
}

impl AudioNode for Mixer {
    const ID: u64 = 1003;
    type Inputs = U2;
    type Outputs = U1;

    fn reset(&mut self) {
        *self = Self::default();
    }

    fn tick(&mut self, input: &Frame<f32, U2>) -> Frame<f32, U1> {
        [self.mix(input[0], input[1])].into()
    }

    fn process(&mut self, size: usize, input: &BufferRef, output: &mut BufferMut) {
        let inputs = input.channel_f32(0)[..size].iter().zip(&input.channel_f32(1)[..size]);
        let frames = output.channel_f32_mut(0)[..size].iter_mut().zip(inputs);
        if self.settled() {
            let ring = self.ring.value();
            let (gain_1, gain_2) = Self::gains(ring, self.balance.value());
            for (sample, (first, second)) in frames {
                *sample = gain_1 * first + gain_2 * second + ring * first * second;
            }
        } else {
            for (sample, (first, second)) in frames {
                *sample = self.mix(*first, *second);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node() {
        for (balance, ring) in [(0.0, 0.0), (0.3, 0.4), (-1.0, 0.0)] {
            crate::testing::assert_node(Mixer::default(), |mixer, _, _| {
                mixer.begin_block(&MixerBlock { balance, ring });
            });
        }
    }

    #[test]
    fn at_the_ends_only_one_oscillator_is_heard() {
        let mut mixer = Mixer::default();
        let mut mix = |balance, ring| {
            mixer.jump(&MixerBlock { balance, ring });
            mixer.tick(&[0.5, -0.25].into())[0]
        };
        assert_eq!(mix(-1.0, 0.0), 0.5);
        assert_eq!(mix(1.0, 0.0), -0.25);
        assert_eq!(mix(0.0, 1.0), -0.125);
    }

    #[test]
    fn an_oscillator_is_muted_only_while_the_gains_stay_constant() {
        let mut mixer = Mixer::default();
        mixer.jump(&MixerBlock { balance: -1.0, ring: 0.0 });
        assert_eq!(mixer.muted(), (false, true));
        mixer.begin_block(&MixerBlock { balance: -1.0, ring: 0.1 });
        assert_eq!(mixer.muted(), (false, false), "ring modulation is coming");
    }
}
