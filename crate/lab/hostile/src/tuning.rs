//! Scala's two files, a scale and a keyboard map with a zero byte between them: any texts tune within the limits or are
//! refused by a sentence.

use voice::tuning::{KeyboardMap, Tuning, TuningScale};

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(bytes: &[u8]) {
    let texts = crate::text(bytes);
    let (scale, map) = texts.split_once('\0').unwrap_or((texts, ""));
    let scale = TuningScale::read(scale);
    let map = if map.is_empty() { Ok(KeyboardMap::default()) } else { KeyboardMap::read(map) };
    for error in [scale.as_ref().err(), map.as_ref().err()].into_iter().flatten() {
        assert!(error.to_string().chars().count() < 250, "{error}");
    }
    let (Ok(scale), Ok(map)) = (scale, map) else { return };
    let Ok(tuning) = Tuning::new(&scale, &map) else { return };
    for key in 0..=u8::MAX {
        let pitch_hz = tuning.pitch_hz(key).unwrap_or(1.0);
        assert!((0.0099..=200_001.0).contains(&pitch_hz), "key {key}: {pitch_hz} Hz");
    }
}
