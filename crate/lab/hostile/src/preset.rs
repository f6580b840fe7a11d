//! A preset file: any text is a preset or is refused by a sentence, and a preset that is written and read again is the
//! same, bit by bit.

use patch::file::{NAME_LIMIT, read_preset, write_preset};

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(bytes: &[u8]) {
    let text = crate::text(bytes);
    match read_preset(text) {
        Ok(preset) => {
            assert!(preset.name.chars().count() <= NAME_LIMIT);
            let again = read_preset(&write_preset(&preset)).expect("what was written is read");
            assert_eq!(again.patch, preset.patch);
        }
        Err(error) => assert!(error.to_string().chars().count() < 250, "{error}"),
    }
}
