//! Hostile input: whatever a file, a link, a browser's storage or a message contains, its reader answers with a result
//! within its limits or with an error of one sentence. Each module feeds bytes to one reader and panics if the reader
//! breaks this promise. The tests of this crate feed seeds of `fuzz/seeds/` and changes of them; the fuzz targets of
//! `fuzz/` search for inputs by coverage.
#![forbid(unsafe_code)]

use arbitrary::{Arbitrary, Unstructured};

pub mod bank;
pub mod controller_map;
pub mod coordinates;
pub mod frames;
pub mod imports;
#[cfg(feature = "large")]
pub mod instrument;
pub mod link;
pub mod map;
pub mod matching;
#[cfg(feature = "large")]
pub mod model;
pub mod path;
pub mod preset;
pub mod session;
pub mod sketch;
#[cfg(feature = "large")]
pub mod sound;
pub mod tuning;

/// The text at the beginning of these bytes, up to the first ones that are no UTF-8.
fn text(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

/// A value that is made of these bytes; none if they are too few.
fn structured<'a, T: Arbitrary<'a>>(bytes: &'a [u8]) -> Option<T> {
    T::arbitrary_take_rest(Unstructured::new(bytes)).ok()
}
