//! amSynth's two text formats: one preset (`.amSynthPreset`) and a bank of up to 128 (`.bank`).
//! Never opens files: the caller adds the path to the error.
//!
//! More tolerant than amSynth 1.13.2. Its parser aborts at an unknown parameter, never returns from a preset
//! without parameters, loses the line after an empty one and overruns its memory at preset 129. Here each of these
//! is parsed or an error. amSynth parses written files to exactly the same values.

mod bank;
mod number;
mod preset;

pub use bank::{BANK_CAPACITY, is_cut_off, read_bank, write_bank};
pub use preset::{read_preset, write_preset};

use crate::table::Parameter;

/// Longest name of a preset, in characters; Debian's banks have up to 22. Longer names are cut after the
/// last word that fits.
pub const NAME_LIMIT: usize = 256;

/// The reason why a text is not a preset or bank: the line (counted from 1) and the expected text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected {expected}, found {found}")]
#[non_exhaustive]
pub struct FileError {
    /// Line of the text, counted from 1.
    pub line: usize,
    /// The text that the format requires there.
    pub expected: String,
    /// The text that was found instead, shortened.
    pub found: String,
}

impl FileError {
    fn new(line: usize, expected: impl Into<String>, found: &str) -> Self {
        const LONGEST: usize = 40;
        if found.contains('\0') {
            return Self { line, expected: expected.into(), found: "bytes that are no text".to_owned() };
        }
        let mut shown: String =
            found.chars().take(LONGEST).map(|c| if c.is_control() { '?' } else { c }).collect();
        if found.chars().count() > LONGEST {
            shown.push('…');
        }
        Self { line, expected: expected.into(), found: format!("“{shown}”") }
    }

    fn end(line: usize, expected: impl Into<String>) -> Self {
        Self { line, expected: expected.into(), found: "the end of the file".to_owned() }
    }
}

/// A file's text without the byte order mark that some editors write before it.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The parameter of a name, or an error for its line.
fn parameter(line: usize, name: &str) -> Result<Parameter, FileError> {
    Parameter::from_name(name)
        .ok_or_else(|| FileError::new(line, "the name of one of the 41 parameters", name))
}

/// True if a word ends the name of a preset file.
fn is_tag(word: &str) -> bool {
    matches!(word, "<parameter>" | "<property>")
}

/// Joins words by single spaces, as many as fit into a name; a first word that is too long itself is cut.
/// No other word is, since a part of it might be a tag.
fn joined<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut name = words.into_iter().collect::<Vec<_>>().join(" ");
    if let Some((end, next)) = name.char_indices().nth(NAME_LIMIT) {
        name.truncate(name[..end + next.len_utf8()].rfind(' ').unwrap_or(end));
    }
    name
}

/// A name that is valid in both formats: words joined by single spaces, none of them a tag, at least
/// one.
fn clean_name(name: &str) -> String {
    let name = joined(name.split_whitespace().filter(|word| !is_tag(word)));
    if name.is_empty() { "unnamed".to_owned() } else { name }
}
