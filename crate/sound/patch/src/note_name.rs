//! Names of keys.

/// The names within an octave.
const PITCH_CLASSES: [&str; 12] = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];

/// A MIDI key as musicians write it, with the octave of scientific pitch notation: 60 is C4.
pub fn note_name(key: u8) -> String {
    format!("{}{}", PITCH_CLASSES[usize::from(key % 12)], i16::from(key / 12) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_octave_begins_at_c_and_key_60_is_middle_c() {
        assert_eq!([60, 61, 69, 0, 127].map(note_name), ["C4", "C♯4", "A4", "C-1", "G9"]);
    }
}
