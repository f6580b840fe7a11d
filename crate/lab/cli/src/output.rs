//! Output: JSON to the terminal, and files that are complete or absent.

use crate::error::CliError;
use dataset::files::{self, OutputPlace, file_beside};
use patch::{Parameter, Patch};
use serde_json::{Map, Number, Value};
use sound_file::encode_wav;
use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A patch as a JSON object of the 41 stored values under amSynth's names, in amSynth's order.
pub fn patch_json(patch: &Patch) -> Value {
    let entries = Parameter::ALL.map(|parameter| (parameter.name().to_owned(), number(patch.get(parameter))));
    Value::Object(Map::from_iter(entries))
}

/// A JSON number with the digits of an f32, not the longer ones of its f64; null if not finite.
pub fn number(value: f32) -> Value {
    value.to_string().parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
}

/// Prints a line to standard output; all commands print by this function. A closed pipe is not an error; a full disk is
/// one.
pub fn say(text: &str) -> Result<(), CliError> {
    let mut output = std::io::stdout().lock();
    match writeln!(output, "{text}").and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(CliError::write(Path::new("standard output"))(error))
        }
        _ => Ok(()),
    }
}

/// Prints JSON.
pub fn print(value: &Value) -> Result<(), CliError> {
    say(&format!("{value:#}"))
}

/// Prints a warning to standard error, and ignores failures.
pub fn warn(text: impl Display) {
    let _ = writeln!(std::io::stderr(), "latent-pad: {text}");
}

/// The destination of an output with this path.
pub fn place(path: &Path) -> Result<OutputPlace, CliError> {
    check_name(path)?;
    files::place(path).map_err(CliError::write(path))
}

/// The file at the end of all links of an output beside which other files are written.
pub fn place_of_file(path: &Path, option: &'static str) -> Result<PathBuf, CliError> {
    match place(path)? {
        OutputPlace::File(end) => Ok(end),
        OutputPlace::Stream(_) => Err(CliError::NoStream { option, path: path.to_owned() }),
    }
}

/// Refuses a path that does not name a file or folder to write.
pub fn check_name(path: &Path) -> Result<(), CliError> {
    if path == Path::new("-") { Err(CliError::Dash) } else { Ok(()) }
}

/// Checks whether a file can be written at `path`, before minutes of work, not after.
pub fn check(path: &Path) -> Result<(), CliError> {
    match place(path)? {
        OutputPlace::File(end) => file_beside(&end).map(drop).map_err(CliError::write(&end)),
        OutputPlace::Stream(_) => Ok(()),
    }
}

/// Lets `write` fill a temporary file beside the file at `path`, then renames it. A link stays, and its target is
/// written. A pipe, a device or an open file gets the bytes when they are complete.
pub fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), CliError>,
) -> Result<(), CliError> {
    match place(path)? {
        OutputPlace::File(end) => {
            let mut file = file_beside(&end).map_err(CliError::write(&end))?;
            write(&mut file)?;
            file.persist(&end).map_err(|error| CliError::write(&end)(error.error))?;
            Ok(())
        }
        OutputPlace::Stream(stream) => {
            let mut bytes = Vec::new();
            write(&mut bytes)?;
            match stream.write_all(&bytes) {
                // As with standard output.
                Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(CliError::write(path)(error)),
                _ => Ok(()),
            }
        }
    }
}

/// The bytes of the WAV file at `path`: a sound whose channels are equally long as 32-bit floats.
pub fn wav_bytes(path: &Path, channels: &[&[f32]], sample_rate_hz: u32) -> Result<Vec<u8>, CliError> {
    encode_wav(channels, sample_rate_hz).map_err(|source| CliError::Wav { path: path.to_owned(), source })
}

/// Writes a sound as [`wav_bytes`] describes it.
pub fn write_wav(path: &Path, channels: &[&[f32]], sample_rate_hz: u32) -> Result<(), CliError> {
    let bytes = wav_bytes(path, channels, sample_rate_hz)?;
    write_whole(path, |file| file.write_all(&bytes).map_err(CliError::write(path)))
}
