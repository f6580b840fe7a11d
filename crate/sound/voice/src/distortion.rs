//! Distortion: raises each sample's magnitude to a power below 1. Memoryless but for the smoothing.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::U1;
use math::single;

use crate::MAX_BLOCK;
use crate::smoother::Smoother;
use crate::widest::{Kernel, widest};

/// The exponent is at least this.
const LEAST_EXPONENT: f32 = 0.01;

/// The distortion. As a node: one input, one output.
#[derive(Clone, Debug)]
pub struct Distortion {
    exponent: Smoother,
}

impl Default for Distortion {
    fn default() -> Self {
        Self { exponent: Smoother::new(1.0) }
    }
}

impl Distortion {
    /// Sets the target of the next block: `crunch` 0 (clean) … 0.9.
    pub fn begin_block(&mut self, crunch: f32) {
        self.exponent.begin_block(1.0 - crunch);
    }

    /// Advances by `frames` frames of silence.
    pub fn skip_silence(&mut self, frames: usize) {
        self.exponent.skip(frames);
    }

    #[inline(always)]
    fn distort(sample: f32, exponent: f32) -> f32 {
        // The value that `pow` returns, without its cost: x¹ = x, and 0 to any power above 0 is 0.
        if exponent == 1.0 || sample == 0.0 {
            return sample;
        }
        let distorted = single::pow(sample.abs(), exponent.max(LEAST_EXPONENT));
        if sample < 0.0 { -distorted } else { distorted }
    }
}

impl AudioNode for Distortion {
    const ID: u64 = 1007;
    type Inputs = U1;
    type Outputs = U1;

    fn reset(&mut self) {
        *self = Self::default();
    }

    fn tick(&mut self, input: &Frame<f32, U1>) -> Frame<f32, U1> {
        let exponent = self.exponent.step();
        [Self::distort(input[0], exponent)].into()
    }

    fn process(&mut self, size: usize, input: &BufferRef, output: &mut BufferMut) {
        let input = &input.channel_f32(0)[..size];
        let output = &mut output.channel_f32_mut(0)[..size];
        if self.exponent.settled() && self.exponent.value() == 1.0 {
            output.copy_from_slice(input);
            return;
        }
        let mut exponents = [self.exponent.value(); MAX_BLOCK];
        let exponents = &mut exponents[..size];
        if !self.exponent.settled() {
            exponents.iter_mut().for_each(|exponent| *exponent = self.exponent.step());
        }
        exponents.iter_mut().for_each(|exponent| *exponent = exponent.max(LEAST_EXPONENT));
        widest(DistortionRun { input, exponents, output });
    }
}

/// A block, compiled for the widest vector instructions of the machine.
struct DistortionRun<'a> {
    input: &'a [f32],
    exponents: &'a [f32],
    output: &'a mut [f32],
}

impl Kernel for DistortionRun<'_> {
    #[inline(always)]
    fn run(self) {
        let Self { input, exponents, output } = self;
        output.iter_mut().zip(input).for_each(|(magnitude, sample)| *magnitude = sample.abs());
        single::pow_in_place(output, exponents);
        for (distorted, &sample) in output.iter_mut().zip(input) {
            let signed = if sample < 0.0 { -*distorted } else { *distorted };
            *distorted = if sample == 0.0 { sample } else { signed };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node() {
        for crunch in [0.0, 0.6] {
            crate::testing::assert_node(Distortion::default(), |distortion, _, _| {
                distortion.begin_block(crunch);
            });
        }
    }

    #[test]
    fn soft_samples_get_louder_and_keep_their_sign() {
        let mut distortion = Distortion::default();
        distortion.begin_block(0.5);
        for _ in 0..5000 {
            distortion.tick(&[0.0].into());
        }
        assert!((distortion.tick(&[0.25].into())[0] - 0.5).abs() < 1e-3);
        assert!((distortion.tick(&[-0.25].into())[0] + 0.5).abs() < 1e-3);
        assert_eq!(distortion.tick(&[0.0].into())[0], 0.0);
    }
}
