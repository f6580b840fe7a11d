//! `latent-pad timbre plane`: the plane of a model of tones as the three files from which the page shows an instrument.

use crate::error::CliError;
use crate::named_files::NamedFiles;
use crate::output::{say, write_whole};
use crate::progress::{advance, bar};
use crate::timbre_arguments::TimbrePlane;
use crate::timbre_files::model;
use crate::timbre_training::notes;
use plane::Map;
use serde::Serialize;
use std::path::{Path, PathBuf};
use timbre::Descriptor;
use train::frames::{NoteSound, axis_scales, note_points, tone_map};
use train::{Stage, TrainingProgress};

/// The middle C, for notes without a key in their names.
const DEFAULT_KEY: u8 = 60;

/// Places the notes, measures the plane and the other axes, writes all three files, and prints their contents in words.
pub fn run(arguments: &TimbrePlane) -> Result<(), CliError> {
    let model = model(&arguments.model)?;
    let [table_path, map_path, axes_path] =
        ["coordinates.json", "map.json", "axes.json"].map(|end| beside(&arguments.output, end));
    NamedFiles::default()
        .read("MODEL.frames", [arguments.model.as_path()])
        .write("-o", [&table_path, &map_path, &axes_path])
        .check()?;
    let mut sounds = Vec::new();
    for folder in &arguments.notes {
        sounds.extend(notes(folder, "--notes")?);
    }
    let bar = bar("");
    let progress = |TrainingProgress { stage, done, of }: TrainingProgress| {
        let what = if stage == Stage::Plane { "Measuring the plane" } else { "Placing notes" };
        advance(&bar, what, of, done.min(1));
    };
    let table = note_points(&model, &sounds, &progress)?;
    if table.is_empty() {
        return Err(CliError::NoPitches { path: arguments.notes[0].clone() });
    }
    let key = arguments.key.unwrap_or_else(|| middle_key(&sounds));
    let map = tone_map(&model, key, arguments.grid, &progress)?;
    let axes = axis_scales(&model, key)?;
    bar.finish_and_clear();
    write(&table_path, &table)?;
    write(&map_path, &map)?;
    write(&axes_path, &axes)?;
    let shares = [0, 1].map(|axis| 100.0 * model.axes.get(axis).map_or(0.0, |axis| axis.share));
    let instruments = if table.banks.len() == 1 { "instrument" } else { "instruments" };
    say(&format!(
        "{}: {} of {} notes of {} {instruments} have a point; the map is at key {key}{}; the two axes have {:.0} % \
         and {:.0} % of the variance",
        model.domain.name,
        table.len(),
        sounds.len(),
        table.banks.len(),
        left_out(&map),
        shares[0],
        shares[1],
    ))
}

/// The file of a prefix.
fn beside(prefix: &Path, end: &str) -> PathBuf {
    let mut name = prefix.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    name.into()
}

fn write(path: &Path, content: &impl Serialize) -> Result<(), CliError> {
    let json = serde_json::to_string(content).map_err(CliError::Figures)?;
    write_whole(path, |file| writeln!(file, "{json}").map_err(CliError::write(path)))
}

/// The median key of the notes.
fn middle_key(sounds: &[NoteSound]) -> u8 {
    let mut keys: Vec<u8> = sounds.iter().filter_map(NoteSound::key).collect();
    keys.sort_unstable();
    keys.get(keys.len() / 2).copied().unwrap_or(DEFAULT_KEY)
}

fn left_out(map: &Map) -> String {
    let missing =
        Descriptor::SCALES.map(Descriptor::name).into_iter().filter(|name| map.layer(name).is_none());
    missing.map(|name| format!(", without {name}, which is the same everywhere")).collect()
}
