//! Reads sounds from files: WAV, FLAC, OGG Vorbis and MP3, detected by their content and not by their name.

use crate::error::CliError;
use crate::output::warn;
use matching::{LONGEST_S, Target};
use sound_file::{SoundFile, decode};
use std::path::Path;

/// Reads the beginning of a sound, up to two minutes.
pub fn read_sound(path: &Path) -> Result<SoundFile, CliError> {
    let bytes = std::fs::read(path).map_err(CliError::read(path))?;
    decode(bytes).map_err(|source| CliError::NoSound { path: path.to_owned(), source })
}

/// Warns that the rest of a sound that is longer than a target does not count.
pub fn warn_if_cut(target: &Target, path: &Path) {
    if target.is_cut() {
        warn(format_args!(
            "{} is longer than {LONGEST_S} seconds: only the first {LONGEST_S} count",
            path.display()
        ));
    }
}
