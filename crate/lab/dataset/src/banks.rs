//! Every preset of a folder of banks, in a fixed order. Never drops, repairs or repeats a preset: [`Dataset::distinct`]
//! lists the rows without duplicates, so that every row can be traced to its file.

use crate::error::DatasetError;
use patch::Patch;
use std::collections::HashSet;
use std::fs::File;
use std::io::{Error, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The most files of a folder: the table of coordinates numbers them in 16 bits. A file has far fewer presets.
const MOST_FILES: usize = 1 << 16;

/// The longest file that is read: amSynth's banks of 128 presets have 200 kB, and a device file may have no end.
const LONGEST_BANK_BYTES: u64 = 64_000_000;

/// One preset and where it was found.
#[derive(Clone, Debug)]
pub struct PresetRow {
    /// Position of its bank in [`Dataset::banks`].
    pub bank: usize,
    /// Its position in that bank, from 0.
    pub index: usize,
    /// Its name in the bank.
    pub name: String,
    /// Its sound; parameters absent from the bank have amSynth's defaults.
    pub patch: Patch,
}

/// The presets of a folder.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// File names without folders, sorted by their bytes.
    pub banks: Vec<String>,
    /// All presets, sorted by bank, then by position.
    pub rows: Vec<PresetRow>,
}

impl Dataset {
    /// Reads every file of `folder` (not of folders in it) whose name ends in `.bank` or
    /// `.amSynthPreset`; the latter is a bank of one preset.
    ///
    /// # Errors
    /// If the folder cannot be read, holds no such file or more than 65,536, or a file is not in amSynth's format.
    pub fn read(folder: &Path) -> Result<Self, DatasetError> {
        let mut dataset = Self { banks: Vec::new(), rows: Vec::new() };
        let files = Self::files(folder)?;
        if files.len() > MOST_FILES {
            let folder = folder.to_owned();
            return Err(DatasetError::ManyFiles { folder, count: files.len(), most: MOST_FILES });
        }
        for path in files {
            dataset.add_file(&path)?;
        }
        Ok(dataset)
    }

    /// The files that [`Self::read`] reads, sorted; at least one.
    ///
    /// # Errors
    /// If the folder cannot be read, or holds no such file.
    pub fn files(folder: &Path) -> Result<Vec<PathBuf>, DatasetError> {
        let unreadable = |source| DatasetError::Folder { folder: folder.to_owned(), source };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let is_known = |extension| extension == "bank" || extension == "amSynthPreset";
            if path.extension().is_some_and(is_known) && path.is_file() {
                paths.push(path);
            }
        }
        paths.sort();
        if paths.is_empty() { Err(DatasetError::NoBanks { folder: folder.to_owned() }) } else { Ok(paths) }
    }

    fn add_file(&mut self, path: &Path) -> Result<(), DatasetError> {
        let text = read_text(path).map_err(|source| DatasetError::Read { path: path.to_owned(), source })?;
        let is_bank = path.extension().is_some_and(|extension| extension == "bank");
        let presets = if is_bank {
            patch::file::read_bank(&text)
        } else {
            patch::file::read_preset(&text).map(|preset| vec![preset])
        };
        let presets = presets.map_err(|source| DatasetError::Bank { path: path.to_owned(), source })?;
        let bank = self.banks.len();
        self.banks.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        self.rows.extend(presets.into_iter().enumerate().map(|(index, preset)| PresetRow {
            bank,
            index,
            name: preset.name,
            patch: preset.patch,
        }));
        Ok(())
    }

    /// The rows whose 41 values no earlier row has.
    pub fn distinct(&self) -> Vec<usize> {
        let mut seen = HashSet::new();
        (0..self.rows.len()).filter(|&row| seen.insert(identity(&self.rows[row].patch))).collect()
    }
}

/// The text of a bank or a preset, in any encoding.
///
/// # Errors
/// If the file cannot be read, or is longer than any bank.
pub fn read_text(path: &Path) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST_BANK_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST_BANK_BYTES {
        return Err(Error::new(ErrorKind::FileTooLarge, "it is longer than 64 MB, and no bank is"));
    }
    Ok(patch::file::text_of(&bytes).into_owned())
}

/// The identity of a patch: all 41 stored values, with −0 equal to 0.
pub fn identity(patch: &Patch) -> [u32; patch::PARAMETER_COUNT] {
    patch.values().map(|value| (value + 0.0).to_bits())
}
