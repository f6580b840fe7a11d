//! A linear ramp over a number of steps: portamento, and the oscillators' frequency inside a block.

/// A linear ramp that stays at its last value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ramp {
    start: f32,
    target: f32,
    increment: f32,
    steps: u32,
    position: u32,
}

/// The parts from which a [`Ramp`]'s next values follow: `start` + `increment` × min(`position` + n, `steps`).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RampParts {
    /// The first value.
    pub start: f32,
    /// Change per step.
    pub increment: f32,
    /// Steps so far; whole, exact up to 2²⁴.
    pub position: f32,
    /// Steps to the target.
    pub steps: f32,
}

impl Ramp {
    /// Starts a ramp. With 0 steps it is at the target at once.
    pub fn configure(&mut self, start: f32, target: f32, steps: u32) {
        let (start, increment) =
            if steps == 0 { (target, 0.0) } else { (start, (target - start) / steps as f32) };
        *self = Self { start, target, increment, steps, position: 0 };
    }

    /// The current value.
    #[inline]
    pub fn value(&self) -> f32 {
        self.start + self.increment * self.position as f32
    }

    /// The target. [`value`](Self::value) may end a rounding error beside it.
    pub fn target(&self) -> f32 {
        self.target
    }

    /// Returns the current value, then advances one step.
    #[inline]
    pub fn step(&mut self) -> f32 {
        let value = self.value();
        self.position = self.steps.min(self.position + 1);
        value
    }

    /// The parts of the ramp from here on, as f32.
    pub fn parts(&self) -> RampParts {
        let (position, steps) = (self.position as f32, self.steps as f32);
        RampParts { start: self.start, increment: self.increment, position, steps }
    }

    /// Advances `count` steps.
    pub fn advance(&mut self, count: usize) {
        self.position = self.steps.min(self.position.saturating_add(count as u32));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_stays_at_its_target() {
        let mut ramp = Ramp::default();
        ramp.configure(100.0, 200.0, 4);
        let values: Vec<f32> = (0..6).map(|_| ramp.step()).collect();
        assert_eq!(values, [100.0, 125.0, 150.0, 175.0, 200.0, 200.0]);
    }

    #[test]
    fn advancing_many_steps_equals_single_steps() {
        let mut stepped = Ramp::default();
        stepped.configure(0.0, 3.0, 7);
        let mut advanced = stepped.clone();
        for _ in 0..5 {
            stepped.step();
        }
        advanced.advance(5);
        assert_eq!(stepped, advanced);
        advanced.advance(usize::MAX);
        assert_eq!(advanced.value(), 3.0);
    }

    #[test]
    fn a_ramp_of_no_steps_is_at_its_target_at_once() {
        let mut ramp = Ramp::default();
        ramp.configure(1.0, 2.0, 0);
        assert_eq!(ramp.value(), 2.0);
    }
}
