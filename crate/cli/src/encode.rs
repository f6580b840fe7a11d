//! `latent-pad encode`: a preset's place on the plane, as the encoder says or by ear.

use crate::arguments::{By, Encode};
use crate::error::CliError;
use crate::model::{Part, hearing};
use crate::output::{number, print};
use crate::progress::{advance, bar};
use atlas::chart;
use atlas::places::Places;
use ear::Ear;
use patch::Preset;
use patch::encoding::learned;
use serde_json::json;

/// Encodes and prints.
pub fn run(arguments: &Encode) -> Result<(), CliError> {
    let preset = arguments.preset.read()?;
    match arguments.by {
        By::Encoder => by_encoder(arguments, &preset),
        By::Ear => by_ear(arguments, &preset),
    }
}

fn by_encoder(arguments: &Encode, preset: &Preset) -> Result<(), CliError> {
    let (path, onnx) = Part::Encoder.read(arguments.model.as_deref())?;
    let path = &path;
    let mut encoder = ::model::Encoder::from_onnx(&onnx).map_err(CliError::model(path))?;
    let heard = encoder.listens().then(|| Ear::new().hear(&learned(preset.patch)).numbers());
    let encoding = encoder.encode(&preset.patch, heard.as_ref()).map_err(CliError::model(path))?;
    print(&json!({
        "mean": encoding.mean.map(number),
        "logvar": encoding.log_variance.map(number),
    }))
}

fn by_ear(arguments: &Encode, preset: &Preset) -> Result<(), CliError> {
    let (path, onnx) = Part::Decoder.read(arguments.model.as_deref())?;
    let path = &path;
    let hearing = hearing(arguments.hearing.as_deref(), arguments.model.as_deref())?;
    let mut decoder = ::model::Decoder::from_onnx(&onnx).map_err(CliError::model(path))?;
    let plane = chart::patches(&mut decoder, chart::GRID).map_err(CliError::model(path))?;
    let bar = bar("");
    let what = "Listening to the plane";
    let heard = ear::hear_all(&plane, || advance(&bar, what, plane.len(), 1));
    let sound = hearing.sound(&Ear::new().hear(&learned(preset.patch)));
    let places = Places::new(&hearing, &heard, chart::GRID);
    let found =
        places.find(&[sound], |point| decoder.decode(point), |_, _| {}).map_err(CliError::model(path))?;
    bar.finish_and_clear();
    for place in found {
        print(&json!({ "point": place.point.map(number), "distance": number(place.distance) }))?;
    }
    Ok(())
}
