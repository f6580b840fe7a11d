//! amSynth's two text formats: one preset (`.amSynthPreset`) and a bank of up to 128 (`.bank`).
//! Never opens files: the caller adds the path to the error.
//!
//! More tolerant than amSynth 1.13.2. Its parser aborts at an unknown parameter, never returns from a preset
//! without parameters, loses the line after an empty one and overruns its memory at preset 129. Here each of these
//! is parsed or an error. A parameter that this amSynth does not have is skipped: a newer one has written it.
//! amSynth parses written files to exactly the same values.

mod bank;
mod characters;
mod number;
mod preset;

pub use bank::{BANK_CAPACITY, is_bank, is_cut_off, read_bank, write_bank};
pub use characters::text_of;
pub use preset::{read_preset, write_preset};

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
        if found.contains('\0') {
            return Self { line, expected: expected.into(), found: "bytes that are no text".to_owned() };
        }
        Self { line, expected: expected.into(), found: format!("“{}”", shortened(found)) }
    }

    fn end(line: usize, expected: impl Into<String>) -> Self {
        Self { line, expected: expected.into(), found: "the end of the file".to_owned() }
    }
}

/// Parameter name that amSynth skips.
const UNUSED: &str = "unused";

/// Adds a name, once, to those that are skipped.
fn skip(name: &str, skipped: &mut Vec<String>) {
    let is_new = skipped.len() <= SHOWN_NAMES && !skipped.iter().any(|own| own == name);
    if name != UNUSED && is_new {
        skipped.push(name.to_owned());
    }
}

/// Names of skipped parameters that a sentence shows.
const SHOWN_NAMES: usize = 3;

/// The names of the parameters that [`read_preset`] or [`read_bank`] skips in a text, for a sentence; `None` if there
/// are no such parameters, or if the text cannot be read.
pub fn skipped_parameters(text: &str) -> Option<String> {
    let mut skipped = Vec::new();
    if is_bank(text) {
        bank::parse(text, &mut skipped).ok()?;
    } else {
        preset::parse(text, &mut skipped).ok()?;
    }
    let is_longer = skipped.len() > SHOWN_NAMES;
    let mut names: Vec<String> = skipped.iter().take(SHOWN_NAMES).map(|name| shortened(name)).collect();
    names.extend(is_longer.then(|| "…".to_owned()));
    (!names.is_empty()).then(|| names.join(", "))
}

/// Characters of a text that an error or a sentence shows.
const LONGEST_SHOWN: usize = 40;

fn shortened(text: &str) -> String {
    let mut shown: String =
        text.chars().take(LONGEST_SHOWN).map(|c| if c.is_control() { '?' } else { c }).collect();
    if text.chars().count() > LONGEST_SHOWN {
        shown.push('…');
    }
    shown
}

/// True if a word begins a line of a kind that this amSynth does not have.
fn is_other_tag(word: &str) -> bool {
    word.len() > 2 && word.starts_with('<') && word.ends_with('>')
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
