//! Feeds inputs to the reader of crate/lab/hostile/src/controller_map.rs.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hostile::controller_map::feed(bytes));
