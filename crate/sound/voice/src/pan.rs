//! Pan, mono to stereo. As in amSynth it is 0 dB on both channels until it is first set; then the centre
//! is −3 dB. Memoryless: never smooths.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferMut, BufferRef};
use fundsp::typenum::{U1, U2};
use math::single;

use crate::numeric::PI;

/// The pan. As a node: one input, outputs left and right.
#[derive(Clone, Debug)]
pub struct Pan {
    left: f32,
    right: f32,
}

impl Default for Pan {
    fn default() -> Self {
        Self { left: 1.0, right: 1.0 }
    }
}

impl Pan {
    /// Sets the position with constant power: 0 and 1 = left, 64 = centre, 127 = right (MIDI
    /// controller 10).
    pub fn set(&mut self, value: u8) {
        let position = f32::from(value.saturating_sub(1)) / 126.0;
        self.left = single::cos(PI / 2.0 * position);
        self.right = single::sin(PI / 2.0 * position);
    }
}

impl AudioNode for Pan {
    const ID: u64 = 1008;
    type Inputs = U1;
    type Outputs = U2;

    fn reset(&mut self) {
        *self = Self::default();
    }

    fn tick(&mut self, input: &Frame<f32, U1>) -> Frame<f32, U2> {
        [input[0] * self.left, input[0] * self.right].into()
    }

    fn process(&mut self, size: usize, input: &BufferRef, output: &mut BufferMut) {
        for (channel, gain) in [self.left, self.right].into_iter().enumerate() {
            let output = output.channel_f32_mut(channel)[..size].iter_mut();
            output.zip(input.channel_f32(0)).for_each(|(y, x)| *y = x * gain);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node() {
        crate::testing::assert_node(Pan::default(), |_, _, _| {});
    }

    #[test]
    fn the_power_is_constant_and_at_the_ends_one_side_is_silent() {
        let mut pan = Pan::default();
        assert_eq!(pan.tick(&[0.5].into()).as_slice(), [0.5, 0.5]);
        for value in 0..128 {
            pan.set(value);
            let frame = pan.tick(&[1.0].into());
            let (left, right) = (frame[0], frame[1]);
            assert!((left * left + right * right - 1.0).abs() < 1e-6, "{value}: {left} {right}");
        }
        assert!(pan.tick(&[1.0].into())[0].abs() < 1e-6);
        pan.set(0);
        assert_eq!(pan.tick(&[1.0].into()).as_slice(), [1.0, 0.0]);
    }
}
