//! Tags of players that stand before a sound: any number of them, of ID3 and APE. Those after a sound are no bytes of
//! it for any decoder.

/// Bytes of the head of an ID3 tag, and of its foot.
const ID3_HEAD: usize = 10;
/// Bytes of the head of an APE tag.
const APE_HEAD: usize = 32;

/// The bytes after all tags, and after padding between and behind them. A tag that is longer than the file stays.
pub(crate) fn without_tags(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    while let Some(after) = tag_length(rest).and_then(|length| rest.get(length..)) {
        let padding = after.iter().position(|byte| *byte != 0).unwrap_or(0);
        rest = &after[padding..];
    }
    rest
}

fn tag_length(bytes: &[u8]) -> Option<usize> {
    if let [b'I', b'D', b'3', version, _, flags, length @ ..] = bytes
        && *version < 0xFF
    {
        // Seven bits in each byte.
        let length =
            length.first_chunk::<4>()?.iter().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7F));
        let foot = if flags & 0x10 == 0 { 0 } else { ID3_HEAD };
        return Some(ID3_HEAD + length + foot);
    }
    let length = bytes.strip_prefix(b"APETAGEX")?.get(4..)?.first_chunk()?;
    Some(APE_HEAD.saturating_add(u32::from_le_bytes(*length) as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_tags_is_left_out() {
        let id3 = |length: usize, flags: u8| {
            let size = [length >> 21, length >> 14, length >> 7, length].map(|part| (part & 0x7F) as u8);
            let content = vec![b'x'; length + if flags == 0 { 0 } else { ID3_HEAD }];
            [b"ID3\x04\0", &[flags][..], &size, &content].concat()
        };
        let ape =
            [b"APETAGEX\xD0\x07\0\0\x05\0\0\0\x01\0\0\0\0\0\0\xA0\0\0\0\0\0\0\0\0".as_slice(), b"items"]
                .concat();
        for tags in [
            vec![],
            id3(5, 0),
            [id3(0, 0), id3(200, 0)].concat(),
            [id3(20_000, 0x10), vec![0; 77], id3(130, 0), id3(1, 0)].concat(),
            ape.clone(),
            [ape, id3(3, 0), vec![0; 2_000]].concat(),
        ] {
            assert_eq!(
                without_tags(&[&tags[..], b"\xFF\xFBsound"].concat()),
                b"\xFF\xFBsound",
                "{}",
                tags.len()
            );
        }
        let long = id3(100, 0);
        for bytes in [&long[..50], b"ID3", b"ID3\x04\0\0\0", b"APETAGEX", b"", b"\0\0RIFF"] {
            assert_eq!(without_tags(bytes), bytes);
        }
    }
}
