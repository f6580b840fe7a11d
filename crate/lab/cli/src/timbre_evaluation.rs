//! `latent-pad evaluate --task timbre`: the figures of a latent space of tones on folders of notes.

use crate::distinct_names::parts;
use crate::error::CliError;
use crate::evaluate_arguments::EvaluateArguments;
use crate::output::{print, say, warn};
use crate::progress::{advance, bar};
use crate::timbre_files::{any_model, model};
use crate::timbre_training::notes;
use evaluate::{
    NoteSet, TargetInstrument, TargetReport, ToneNotes, evaluate_targets, evaluate_textures, evaluate_tones,
};
use frame_model::{FrameModel, NoteSound, SCALE_COUNT, TimbreModel};
use path::LatentPath;
use plane::Point;
use serde::Serialize;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use timbre::Descriptor;
use train::frames::{tone_map, tone_scales};

/// Points along each side of the map on which paths are planned: as many as the shipped maps have.
const TARGET_GRID: u16 = 50;

/// Evaluates and prints.
pub fn run(arguments: &EvaluateArguments) -> Result<(), CliError> {
    let named = &arguments.timbre;
    let Some(path) = &arguments.model else { return Err(CliError::NoFrameModelNamed) };
    if named.notes.is_empty() && named.others.is_empty() {
        return Err(CliError::NoNotesNamed);
    }
    let model = any_model(path)?;
    if matches!(model, TimbreModel::Tones(_)) && !named.beside.is_empty() {
        return Err(CliError::NeedsOption { option: "--beside", needed: "a --model of textures" });
    }
    if matches!(model, TimbreModel::Textures(_)) && !named.others.is_empty() {
        return Err(CliError::NeedsOption { option: "--others", needed: "a --model of tones" });
    }
    let sets = |folders: &[PathBuf], option| {
        folders.iter().map(|folder| set(folder, option)).collect::<Result<Vec<_>, _>>()
    };
    let learned = |folder| notes(folder, "--learned");
    let sounds = ToneNotes {
        learned: named.learned.as_deref().map_or(Ok(Vec::new()), learned)?,
        unheard: sets(&named.notes, "--notes")?,
        others: sets(&named.others, "--others")?,
    };
    warn_of_learned(&sounds);
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

/// Warns if learned notes are evaluated, since their figures do not apply to other notes.
fn warn_of_learned(sounds: &ToneNotes) {
    for NoteSet { name, notes } in sounds.unheard.iter().chain(&sounds.others) {
        let is_learned = |note: &&NoteSound| sounds.learned.iter().any(|one| one.samples == note.samples);
        let learned = notes.iter().filter(is_learned).count();
        if learned > 0 {
            warn(format_args!("{learned} of {} notes of {name} are learned ones: name others", notes.len()));
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

/// The figures of paths on the plane of a domain along which a scale of its tones at a key follows a target.
pub fn targets(
    domain: &Path,
    key: u8,
    only: Option<&str>,
    progress: impl Fn(&'static str, usize, usize) + Sync,
) -> Result<TargetReport, CliError> {
    let model = model(domain)?;
    let map = tone_map(&model, key, TARGET_GRID, &|_| ())?;
    // A scale that is the same everywhere has no layer.
    let is_layer = Descriptor::SCALES.map(|scale| map.layer(scale.name()).is_some());
    evaluate_targets(&map, only, HELD, &mut ToneTargets { model: &model, key, is_layer }, progress)
}

/// Tones do not decay: their paths are one held note.
const HELD: f64 = 0.0;

/// The tones at a key, whose paths are measured point by point.
struct ToneTargets<'a> {
    model: &'a FrameModel,
    key: u8,
    /// The scales that have a layer.
    is_layer: [bool; SCALE_COUNT],
}

impl TargetInstrument for ToneTargets<'_> {
    type Failure = CliError;

    fn measure(&mut self, points: &[Point], _: Option<f64>) -> Result<Vec<Vec<f32>>, CliError> {
        let own = |row: [f64; SCALE_COUNT]| -> Vec<f32> {
            let values = row.into_iter().zip(self.is_layer).filter(|(_, is_layer)| *is_layer);
            values.map(|(value, _)| value as f32).collect()
        };
        Ok(tone_scales(self.model, self.key, points, &[], &|_| ())?.into_iter().map(own).collect())
    }

    fn play(&mut self, _: &LatentPath) -> Result<Option<[Vec<f32>; 2]>, CliError> {
        Ok(None)
    }
}

/// The notes of a folder, named by it and its parent folder, because many folders are called `test`.
fn set(folder: &Path, option: &'static str) -> Result<NoteSet, CliError> {
    let names = [folder.parent().and_then(Path::file_name), folder.file_name()];
    let names: Vec<_> = names.into_iter().flatten().map(|name| name.to_string_lossy().into_owned()).collect();
    let name = if names.is_empty() { parts(folder).pop().unwrap_or_default() } else { names.join("/") };
    Ok(NoteSet { name, notes: notes(folder, option)? })
}
