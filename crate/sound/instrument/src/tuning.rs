//! Reads Scala's files from bytes: a scale, a keyboard map, or both. May allocate, since the tuning rarely changes
//! while playing; never panics.

use voice::text::{SyntaxError, text_of};
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

fn file<File: Default>(
    bytes: &[u8],
    name: &str,
    read: impl FnOnce(&str) -> Result<File, SyntaxError>,
) -> Result<File, String> {
    if bytes.is_empty() {
        return Ok(File::default());
    }
    text_of(bytes).and_then(|text| read(&text)).map_err(|error| format!("the {name} cannot be used: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_comment_in_latin_1_is_no_longer_than_its_bytes() {
        let comment = [b"! ".as_slice(), &[0xe9; 40_000], b"\n"].concat();
        let scale = [&comment, b"two steps\n2\n9/8\n2/1\n".as_slice()].concat();
        let expected = TuningScale::read("two steps\n2\n9/8\n2/1\n").unwrap();
        assert_eq!(read(&scale, b"").unwrap(), Tuning::new(&expected, &KeyboardMap::default()).unwrap());
    }
}
