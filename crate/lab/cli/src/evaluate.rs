//! `latent-pad evaluate`: the figures of a model as a table or as JSON.

use crate::distinct_names::{are_distinct, distinct_names};
use crate::error::CliError;
use crate::evaluate_arguments::{
    EvaluateArguments, LayoutArgument, ProtocolArgument, RowsArgument, TaskArgument,
};
use crate::file_evaluation;
use crate::interpolation::PlaneNetworks;
use crate::learned;
use crate::model::{BESIDE, ModelFile, distance, encoder_beside, known_presets, plane_of};
use crate::output::{check_name, print, say, warn, write_whole};
use crate::picture::spectrograms;
use crate::preset_source::warn_of_lossy_banks;
use crate::progress::{advance, bar};
use crate::sound_input::read_sound;
use crate::target_instrument::PatchTargets;
use crate::timbre_evaluation;
use ::evaluate::{
    ComparedRows, EvaluateOptions, EvaluatedModel, LoadError, MatchNetwork, MatchOptions, MatchReport,
    ModelLayout, Protocol, RowSet, SoundSet, evaluate, evaluate_interpolation, evaluate_macros,
    evaluate_matching, evaluate_played_interpolation, evaluate_sketches, evaluate_targets,
};
use dataset::files;
use interpolation::PatchPair;
use matching::{MatchSettings, Target};
use model::ModelKind;
use model::kinds::SoundToPatch;
use sound_file::SoundFile;
use std::fmt::Display;
use std::path::{Path, PathBuf};

/// The advice if a network that guesses patches cannot be read.
const NAME_IT: &str = "name the file with --match-model";

/// Evaluates and prints.
pub fn run(arguments: &EvaluateArguments) -> Result<(), CliError> {
    if arguments.task == TaskArgument::Files {
        return file_evaluation::run(arguments);
    }
    if !matches!(arguments.task, TaskArgument::Target | TaskArgument::Sketch | TaskArgument::Timbre) {
        warn_of_lossy_banks(&arguments.banks);
    }
    if arguments.task == TaskArgument::Match {
        return run_matching(arguments);
    }
    if arguments.task == TaskArgument::Target {
        return run_targets(arguments);
    }
    if arguments.task == TaskArgument::Macro {
        return run_macros(arguments);
    }
    if arguments.task == TaskArgument::Interpolation {
        return run_interpolation(arguments);
    }
    if arguments.task == TaskArgument::Sketch {
        return run_sketches(arguments);
    }
    if arguments.task == TaskArgument::Timbre {
        return timbre_evaluation::run(arguments);
    }
    let named = arguments.model.as_deref();
    let (decoder, decoder_file) = ModelFile::Decoder.read(named)?;
    let (encoder, encoder_file) = ModelFile::Encoder.read_or(named.map(encoder_beside).as_deref(), BESIDE)?;
    let layout = match arguments.layout {
        LayoutArgument::Ours => ModelLayout::Ours,
        LayoutArgument::Paper => ModelLayout::Paper,
    };
    let mut model =
        EvaluatedModel::from_onnx(&decoder_file, &encoder_file, layout).map_err(|error| match error {
            LoadError::Decoder(source) => CliError::model(&decoder)(source),
            LoadError::Encoder(source) => CliError::model(&encoder)(source),
        })?;
    let row_sets = row_sets(arguments);
    let warning = match layout {
        ModelLayout::Ours => learned::warning(named, &decoder_file, &arguments.banks)?,
        ModelLayout::Paper => learned::published_warning(&row_sets, &arguments.banks)?,
    };
    if let Some(warning) = warning {
        warn(warning);
    }
    let options = EvaluateOptions {
        banks: arguments.banks.clone(),
        protocol: match arguments.protocol {
            ProtocolArgument::Clean => Protocol::Clean,
            ProtocolArgument::Paper => Protocol::Paper,
        },
        row_sets,
    };
    let bar = bar("");
    let reports = evaluate(&mut model, &options, |what, of, done| advance(&bar, what, of, done))?;
    bar.finish_and_clear();
    show_reports(arguments, &reports)
}

fn run_targets(arguments: &EvaluateArguments) -> Result<(), CliError> {
    let bar = bar("");
    let progress = |what, of, done| advance(&bar, what, of, done);
    let only = arguments.timbre.descriptor.as_deref();
    let report = if let Some(domain) = &arguments.timbre.domain {
        timbre_evaluation::targets(domain, arguments.timbre.key, only, progress)?
    } else {
        let (decoder, map) = plane_of(
            arguments.model.as_deref(),
            None,
            "make one for this model with `latent-pad map --model FILE -o map.json`",
        )?;
        let (_, onnx) = ModelFile::Decoder.read(arguments.model.as_deref())?;
        let mut instrument = PatchTargets { decoder, onnx: onnx.into_owned() };
        evaluate_targets(&map, only, arguments.timbre.strikes, &mut instrument, progress)?
    };
    bar.finish_and_clear();
    if arguments.json {
        print(&serde_json::to_value(&report).map_err(CliError::Figures)?)
    } else {
        say(&report.to_string())
    }
}

fn run_macros(arguments: &EvaluateArguments) -> Result<(), CliError> {
    let bar = bar("");
    let progress = |what, of, done| advance(&bar, what, of, done);
    let (every, key) = (arguments.every as usize, arguments.timbre.key);
    let evaluate = |row_set| evaluate_macros(&arguments.banks, row_set, every, key, progress);
    let reports = present_row_sets(arguments)?.into_iter().map(evaluate).collect::<Result<Vec<_>, _>>()?;
    bar.finish_and_clear();
    show_reports(arguments, &reports)
}

fn run_interpolation(arguments: &EvaluateArguments) -> Result<(), CliError> {
    let named = arguments.model.as_deref();
    let row_sets = present_row_sets(arguments)?;
    let mut networks = PlaneNetworks::read(named)?;
    if let Some(warning) = learned::warning(named, &ModelFile::Decoder.read(named)?.1, &arguments.banks)? {
        warn(warning);
    }
    let bar = bar("");
    let progress = |what, of, done| advance(&bar, what, of, done);
    let plane = &mut |pair: &PatchPair, steps| networks.between(pair, steps);
    let every = arguments.every as usize;
    if arguments.timbre.played {
        let mut evaluate =
            |row_set| evaluate_played_interpolation(&arguments.banks, row_set, every, &mut *plane, progress);
        let reports = row_sets.into_iter().map(&mut evaluate).collect::<Result<Vec<_>, CliError>>()?;
        bar.finish_and_clear();
        return show_reports(arguments, &reports);
    }
    let (distance, _) = distance(None, named)?;
    let mut evaluate =
        |row_set| evaluate_interpolation(&arguments.banks, row_set, every, &distance, &mut *plane, progress);
    let reports = row_sets.into_iter().map(&mut evaluate).collect::<Result<Vec<_>, CliError>>()?;
    bar.finish_and_clear();
    show_reports(arguments, &reports)
}

/// Prints reports as text, or as JSON.
fn show_reports<Report: serde::Serialize + Display>(
    arguments: &EvaluateArguments,
    reports: &[Report],
) -> Result<(), CliError> {
    if arguments.json {
        print(&serde_json::to_value(reports).map_err(CliError::Figures)?)
    } else {
        say(&reports.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n\n"))
    }
}

fn run_sketches(arguments: &EvaluateArguments) -> Result<(), CliError> {
    let sets = sound_sets(&arguments.sounds, "sketched")?;
    if sets.is_empty() {
        return Err(CliError::NoVoices);
    }
    let (presets, known) = known_presets()?;
    let (_, onnx) =
        ModelFile::SoundToPatch.read_or(arguments.match_model.first().map(PathBuf::as_path), NAME_IT)?;
    let bar = bar("");
    let evaluate = |set: SoundSet| {
        let voices: Vec<_> = set.sounds.into_iter().step_by(arguments.every as usize).collect();
        evaluate_sketches(&set.name, &voices, (&known, &presets), &onnx, |of, done| {
            advance(&bar, "Sketching", of, done);
        })
    };
    let reports = sets.into_iter().map(evaluate).collect::<Result<Vec<_>, _>>()?;
    bar.finish_and_clear();
    show_reports(arguments, &reports)
}

fn run_matching(arguments: &EvaluateArguments) -> Result<(), CliError> {
    arguments.png.as_deref().map_or(Ok(()), check_name)?;
    let row_sets = row_sets(arguments);
    let compared = (!row_sets.is_empty()).then_some(arguments.banks.as_path());
    let options = MatchOptions {
        banks: arguments.banks.clone(),
        row_sets,
        sounds: sound_sets(&arguments.sounds, "matched")?,
        renders: rising(&arguments.renders),
        every: arguments.every as usize,
        networks: networks(&arguments.match_model, compared)?,
        networks_only: arguments.networks_only,
        seed: MatchSettings::default().seed,
    };
    arguments.png.as_deref().map_or(Ok(()), files::check_folder)?;
    let bar = bar("");
    let reports = evaluate_matching(&options, |what, of, done| advance(&bar, what, of, done))?;
    bar.finish_and_clear();
    if arguments.json {
        print(&serde_json::to_value(&reports).map_err(CliError::Figures)?)?;
    } else {
        say(&reports.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n\n"))?;
    }
    // After the figures, so that they are printed even if a picture cannot be written.
    if let Some(folder) = &arguments.png {
        std::fs::create_dir_all(folder).map_err(CliError::write(folder))?;
        let mut names: Vec<String> = Vec::new();
        for MatchReport { matched, pictures, .. } in &reports {
            let mut name = matched.replace([' ', ',', '/'], "_");
            while names.contains(&name) {
                name.push('_');
            }
            let path = folder.join(format!("{name}.png"));
            names.push(name);
            let png = spectrograms(pictures);
            write_whole(&path, |file| file.write_all(&png).map_err(CliError::write(&path)))?;
        }
    }
    Ok(())
}

/// The networks, or the default one, named by their folders, or by their files where folders have the same name. Warns
/// of networks that may have learned the rows of the banks that are compared.
fn networks(paths: &[PathBuf], compared: Option<&Path>) -> Result<Vec<MatchNetwork>, CliError> {
    let read = |named: Option<&Path>, name: String| {
        let (path, onnx) = ModelFile::SoundToPatch.read_or(named, NAME_IT)?;
        SoundToPatch::load(&onnx).map_err(CliError::model(&path))?;
        if let Some(banks) = compared
            && let Some(warning) = learned::network_warning(&path, &onnx, banks)?
        {
            warn(warning);
        }
        Ok(MatchNetwork { name, onnx: onnx.into_owned() })
    };
    let usual = || "network".to_owned();
    let of_folder = |path: &PathBuf| {
        let folder = path.parent().and_then(Path::file_name);
        folder.map_or_else(usual, |folder| folder.to_string_lossy().into_owned())
    };
    let mut names: Vec<String> = paths.iter().map(of_folder).collect();
    if !are_distinct(&names) {
        names = distinct_names(&paths.iter().map(|path| path.with_extension("")).collect::<Vec<_>>());
    }
    match paths {
        [] => Ok(vec![read(None, usual())?]),
        _ => paths.iter().zip(names).map(|(path, name)| read(Some(path), name)).collect(),
    }
}

/// The sounds of folders, each with a name of its own; `done` is the participle for warnings, such as “matched”.
fn sound_sets(folders: &[PathBuf], done: &str) -> Result<Vec<SoundSet>, CliError> {
    folders.iter().zip(distinct_names(folders)).map(|(folder, name)| sounds(folder, name, done)).collect()
}

/// All sounds of a folder in the order of their names, without sounds that cannot be used, about which it warns.
fn sounds(folder: &Path, name: String, done: &str) -> Result<SoundSet, CliError> {
    let entries = std::fs::read_dir(folder).map_err(CliError::read(folder))?;
    let entries = entries.collect::<Result<Vec<_>, _>>().map_err(CliError::read(folder))?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    let mut sounds = Vec::new();
    for path in paths.iter().filter(|path| path.is_file()) {
        let target = read_sound(path).and_then(|SoundFile { channels, sample_rate_hz, .. }| {
            let channels: Vec<&[f32]> = channels.iter().map(Vec::as_slice).collect();
            let source = |source| CliError::Target { path: path.to_owned(), source };
            Target::new(&channels, sample_rate_hz).map_err(source)
        });
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match target {
            Ok(target) => sounds.push((name, target)),
            Err(error) => warn(format_args!("{error}: not {done}")),
        }
    }
    if sounds.is_empty() {
        return Err(CliError::NoSounds { path: folder.to_owned(), option: "--sounds" });
    }
    Ok(SoundSet { name, sounds })
}

fn rising(numbers: &[u32]) -> Vec<u32> {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn row_sets(arguments: &EvaluateArguments) -> Vec<RowSet> {
    if arguments.rows.is_empty() && arguments.sounds.is_empty() {
        return vec![RowSet::Validation];
    }
    let row_set = |rows: &RowsArgument| match rows {
        RowsArgument::Validation => RowSet::Validation,
        RowsArgument::Test => RowSet::Test,
        RowsArgument::Unseen => RowSet::Unseen,
    };
    arguments.rows.iter().map(row_set).collect()
}

/// The sets of rows, if the banks have all of them: the measurement of the first takes minutes.
fn present_row_sets(arguments: &EvaluateArguments) -> Result<Vec<RowSet>, CliError> {
    let row_sets = row_sets(arguments);
    for &row_set in &row_sets {
        ComparedRows::read(&arguments.banks, row_set, Protocol::Clean)?;
    }
    Ok(row_sets)
}
