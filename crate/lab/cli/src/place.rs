//! `latent-pad place`: places the known presets on the plane by perceptual search.

use crate::arguments::PlaceArguments;
use crate::error::CliError;
use crate::model::{ModelFile, distance};
use crate::named_files::NamedFiles;
use crate::output::{check_name, write_whole};
use crate::plane_sounds::plane_sounds;
use crate::preset_source::warn_of_lossy_banks;
use crate::progress::{advance, bar};
use dataset::{Dataset, coordinates, files, fingerprint};
use model::PatchDecoder;
use patch::Patch;
use patch::encoding::learned;
use plane::Point;
use plane::presets::Presets;
use search::PerceptualSearch;
use std::io::ErrorKind;
use std::path::Path;

/// Measures, places and writes.
pub fn run(arguments: &PlaceArguments) -> Result<(), CliError> {
    check_name(&arguments.output)?;
    let (path, onnx) = ModelFile::Decoder.read(arguments.model.as_deref())?;
    let path = &path;
    let mut decoder = PatchDecoder::from_onnx(&onnx).map_err(CliError::model(path))?;
    let metric = distance(arguments.distance.as_deref(), arguments.model.as_deref())?;
    let dataset = Dataset::read(&arguments.banks)?;
    warn_of_lossy_banks(&arguments.banks);
    let known = dataset.distinct();
    let rows: Vec<Patch> = known.iter().map(|&row| dataset.rows[row].patch).collect();
    files::check_folder(&arguments.output)?;
    check_presets(&arguments.output, &rows, &arguments.banks)?;
    let output = arguments.output.join("coordinates.json");
    NamedFiles::default()
        .read("--model", arguments.model.as_deref())
        .read("--distance", arguments.distance.as_deref())
        .write("-o", [&output])
        .check()?;
    let presets: Vec<Patch> = rows.into_iter().map(learned).collect();

    let bar = bar("");
    let what = "Measuring the presets";
    advance(&bar, what, presets.len(), 0);
    let preset_features = features::extract_all(&presets, || advance(&bar, what, presets.len(), 1));
    let plane = plane_sounds((path, &onnx), &mut decoder, &metric, &bar)?;
    let (metric, _) = metric;
    let sounds: Vec<_> = preset_features.iter().map(|features| metric.project(features)).collect();
    let found = PerceptualSearch::new(&metric, &plane)
        .find(&sounds, |point| decoder.decode(point), |of, done| advance(&bar, "Placing", of, done))
        .map_err(CliError::model(path))?;
    bar.finish_and_clear();

    let points: Vec<Point> = found.iter().map(|scored| scored.point).collect();
    let mut table = coordinates::table(&dataset, &known, &points, fingerprint(&onnx));
    table.by_ear = vec![1; points.len()];
    let json = serde_json::to_string(&table).map_err(CliError::Figures)?;
    write_whole(&output, |file| writeln!(file, "{json}").map_err(CliError::write(&output)))
}

/// Checks that the presets are those of the folder, row for row; otherwise the points would belong to other presets.
fn check_presets(folder: &Path, rows: &[Patch], banks: &Path) -> Result<(), CliError> {
    let path = folder.join(ModelFile::Presets.name());
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(CliError::read(&path)(error)),
    };
    match Presets::from_bytes(&bytes) {
        Ok(presets) if presets.all() == rows => Ok(()),
        Ok(_) => Err(CliError::OtherPresets { path, banks: banks.to_owned() }),
        Err(source) => Err(CliError::Presets { path, source }),
    }
}
