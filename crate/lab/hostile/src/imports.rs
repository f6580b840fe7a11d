//! The imported files that a browser kept, as the body of a record with a correct checksum: the record gives no files,
//! or files that are written and read again the same, bit by bit.

use crc::{CRC_32_ISO_HDLC, Crc};
use play::Imports;

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(bytes: &[u8]) {
    assert!(Imports::read(bytes).is_none_or(|imported| imported.points.len() <= bytes.len()));
    let mut whole = bytes.to_vec();
    whole.extend(Crc::<u32>::new(&CRC_32_ISO_HDLC).checksum(&whole).to_le_bytes());
    let Some(imported) = Imports::read(&whole) else { return };
    assert_eq!(Imports::read(&imported.write()), Some(imported));
}
