//! Where a preset comes from: a preset file, or one of a bank as `FILE.bank#INDEX`.

use crate::error::CliError;
use dataset::read_text;
use patch::Preset;
use patch::file::{read_bank, read_preset};
use std::convert::Infallible;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The argument PRESET.
#[derive(Clone, Debug, PartialEq)]
pub struct PresetSource {
    path: PathBuf,
    index: Option<usize>,
}

impl FromStr for PresetSource {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let numbered = text.rsplit_once('#').and_then(|(path, index)| Some((path, index.parse().ok()?)));
        Ok(match numbered {
            Some((path, index)) => Self { path: path.into(), index: Some(index) },
            None => Self { path: text.into(), index: None },
        })
    }
}

impl PresetSource {
    /// Reads the preset.
    pub fn read(&self) -> Result<Preset, CliError> {
        let path = &self.path;
        let text = read_text(path).map_err(|error| self.unreadable(error))?;
        let is_bank = text.lines().next() == Some("amSynth");
        let Some(index) = self.index else {
            if is_bank {
                let count = read_bank(&text).map_err(CliError::format(path))?.len();
                return Err(CliError::BankWithoutIndex { path: path.clone(), count });
            }
            return read_preset(&text).map_err(CliError::format(path));
        };
        let presets = read_bank(&text).map_err(CliError::format(path))?;
        let count = presets.len();
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
