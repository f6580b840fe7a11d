//! A bank file: any text is a bank or is refused by a sentence, and a bank that is written and read again is the same,
//! bit by bit.

use patch::file::{BANK_CAPACITY, NAME_LIMIT, read_bank, write_bank};

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(bytes: &[u8]) {
    let text = crate::text(bytes);
    match read_bank(text) {
        Ok(presets) => {
            assert!(presets.len() <= BANK_CAPACITY);
            assert!(presets.iter().all(|preset| preset.name.chars().count() <= NAME_LIMIT));
            let written = write_bank(&presets).expect("a bank that was read can be written");
            let again = read_bank(&written).expect("what was written is read");
            assert!(again.iter().map(|preset| preset.patch).eq(presets.iter().map(|preset| preset.patch)));
        }
        Err(error) => assert!(error.to_string().chars().count() < 250, "{error}"),
    }
}
