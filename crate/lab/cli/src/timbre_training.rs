//! `latent-pad train --task timbre`: a folder of notes in, a model of frames out.

use crate::arguments::TrainArguments;
use crate::distinct_names::parts;
use crate::error::CliError;
use crate::named_files::NamedFiles;
use crate::output::{warn, write_whole};
use crate::timbre_arguments::TimbreHead;
use crate::timbre_files::MonoSound;
use std::path::{Path, PathBuf};
use train::TrainingProgress;
use train::frames::learning::FrameSchedule;
use train::frames::{FrameTraining, NoteSound, train_frames, train_textures};

/// The most bytes of a domain's name, and of its notices.
const LONGEST_TEXTS: [usize; 2] = [64, 8192];

/// Trains, writes the file, and returns the figures in words.
pub fn run(
    arguments: &TrainArguments,
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<String, CliError> {
    let options = &arguments.timbre;
    let Some(folder) = &options.sounds else { return Err(CliError::NoSoundsNamed) };
    let domain = options.domain.clone().or_else(|| parts(folder).pop()).unwrap_or_default();
    if domain.is_empty() {
        return Err(CliError::NoDomainName);
    }
    let notices = options.notices.clone().unwrap_or_default();
    if domain.len() > LONGEST_TEXTS[0] || notices.len() > LONGEST_TEXTS[1] {
        return Err(CliError::LongTexts);
    }
    let sounds = files(folder)?;
    NamedFiles::default()
        .read("--sounds", sounds.iter().map(PathBuf::as_path))
        .write("-o", [&arguments.output])
        .check()?;
    let notes = notes(folder, "--sounds")?;
    let training = FrameTraining {
        domain,
        notices,
        latents: usize::from(options.latent),
        seed: arguments.seed,
        schedule: match options.head {
            _ if arguments.quick => FrameSchedule::quick(),
            TimbreHead::Tone => FrameSchedule::tones(),
            TimbreHead::Texture => FrameSchedule::textures(),
        },
    };
    let train = match options.head {
        TimbreHead::Tone => train_frames,
        TimbreHead::Texture => train_textures,
    };
    let trained = train(&notes, &training, progress)?;
    let path = &arguments.output;
    write_whole(path, |file| file.write_all(&trained.bytes).map_err(CliError::write(path)))?;
    Ok(format!("{} (seed {}): {}", training.domain, training.seed, trained.figures))
}

/// The files of a folder in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>, CliError> {
    let entries = std::fs::read_dir(folder).map_err(CliError::read(folder))?;
    let entries = entries.collect::<Result<Vec<_>, _>>().map_err(CliError::read(folder))?;
    let mut paths: Vec<PathBuf> =
        entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    Ok(paths)
}

/// The sounds of a folder in the order of their names, mixed to one channel, without sounds that cannot be used, about
/// which it warns; `option` names the folder.
pub fn notes(folder: &Path, option: &'static str) -> Result<Vec<NoteSound>, CliError> {
    let mut notes = Vec::new();
    for path in files(folder)? {
        match MonoSound::read(&path) {
            Ok(MonoSound { samples, sample_rate_hz, .. }) => notes.push(NoteSound {
                name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
                samples,
                sample_rate_hz,
            }),
            Err(error) => warn(error),
        }
    }
    if notes.is_empty() { Err(CliError::NoSounds { path: folder.to_owned(), option }) } else { Ok(notes) }
}
