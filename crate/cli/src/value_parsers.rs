//! Numbers and names of files as the options of several commands take them, each refused with what is expected.

use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The longest render: an hour.
const LONGEST_S: f64 = 3600.0;

/// A length in seconds.
pub fn seconds(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|seconds| (0.0..=LONGEST_S).contains(seconds) && *seconds > 0.0)
        .ok_or_else(|| format!("a number of seconds above 0, up to {LONGEST_S}, is expected"))
}

/// A whole number; clap alone says of a negative one that it has an invalid digit.
pub fn whole<N: FromStr>(text: &str) -> Result<N, String> {
    text.parse().map_err(|_| "a whole number of 0 or more is expected".to_owned())
}

/// A number that is one.
pub fn finite(text: &str) -> Result<f32, String> {
    text.parse()
        .ok()
        .filter(|number: &f32| number.is_finite())
        .ok_or_else(|| "a finite number is expected".to_owned())
}

/// Extensions of other formats of sounds, which a program that reads the file would trust.
const OTHER_SOUNDS: [&str; 8] = ["aac", "aif", "aiff", "flac", "m4a", "mp3", "ogg", "opus"];
/// The same of pictures.
const OTHER_PICTURES: [&str; 6] = ["gif", "jpeg", "jpg", "pdf", "svg", "webp"];

/// The name of a sound that is written.
pub fn wav(name: &str) -> Result<PathBuf, String> {
    unless_named(name, &OTHER_SOUNDS, "wav")
}

/// The name of a picture that is written.
pub fn png(name: &str) -> Result<PathBuf, String> {
    unless_named(name, &OTHER_PICTURES, "png")
}

/// A file that is written in one format, unless its name says that it is of another one.
fn unless_named(name: &str, others: &[&str], own: &str) -> Result<PathBuf, String> {
    let path = Path::new(name);
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if !others.contains(&extension.as_str()) {
        return Ok(path.to_owned());
    }
    let (format, renamed) = (own.to_uppercase(), path.with_extension(own));
    Err(format!("only {format} is written: name the file {}", renamed.display()))
}
