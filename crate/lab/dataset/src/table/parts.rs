//! Finished work on disk: a folder of small files, each whole or absent, so that an interrupted call loses a few
//! seconds at most. Each file identifies its patches: files of other banks or of another version are made again and
//! never used.

use super::columns::{MEASURED_COUNT, MeasuredValues, measured_values};
use super::error::TableError;
use super::rows::TableRow;
use crate::files::WriteError;
use crate::fingerprint;
use patch::Patch;
use patch::encoding::learned;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Rows per file: about a quarter of a second of one core.
const ROWS_PER_PART: usize = 8;

/// First bytes of a file; change the number when the measured values change.
const MAGIC: &[u8; 8] = b"heard 01";
/// First bytes of a file of any version.
const MAGIC_WORD: &[u8] = b"heard ";
/// Digits of a file's name.
const NAME_DIGITS: usize = 6;
/// The beginning of the names of temporary files; a killed call leaves some.
const TEMPORARY: &str = ".tmp";

/// The files of one table.
pub struct PartFiles<'a> {
    folder: PathBuf,
    chunks: Vec<&'a [TableRow]>,
}

impl<'a> PartFiles<'a> {
    /// Opens the folder beside the table, and makes it if needed. Refuses a folder that holds any other file, because
    /// the folder is removed at the end.
    pub fn open(table: &Path, rows: &'a [TableRow]) -> Result<Self, TableError> {
        let mut name = table.file_name().unwrap_or_default().to_owned();
        name.push(".parts");
        let folder = table.with_file_name(name);
        std::fs::create_dir_all(&folder).map_err(WriteError::of(&folder))?;
        for entry in std::fs::read_dir(&folder).map_err(WriteError::of(&folder))? {
            let path = entry.map_err(WriteError::of(&folder))?.path();
            if !is_part(&path) {
                return Err(TableError::ForeignPart { path, folder });
            }
        }
        Ok(Self { folder, chunks: rows.chunks(ROWS_PER_PART).collect() })
    }

    /// The number of rows that are finished.
    pub fn done(&self) -> usize {
        (0..self.chunks.len()).filter_map(|part| Some(self.load(part)?.len())).sum()
    }

    /// Makes the missing files; `done` gets the rows of each written file.
    pub fn make_missing(&self, done: impl Fn(usize) + Sync) -> Result<(), WriteError> {
        let missing: Vec<usize> = (0..self.chunks.len()).filter(|&part| self.load(part).is_none()).collect();
        let written: Vec<Result<(), WriteError>> = features::extract_each(&missing, |extractor, &part| {
            let chunk = self.chunks[part];
            let patches: Vec<Patch> = chunk.iter().map(|row| learned(row.patch)).collect();
            self.save(part, extractor.extract_group(&patches).iter().map(measured_values))?;
            done(chunk.len());
            Ok(())
        });
        written.into_iter().collect()
    }

    /// The measured values of every row.
    pub fn read(&self) -> Result<Vec<MeasuredValues>, WriteError> {
        let missing = || std::io::Error::other("a part of the work was removed meanwhile");
        let mut rows = Vec::new();
        for part in 0..self.chunks.len() {
            let measured = self.load(part).ok_or_else(|| WriteError::of(&self.path(part))(missing()))?;
            rows.extend(measured);
        }
        Ok(rows)
    }

    /// Removes the folder.
    pub fn remove(self) -> Result<(), WriteError> {
        std::fs::remove_dir_all(&self.folder).map_err(WriteError::of(&self.folder))
    }

    fn path(&self, part: usize) -> PathBuf {
        self.folder.join(format!("{part:0NAME_DIGITS$}"))
    }

    /// The key of a file: identifies its patches.
    fn key(&self, part: usize) -> String {
        let values = self.chunks[part].iter().flat_map(|row| *learned(row.patch).values());
        fingerprint(&values.flat_map(f32::to_le_bytes).collect::<Vec<_>>())
    }

    fn save(&self, part: usize, rows: impl Iterator<Item = MeasuredValues>) -> Result<(), WriteError> {
        let mut bytes = [&MAGIC[..], self.key(part).as_bytes()].concat();
        bytes.extend(rows.flatten().flat_map(f32::to_le_bytes));
        let path = self.path(part);
        let mut file = tempfile::Builder::new()
            .prefix(TEMPORARY)
            .tempfile_in(&self.folder)
            .map_err(WriteError::of(&self.folder))?;
        file.write_all(&bytes).map_err(WriteError::of(&path))?;
        file.persist(&path).map_err(|error| WriteError::of(&path)(error.error))?;
        Ok(())
    }

    /// The rows of a file; `None` if it is absent, truncated or of other patches.
    fn load(&self, part: usize) -> Option<Vec<MeasuredValues>> {
        let bytes = std::fs::read(self.path(part)).ok()?;
        let bytes = bytes.strip_prefix(MAGIC)?.strip_prefix(self.key(part).as_bytes())?;
        let rows: Vec<MeasuredValues> = bytes
            .chunks_exact(MEASURED_COUNT * size_of::<f32>())
            .map(|row| {
                let mut numbers = row.as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes));
                std::array::from_fn(|_| numbers.next().unwrap_or_default())
            })
            .collect();
        (rows.len() == self.chunks[part].len()).then_some(rows)
    }
}

/// True for a file that an earlier call left, including a file that lost its bytes when the power failed.
fn is_part(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if !path.is_file() {
        return false;
    }
    let is_number = name.len() >= NAME_DIGITS && name.bytes().all(|byte| byte.is_ascii_digit());
    let is_ours = |bytes: Vec<u8>| bytes.is_empty() || bytes.starts_with(MAGIC_WORD);
    name.starts_with(TEMPORARY) || is_number && std::fs::read(path).is_ok_and(is_ours)
}
