//! `latent-pad evaluate --task timbre`: the figures of a latent space of tones on folders of notes.

use crate::error::CliError;
use crate::evaluate_arguments::EvaluateArguments;
use crate::output::{print, say};
use crate::progress::{advance, bar};
use crate::timbre::model;
use crate::timbre_training::notes;
use evaluate::{NoteSet, ToneNotes, evaluate_tones};
use std::path::{Path, PathBuf};

/// Evaluates and prints.
pub fn run(arguments: &EvaluateArguments) -> Result<(), CliError> {
    let named = &arguments.timbre;
    let Some(path) = &arguments.model else { return Err(CliError::NoFrameModelNamed) };
    if named.notes.is_empty() && named.others.is_empty() {
        return Err(CliError::NoNotesNamed);
    }
    let model = model(path)?;
    let sets = |folders: &[PathBuf]| folders.iter().map(|folder| set(folder)).collect::<Result<Vec<_>, _>>();
    let sounds = ToneNotes {
        learned: named.learned.as_deref().map_or(Ok(Vec::new()), notes)?,
        unheard: sets(&named.notes)?,
        others: sets(&named.others)?,
    };
    let bar = bar("");
    let report = evaluate_tones(&model, &sounds, |what, of, done| advance(&bar, what, of, done))?;
    bar.finish_and_clear();
    if arguments.json {
        print(&serde_json::to_value(&report).map_err(CliError::Figures)?)
    } else {
        say(&report.to_string())
    }
}

/// The notes of a folder, named by it and the folder that it is in: many are called `test`.
fn set(folder: &Path) -> Result<NoteSet, CliError> {
    let names = [folder.parent().and_then(Path::file_name), folder.file_name()];
    let names: Vec<_> = names.into_iter().flatten().map(|name| name.to_string_lossy()).collect();
    Ok(NoteSet { name: names.join("/"), notes: notes(folder)? })
}
