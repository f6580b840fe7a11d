//! `latent-pad path`: reads a path file, applies operators, and writes its sound, the changed path, MIDI, automation or
//! a bank.

use crate::error::CliError;
use crate::model::{ModelFile, known_points};
use crate::named_files::NamedFiles;
use crate::output::{place_of_file, print, warn, wav_bytes, write_whole};
use crate::path_arguments::PathArguments;
use crate::path_checks::{check_loop, check_operators, check_stretch, steps_at_edge};
use crate::path_sound::{PathPerformance, render_path};
use model::{ModelError, PatchDecoder};
use patch::file::{text_of, write_bank};
use path::bank::presets;
use path::blend::interpolate;
use path::midi::controllers::map_file;
use path::midi::{MidiImport, MidiUsual, is_midi, read_midi, write_automation, write_midi};
use path::score::{SOUNDING_LIMIT, late_notes};
use path::{LatentPath, PATH_FILE_SIZE_LIMIT, Scope, closing, noise, operators, quantise, smooth};
use serde_json::json;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Applies the operators, and writes the outputs or prints a description of the path.
pub fn run(arguments: &PathArguments) -> Result<(), CliError> {
    check_operators(&arguments.operators)?;
    let PathArguments { output, save, midi, automation, bank, .. } = arguments;
    let bytes = bytes_of(&arguments.file)?;
    if let Some(output) = automation {
        place_of_file(output, "--automation")?;
    }
    let map = automation.as_deref().map(map_beside);
    let points = ModelFile::Coordinates.beside(arguments.model.as_deref());
    NamedFiles::default()
        .read("PATH", [arguments.file.as_path()])
        .read("--towards", arguments.operators.towards.as_deref())
        .model("--model", ModelFile::Decoder, arguments.model.as_deref())
        .model("coordinates.json", ModelFile::Coordinates, points.as_deref())
        .write("-o", output.as_deref())
        .write("--save", save.as_deref())
        .write("--midi", midi.as_deref())
        .write("--automation", automation.as_deref())
        .write("the .controllers file of --automation", map.as_deref())
        .write("--bank", bank.as_deref())
        .edit("PATH", "--save", !is_midi(&bytes))
        .check()?;
    let path = changed(parsed(&arguments.file, &bytes)?, arguments)?;
    let files = contents(arguments, &path)?;
    for (output, bytes) in &files {
        write_whole(output, |file| file.write_all(bytes).map_err(CliError::write(output)))?;
    }
    if !files.is_empty() {
        return Ok(());
    }
    print(&json!({
        "name": path.name(),
        "seconds": path.length_s(),
        "rate_hz": path.rate_hz(),
        "dimensions": path.lanes().len(),
        "steps": path.steps(),
        "loop": path.is_loop(),
        "beats": path.beats(),
        "notes": path.notes().len(),
        "level": path.level().is_some(),
    }))
}

/// The requested files as bytes, the path file last, because it may replace the input.
fn contents(arguments: &PathArguments, path: &LatentPath) -> Result<Vec<(PathBuf, Vec<u8>)>, CliError> {
    let PathArguments { output, save, midi, automation, bank, .. } = arguments;
    let usual = MidiUsual { key: arguments.key, bpm: f64::from(arguments.bpm) };
    let mut files = Vec::new();
    if let Some(output) = output {
        let decoder = decoder(arguments, path, "-o")?;
        let performance =
            PathPerformance { key: arguments.key, tail_s: arguments.tail, sample_rate_hz: arguments.rate };
        let [left, right] = render_path(path, decoder, performance)?;
        let late = late_notes(path);
        if late > 0 {
            let notes = path.notes().len();
            warn(format!(
                "{late} of {notes} notes do not sound or begin late: at most {SOUNDING_LIMIT} sound at the same time"
            ));
        }
        files.push((output.clone(), wav_bytes(output, &[&left, &right], arguments.rate)?));
    }
    if let Some(output) = midi {
        check_plane(arguments, path, "--midi")?;
        files.push((output.clone(), write_midi(path, usual)));
    }
    if let Some(output) = automation {
        let mut decoder = decoder(arguments, path, "--automation")?;
        let bytes = write_automation(path, usual, |point| decoder.decode(point).ok());
        files.push((
            output.clone(),
            bytes.ok_or_else(|| CliError::Playing("choose another model".to_owned()))?,
        ));
        files.push((map_beside(output), map_file().into_bytes()));
    }
    if let Some(output) = bank {
        let mut decoder = decoder(arguments, path, "--bank")?;
        let failed = |error: ModelError| CliError::Playing(error.to_string());
        let presets = presets(path, |point| decoder.decode(point).map_err(failed))?;
        files.push((output.clone(), write_bank(&presets).map_err(CliError::format(output))?.into_bytes()));
    }
    if let Some(output) = save {
        files.push((output.clone(), path_bytes(path)));
    }
    Ok(files)
}

/// The controller map beside an automation.
fn map_beside(automation: &Path) -> PathBuf {
    automation.with_extension("controllers")
}

/// The bytes of a path file or a MIDI file; if it is too large, only one byte more than the limit.
fn bytes_of(path: &Path) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(CliError::read(path))?;
    file.take(PATH_FILE_SIZE_LIMIT as u64 + 1).read_to_end(&mut bytes).map_err(CliError::read(path))?;
    Ok(bytes)
}

/// The path of a path file or a MIDI file.
fn parsed(file: &Path, bytes: &[u8]) -> Result<LatentPath, CliError> {
    let source = |source| CliError::PathFile { path: file.to_owned(), source };
    if !is_midi(bytes) {
        return path::read(&text_of(bytes)).map_err(source);
    }
    let midi = |source| CliError::MidiPath { path: file.to_owned(), source };
    let MidiImport { path, losses } = read_midi(bytes).map_err(midi)?;
    for loss in losses {
        warn(format_args!("{}: {loss}", file.display()));
    }
    Ok(path)
}

/// The bytes of a path file.
fn path_bytes(path: &LatentPath) -> Vec<u8> {
    format!("{}\n", path::write(path)).into_bytes()
}

/// Writes a path file.
pub fn write_path(output: &Path, path: &LatentPath) -> Result<(), CliError> {
    write_whole(output, |file| file.write_all(&path_bytes(path)).map_err(CliError::write(output)))
}

/// The decoder for an option, if it can play the path.
fn decoder(
    arguments: &PathArguments,
    path: &LatentPath,
    option: &'static str,
) -> Result<PatchDecoder, CliError> {
    check_plane(arguments, path, option)?;
    let (file, onnx) = ModelFile::Decoder.read(arguments.model.as_deref())?;
    PatchDecoder::from_onnx(&onnx).map_err(CliError::model(&file))
}

/// Refuses a path with dimensions that an option would lose or change.
fn check_plane(arguments: &PathArguments, path: &LatentPath, option: &'static str) -> Result<(), CliError> {
    match path.lanes().len() {
        2 => Ok(()),
        dimensions => Err(CliError::NoPlane { path: arguments.file.clone(), option, dimensions }),
    }
}

/// The path after all operators.
fn changed(mut path: LatentPath, all: &PathArguments) -> Result<LatentPath, CliError> {
    let PathArguments { model, operators: arguments, .. } = all;
    const LANES: Scope = Scope::Lanes;
    const USUAL_SMOOTHNESS_S: f64 = 0.2;
    const USUAL_SEED: u64 = 1;
    if let Some(file) = &arguments.towards {
        let source = |source| CliError::Dimensions { path: file.clone(), source };
        path = interpolate(&path, &parsed(file, &bytes_of(file)?)?).map_err(source)?;
    }
    if arguments.reverse {
        path = operators::reverse(&path);
    }
    let at_edge = steps_at_edge(&path);
    if let Some(factor) = arguments.scale {
        path = operators::scale(&path, LANES, factor);
    }
    if let Some(by) = arguments.bias {
        check_plane(all, &path, "--bias")?;
        path = operators::bias(&path, Scope::Lane(0), by.x.into());
        path = operators::bias(&path, Scope::Lane(1), by.y.into());
    }
    if let Some(amount) = arguments.randomise {
        let seed = arguments.seed.unwrap_or(USUAL_SEED);
        let smoothness_s = arguments.smoothness.unwrap_or(USUAL_SMOOTHNESS_S);
        path = noise::randomise(&path, LANES, seed, amount, smoothness_s);
    }
    let beyond = steps_at_edge(&path).saturating_sub(at_edge);
    if beyond > 0 {
        warn(format!("{beyond} of {} steps would leave the plane, and stay at its edge", path.steps()));
    }
    if arguments.quantise {
        check_plane(all, &path, "--quantise")?;
        path = quantise::quantise(&path, &preset_points(model.as_deref())?);
    }
    if let Some(deviation_s) = arguments.smooth {
        path = smooth::smooth(&path, LANES, deviation_s);
    }
    if let Some(factor) = arguments.stretch {
        check_stretch(&path, factor)?;
        path = operators::stretch(&path, factor);
    }
    if let Some(fade_s) = arguments.closing {
        check_loop(&path, fade_s)?;
        path = closing::closed(&path, fade_s);
    }
    Ok(path)
}

/// The points of the known presets on the plane of a given decoder, or of the default one.
fn preset_points(decoder: Option<&Path>) -> Result<Vec<Vec<f32>>, CliError> {
    let (_, onnx) = ModelFile::Decoder.read(decoder)?;
    let known = known_points(None, decoder, &onnx, ", or leave out --quantise")?;
    Ok(known.x.iter().zip(&known.y).map(|(x, y)| vec![*x, *y]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_file_that_is_too_large_no_more_is_read_than_shows_it() {
        let file = std::env::temp_dir().join(format!("latent-pad-{}.path.json", std::process::id()));
        File::create(&file).unwrap().set_len(2 * PATH_FILE_SIZE_LIMIT as u64).unwrap();
        let bytes = bytes_of(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!(bytes.len(), PATH_FILE_SIZE_LIMIT + 1);
        assert!(parsed(&file, &bytes).unwrap_err().to_string().contains("MB"));
    }
}
