//! One-pole smoothing of a control value against zipper noise.
//!
//! As in amSynth, the step of 0.005 per frame does not depend on the sample rate, and in f32 the value
//! stops about 6e-6 beside the target. Never correct either: both are audible in a null test.

use fundsp::Frame;
use fundsp::audionode::AudioNode;
use fundsp::typenum::{U0, U1};

/// Fraction of the distance to the target per frame.
const STEP: f32 = 0.005;

#[inline(always)]
fn follow(value: f32, target: f32) -> f32 {
    value + (target - value) * STEP
}

/// Smoothers side by side.
pub struct SmootherLanes<const N: usize> {
    values: [f32; N],
    targets: [f32; N],
}

impl<const N: usize> SmootherLanes<N> {
    /// The state of `smoothers`.
    #[inline(always)]
    pub fn new(smoothers: [&Smoother; N]) -> Self {
        Self {
            values: smoothers.map(|smoother| smoother.value),
            targets: smoothers.map(|smoother| smoother.target),
        }
    }

    /// Advances one frame and returns the new values.
    #[inline(always)]
    pub fn step(&mut self) -> [f32; N] {
        for lane in 0..N {
            self.values[lane] = follow(self.values[lane], self.targets[lane]);
        }
        self.values
    }

    /// Stores the state of a lane.
    #[inline(always)]
    pub fn store(&self, lane: usize, smoother: &mut Smoother) {
        smoother.value = self.values[lane];
    }
}

/// A value that follows its target. As a node: no input, the value as output.
#[derive(Clone, Debug, PartialEq)]
pub struct Smoother {
    value: f32,
    target: f32,
    initial: f32,
}

impl Smoother {
    /// A smoother that has settled at `initial`.
    pub fn new(initial: f32) -> Self {
        Self { value: initial, target: initial, initial }
    }

    /// Sets the target of the next block.
    pub fn begin_block(&mut self, target: f32) {
        self.target = target;
    }

    /// Jumps to `target`.
    pub fn jump(&mut self, target: f32) {
        self.target = target;
        self.value = target;
    }

    /// The current value.
    pub fn value(&self) -> f32 {
        self.value
    }

    #[inline(always)]
    fn following(&self) -> f32 {
        follow(self.value, self.target)
    }

    /// Advances one frame and returns the new value.
    #[inline(always)]
    pub fn step(&mut self) -> f32 {
        self.value = self.following();
        self.value
    }

    /// Advances `frames` frames.
    pub fn skip(&mut self, frames: usize) {
        if !self.settled() {
            (0..frames).for_each(|_| {
                self.step();
            });
        }
    }

    /// True if the value has settled: a block may then treat it as a constant.
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
    fn the_value_settles_a_rounding_error_beside_the_target() {
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
    fn a_jump_is_immediate_and_a_reset_returns_to_the_initial_value() {
        let mut smoother = Smoother::new(0.25);
        smoother.jump(0.75);
        assert_eq!(smoother.step(), 0.75);
        smoother.reset();
        assert_eq!(smoother, Smoother::new(0.25));
    }
}
