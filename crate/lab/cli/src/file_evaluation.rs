//! `latent-pad evaluate --task files`: the search for the patch of a sound as a person uses it. Files are all that the
//! search gets: made sounds, presets, and the files of folders.

use crate::distinct_names::distinct_names;
use crate::error::CliError;
use crate::evaluate_arguments::{EvaluateArguments, KindArgument, RowsArgument};
use crate::file_choice::chosen_files;
use crate::model::{ModelFile, known_presets};
use crate::output::{check_name, print, say, write_wav, write_whole};
use crate::picture::spectrograms;
use crate::progress::{advance, bar};
use evaluate::{
    FileOptions, FileReport, FileSet, HELD_BACK_SEED, MatchPicture, PlayedPatch, RowFiles, RowSet, SoundKind,
    evaluate_files, made_sounds, row_files,
};
use features::test_note::SAMPLE_RATE_HZ;
use matching::{KnownSounds, MatchSettings, TargetNote, render_stereo};
use model::ModelKind;
use model::kinds::SoundToPatch;
use patch::file::write_preset;
use patch::{Patch, Preset};
use std::path::{Path, PathBuf};

/// The advice if the network cannot be read.
const NAME_IT: &str = "name the file with --match-model";

/// Matches files and prints the figures.
pub fn run(arguments: &EvaluateArguments) -> Result<(), CliError> {
    let folders = [&arguments.png, &arguments.files.keep].map(Option::as_deref);
    folders.into_iter().flatten().try_for_each(|folder| {
        check_name(folder)?;
        std::fs::create_dir_all(folder).map_err(CliError::write(folder))
    })?;
    let mut renders = arguments.renders.clone();
    renders.sort_unstable();
    renders.dedup();
    let (presets, known) = known_presets()?;
    let network = arguments.match_model.first().map(PathBuf::as_path);
    let (path, onnx) = ModelFile::SoundToPatch.read_or(network, NAME_IT)?;
    SoundToPatch::load(&onnx).map_err(CliError::model(&path))?;
    let seed = MatchSettings::default().seed;
    let evaluate = |mut set: FileSet, known: (&[Patch], &KnownSounds)| {
        if arguments.every > 1 {
            set.name += &format!(", one in {}", arguments.every);
            set.files = set.files.into_iter().step_by(arguments.every as usize).collect();
        }
        let options =
            FileOptions { known, onnx: &onnx, renders: &renders, answers: arguments.files.answers, seed };
        let bar = bar("");
        let report = evaluate_files(&set, &options, |what, of, done| advance(&bar, what, of, done))?;
        bar.finish_and_clear();
        tell(arguments, &set, &report)?;
        Ok::<_, CliError>(report)
    };
    let mut reports = Vec::new();
    for set in sets(arguments)? {
        reports.push(evaluate(set, (&presets, &known))?);
    }
    for row_set in rows(arguments) {
        let bar = bar("");
        let RowFiles { set, presets, sounds } =
            row_files(&arguments.banks, row_set, |what, of, done| advance(&bar, what, of, done))?;
        bar.finish_and_clear();
        reports.push(evaluate(set, (&presets, &sounds))?);
    }
    if arguments.json { print(&serde_json::to_value(&reports).map_err(CliError::Figures)?) } else { Ok(()) }
}

/// Tells the figures of a set at once: the next one takes many minutes.
fn tell(arguments: &EvaluateArguments, set: &FileSet, report: &FileReport) -> Result<(), CliError> {
    if !arguments.json {
        say(&format!("{report}\n\n"))?;
    }
    if let Some(folder) = &arguments.png {
        draw(folder, report)?;
    }
    arguments.files.keep.as_deref().map_or(Ok(()), |folder| keep(folder, set, report))
}

fn rows(arguments: &EvaluateArguments) -> impl Iterator<Item = RowSet> {
    arguments.rows.iter().map(|rows| match rows {
        RowsArgument::Validation => RowSet::Validation,
        RowsArgument::Test => RowSet::Test,
        RowsArgument::Unseen => RowSet::Unseen,
    })
}

/// The named sets that are no rows; the three kinds of made sounds if nothing is named.
fn sets(arguments: &EvaluateArguments) -> Result<Vec<FileSet>, CliError> {
    let own = &arguments.files;
    let mut kinds = own.kinds.clone();
    if kinds.is_empty() && arguments.rows.is_empty() && arguments.sounds.is_empty() {
        kinds = vec![KindArgument::Plain, KindArgument::Usual, KindArgument::Wild];
    }
    let made = |kind: KindArgument| {
        let kind = match kind {
            KindArgument::Plain => SoundKind::Plain,
            KindArgument::Usual => SoundKind::Usual,
            KindArgument::Wild => SoundKind::Wild,
        };
        let seed = own.made_seed.unwrap_or(HELD_BACK_SEED);
        let sounds = made_sounds(kind, seed, own.made).into_iter().enumerate();
        let files = sounds.map(|(at, sound)| sound.file(format!("{} {at}", kind.name()))).collect();
        FileSet { name: format!("{} sounds", kind.name()), files }
    };
    let mut sets: Vec<FileSet> = kinds.into_iter().map(made).collect();
    for (folder, name) in arguments.sounds.iter().zip(distinct_names(&arguments.sounds)) {
        sets.push(FileSet { name: format!("sounds of {name}"), files: chosen_files(folder, own.count)? });
    }
    Ok(sets)
}

/// Draws the sounds that were fixed beforehand, and the farthest ones.
fn draw(folder: &Path, report: &FileReport) -> Result<(), CliError> {
    let name = file_name(&report.matched);
    let pictures: [(String, &[MatchPicture]); 2] = [
        (format!("{name}.png"), &report.pictures),
        (format!("{name}_farthest.png"), &report.farthest_pictures),
    ];
    for (name, pictures) in pictures {
        let path = folder.join(name);
        let png = spectrograms(pictures);
        write_whole(&path, |file| file.write_all(&png).map_err(CliError::write(&path)))?;
    }
    Ok(())
}

/// Writes each matched file, its answer, their patches, and a table of all notes.
fn keep(folder: &Path, set: &FileSet, report: &FileReport) -> Result<(), CliError> {
    let mut notes = "file\tkey\tbend_cents\tvelocity\theld_s\tlength_s\n".to_owned();
    for (name, answer) in report.names.iter().zip(&report.answers) {
        let Some(file) = set.files.iter().find(|file| file.name == *name) else { continue };
        let [given, found] = ["", "-found"].map(|ending| file_name(name) + ending);
        let channels: Vec<&[f32]> = file.channels.iter().map(Vec::as_slice).collect();
        write_wav(&folder.join(format!("{given}.wav")), &channels, file.sample_rate_hz)?;
        let [left, right] = render_stereo(&answer.patch, &answer.note);
        write_wav(&folder.join(format!("{found}.wav")), &[&left, &right], SAMPLE_RATE_HZ)?;
        for (name, played) in [(given, file.made_by.as_ref()), (found, Some(answer))] {
            let Some(PlayedPatch { patch, note }) = played else { continue };
            let TargetNote { key, bend_cents, velocity, held_s, length_s } = note;
            notes += &format!("{name}\t{key}\t{bend_cents}\t{velocity}\t{held_s}\t{length_s}\n");
            let path = folder.join(format!("{name}.amSynthPreset"));
            let text = write_preset(&Preset { name, patch: *patch });
            write_whole(&path, |file| file.write_all(text.as_bytes()).map_err(CliError::write(&path)))?;
        }
    }
    let path = folder.join(format!("{}.tsv", file_name(&report.matched)));
    write_whole(&path, |file| file.write_all(notes.as_bytes()).map_err(CliError::write(&path)))
}

fn file_name(name: &str) -> String {
    name.replace([' ', ',', '/'], "_")
}
