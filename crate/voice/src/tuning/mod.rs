//! The pitches of the keys: by default twelve equal steps to the octave, A4 (key 69) = 440 Hz;
//! else from Scala's files.
//!
//! A [`Scale`] and a [`KeyboardMap`] are read and combined anywhere but on the audio thread; the
//! [`Tuning`] they give is a table without memory of its own, and moves there by value.

mod keyboard_map;
mod scale;

pub use keyboard_map::{HIGHEST_DEGREE, KeyboardMap};
pub use scale::{MOST_NOTES, Scale, WIDEST_CENTS};

use math::double;

use crate::keys::KEYS;

/// Lowest pitch of a key that sounds, Hz: a period of 100 s.
pub const LOWEST_HZ: f64 = 0.01;
/// Highest pitch of a key that sounds, Hz: the second oscillator, three octaves lower, is still heard.
pub const HIGHEST_HZ: f64 = 200_000.0;

/// The frequencies of the 128 keys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tuning {
    /// Hz; 0 = no sound.
    pitch_hz: [f32; KEYS],
}

/// A scale and a keyboard map that together make no sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "with this scale and keyboard map no key has a pitch between {LOWEST_HZ} and {HIGHEST_HZ} Hz: check \
     the reference key and the scale's last note"
)]
pub struct SilentTuning;

impl Default for Tuning {
    fn default() -> Self {
        Self::combine(&Scale::default(), &KeyboardMap::default())
    }
}

impl Tuning {
    /// The pitches that a scale has on a keyboard. Keys that the map leaves out have no sound, nor
    /// have those whose pitch is not between [`LOWEST_HZ`] and [`HIGHEST_HZ`].
    ///
    /// # Errors
    /// If no key at all would sound.
    pub fn new(scale: &Scale, map: &KeyboardMap) -> Result<Self, SilentTuning> {
        let tuning = Self::combine(scale, map);
        let sounds = (0..KEYS as u8).any(|key| map.retunes(key) && tuning.pitch_hz(key).is_some());
        if sounds { Ok(tuning) } else { Err(SilentTuning) }
    }

    fn combine(scale: &Scale, map: &KeyboardMap) -> Self {
        let (reference_key, reference_hz) = map.reference();
        let relative = |key, base_hz| Some(scale.pitch_hz(map.degree(key, scale.notes())?, base_hz));
        let base_hz = relative(reference_key, 1.0).map_or(0.0, |ratio| reference_hz / ratio);
        let pitch_hz = std::array::from_fn(|index| {
            let key = index as u8;
            let pitch_hz = if map.retunes(key) { relative(key, base_hz) } else { Some(untuned_hz(key)) };
            pitch_hz
                .filter(|pitch_hz| map.may_sound(key) && (LOWEST_HZ..=HIGHEST_HZ).contains(pitch_hz))
                .unwrap_or(0.0) as f32
        });
        Self { pitch_hz }
    }

    /// The frequency of a key in Hz, or `None` if it has no sound; keys above 127 have none.
    pub fn pitch_hz(&self, key: u8) -> Option<f32> {
        self.pitch_hz.get(usize::from(key)).copied().filter(|pitch_hz| *pitch_hz > 0.0)
    }
}

/// The pitch of a key that a map does not retune.
fn untuned_hz(key: u8) -> f64 {
    440.0 * double::pow(2.0, (f64::from(key) - 69.0) / 12.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_keys() {
        let tuning = Tuning::default();
        assert_eq!(tuning.pitch_hz(69), Some(440.0));
        assert_eq!(tuning.pitch_hz(57), Some(220.0));
        assert!(tuning.pitch_hz(60).is_some_and(|pitch_hz| (pitch_hz - 261.625_58).abs() < 1e-4));
        assert_eq!(tuning.pitch_hz(128), None);
    }

    #[test]
    fn neighbours_are_a_semitone_apart() {
        let tuning = Tuning::default();
        for key in 0..127 {
            let [low, high] = [key, key + 1].map(|key| tuning.pitch_hz(key).unwrap_or(0.0));
            assert!((high / low - 1.059_463_1).abs() < 1e-6, "{key}: {low} {high}");
        }
    }

    /// The formula of before scales could be read, which the null tests have proven.
    #[test]
    fn the_default_is_amsynths_to_the_last_bit() {
        let step = |degree: u32| double::pow(2.0, f64::from(degree) / 12.0);
        let base_hz = 440.0 / (double::pow(2.0, 5.0) * step(9));
        for key in 0..128 {
            let octave_hz = base_hz * double::pow(2.0, f64::from(key / 12));
            let pitch_hz = (if key % 12 == 0 { octave_hz } else { octave_hz * step(key % 12) }) as f32;
            assert_eq!(Tuning::default().pitch_hz(key as u8), Some(pitch_hz), "{key}");
        }
    }
}
