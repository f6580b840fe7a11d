//! `latent-pad evaluate --task timbre`: the figures of a latent space of tones on folders of notes.

use crate::error::CliError;
use crate::evaluate_arguments::EvaluateArguments;
use crate::output::{print, say};
use crate::progress::{advance, bar};
use crate::timbre::any_model;
use crate::timbre_training::notes;
use evaluate::{NoteSet, ToneNotes, evaluate_textures, evaluate_tones};
use frame_model::TimbreModel;
use serde::Serialize;
use std::fmt::Display;
use std::path::{Path, PathBuf};

/// Evaluates and prints.
pub fn run(arguments: &EvaluateArguments) -> Result<(), CliError> {
    let named = &arguments.timbre;
    let Some(path) = &arguments.model else { return Err(CliError::NoFrameModelNamed) };
    if named.notes.is_empty() && named.others.is_empty() {
        return Err(CliError::NoNotesNamed);
    }
    let model = any_model(path)?;
    let sets = |folders: &[PathBuf]| folders.iter().map(|folder| set(folder)).collect::<Result<Vec<_>, _>>();
    let sounds = ToneNotes {
        learned: named.learned.as_deref().map_or(Ok(Vec::new()), notes)?,
        unheard: sets(&named.notes)?,
        others: sets(&named.others)?,
    };
    let bar = bar("");
    let progress = |what, of, done| advance(&bar, what, of, done);
    match model {
        TimbreModel::Tones(model) => {
            let report = evaluate_tones(&model, &sounds, progress)?;
            bar.finish_and_clear();
            tell(&report, arguments.json)
        }
        TimbreModel::Textures(model) => {
            let beside: Vec<TimbreModel> =
                named.beside.iter().map(|path| any_model(path)).collect::<Result<_, _>>()?;
            let report = evaluate_textures(&model, &beside, &sounds, progress)?;
            bar.finish_and_clear();
            tell(&report, arguments.json)
        }
    }
}

fn tell(report: &(impl Serialize + Display), is_json: bool) -> Result<(), CliError> {
    if is_json {
        print(&serde_json::to_value(report).map_err(CliError::Figures)?)
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
