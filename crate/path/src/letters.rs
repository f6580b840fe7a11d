//! Bytes as letters of an address (base64url without padding, RFC 4648), and their checksum (CRC-16/IBM-SDLC): as the
//! crates base64 and crc compute them, in a tenth of their size, because the editor's module loads on demand.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The checksum: it detects every change of up to three letters, and all but one in 65,536 of the others.
pub(crate) fn checksum(bytes: &[u8]) -> u16 {
    let sum = bytes.iter().fold(0xffff, |sum, byte| {
        (0..8).fold(sum ^ u16::from(*byte), |sum, _| sum >> 1 ^ if sum & 1 == 1 { 0x8408 } else { 0 })
    });
    !sum
}

/// The letters of bytes: four for three bytes.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        let letter = |place: usize| char::from(LETTERS[(bits >> (18 - 6 * place)) as usize & 63]);
        text.extend((0..=three.len()).map(letter));
    }
    text
}

/// The bytes of letters; none if they are no bytes' letters.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for four in text.as_bytes().chunks(4) {
        let mut bits = 0;
        for letter in four {
            bits = bits << 6 | LETTERS.iter().position(|own| own == letter)? as u32;
        }
        // One letter is no byte, and bits that no byte needs are 0.
        let count = four.len().checked_sub(1).filter(|count| *count > 0)?;
        let spare = 6 * four.len() - 8 * count;
        if bits & ((1 << spare) - 1) != 0 {
            return None;
        }
        bytes.extend_from_slice(&(bits >> spare).to_be_bytes()[4 - count..]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn letters_and_checksum_are_those_of_the_crates(bytes in prop::collection::vec(any::<u8>(), 0..60), text in "[A-Za-z0-9_=+-]{0,12}") {
            prop_assert_eq!(encode(&bytes), BASE64_URL_SAFE_NO_PAD.encode(&bytes));
            prop_assert_eq!(decode(&encode(&bytes)).unwrap(), &bytes[..]);
            prop_assert_eq!(decode(&text), BASE64_URL_SAFE_NO_PAD.decode(&text).ok());
            prop_assert_eq!(checksum(&bytes), crc::Crc::<u16>::new(&crc::CRC_16_IBM_SDLC).checksum(&bytes));
        }
    }
}
