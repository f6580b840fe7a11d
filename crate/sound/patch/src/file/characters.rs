//! The text of a file's bytes, whatever system wrote it: every text file that a person gives is read by this function.

use std::borrow::Cow;

/// Ends a text of DOS and CP/M; the bytes after it are padding.
const END: char = '\u{1a}';

/// The characters of the bytes 0x80…0x9F in Windows-1252. Latin-1 has only controls there, which no text contains.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file in UTF-8, in UTF-16, or in Latin-1 as Windows extends it, without a byte order mark. Each line
/// ends with a line feed, on the old Macintosh and on DOS, too; a text of DOS ends at its end sign (0x1A).
pub fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let text = characters(bytes);
    if !text.contains(['\u{feff}', '\r', END]) {
        return text;
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let text = text.split(END).next().unwrap_or_default();
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn characters(bytes: &[u8]) -> Cow<'_, str> {
    let wide = match bytes {
        [0xFF, 0xFE, ..] | [1..=0x7F, 0, 1..=0x7F, 0, ..] => Some(u16::from_le_bytes as fn([u8; 2]) -> u16),
        [0xFE, 0xFF, ..] | [0, 1..=0x7F, 0, 1..=0x7F, ..] => Some(u16::from_be_bytes as fn([u8; 2]) -> u16),
        _ => None,
    };
    if let Some(unit) = wide {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        return char::decode_utf16(units)
            .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        // Bytes with zeros are no text, and a text in UTF-8 with a wrong byte is not one in Latin-1.
        Err(_) if bytes.contains(&0) || bytes.starts_with(b"\xEF\xBB\xBF") => String::from_utf8_lossy(bytes),
        Err(_) => bytes.iter().map(|byte| windows(*byte)).collect(),
    }
}

fn windows(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn one_text_is_read_from_every_encoding() {
        let text = "Bläser\nzwei\n";
        let marked = format!("\u{feff}{text}");
        let latin_1: Vec<u8> = text.chars().map(|letter| u32::from(letter) as u8).collect();
        let files = [
            text.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            latin_1,
            utf_16(&marked, u16::to_le_bytes),
            utf_16(&marked, u16::to_be_bytes),
            utf_16(text, u16::to_le_bytes),
            utf_16(text, u16::to_be_bytes),
        ];
        for bytes in files {
            assert_eq!(text_of(&bytes), text, "{bytes:?}");
        }
        assert_eq!(text_of(b"\x93Lead\x94 \x80"), "“Lead” €");
        assert_eq!(text_of(&[0xFE, 0xFF, 0xD8, 0x00]), "\u{fffd}", "half of a pair");
    }

    #[test]
    fn one_text_is_read_with_the_line_ends_of_every_system() {
        for bytes in [
            &b"a\nb\n\nc"[..],
            b"a\r\nb\r\n\r\nc",
            b"a\rb\r\rc",
            b"a\nb\r\n\rc\x1a",
            b"a\nb\n\nc\x1a\0\x1a\xff",
        ] {
            assert_eq!(text_of(bytes), "a\nb\n\nc", "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn a_text_without_marks_is_not_changed(text in "[^\r\x1a\x00\u{feff}]{0,40}") {
            prop_assert_eq!(text_of(text.as_bytes()), text.as_str());
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            prop_assert!(!text_of(&bytes).contains(['\r', END]));
        }
    }
}
