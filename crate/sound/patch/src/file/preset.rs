//! Preset files: white-space separated words, `amSynth1.0preset <preset> <name>` and the words of
//! the name, then `<parameter> name value` for each parameter. Saved sessions add lines
//! `<property> name value`, whose value is the rest of the line; they are not part of the sound and are skipped. Never
//! opens files.

use super::{FileError, clean_name, is_other_tag, is_tag, joined, number, skip};
use crate::table::Parameter;
use crate::values::{Patch, Preset};
use std::cell::Cell;

/// Parses a preset file.
///
/// # Errors
/// Names the first line that does not follow the format.
pub fn read_preset(text: &str) -> Result<Preset, FileError> {
    parse(text, &mut Vec::new())
}

/// The preset, and the names of the parameters that are skipped.
pub(super) fn parse(text: &str, skipped: &mut Vec<String>) -> Result<Preset, FileError> {
    let last_line = text.lines().count().max(1);
    let skips_rest = Cell::new(0);
    let mut words = (1..)
        .zip(text.lines())
        .flat_map(|(line, content)| content.split_whitespace().map(move |word| (line, word)))
        .filter(|(line, _)| *line != skips_rest.get());
    let mut next = |expected: &str| words.next().ok_or_else(|| FileError::end(last_line, expected));

    for head in ["amSynth1.0preset", "<preset>", "<name>"] {
        let expected = format!("“{head}”");
        let (line, word) = next(&expected)?;
        if word != head {
            return Err(FileError::new(line, expected, word));
        }
    }
    let first = "a “<parameter>”";
    let mut name = Vec::new();
    let mut tag = next(first)?;
    while !is_tag(tag.1) {
        name.push(tag.1);
        tag = next(first)?;
    }

    let mut preset = Preset { name: joined(name), patch: Patch::default() };
    let mut parameters = 0;
    loop {
        let (line, word) = tag;
        match word {
            "<parameter>" => {
                let (_, name) = next("a name")?;
                let (value_line, value) = next("a value")?;
                parameters += 1;
                match Parameter::from_name(name) {
                    Some(parameter) => {
                        let number = number::read_exact(value);
                        let number = number.ok_or_else(|| FileError::new(value_line, "a number", value))?;
                        preset.patch.set(parameter, number);
                    }
                    None => skip(name, skipped),
                }
            }
            "<property>" => skips_rest.set(line),
            _ if is_other_tag(word) => {
                skip(word, skipped);
                skips_rest.set(line);
            }
            _ => return Err(FileError::new(line, "“<parameter>” or “<property>”", word)),
        }
        match next(first) {
            Ok(word) => tag = word,
            Err(error) if parameters == 0 => return Err(error),
            Err(_) => return Ok(preset),
        }
    }
}

/// Formats a preset file, which [`read_preset`] and amSynth parse to the same values.
pub fn write_preset(Preset { name, patch }: &Preset) -> String {
    let mut text = format!("amSynth1.0preset\n<preset> <name> {}\n", clean_name(name));
    for parameter in Parameter::ALL {
        let digits = number::write_exact(patch.get(parameter));
        text.push_str(&format!("<parameter> {} {digits}\n", parameter.name()));
    }
    text
}
