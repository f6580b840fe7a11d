//! Shared by the parsers of text files: significant lines, and the error for a wrong one. Never opens files: the
//! caller adds the path to the error.

use std::borrow::Cow;

/// The longest text that is parsed, in bytes: real files have a few hundred. A caller need not load more
/// than one byte above it.
pub const LONGEST_TEXT_BYTES: usize = 65_536;

/// The reason why a text could not be parsed: the line (counted from 1) and the expected text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected {expected}, found {found}")]
#[non_exhaustive]
pub struct SyntaxError {
    /// Line of the text, counted from 1.
    pub line: usize,
    /// The text that the format requires there.
    pub expected: String,
    /// The text that was found instead, shortened.
    pub found: String,
}

impl SyntaxError {
    pub(crate) fn new(line: usize, expected: impl Into<String>, found: &str) -> Self {
        const LONGEST: usize = 40;
        let mut shown: String =
            found.trim().chars().take(LONGEST).map(|c| if c.is_control() { '?' } else { c }).collect();
        if found.trim().chars().count() > LONGEST {
            shown.push('…');
        }
        Self { line, expected: expected.into(), found: format!("“{shown}”") }
    }

    pub(crate) fn end(text: &str, expected: impl Into<String>) -> Self {
        let line = text.lines().count() + 1;
        Self { line, expected: expected.into(), found: "the end of the file".to_owned() }
    }
}

/// The text of a file of Scala, in any encoding and with the line ends of any system.
///
/// # Errors
/// If the file is too long.
pub fn text_of(bytes: &[u8]) -> Result<Cow<'_, str>, SyntaxError> {
    if bytes.len() > LONGEST_TEXT_BYTES { Err(too_long()) } else { Ok(patch::file::text_of(bytes)) }
}

/// The text, if it is not too long. In UTF-8 it may have more bytes than its file.
pub(crate) fn checked(text: &str) -> Result<&str, SyntaxError> {
    if text.len() > LONGEST_TEXT_BYTES && text.chars().count() > LONGEST_TEXT_BYTES {
        return Err(too_long());
    }
    Ok(text)
}

fn too_long() -> SyntaxError {
    SyntaxError {
        line: 1,
        expected: format!("a text of at most {LONGEST_TEXT_BYTES} bytes"),
        found: "a longer text".to_owned(),
    }
}

/// The lines of a Scala file with their numbers, without comments.
pub(crate) fn scala_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with('!'))
}

/// The first word of a line as a whole number in a range; the rest is a comment.
pub(crate) fn whole_number<T>(
    (line, content): (usize, &str),
    range: std::ops::RangeInclusive<T>,
    name: &str,
) -> Result<T, SyntaxError>
where
    T: std::str::FromStr + PartialOrd + std::fmt::Display,
{
    let word = content.split_whitespace().next().unwrap_or_default();
    word.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| {
        let (least, most) = (range.start(), range.end());
        SyntaxError::new(line, format!("{name} ({least} to {most})"), content)
    })
}
