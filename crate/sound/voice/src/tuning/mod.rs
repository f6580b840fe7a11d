//! The pitches of the keys: by default twelve-tone equal temperament with A4 (key 69) = 440 Hz,
//! otherwise from Scala files.
//!
//! A [`TuningScale`] and a [`KeyboardMap`] are never read or combined on the audio thread; the
//! resulting [`Tuning`] is a table without heap memory, which moves there by value.

mod keyboard_map;
mod scale;

pub use keyboard_map::{HIGHEST_DEGREE, KeyboardMap};
pub use scale::{MOST_NOTES, TuningScale, WIDEST_CENTS};

use math::double;

use crate::keys::KEYS;

/// Lowest pitch of a sounding key, Hz: a period of 100 s.
pub const LOWEST_HZ: f64 = 0.01;
/// Highest pitch of a sounding key, Hz: the second oscillator, up to three octaves lower, is still audible.
pub const HIGHEST_HZ: f64 = 200_000.0;
/// Both as text: the formatting of floats would take 6 kB of a first visit.
const RANGE_HZ: &str = "0.01 to 200000";

/// The frequencies of the 128 keys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tuning {
    /// Hz; 0 = silent key.
    pitch_hz: [f32; KEYS],
}

/// A scale and a keyboard map that together leave every key silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "with this scale and keyboard map no key has a pitch of {RANGE_HZ} Hz: check the reference key and the \
     scale's last note"
)]
pub struct SilentTuning;

impl Default for Tuning {
    fn default() -> Self {
        Self::combine(&TuningScale::default(), &KeyboardMap::default())
    }
}

impl Tuning {
    /// Combines a scale and a keyboard map. Keys that the map leaves out are silent, as are keys
    /// whose pitch is not between [`LOWEST_HZ`] and [`HIGHEST_HZ`].
    ///
    /// # Errors
    /// If every key would be silent.
    pub fn new(scale: &TuningScale, map: &KeyboardMap) -> Result<Self, SilentTuning> {
        let tuning = Self::combine(scale, map);
        let sounds = (0..KEYS as u8).any(|key| map.retunes(key) && tuning.pitch_hz(key).is_some());
        if sounds { Ok(tuning) } else { Err(SilentTuning) }
    }

    fn combine(scale: &TuningScale, map: &KeyboardMap) -> Self {
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

    /// The frequency of a key in Hz; `None` for silent keys and above 127.
    pub fn pitch_hz(&self, key: u8) -> Option<f32> {
        self.pitch_hz.get(usize::from(key)).copied().filter(|pitch_hz| *pitch_hz > 0.0)
    }
}

/// Pitch of a key outside the range that the map retunes, Hz.
fn untuned_hz(key: u8) -> f64 {
    440.0 * double::pow(2.0, (f64::from(key) - 69.0) / 12.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concert_pitch_and_middle_c() {
        let tuning = Tuning::default();
        assert_eq!(tuning.pitch_hz(69), Some(440.0));
        assert_eq!(tuning.pitch_hz(57), Some(220.0));
        assert!(tuning.pitch_hz(60).is_some_and(|pitch_hz| (pitch_hz - 261.625_58).abs() < 1e-4));
        assert_eq!(tuning.pitch_hz(128), None);
    }

    #[test]
    fn neighbouring_keys_are_a_semitone_apart() {
        let tuning = Tuning::default();
        for key in 0..127 {
            let [low, high] = [key, key + 1].map(|key| tuning.pitch_hz(key).unwrap_or(0.0));
            assert!((high / low - 1.059_463_1).abs() < 1e-6, "{key}: {low} {high}");
        }
    }

    /// amSynth's own formula, which the null tests against the plugin confirm.
    #[test]
    fn the_default_tuning_is_amsynths_bit_for_bit() {
        let step = |degree: u32| double::pow(2.0, f64::from(degree) / 12.0);
        let base_hz = 440.0 / (double::pow(2.0, 5.0) * step(9));
        for key in 0..128 {
            let octave_hz = base_hz * double::pow(2.0, f64::from(key / 12));
            let pitch_hz = (if key % 12 == 0 { octave_hz } else { octave_hz * step(key % 12) }) as f32;
            assert_eq!(Tuning::default().pitch_hz(key as u8), Some(pitch_hz), "{key}");
        }
    }
}
