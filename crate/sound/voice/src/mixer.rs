//! Mixes both oscillators: balance and an amount of ring modulation. Memoryless but for the smoothing.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::{U1, U2};

use crate::lanes::{self, each};
use crate::smoother::{Smoother, SmootherLanes};

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

    /// For each oscillator true if it is inaudible during this block.
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

    /// Mixes a block of each lane's oscillators.
    #[inline(always)]
    pub fn mix<const N: usize>(
        mut mixers: [&mut Self; N],
        first: &[[f32; N]],
        second: &[[f32; N]],
        output: &mut [[f32; N]],
    ) {
        let mut rings = SmootherLanes::new(mixers.each_ref().map(|mixer| &mixer.ring));
        let mut balances = SmootherLanes::new(mixers.each_ref().map(|mixer| &mixer.balance));
        let frames = output.iter_mut().zip(first.iter().zip(second));
        if mixers.iter().all(|mixer| mixer.settled()) {
            let (ring, balance) = (rings.step(), balances.step());
            let gains: [_; N] = each(|lane| Self::gains(ring[lane], balance[lane]));
            for (output, (first, second)) in frames {
                *output = Self::mix_frame(first, second, &ring, &gains);
            }
        } else {
            for (output, (first, second)) in frames {
                let (ring, balance) = (rings.step(), balances.step());
                let gains: [_; N] = each(|lane| Self::gains(ring[lane], balance[lane]));
                *output = Self::mix_frame(first, second, &ring, &gains);
            }
        }
        for (lane, mixer) in mixers.iter_mut().enumerate() {
            rings.store(lane, &mut mixer.ring);
            balances.store(lane, &mut mixer.balance);
        }
    }

    #[inline(always)]
    fn mix_frame<const N: usize>(
        first: &[f32; N],
        second: &[f32; N],
        ring: &[f32; N],
        gains: &[(f32, f32); N],
    ) -> [f32; N] {
        each(|lane| {
            let ((gain_1, gain_2), ring) = (gains[lane], ring[lane]);
            gain_1 * first[lane] + gain_2 * second[lane] + ring * first[lane] * second[lane]
        })
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
        let mut sample = [[0.0]];
        Self::mix([self], &[[input[0]]], &[[input[1]]], &mut sample);
        sample[0].into()
    }

    fn process(&mut self, size: usize, input: &BufferRef, output: &mut BufferMut) {
        let output = &mut output.channel_f32_mut(0)[..size];
        let [first, second] = [0, 1].map(|channel| input.channel_f32(channel)[..size].as_chunks().0);
        Self::mix([self], first, second, lanes::single(output));
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
