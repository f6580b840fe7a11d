//! The source of a preset: a preset file, or a preset of a bank as `FILE.bank#INDEX`.

use crate::error::CliError;
use crate::output::warn;
use dataset::{Dataset, read_text};
use patch::Preset;
use patch::file::{is_bank, is_cut_off, read_bank, read_preset, skipped_parameters};
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The argument PRESET.
#[derive(Clone, Debug, PartialEq)]
pub struct PresetSource {
    path: PathBuf,
    index: Option<usize>,
}

impl From<OsString> for PresetSource {
    fn from(text: OsString) -> Self {
        // The name of a preset file may end like the number of a bank's preset.
        match numbered(&text).filter(|_| !Path::new(&text).is_file()) {
            Some((path, index)) => Self { path, index: Some(index) },
            None => Self { path: text.into(), index: None },
        }
    }
}

/// The path and the number of FILE.bank#INDEX.
#[cfg(unix)]
fn numbered(text: &OsString) -> Option<(PathBuf, usize)> {
    use std::os::unix::ffi::OsStrExt;
    // A name need not be Unicode.
    let bytes = text.as_bytes();
    let at = bytes.iter().rposition(|byte| *byte == b'#')?;
    let index = std::str::from_utf8(&bytes[at + 1..]).ok()?.parse().ok()?;
    Some((std::ffi::OsStr::from_bytes(&bytes[..at]).into(), index))
}

/// The path and the number of FILE.bank#INDEX.
#[cfg(not(unix))]
fn numbered(text: &OsString) -> Option<(PathBuf, usize)> {
    let (path, index) = text.to_str()?.rsplit_once('#')?;
    Some((path.into(), index.parse().ok()?))
}

impl PresetSource {
    /// The file that is read.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// True if it is a preset of a bank.
    pub fn is_in_bank(&self) -> bool {
        self.index.is_some()
    }

    /// Reads the preset.
    pub fn read(&self) -> Result<Preset, CliError> {
        let path = &self.path;
        let text = read_text(path).map_err(|error| self.unreadable(error))?;
        if self.index.is_none() && !is_bank(&text) {
            let preset = read_preset(&text).map_err(CliError::format(path))?;
            warn_of_losses(path, &text);
            return Ok(preset);
        }
        let presets = read_bank(&text).map_err(CliError::format(path))?;
        warn_of_losses(path, &text);
        let count = presets.len();
        if count == 0 {
            return Err(CliError::EmptyBank { path: path.clone() });
        }
        let Some(index) = self.index else {
            return Err(CliError::BankWithoutIndex { path: path.clone(), count });
        };
        presets.into_iter().nth(index).ok_or_else(|| CliError::NoSuchPreset {
            path: path.clone(),
            count,
            index,
        })
    }

    /// A file name may contain #, so look for one only if the file does not exist.
    fn unreadable(&self, error: std::io::Error) -> CliError {
        let text = self.path.to_string_lossy();
        match text.rsplit_once('#') {
            Some((bank, index)) if error.kind() == ErrorKind::NotFound && Path::new(bank).exists() => {
                CliError::IndexIsNoNumber { path: bank.into(), index: index.to_owned() }
            }
            _ => CliError::read(&self.path)(error),
        }
    }
}

/// Warns of a bank that ends too early, and of parameters that are skipped.
fn warn_of_losses(path: &Path, text: &str) {
    if let Some(names) = skipped_parameters(text) {
        warn(format_args!(
            "{} sets {names}, which amSynth 1.13.2 does not have: it is skipped, and the rest is read",
            path.display()
        ));
    }
    if is_bank(text) && is_cut_off(text) {
        warn(format_args!(
            "{} ends without the line EOF: if presets are missing, copy the bank again",
            path.display()
        ));
    }
}

/// Warns of each bank of a folder that ends too early, and of parameters that are skipped. A file that cannot be read
/// fails when it is used.
pub fn warn_of_lossy_banks(folder: &Path) {
    for path in Dataset::files(folder).unwrap_or_default() {
        if let Ok(text) = read_text(&path) {
            warn_of_losses(&path, &text);
        }
    }
}
