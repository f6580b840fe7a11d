//! Numbers and names of files as the options of several commands take them, each refused with what is expected.

use clap::builder::{PathBufValueParser, TypedValueParser};
use std::path::PathBuf;
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

/// A whole number; clap's own error for a negative one would be an invalid digit.
pub fn whole<N: FromStr>(text: &str) -> Result<N, String> {
    text.parse().map_err(|_| "a whole number of 0 or more is expected".to_owned())
}

/// A tempo in beats a minute.
pub fn tempo(text: &str) -> Result<f32, String> {
    text.parse()
        .ok()
        .filter(|bpm| (10.0..=1000.0).contains(bpm))
        .ok_or_else(|| "a number of beats a minute from 10 to 1000 is expected".to_owned())
}

/// A finite number.
pub fn finite(text: &str) -> Result<f32, String> {
    text.parse()
        .ok()
        .filter(|number: &f32| number.is_finite())
        .ok_or_else(|| "a finite number is expected".to_owned())
}

/// Extensions of other formats of sounds, which a program that reads the file would trust.
const OTHER_SOUNDS: &[&str] = &["aac", "aif", "aiff", "flac", "m4a", "mp3", "ogg", "opus"];
/// Extensions of other formats of pictures.
const OTHER_PICTURES: &[&str] = &["gif", "jpeg", "jpg", "pdf", "svg", "webp"];

/// The name of a sound that is written.
pub fn wav() -> impl TypedValueParser<Value = PathBuf> {
    unless_named(OTHER_SOUNDS, "WAV", "wav")
}

/// The name of a picture that is written.
pub fn png() -> impl TypedValueParser<Value = PathBuf> {
    unless_named(OTHER_PICTURES, "PNG", "png")
}

/// The name of a preset that is written.
pub fn preset() -> impl TypedValueParser<Value = PathBuf> {
    unless_named(&["bank"], "one preset", "amSynthPreset")
}

/// A file that is written in one format; refused if its name has the extension of another format. A name need not be
/// Unicode.
fn unless_named(
    others: &'static [&str],
    format: &'static str,
    own: &'static str,
) -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(move |path: PathBuf| {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if !others.contains(&extension.as_str()) {
            return Ok(path);
        }
        Err(format!("only {format} is written: name the file {}", path.with_extension(own).display()))
    })
}
