//! Feeds inputs to the reader of crate/lab/hostile/src/sound.rs.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hostile::sound::feed(bytes));
