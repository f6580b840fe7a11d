//! What has been heard so far, on disk: a folder of small files, each whole or absent, so that an
//! interrupted call loses a few seconds at most. A file says which patches it is of: files of other
//! banks or another version are heard anew, never mixed in.

use crate::columns::{HEARD_COUNT, HeardNumbers, numbers};
use crate::error::CorpusError;
use crate::rows::Row;
use patch::encoding::learned;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Rows per file: about a quarter of a second of one core.
const ROWS_PER_PART: usize = 8;

/// First bytes of a file; the number changes when what is measured does.
const MAGIC: &[u8; 8] = b"heard 01";

/// The files of one table.
pub struct Parts<'a> {
    folder: PathBuf,
    chunks: Vec<&'a [Row]>,
}

impl<'a> Parts<'a> {
    /// Makes the folder beside the table, or finds it.
    pub fn open(table: &Path, rows: &'a [Row]) -> Result<Self, CorpusError> {
        let mut name = table.file_name().unwrap_or_default().to_owned();
        name.push(".parts");
        let folder = table.with_file_name(name);
        std::fs::create_dir_all(&folder).map_err(CorpusError::write(&folder))?;
        Ok(Self { folder, chunks: rows.chunks(ROWS_PER_PART).collect() })
    }

    /// How many rows are there already.
    pub fn done(&self) -> usize {
        (0..self.chunks.len()).filter_map(|part| Some(self.load(part)?.len())).sum()
    }

    /// Listens to what is missing; `heard` is told the rows of each file when it is written.
    pub fn hear_the_rest(&self, heard: impl Fn(usize) + Sync) -> Result<(), CorpusError> {
        let missing: Vec<usize> = (0..self.chunks.len()).filter(|&part| self.load(part).is_none()).collect();
        let written: Vec<Result<(), CorpusError>> = ear::each(&missing, |ear, &part| {
            let chunk = self.chunks[part];
            let rows = chunk.iter().map(|row| numbers(&ear.hear(&learned(row.patch))));
            self.save(part, rows)?;
            heard(chunk.len());
            Ok(())
        });
        written.into_iter().collect()
    }

    /// Everything that was heard, row by row.
    pub fn read(&self) -> Result<Vec<HeardNumbers>, CorpusError> {
        let missing = || std::io::Error::other("a part of the work was removed meanwhile");
        let mut rows = Vec::new();
        for part in 0..self.chunks.len() {
            let heard = self.load(part).ok_or_else(|| CorpusError::write(&self.path(part))(missing()))?;
            rows.extend(heard);
        }
        Ok(rows)
    }

    /// Removes the folder.
    pub fn remove(self) -> Result<(), CorpusError> {
        std::fs::remove_dir_all(&self.folder).map_err(CorpusError::write(&self.folder))
    }

    fn path(&self, part: usize) -> PathBuf {
        self.folder.join(format!("{part:06}"))
    }

    /// Which patches a file is of.
    fn key(&self, part: usize) -> String {
        let values = self.chunks[part].iter().flat_map(|row| *learned(row.patch).values());
        train::coordinates::fingerprint(&values.flat_map(f32::to_le_bytes).collect::<Vec<_>>())
    }

    fn save(&self, part: usize, rows: impl Iterator<Item = HeardNumbers>) -> Result<(), CorpusError> {
        let mut bytes = [&MAGIC[..], self.key(part).as_bytes()].concat();
        bytes.extend(rows.flatten().flat_map(f32::to_le_bytes));
        let path = self.path(part);
        let mut file =
            tempfile::NamedTempFile::new_in(&self.folder).map_err(CorpusError::write(&self.folder))?;
        file.write_all(&bytes).map_err(CorpusError::write(&path))?;
        file.persist(&path).map_err(|error| CorpusError::write(&path)(error.error))?;
        Ok(())
    }

    /// The rows of a file; `None` if it is absent, cut short or of other patches.
    fn load(&self, part: usize) -> Option<Vec<HeardNumbers>> {
        let bytes = std::fs::read(self.path(part)).ok()?;
        let bytes = bytes.strip_prefix(MAGIC)?.strip_prefix(self.key(part).as_bytes())?;
        let rows: Vec<HeardNumbers> = bytes
            .chunks_exact(HEARD_COUNT * size_of::<f32>())
            .map(|row| {
                let mut numbers = row.as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes));
                std::array::from_fn(|_| numbers.next().unwrap_or_default())
            })
            .collect();
        (rows.len() == self.chunks[part].len()).then_some(rows)
    }
}
