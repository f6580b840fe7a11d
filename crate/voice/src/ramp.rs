//! A straight line in so many steps: the glide of a voice, and the frequency inside a block.

/// A line from `start` in `steps` steps; it stays at the last one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ramp {
    start: f32,
    target: f32,
    increment: f32,
    steps: u32,
    position: u32,
}

impl Ramp {
    /// A new line. Without steps it is at the target at once.
    pub fn configure(&mut self, start: f32, target: f32, steps: u32) {
        let (start, increment) =
            if steps == 0 { (target, 0.0) } else { (start, (target - start) / steps as f32) };
        *self = Self { start, target, increment, steps, position: 0 };
    }

    /// Where the line is now.
    #[inline]
    pub fn value(&self) -> f32 {
        self.start + self.increment * self.position as f32
    }

    /// Where the line was meant to end. [`value`](Self::value) may miss it by a rounding.
    pub fn target(&self) -> f32 {
        self.target
    }

    /// Where the line is now; then one step on.
    #[inline]
    pub fn step(&mut self) -> f32 {
        let value = self.value();
        self.position = self.steps.min(self.position + 1);
        value
    }

    /// Goes `count` steps on.
    pub fn advance(&mut self, count: usize) {
        self.position = self.steps.min(self.position.saturating_add(count as u32));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_and_stays() {
        let mut ramp = Ramp::default();
        ramp.configure(100.0, 200.0, 4);
        let values: Vec<f32> = (0..6).map(|_| ramp.step()).collect();
        assert_eq!(values, [100.0, 125.0, 150.0, 175.0, 200.0, 200.0]);
    }

    #[test]
    fn advancing_equals_stepping() {
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
    fn without_steps_it_is_there_at_once() {
        let mut ramp = Ramp::default();
        ramp.configure(1.0, 2.0, 0);
        assert_eq!(ramp.value(), 2.0);
    }
}
