//! The value of an AudioParam's linear ramp at a given time. Kept here because Firefox’s `AudioParam.value` does not
//! follow a ramp, and an unanchored ramp jumps there. Pure arithmetic, no web types.

/// The length of a ramp, in seconds: about one frame of the screen, so that successive pointer events form a line,
/// and too short to feel like lag.
pub const RAMP_S: f64 = 0.015;

/// One parameter's last ramp.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParamRamp {
    from: f32,
    to: f32,
    start_s: f64,
}

impl ParamRamp {
    /// The value at a time of the audio clock.
    pub fn at(&self, now_s: f64) -> f32 {
        let share = ((now_s - self.start_s) / RAMP_S).clamp(0.0, 1.0);
        (f64::from(self.from) + f64::from(self.to - self.from) * share) as f32
    }

    /// Sets a value without a ramp.
    pub fn jump(&mut self, value: f32) {
        *self = Self { from: value, to: value, start_s: 0.0 };
    }

    /// Begins a ramp to a value; returns the value to anchor it at.
    pub fn towards(&mut self, value: f32, now_s: f64) -> f32 {
        let from = self.at(now_s);
        *self = Self { from, to: value, start_s: now_s };
        from
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupted_ramp_continues_from_its_value() {
        let mut ramp = ParamRamp::default();
        ramp.jump(1.0);
        assert_eq!(ramp.towards(3.0, 10.0), 1.0);
        let half = ramp.towards(-1.0, 10.0 + RAMP_S / 2.0);
        assert!((half - 2.0).abs() < 1e-5, "{half}");
        assert_eq!(ramp.at(11.0), -1.0);
    }
}
