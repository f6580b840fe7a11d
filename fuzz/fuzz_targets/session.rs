//! Feeds inputs to the reader of crate/lab/hostile/src/session.rs.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hostile::session::feed(bytes));
