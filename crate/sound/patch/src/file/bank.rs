//! Bank files: the line `amSynth`, then for each preset `<preset> <name> NAME` and a line
//! `<parameter> name value` for each parameter, finally `EOF`. Old banks have only 36 or 40 of the 41
//! parameters: missing ones get their default. Never opens files.

use super::{FileError, clean_name, is_other_tag, joined, number, skip};
use crate::table::Parameter;
use crate::values::{Patch, Preset};

/// Largest number of presets in a bank (amSynth).
pub const BANK_CAPACITY: usize = 128;
/// The first line.
const HEAD: &str = "amSynth";

/// Parses a bank file.
///
/// # Errors
/// Names the first line that does not follow the format.
pub fn read_bank(text: &str) -> Result<Vec<Preset>, FileError> {
    parse(text, &mut Vec::new())
}

/// True if a text begins like a bank.
pub fn is_bank(text: &str) -> bool {
    text.lines().next().is_some_and(is_head)
}

fn is_head(line: &str) -> bool {
    line.trim_end() == HEAD
}

/// The presets, and the names of the parameters that are skipped.
pub(super) fn parse(text: &str, skipped: &mut Vec<String>) -> Result<Vec<Preset>, FileError> {
    let mut lines = (1..).zip(text.lines());
    let (line, first) = lines.next().unwrap_or((1, ""));
    if !is_head(first) {
        return Err(FileError::new(line, "“amSynth”, the first line of a bank", first));
    }
    let mut presets: Vec<Preset> = Vec::new();
    for (line, content) in lines {
        let mut words = content.split_whitespace();
        match words.next() {
            None => {}
            Some("EOF") => break,
            Some("<preset>") => {
                if presets.len() == BANK_CAPACITY {
                    return Err(FileError::new(line, format!("at most {BANK_CAPACITY} presets"), content));
                }
                if words.next() != Some("<name>") {
                    return Err(FileError::new(line, "“<preset> <name>” and a name", content));
                }
                presets.push(Preset { name: joined(words), patch: Patch::default() });
            }
            Some("<parameter>") => {
                let preset = presets
                    .last_mut()
                    .ok_or_else(|| FileError::new(line, "“<preset>” before the first parameter", content))?;
                let (name, value) = (words.next(), words.next());
                let (Some(name), Some(value)) = (name, value) else {
                    return Err(FileError::new(line, "“<parameter>”, a name and a number", content));
                };
                let Some(parameter) = Parameter::from_name(name) else {
                    skip(name, skipped);
                    continue;
                };
                let number = number::read_summed(value).filter(|_| words.next().is_none());
                let number = number.ok_or_else(|| FileError::new(line, "a number", content))?;
                preset.patch.set(parameter, number);
            }
            // A session or a newer amSynth wrote it.
            Some("<property>") => {}
            Some(tag) if is_other_tag(tag) => skip(tag, skipped),
            Some(_) => return Err(FileError::new(line, "“<preset>”, “<parameter>” or “EOF”", content)),
        }
    }
    Ok(presets)
}

/// True if a bank has no line `EOF`, the last line of every bank. Neither amSynth nor [`read_bank`] refuses such a
/// bank, but a part may be missing.
pub fn is_cut_off(text: &str) -> bool {
    !text.lines().any(|line| line.split_whitespace().next() == Some("EOF"))
}

/// Formats a bank file, which [`read_bank`] and amSynth parse to the same values.
///
/// # Errors
/// If there are more than [`BANK_CAPACITY`] presets; the line is that of the first excess preset.
pub fn write_bank(presets: &[Preset]) -> Result<String, FileError> {
    if let Some(extra) = presets.get(BANK_CAPACITY) {
        let line = 2 + BANK_CAPACITY * (Parameter::ALL.len() + 1);
        return Err(FileError::new(line, format!("at most {BANK_CAPACITY} presets"), &extra.name));
    }
    let mut text = String::from("amSynth\n");
    for Preset { name, patch } in presets {
        text.push_str(&format!("<preset> <name> {}\n", clean_name(name)));
        for parameter in Parameter::ALL {
            let digits = number::write_summed(patch.get(parameter));
            text.push_str(&format!("<parameter> {} {digits}\n", parameter.name()));
        }
    }
    text.push_str("EOF\n");
    Ok(text)
}
