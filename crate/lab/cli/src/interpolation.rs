//! `latent-pad interpolate`: presets between two presets, and how evenly their sound changes.

use crate::error::CliError;
use crate::interpolation_arguments::{InterpolationArguments, WayArgument};
use crate::model::{BESIDE, ModelFile, encoder_beside};
use crate::named_files::NamedFiles;
use crate::output::{check, check_name, number, patch_json, print, say, warn, write_wav, write_whole};
use crate::progress::{advance, bar};
use ::interpolation::{
    InterpolationFigures, MeasuredScales, PatchPair, PlayedNote, by_sound, measure_scales,
};
use dataset::files;
use features::FeatureExtractor;
use features::test_note::{SAMPLE_RATE_HZ, render};
use indicatif::ProgressBar;
use model::{PatchDecoder, PatchEncoder};
use patch::encoding::learned;
use patch::file::write_preset;
use patch::{Patch, Preset};
use plane::Point;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The networks of a plane, with the names of their files.
pub struct PlaneNetworks {
    encoder: (PathBuf, PatchEncoder),
    decoder: (PathBuf, PatchDecoder),
    extractor: FeatureExtractor,
}

impl PlaneNetworks {
    /// The networks of a given decoder, or the default ones.
    pub fn read(decoder: Option<&Path>) -> Result<Self, CliError> {
        let (path, onnx) = ModelFile::Decoder.read(decoder)?;
        let decoder_network = PatchDecoder::from_onnx(&onnx).map_err(CliError::model(&path))?;
        let (beside, onnx) = ModelFile::Encoder.read_or(decoder.map(encoder_beside).as_deref(), BESIDE)?;
        let encoder_network = PatchEncoder::from_onnx(&onnx).map_err(CliError::model(&beside))?;
        Ok(Self {
            encoder: (beside, encoder_network),
            decoder: (path, decoder_network),
            extractor: FeatureExtractor::new(),
        })
    }

    /// Patches straight over the plane, both ends exact.
    pub fn between(&mut self, pair: &PatchPair, steps: usize) -> Result<Vec<Patch>, CliError> {
        let [from, to] = [self.place(&pair.from)?, self.place(&pair.to)?];
        let last = (steps - 1) as f32;
        let mut decoded = Vec::with_capacity(steps);
        for step in 0..steps {
            let share = step as f32 / last;
            let point = Point { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
            let (path, network) = &mut self.decoder;
            decoded.push(network.decode(point).map_err(CliError::model(path))?);
        }
        Ok(pair.along(steps, |share| decoded[(share * last).round() as usize]))
    }

    fn place(&mut self, patch: &Patch) -> Result<Point, CliError> {
        let (path, network) = &mut self.encoder;
        let features = network.needs_features().then(|| self.extractor.extract(&learned(*patch)).vector());
        let found = network.encode(patch, features.as_ref()).map_err(CliError::model(path))?;
        Ok(Point::on_plane(found.mean.x, found.mean.y))
    }
}

/// Finds the presets, writes them, and prints how even they are.
pub fn run(arguments: &InterpolationArguments) -> Result<(), CliError> {
    let steps = usize::from(arguments.steps);
    if let Some(folder) = &arguments.output {
        check_name(folder)?;
        NamedFiles::default()
            .read("FROM", [arguments.from.path()])
            .read("TO", [arguments.to.path()])
            .write("-o", numbered(folder, steps).into_iter().flatten())
            .check_difference()?;
        check_steps(folder, steps)?;
    }
    let [from, to] = [arguments.from.read()?, arguments.to.read()?];
    let pair = PatchPair::new(from.patch, to.patch)?;
    if let Some(folder) = &arguments.output {
        files::check_folder(folder)?;
        numbered(folder, steps).into_iter().flatten().try_for_each(|path| check(&path))?;
    }
    let mut networks = PlaneNetworks::read(arguments.model.as_deref())?;
    let bar = bar("Measuring");
    let heard = by_sound(&pair, steps, |patches| measured(&bar, patches))?;
    let plane = networks.between(&pair, steps)?;
    let straight = pair.straight(steps);
    let ways = [
        ("evenly by sound", &heard),
        ("straight over the plane", &plane),
        ("straight in the parameters", &straight),
    ];
    let lines = ways.map(|(name, patches)| (name, figures(&bar, patches)));
    bar.finish_and_clear();
    let (way, patches) = ways[match arguments.way {
        WayArgument::Sound => 0,
        WayArgument::Plane => 1,
        WayArgument::Parameters => 2,
    }];
    if let Some(folder) = &arguments.output {
        let name = |step: usize| match step {
            0 => from.name.clone(),
            _ if step + 1 == steps => to.name.clone(),
            _ => format!("{} to {} {}/{}", from.name, to.name, step, steps - 1),
        };
        write(folder, patches, name)?;
    } else if !arguments.json {
        warn("nothing is written: -o DIR keeps the presets and their sounds");
    }
    if arguments.json {
        let presets: Vec<Value> = patches.iter().map(patch_json).collect();
        let line = |(name, figures): &(&str, Option<InterpolationFigures>)| {
            let figures = figures.map(|own| {
                let [second_difference, nonlinearity, largest_step] =
                    [own.second_difference, own.nonlinearity, own.largest_step].map(|value| number(value as f32));
                json!({ "second_difference": second_difference, "nonlinearity": nonlinearity, "largest_step": largest_step })
            });
            ((*name).to_owned(), figures.unwrap_or_default())
        };
        let ways: Value = Value::Object(lines.iter().map(line).collect());
        return print(&json!({ "ways": ways, "presets": presets }));
    }
    let written = arguments.output.as_ref().map_or(String::new(), |folder| written(folder, steps, way));
    say(&(table(&lines) + &written))
}

fn measured(bar: &ProgressBar, patches: &[Patch]) -> Vec<Option<MeasuredScales>> {
    advance(bar, "Measuring", patches.len(), 0);
    measure_scales(patches, PlayedNote::TEST, |done| advance(bar, "Measuring", patches.len(), done))
}

/// `None` if a patch is silent.
fn figures(bar: &ProgressBar, patches: &[Patch]) -> Option<InterpolationFigures> {
    let sounds: Option<Vec<_>> = measured(bar, patches).into_iter().collect();
    Some(InterpolationFigures::new(&sounds?))
}

fn table(lines: &[(&str, Option<InterpolationFigures>)]) -> String {
    let mut text =
        String::from("points of the seven scales      off the line   second difference   largest step");
    for (name, figures) in lines {
        text += &match figures {
            Some(own) => format!(
                "\n{name:28} {:>15.2} {:>19.2} {:>14.1}",
                own.nonlinearity, own.second_difference, own.largest_step
            ),
            None => format!("\n{name:28} a patch of it is silent"),
        };
    }
    text
}

/// The endings of a step's files.
const KINDS: [&str; 2] = ["amSynthPreset", "wav"];

/// The files of `steps` steps: a preset and its sound, numbered from 1.
fn numbered(folder: &Path, steps: usize) -> Vec<[PathBuf; 2]> {
    let digits = steps.to_string().len();
    (1..=steps).map(|step| KINDS.map(|kind| folder.join(format!("{step:0digits$}.{kind}")))).collect()
}

/// Names the files of `steps` steps of a method.
fn written(folder: &Path, steps: usize, way: &str) -> String {
    let files = numbered(folder, steps).concat();
    let names = [files.first(), files.last()]
        .map(|file| file.map_or(String::new(), |file| file.display().to_string()));
    format!("\n{steps} presets {way}, and their sounds: {}", names.join(" to "))
}

/// Refuses a folder with numbered files that a call with `steps` steps would not replace.
fn check_steps(folder: &Path, steps: usize) -> Result<(), CliError> {
    // A folder that does not exist yet has no files.
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
    let own = numbered(folder, steps);
    let is_old = |path: &PathBuf| {
        let stem = path.file_stem().unwrap_or_default().as_encoded_bytes();
        let is_step = KINDS.iter().any(|kind| path.extension().is_some_and(|own| own == *kind))
            && stem.iter().all(u8::is_ascii_digit);
        is_step && !own.iter().flatten().any(|own| own == path)
    };
    match entries.flatten().map(|entry| entry.path()).filter(is_old).min() {
        Some(path) => {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Err(CliError::OldSteps { folder: folder.to_owned(), file })
        }
        None => Ok(()),
    }
}

/// Writes each preset and its sound.
fn write(folder: &Path, patches: &[Patch], name: impl Fn(usize) -> String) -> Result<(), CliError> {
    std::fs::create_dir_all(folder).map_err(CliError::write(folder))?;
    for (step, (&patch, [path, sound])) in patches.iter().zip(numbered(folder, patches.len())).enumerate() {
        let text = write_preset(&Preset { name: name(step), patch });
        write_whole(&path, |out| out.write_all(text.as_bytes()).map_err(CliError::write(&path)))?;
        let [left, right] = render(&patch);
        write_wav(&sound, &[&left, &right], SAMPLE_RATE_HZ)?;
    }
    Ok(())
}
