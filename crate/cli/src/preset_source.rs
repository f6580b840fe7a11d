//! Where a preset comes from: a preset file, or one of a bank as `FILE.bank#INDEX`.

use crate::error::CliError;
use patch::Preset;
use patch::file::{read_bank, read_preset};
use std::convert::Infallible;
use std::path::PathBuf;
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
        let bytes = std::fs::read(path).map_err(CliError::read(path))?;
        // Only names can hold other than ASCII; one of an old encoding is shown with a mark.
        let text = String::from_utf8_lossy(&bytes);
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
}
