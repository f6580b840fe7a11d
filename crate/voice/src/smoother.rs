//! One-pole smoothing of a control value: no zipper noise while a knob moves.
//!
//! The step of 0.005 per frame is not scaled with the sample rate (amSynth), and in f32 it comes to
//! rest about 6e-6 beside the target; both are audible in a null test and must stay.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::typenum::{U0, U1};

/// Part of the way to the target that is gone in each frame.
const STEP: f32 = 0.005;

/// A value that follows its target. As a node: no input, the value as output.
#[derive(Clone, Debug, PartialEq)]
pub struct Smoother {
    value: f32,
    target: f32,
    initial: f32,
}

impl Smoother {
    /// A smoother at rest at `initial`.
    pub fn new(initial: f32) -> Self {
        Self { value: initial, target: initial, initial }
    }

    /// The target of the frames to come.
    pub fn begin_block(&mut self, target: f32) {
        self.target = target;
    }

    /// Jumps to `target`.
    pub fn jump(&mut self, target: f32) {
        self.target = target;
        self.value = target;
    }

    /// The value without moving it.
    pub fn value(&self) -> f32 {
        self.value
    }

    #[inline(always)]
    fn following(&self) -> f32 {
        self.value + (self.target - self.value) * STEP
    }

    /// One frame on.
    #[inline(always)]
    pub fn step(&mut self) -> f32 {
        self.value = self.following();
        self.value
    }

    /// `frames` frames on, unheard.
    pub fn skip(&mut self, frames: usize) {
        if !self.settled() {
            (0..frames).for_each(|_| {
                self.step();
            });
        }
    }

    /// Whether no further frame will change the value: a block may then treat it as a constant.
    pub fn settled(&self) -> bool {
        self.following() == self.value
    }
}

impl AudioNode for Smoother {
    const ID: u64 = 1001;
    type Inputs = U0;
    type Outputs = U1;

    fn reset(&mut self) {
        self.jump(self.initial);
    }

    fn tick(&mut self, _input: &Frame<f32, U0>) -> Frame<f32, U1> {
        [self.step()].into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reaches_the_target_but_for_a_rounding_and_rests() {
        let mut smoother = Smoother::new(0.0);
        smoother.begin_block(1.0);
        assert_eq!(smoother.step(), 0.005);
        for _ in 0..3000 {
            smoother.step();
        }
        let rest = smoother.value();
        assert!(smoother.settled());
        assert!((1.0 - rest).abs() < 1.3e-5 && rest != 1.0, "{rest}");
        assert_eq!(smoother.step(), rest);
    }

    #[test]
    fn node() {
        crate::testing::assert_node(Smoother::new(0.0), |smoother, _, _| smoother.begin_block(0.5));
    }

    #[test]
    fn a_jump_needs_no_time_and_reset_goes_back() {
        let mut smoother = Smoother::new(0.25);
        smoother.jump(0.75);
        assert_eq!(smoother.step(), 0.75);
        smoother.reset();
        assert_eq!(smoother, Smoother::new(0.25));
    }
}
