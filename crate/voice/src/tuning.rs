//! The pitch of a key: twelve equal steps to the octave, A4 (key 69) = 440 Hz.

use math::double;

/// The frequencies of the 128 keys.
#[derive(Clone, Debug)]
pub struct Tuning {
    pitch_hz: [f32; 128],
}

impl Default for Tuning {
    fn default() -> Self {
        let step = |degree: u32| double::pow(2.0, f64::from(degree) / 12.0);
        // amSynth finds the pitch of key 0 from that of key 69: five octaves and nine steps down.
        let base_hz = 440.0 / (double::pow(2.0, 5.0) * step(9));
        let pitch_hz = std::array::from_fn(|key| {
            let (octave, degree) = (key as u32 / 12, key as u32 % 12);
            let octave_hz = base_hz * double::pow(2.0, f64::from(octave));
            (if degree == 0 { octave_hz } else { octave_hz * step(degree) }) as f32
        });
        Self { pitch_hz }
    }
}

impl Tuning {
    /// The frequency of a key in Hz; keys above 127 are key 127.
    pub fn pitch_hz(&self, key: u8) -> f32 {
        self.pitch_hz[usize::from(key.min(127))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_keys() {
        let tuning = Tuning::default();
        assert_eq!(tuning.pitch_hz(69), 440.0);
        assert_eq!(tuning.pitch_hz(57), 220.0);
        assert!((tuning.pitch_hz(60) - 261.625_58).abs() < 1e-4);
        assert_eq!(tuning.pitch_hz(200), tuning.pitch_hz(127));
    }

    #[test]
    fn neighbours_are_a_semitone_apart() {
        let tuning = Tuning::default();
        for key in 0..127 {
            let ratio = tuning.pitch_hz(key + 1) / tuning.pitch_hz(key);
            assert!((ratio - 1.059_463_1).abs() < 1e-6, "{key}: {ratio}");
        }
    }
}
