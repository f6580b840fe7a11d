//! What a browser kept of the files that were brought, as the body of a record whose checksum is right: it is
//! nothing, or comes back to the bit.
#![no_main]

use crc::{CRC_32_ISO_HDLC, Crc};
use libfuzzer_sys::fuzz_target;
use play::Brought;

fuzz_target!(|bytes: &[u8]| {
    assert!(Brought::read(bytes).is_none_or(|brought| brought.points.len() <= bytes.len()));
    let mut whole = bytes.to_vec();
    whole.extend(Crc::<u32>::new(&CRC_32_ISO_HDLC).checksum(&whole).to_le_bytes());
    let Some(brought) = Brought::read(&whole) else { return };
    assert_eq!(Brought::read(&brought.write()), Some(brought));
});
