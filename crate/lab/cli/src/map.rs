//! `latent-pad map`: makes the timbral map as a table and as pictures.

use crate::arguments::MapArguments;
use crate::error::CliError;
use crate::model::{ModelFile, known_points};
use crate::named_files::NamedFiles;
use crate::output::{check, check_name, write_whole};
use crate::picture::{Panel, capitalised, sheet, single};
use crate::progress::{advance, bar};
use dataset::{files, fingerprint};
use model::PatchDecoder;
use patch::{Parameter, Patch};
use plane::preset_layers::PresetLayers;
use plane::presets::Presets;
use plane::{Coordinates, Map, Point};
use search::timbral_map;
use std::path::{Path, PathBuf};

/// The parameters on the sheet: one or two of each section of the synthesizer.
const PARAMETERS: [Parameter; 9] = [
    Parameter::FilterCutoff,
    Parameter::FilterResonance,
    Parameter::FilterEnvAmount,
    Parameter::AmpAttack,
    Parameter::AmpSustain,
    Parameter::AmpRelease,
    Parameter::OscMix,
    Parameter::Osc1Pulsewidth,
    Parameter::ReverbWet,
];

/// Maps beside each other on a sheet.
const COLUMNS: usize = 3;

/// The names of the sheets.
const TIMBRE: &str = "timbre";
const PARAMETER_SHEET: &str = "parameters";

/// Decodes, measures and writes.
pub fn run(arguments: &MapArguments) -> Result<(), CliError> {
    arguments.png.as_deref().map_or(Ok(()), check_name)?;
    let named = NamedFiles::default()
        .model("--model", ModelFile::Decoder, arguments.model.as_deref())
        .read("--coordinates", arguments.coordinates.as_deref())
        .found([ModelFile::Coordinates, ModelFile::Presets])
        .write("-o", [&arguments.output])
        .write("--preset-layers", arguments.preset_layers.as_deref());
    // The folder of the pictures may not exist yet.
    let drawn = arguments.png.as_deref().into_iter().flat_map(pictures);
    named.clone().write("--png", drawn).check_difference()?;
    named.check()?;
    let (path, onnx) = ModelFile::Decoder.read(arguments.model.as_deref())?;
    let path = &path;
    let mut decoder = PatchDecoder::from_onnx(&onnx).map_err(CliError::model(path))?;
    let patches = timbral_map::patches(&mut decoder, arguments.grid).map_err(CliError::model(path))?;
    let known =
        arguments.coordinates.as_deref().map_or_else(|| Ok(Vec::new()), |table| known(table, &onnx))?;
    let presets = arguments.preset_layers.as_ref().map(|_| known_presets(&onnx)).transpose()?;
    let output = &arguments.output;
    arguments.png.as_deref().map_or(Ok(()), files::check_folder)?;
    arguments.png.as_deref().into_iter().flat_map(pictures).try_for_each(|path| check(&path))?;

    let bar = bar("");
    let features = features::extract_all(&patches, || advance(&bar, "Measuring the plane", patches.len(), 1));
    bar.finish_and_clear();
    let map = timbral_map::map(&features, arguments.grid, fingerprint(&onnx));
    if let Some((output, (presets, table))) = arguments.preset_layers.as_ref().zip(presets) {
        let bytes = preset_layers(presets.all(), &table).to_bytes();
        write_whole(output, |file| file.write_all(&bytes).map_err(CliError::write(output)))?;
    }

    write_whole(output, |file| {
        let json = serde_json::to_string(&map).map_err(CliError::Figures)?;
        writeln!(file, "{json}").map_err(CliError::write(output))
    })?;
    arguments.png.as_deref().map_or(Ok(()), |folder| draw(folder, &map, &patches, &known))
}

/// The known presets and their table, for the default decoder with these bytes.
fn known_presets(onnx: &[u8]) -> Result<(Presets, Coordinates), CliError> {
    let table = known_points(None, None, onnx, "")?;
    let (path, bytes) = ModelFile::Presets.read(None)?;
    let presets = Presets::for_rows(&bytes, table.len());
    Ok((presets.map_err(|source| CliError::Presets { path, source })?, table))
}

/// Measures the known presets.
fn preset_layers(presets: &[Patch], table: &Coordinates) -> PresetLayers {
    let bar = bar("");
    let features =
        features::extract_all(presets, || advance(&bar, "Measuring the presets", presets.len(), 1));
    bar.finish_and_clear();
    let rows: Vec<Vec<f32>> = features.iter().map(timbral_map::values).collect();
    PresetLayers::new(table.name.iter().map(String::as_str), &rows)
}

/// The points of the known patches, on the plane of the model with these bytes.
fn known(path: &Path, onnx: &[u8]) -> Result<Vec<Point>, CliError> {
    let table = known_points(Some(path), None, onnx, ", or draw without --coordinates")?;
    Ok(table.x.iter().zip(&table.y).map(|(&x, &y)| Point { x, y }).collect())
}

/// The outputs of [`draw`]: the files, and the folder unless it exists.
fn pictures(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let names = timbral_map::layer_names().chain([TIMBRE, PARAMETER_SHEET]);
    // Without a slash at the end, since only an existing folder may have one.
    let new_folder = (!folder.is_dir()).then(|| folder.components().collect());
    new_folder.into_iter().chain(names.map(|name| picture(folder, name)))
}

fn picture(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.png"))
}

fn draw(folder: &Path, map: &Map, patches: &[Patch], known: &[Point]) -> Result<(), CliError> {
    std::fs::create_dir_all(folder).map_err(CliError::write(folder))?;
    let write = |name: &str, png: Vec<u8>| {
        let path = picture(folder, name);
        write_whole(&path, |file| file.write_all(&png).map_err(CliError::write(&path)))
    };
    let layers = timbre_panels(map);
    for (layer, panel) in map.layers.iter().zip(&layers) {
        write(&layer.name, single(panel, known))?;
    }
    write(TIMBRE, sheet(&layers, COLUMNS))?;
    write(PARAMETER_SHEET, sheet(&parameter_panels(map, patches), COLUMNS))
}

fn timbre_panels(map: &Map) -> Vec<Panel> {
    let grid = usize::from(map.grid);
    let panel = |layer: &plane::map::Layer| {
        let values = (0..grid * grid).map(|point| layer.at(point % grid, point / grid, grid));
        Panel {
            title: capitalised(&layer.name),
            unit: layer.unit.clone(),
            ends: layer.ends.clone(),
            grid,
            limit: map.limit,
            values: values.collect(),
        }
    };
    map.layers.iter().map(panel).collect()
}

fn parameter_panels(map: &Map, patches: &[Patch]) -> Vec<Panel> {
    let panel = |parameter: Parameter| {
        let info = parameter.info();
        Panel {
            title: format!("{}: {}", info.group.label(), info.label.to_lowercase()),
            unit: "stored".to_owned(),
            ends: Default::default(),
            grid: map.grid.into(),
            limit: map.limit,
            values: patches.iter().map(|patch| patch.get(parameter)).collect(),
        }
    };
    PARAMETERS.map(panel).into()
}
