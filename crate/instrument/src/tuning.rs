//! Reads Scala's files from bytes: a scale, a keyboard map, or both. May allocate, since the tuning rarely changes
//! while playing; never panics.

use voice::text::SyntaxError;
use voice::tuning::{KeyboardMap, Tuning, TuningScale};

/// The tuning of an `.scl` and a `.kbm` file; the defaults are twelve equal steps and a linear map.
///
/// # Errors
/// A message that names the file and its line.
pub fn read(scale: &[u8], map: &[u8]) -> Result<Tuning, String> {
    let scale = file(scale, "scale (.scl)", TuningScale::read)?;
    let map = file(map, "keyboard map (.kbm)", KeyboardMap::read)?;
    Tuning::new(&scale, &map).map_err(|error| error.to_string())
}

/// Scala's files are Latin-1 or UTF-8; only comments have non-ASCII characters.
fn file<File: Default>(
    bytes: &[u8],
    name: &str,
    read: impl FnOnce(&str) -> Result<File, SyntaxError>,
) -> Result<File, String> {
    if bytes.is_empty() {
        return Ok(File::default());
    }
    read(&String::from_utf8_lossy(bytes)).map_err(|error| format!("the {name} cannot be used: {error}"))
}
