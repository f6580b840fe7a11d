//! What a browser kept of the files that were imported, as the body of a record whose checksum is right: it is
//! nothing, or comes back to the bit.
#![no_main]

use crc::{CRC_32_ISO_HDLC, Crc};
use libfuzzer_sys::fuzz_target;
use play::Imports;

fuzz_target!(|bytes: &[u8]| {
    assert!(Imports::read(bytes).is_none_or(|imported| imported.points.len() <= bytes.len()));
    let mut whole = bytes.to_vec();
    whole.extend(Crc::<u32>::new(&CRC_32_ISO_HDLC).checksum(&whole).to_le_bytes());
    let Some(imported) = Imports::read(&whole) else { return };
    assert_eq!(Imports::read(&imported.write()), Some(imported));
});
