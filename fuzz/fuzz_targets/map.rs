//! Feeds inputs to the reader of crate/lab/hostile/src/map.rs.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hostile::map::feed(bytes));
