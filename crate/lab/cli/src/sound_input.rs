//! Reads sounds from files: WAV, FLAC, OGG Vorbis, Opus and MP3, detected by their content and not by their name.

use crate::error::CliError;
use crate::output::warn;
use crate::region_arguments::RegionArguments;
use matching::{LONGEST_S, Target};
use sound_file::{SoundFile, decode};
use std::path::Path;

/// Reads the beginning of a sound, up to two minutes.
pub fn read_sound(path: &Path) -> Result<SoundFile, CliError> {
    let bytes = std::fs::read(path).map_err(CliError::read(path))?;
    let sound = decode(&bytes).map_err(|source| CliError::NoSound { path: path.to_owned(), source })?;
    for loss in &sound.losses {
        warn(format_args!("{}: {loss}", path.display()));
    }
    Ok(sound)
}

/// As [`read_sound`], the part of the sound that a person chose.
pub fn read_region(path: &Path, region: &RegionArguments) -> Result<SoundFile, CliError> {
    let mut sound = read_sound(path)?;
    let rate_hz = f64::from(sound.sample_rate_hz);
    let frames = sound.channels.iter().map(Vec::len).min().unwrap_or(0);
    let frame = |seconds: f64| ((seconds * rate_hz).round() as usize).min(frames);
    let range = region.from_s.map_or(0, frame)..region.to_s.map_or(frames, frame);
    if range.is_empty() {
        let path = path.to_owned();
        return Err(CliError::EmptyRegion { path, length_s: frames as f64 / rate_hz });
    }
    for channel in &mut sound.channels {
        channel.truncate(range.end);
        channel.drain(..range.start);
    }
    Ok(sound)
}

/// The rate at which the descriptors measure a sound, in Hz, as on the page: at another one the same sound has other
/// values.
const MEASURED_AT_HZ: u32 = 44_100;

/// As [`read_region`], at the rate of the descriptors. A sound at a rate that they refuse stays as it is.
pub fn read_measured_region(path: &Path, region: &RegionArguments) -> Result<SoundFile, CliError> {
    let sound = read_region(path, region)?;
    let is_measured = timbre::RATES_HZ.contains(&sound.sample_rate_hz);
    Ok(if is_measured { sound.at_rate(MEASURED_AT_HZ) } else { sound })
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
