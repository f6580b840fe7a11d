//! `latent-pad place`: the known presets put where the plane sounds most like them.

use crate::arguments::Place;
use crate::error::CliError;
use crate::model::{Part, hearing};
use crate::output::{check, write_whole};
use crate::progress::{advance, bar};
use ::model::Decoder;
use atlas::chart;
use atlas::places::Places;
use patch::Patch;
use patch::encoding::learned;
use std::io::Write;
use train::coordinates::{fingerprint, table};
use train::dataset::Dataset;

/// Listens, places and writes.
pub fn run(arguments: &Place) -> Result<(), CliError> {
    let (path, onnx) = Part::Decoder.read(arguments.model.as_deref())?;
    let path = &path;
    let mut decoder = Decoder::from_onnx(&onnx).map_err(CliError::model(path))?;
    let hearing = hearing(arguments.hearing.as_deref(), arguments.model.as_deref())?;
    let dataset = Dataset::read(&arguments.banks)?;
    let known = dataset.distinct();
    train::output::check(&arguments.output)?;
    let output = arguments.output.join("coordinates.json");
    check(&output)?;
    let presets: Vec<Patch> = known.iter().map(|&row| learned(dataset.rows[row].patch)).collect();

    let bar = bar("");
    let listen = |what: &'static str, patches: &[Patch]| {
        advance(&bar, what, patches.len(), 0);
        ear::hear_all(patches, || advance(&bar, what, patches.len(), 1))
    };
    let heard = listen("Listening to the presets", &presets);
    let plane = chart::patches(&mut decoder, chart::GRID).map_err(CliError::model(path))?;
    let places_heard = listen("Listening to the plane", &plane);
    let places = Places::new(&hearing, &places_heard, chart::GRID);
    let sounds: Vec<_> = heard.iter().map(|heard| hearing.sound(heard)).collect();
    let found = places
        .find(&sounds, |point| decoder.decode(point), |of, done| advance(&bar, "Placing", of, done))
        .map_err(CliError::model(path))?;
    bar.finish_and_clear();

    let points: Vec<[f32; 2]> = found.iter().map(|place| place.point).collect();
    let mut table = table(&dataset, &known, &points, fingerprint(&onnx));
    table.by_ear = vec![1; points.len()];
    let json = serde_json::to_string(&table).map_err(CliError::Figures)?;
    write_whole(&output, |file| writeln!(file, "{json}").map_err(CliError::write(&output)))
}
