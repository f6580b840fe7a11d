//! Chooses sounds of a folder by a rule that does not hear them: as many of each subfolder, spread evenly over the
//! order of their paths, and only short ones.

use crate::error::CliError;
use crate::output::warn;
use crate::sound_input::read_sound;
use evaluate::GivenFile;
use std::path::{Path, PathBuf};

/// Longer sounds are loops and melodies, not single sounds.
const LONGEST_S: f64 = 4.0;
/// The endings of sound files, because folders of sounds have texts and pictures, too.
const ENDINGS: [&str; 5] = ["wav", "flac", "ogg", "oga", "mp3"];

/// The sounds of a folder: all of its files in the order of their paths, or `count` of its files and of those below it.
/// With a number, each folder right below it gives as many, from the first path on in equal steps. The next file before
/// the next step replaces one that is unreadable or longer than four seconds.
pub fn chosen_files(folder: &Path, count: Option<u32>) -> Result<Vec<GivenFile>, CliError> {
    let (own, folders) = entries(folder)?;
    let mut files = Vec::new();
    let Some(count) = count else {
        for path in &own {
            match file(folder, path) {
                Ok(file) => files.push(file),
                Err(error) => warn(format_args!("{error}: not matched")),
            }
        }
        return some(folder, files);
    };
    let mut groups = if own.is_empty() { Vec::new() } else { vec![own] };
    for folder in &folders {
        let below = all_below(folder)?;
        if !below.is_empty() {
            groups.push(below);
        }
    }
    let shares = groups.len().max(1);
    for (at, group) in groups.iter().enumerate() {
        // The first groups give one more where the number is no multiple of theirs.
        let share = (count as usize + shares - 1 - at) / shares;
        for paths in steps(group, share) {
            files.extend(paths.iter().filter_map(|path| file(folder, path).ok()).find(is_short));
        }
    }
    some(folder, files)
}

/// The paths in steps of equal length.
fn steps(paths: &[PathBuf], count: usize) -> impl Iterator<Item = &[PathBuf]> {
    let count = count.min(paths.len());
    (0..count).map(move |at| &paths[at * paths.len() / count..(at + 1) * paths.len() / count])
}

fn is_short(file: &GivenFile) -> bool {
    let frames = file.channels.first().map_or(0, Vec::len);
    frames as f64 <= LONGEST_S * f64::from(file.sample_rate_hz)
}

fn some(folder: &Path, files: Vec<GivenFile>) -> Result<Vec<GivenFile>, CliError> {
    if files.is_empty() {
        return Err(CliError::NoSounds { path: folder.to_owned(), option: "--sounds" });
    }
    Ok(files)
}

/// A file, named by its path below the folder.
fn file(folder: &Path, path: &Path) -> Result<GivenFile, CliError> {
    let sound = read_sound(path)?;
    let name = path.strip_prefix(folder).unwrap_or(path).with_extension("");
    Ok(GivenFile {
        name: name.to_string_lossy().into_owned(),
        channels: sound.channels,
        sample_rate_hz: sound.sample_rate_hz,
        key: None,
        made_by: None,
    })
}

/// The sound files and the folders right below a folder, each in the order of their paths.
fn entries(folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), CliError> {
    let entries = std::fs::read_dir(folder).map_err(CliError::read(folder))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<Result<Vec<_>, _>>().map_err(CliError::read(folder))?;
    paths.sort();
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|path| path.is_dir());
    let is_sound = |path: &PathBuf| {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        ENDINGS.contains(&ending.as_str())
    };
    Ok((files.into_iter().filter(is_sound).collect(), folders))
}

/// All sound files below a folder in the order of their paths.
fn all_below(folder: &Path) -> Result<Vec<PathBuf>, CliError> {
    let (mut files, mut waiting) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = waiting.pop() {
        let (own, folders) = entries(&folder)?;
        files.extend(own);
        waiting.extend(folders);
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::write_wav;

    #[test]
    fn each_subfolder_gives_as_many_spread_evenly() {
        let folder = tempfile::tempdir().unwrap();
        for (kind, count) in [("drums/kit", 20), ("words/de", 4), ("words/en", 4)] {
            let below = folder.path().join(kind);
            std::fs::create_dir_all(&below).unwrap();
            for at in 0..count {
                // The first drum is a loop.
                let frames = if kind == "drums/kit" && at == 0 { 40_000 } else { 4_000 };
                write_wav(&below.join(format!("{at:02}.wav")), &[&vec![0.1; frames]], 8_000).unwrap();
            }
            std::fs::write(below.join("readme.txt"), "words").unwrap();
        }
        let files = chosen_files(folder.path(), Some(8)).unwrap();
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let drums = ["drums/kit/01", "drums/kit/05", "drums/kit/10", "drums/kit/15"];
        let words = ["words/de/00", "words/de/02", "words/en/00", "words/en/02"];
        assert_eq!(names, [drums, words].concat());
        let none = tempfile::tempdir().unwrap();
        assert!(matches!(chosen_files(none.path(), Some(8)), Err(CliError::NoSounds { .. })));
    }
}
