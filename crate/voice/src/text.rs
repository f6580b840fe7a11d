//! What the readers of text files share: lines that count, and the sentence for one that is wrong.
//! Text in, no files: whoever opens a file adds its path to the error.

/// The longest text that is read: files of these kinds have a few hundred bytes. A reader of files
/// need not load more than one byte above it.
pub const LONGEST_TEXT_BYTES: usize = 65_536;

/// Why a text could not be read: the line (counted from 1) and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected {expected}, found {found}")]
#[non_exhaustive]
pub struct TextError {
    /// Line of the text, counted from 1.
    pub line: usize,
    /// What a reader of the format expects there.
    pub expected: String,
    /// What is there instead, shortened.
    pub found: String,
}

impl TextError {
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

/// The text without a byte order mark, if it is not too long.
pub(crate) fn checked(text: &str) -> Result<&str, TextError> {
    if text.len() > LONGEST_TEXT_BYTES {
        return Err(TextError {
            line: 1,
            expected: format!("a text of at most {LONGEST_TEXT_BYTES} bytes"),
            found: "a longer one".to_owned(),
        });
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The lines of a Scala file with their numbers, without comments.
pub(crate) fn scala_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with('!'))
}

/// The first word of a line as a whole number of a range; what follows is a remark.
pub(crate) fn whole_number<T>(
    (line, content): (usize, &str),
    range: std::ops::RangeInclusive<T>,
    name: &str,
) -> Result<T, TextError>
where
    T: std::str::FromStr + PartialOrd + std::fmt::Display,
{
    let word = content.split_whitespace().next().unwrap_or_default();
    word.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| {
        let (least, most) = (range.start(), range.end());
        TextError::new(line, format!("{name} ({least} to {most})"), content)
    })
}
