//! The tuning of `latent-pad render`: reads Scala's files.

use crate::error::CliError;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use voice::text::{LONGEST_TEXT_BYTES, SyntaxError, text_of};
use voice::tuning::{KeyboardMap, Tuning, TuningScale};

/// Options of the tuning.
#[derive(clap::Args)]
pub struct TuningFiles {
    /// A Scala scale to play in, instead of twelve equal steps
    #[arg(long = "tuning", value_name = "FILE.scl")]
    pub scale: Option<PathBuf>,
    /// A Scala keyboard map, which assigns degrees to keys; without one, A4 (key 69) has 440 Hz
    #[arg(long, value_name = "FILE.kbm")]
    pub keyboard_map: Option<PathBuf>,
}

impl TuningFiles {
    /// The tuning by the files.
    pub fn read(&self) -> Result<Tuning, CliError> {
        let scale = self
            .scale
            .as_deref()
            .map_or_else(|| Ok(TuningScale::default()), |path| read(path, TuningScale::read))?;
        let map = self.keyboard_map.as_deref();
        let map = map.map_or_else(|| Ok(KeyboardMap::default()), |path| read(path, KeyboardMap::read))?;
        Ok(Tuning::new(&scale, &map)?)
    }
}

fn read<T>(path: &Path, reader: impl Fn(&str) -> Result<T, SyntaxError>) -> Result<T, CliError> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(CliError::read(path))?;
    file.take(LONGEST_TEXT_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(CliError::read(path))?;
    let tuning = text_of(&bytes).and_then(|text| reader(&text));
    tuning.map_err(|source| CliError::Tuning { path: path.to_owned(), source })
}
