//! Feeds inputs to the reader of crate/lab/hostile/src/imports.rs.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hostile::imports::feed(bytes));
