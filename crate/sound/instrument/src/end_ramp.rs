//! Leads the output from its last sample to silence after all sound has ended at once, so that this does not click. Never
//! allocates.

use std::f32::consts::PI;

/// The length of the ramp, our choice: a click is shorter.
const RAMP_S: f64 = 0.01;

/// The rest of a sound that has ended at once.
pub struct EndRamp {
    /// The last output, left and right.
    last: [f32; 2],
    /// The output from which the ramp begins.
    from: [f32; 2],
    /// Frames of a ramp, and those that have passed.
    length: usize,
    passed: usize,
}

impl EndRamp {
    /// No ramp.
    pub fn new(sample_rate_hz: f64) -> Self {
        let length = (RAMP_S * sample_rate_hz).ceil() as usize;
        Self { last: [0.0; 2], from: [0.0; 2], length, passed: length }
    }

    /// All sound has ended after the last block.
    pub fn begin(&mut self) {
        self.from = self.last;
        self.passed = 0;
    }

    /// Adds the ramp to the next frames, left and right of the same length.
    pub fn add(&mut self, left: &mut [f32], right: &mut [f32]) {
        for (left, right) in left.iter_mut().zip(right.iter_mut()).take(self.length - self.passed) {
            self.passed += 1;
            let gain = 0.5 + 0.5 * (PI * self.passed as f32 / self.length as f32).cos();
            *left += gain * self.from[0];
            *right += gain * self.from[1];
        }
        if let (Some(left), Some(right)) = (left.last(), right.last()) {
            self.last = [*left, *right];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_goes_to_silence_in_small_steps_and_stays_there() {
        let mut ramp = EndRamp::new(48_000.0);
        let (mut left, mut right) = ([0.5; 64], [-0.25; 64]);
        ramp.add(&mut left, &mut right);
        assert_eq!((left, right), ([0.5; 64], [-0.25; 64]), "it changes no sound that goes on");
        ramp.begin();
        let mut heard = vec![0.5];
        for _ in 0..10 {
            let (mut left, mut right) = ([0.0; 64], [0.0; 64]);
            ramp.add(&mut left, &mut right);
            assert!(left.iter().zip(right).all(|(left, right)| (left + 2.0 * right).abs() < 1e-6));
            heard.extend(left);
        }
        assert!(heard.windows(2).all(|pair| (0.0..0.002).contains(&(pair[0] - pair[1]))));
        assert_eq!(heard[481..], [0.0; 160]);
    }
}
