//! A preset file: any text is a preset or is refused by a sentence, and a preset that is written and read again is the
//! same, bit by bit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patch::file::{NAME_LIMIT, read_preset, write_preset};

fuzz_target!(|text: &str| {
    match read_preset(text) {
        Ok(preset) => {
            assert!(preset.name.chars().count() <= NAME_LIMIT);
            let again = read_preset(&write_preset(&preset)).expect("what was written is read");
            assert_eq!(again.patch, preset.patch);
        }
        Err(error) => assert!(error.to_string().chars().count() < 250, "{error}"),
    }
});
