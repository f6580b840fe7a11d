//! Preset files: white-space separated words, `amSynth1.0preset <preset> <name>` and the words of
//! the name, then `<parameter> name value` for each parameter. Saved sessions add
//! `<property> name value`, which is not part of the sound and is skipped. Never opens files.

use super::{FileError, clean_name, is_tag, joined, number, parameter, without_mark};
use crate::table::Parameter;
use crate::values::{Patch, Preset};

/// Parameter name that amSynth skips.
const UNUSED: &str = "unused";

/// Parses a preset file.
///
/// # Errors
/// Names the first line that does not follow the format.
pub fn read_preset(text: &str) -> Result<Preset, FileError> {
    let text = without_mark(text);
    let last_line = text.lines().count().max(1);
    let mut words = (1..)
        .zip(text.lines())
        .flat_map(|(line, content)| content.split_whitespace().map(move |word| (line, word)));
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
        if !is_tag(word) {
            return Err(FileError::new(line, "“<parameter>” or “<property>”", word));
        }
        let (name_line, name) = next("a name")?;
        let (value_line, value) = next("a value")?;
        if word == "<parameter>" {
            parameters += 1;
            if name != UNUSED {
                let value =
                    number::read_exact(value).ok_or_else(|| FileError::new(value_line, "a number", value))?;
                preset.patch.set(parameter(name_line, name)?, value);
            }
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
