//! Values that follow their targets softly and come to rest. Plain data, no web types.

/// How long a value takes for two thirds of the way, in milliseconds.
const TIME_MS: f64 = 70.0;
/// So near to its target a value has arrived.
const ARRIVED: f32 = 0.004;

/// Values of 0…1 that follow their targets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eased<const COUNT: usize> {
    values: [f32; COUNT],
    /// The time of the last step; none at rest.
    last_ms: Option<f64>,
}

impl<const COUNT: usize> Eased<COUNT> {
    /// At rest at these values.
    pub fn at(values: [f32; COUNT]) -> Self {
        Self { values, last_ms: None }
    }

    /// The current values.
    pub fn values(&self) -> [f32; COUNT] {
        self.values
    }

    /// True if the values still move.
    pub fn is_moving(&self) -> bool {
        self.last_ms.is_some()
    }

    /// Goes on towards the targets; `jumps`: at once.
    pub fn follow(&mut self, targets: [f32; COUNT], now_ms: f64, jumps: bool) {
        if self.values == targets || jumps {
            return *self = Self::at(targets);
        }
        let elapsed_ms = self.last_ms.map_or(0.0, |last_ms| (now_ms - last_ms).max(0.0));
        self.last_ms = Some(now_ms);
        let share = (1.0 - (-elapsed_ms / TIME_MS).exp()) as f32;
        for (value, target) in self.values.iter_mut().zip(targets) {
            *value += share * (target - *value);
        }
        if self.values.iter().zip(targets).all(|(value, target)| (value - target).abs() < ARRIVED) {
            *self = Self::at(targets);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_follows_softly_and_comes_to_rest() {
        let mut value = Eased::at([0.0]);
        value.follow([1.0], 5000.0, false);
        assert_eq!(value.values(), [0.0], "a long rest before is no jump");
        let mut last = 0.0;
        for step in 1..60 {
            value.follow([1.0], 5000.0 + 16.0 * f64::from(step), false);
            let [now] = value.values();
            assert!(now >= last && now - last < 0.3);
            last = now;
        }
        assert!(last == 1.0 && !value.is_moving());
    }

    #[test]
    fn a_jump_is_at_rest_at_once() {
        let mut value = Eased::at([0.2, 0.8]);
        value.follow([0.0, 1.0], 0.0, true);
        assert!(value.values() == [0.0, 1.0] && !value.is_moving());
    }
}
