//! `latent-pad encode`: a preset's point on the plane, by the encoder or by perceptual search.

use crate::arguments::{EncodeArguments, PlacedBy};
use crate::error::CliError;
use crate::model::{ModelFile, distance};
use crate::output::{number, print};
use crate::plane_sounds::plane_sounds;
use crate::progress::bar;
use features::FeatureExtractor;
use model::{PatchDecoder, PatchEncoder};
use patch::Preset;
use patch::encoding::learned;
use plane::Point;
use search::PerceptualSearch;
use serde_json::{Value, json};

/// Encodes and prints.
pub fn run(arguments: &EncodeArguments) -> Result<(), CliError> {
    let preset = arguments.preset.read()?;
    match arguments.by {
        PlacedBy::Encoder => by_encoder(arguments, &preset),
        PlacedBy::Ear => by_search(arguments, &preset),
    }
}

fn by_encoder(arguments: &EncodeArguments, preset: &Preset) -> Result<(), CliError> {
    let (path, onnx) = ModelFile::Encoder.read(arguments.model.as_deref())?;
    let path = &path;
    let mut encoder = PatchEncoder::from_onnx(&onnx).map_err(CliError::model(path))?;
    let features =
        encoder.needs_features().then(|| FeatureExtractor::new().extract(&learned(preset.patch)).vector());
    let found = encoder.encode(&preset.patch, features.as_ref()).map_err(CliError::model(path))?;
    print(&json!({ "mean": coordinates(found.mean), "logvar": found.log_variance.map(number) }))
}

fn by_search(arguments: &EncodeArguments, preset: &Preset) -> Result<(), CliError> {
    let (path, onnx) = ModelFile::Decoder.read(arguments.model.as_deref())?;
    let path = &path;
    let metric = distance(arguments.distance.as_deref(), arguments.model.as_deref())?;
    let mut decoder = PatchDecoder::from_onnx(&onnx).map_err(CliError::model(path))?;
    let bar = bar("");
    let plane = plane_sounds((path, &onnx), &mut decoder, &metric, &bar)?;
    let (metric, _) = metric;
    let sound = metric.project(&FeatureExtractor::new().extract(&learned(preset.patch)));
    let found = PerceptualSearch::new(&metric, &plane)
        .find(&[sound], |point| decoder.decode(point), |_, _| {})
        .map_err(CliError::model(path))?;
    bar.finish_and_clear();
    for scored in found {
        print(&json!({ "point": coordinates(scored.point), "distance": number(scored.distance) }))?;
    }
    Ok(())
}

fn coordinates(point: Point) -> [Value; 2] {
    [number(point.x), number(point.y)]
}
