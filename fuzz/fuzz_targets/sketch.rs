//! Feeds inputs to the reader of crate/lab/hostile/src/sketch.rs.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hostile::sketch::feed(bytes));
