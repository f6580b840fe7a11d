//! The computer's keyboard as two rows of keys, by physical position, whatever their labels: the lower letters with
//! the row above as black keys, and the upper ones with the digits, an octave higher. The brackets change the octave.
//! Pure: `keyboard` handles the events.

/// Codes of the keys in semitones from the lower row's C.
const LOWER: [&str; 17] = [
    "KeyZ",
    "KeyS",
    "KeyX",
    "KeyD",
    "KeyC",
    "KeyV",
    "KeyG",
    "KeyB",
    "KeyH",
    "KeyN",
    "KeyJ",
    "KeyM",
    "Comma",
    "KeyL",
    "Period",
    "Semicolon",
    "Slash",
];
/// The same from an octave above.
const UPPER: [&str; 17] = [
    "KeyQ", "Digit2", "KeyW", "Digit3", "KeyE", "KeyR", "Digit5", "KeyT", "Digit6", "KeyY", "Digit7", "KeyU",
    "KeyI", "Digit9", "KeyO", "Digit0", "KeyP",
];
/// The lower row's C without a change of octave: an octave below middle C, as the screen's keyboard.
const LOWEST: i16 = 48;
/// The MIDI key of a physical key, shifted by octaves; none for other keys.
pub fn key_of(code: &str, octaves_up: i8) -> Option<u8> {
    let position = |row: &[&str]| row.iter().position(|&known| known == code);
    let semitones = position(&LOWER).or_else(|| position(&UPPER).map(|semitones| semitones + 12))?;
    u8::try_from(LOWEST + 12 * i16::from(octaves_up) + semitones as i16).ok().filter(|&key| key < 128)
}

/// The octave step of a bracket key.
pub fn octave_step(code: &str) -> Option<i8> {
    match code {
        "BracketLeft" => Some(-1),
        "BracketRight" => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_rows_meet_at_middle_c() {
        assert_eq!(
            (key_of("KeyZ", 0), key_of("KeyQ", 0), key_of("Comma", 0)),
            (Some(48), Some(60), Some(60))
        );
        assert_eq!((key_of("KeyS", 1), key_of("Digit2", -1)), (Some(61), Some(49)));
        assert_eq!((key_of("Space", 0), key_of("KeyP", 6), key_of("KeyZ", -5)), (None, None, None));
    }
}
