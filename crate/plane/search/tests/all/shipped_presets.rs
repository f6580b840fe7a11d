//! The values of the known presets in `models/`, which the page shows as bars, searches and sorts: those of a hundred
//! presets are measured again and compared, beside the map's predictions at their points. Prints the mean errors with
//! `--nocapture`. A hundred renders: about three seconds on two cores.

use patch::Patch;
use plane::preset_layers::PresetLayers;
use plane::{Coordinates, Map, Presets};
use search::timbral_map;
use std::path::Path;

/// The compared presets.
const COMPARED: usize = 100;
/// The start of the series of chosen rows, and the constants of the generator (Numerical Recipes' `ranqd1`).
const SEED: u32 = 61;
const STEP: [u32; 2] = [1_664_525, 1_013_904_223];
/// The mean error of stored values in points: they are rounded to tenths, and another processor's vector width may move
/// a frame across a model's threshold.
const TOLERANCE: f64 = 0.2;

fn model(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Rows of the table in an order that the seed fixes.
fn chosen(rows: usize) -> Vec<usize> {
    let step = |number: u32| number.wrapping_mul(STEP[0]).wrapping_add(STEP[1]);
    let series = std::iter::successors(Some(step(SEED)), |number| Some(step(*number)));
    series.map(|number| (number >> 8) as usize % rows).take(COMPARED).collect()
}

#[test]
fn the_values_of_a_preset_are_those_of_its_own_sound() {
    let known: Coordinates = serde_json::from_slice(&model("coordinates.json")).expect("the coordinates");
    let map: Map = serde_json::from_slice(&model("map.json")).expect("the map");
    let presets = Presets::for_rows(&model("presets.bin"), known.len()).expect("the presets");
    let measured = PresetLayers::of_page(&model("preset_layers.bin"), &known.name).expect("the values");
    let rows = chosen(known.len());
    let patches: Vec<Patch> = rows.iter().map(|&row| presets.patch(row)).collect();
    let sounds = features::extract_all(&patches, || {});
    let scales: Vec<usize> =
        (0..map.layers.len()).filter(|&layer| map.layers[layer].unit == "points").collect();
    let error = |value: &dyn Fn(usize, &str) -> f32| {
        let of_row = |(&row, sound): (&usize, _)| {
            let truth = timbral_map::values(sound);
            let errors = scales.iter().map(|&layer| value(row, &map.layers[layer].name) - truth[layer]);
            errors.map(|error| f64::from(error.abs())).sum::<f64>()
        };
        rows.iter().zip(&sounds).map(of_row).sum::<f64>() / (COMPARED * scales.len()) as f64
    };
    let predicted = error(&|row, name| map.value(name, known.x[row], known.y[row]).expect("a value"));
    let shown = error(&|row, name| measured.value(name, row).expect("a value"));
    println!(
        "mean error of seven scales, {COMPARED} presets: map {predicted:.2}, measured {shown:.3} points"
    );
    assert!(
        shown <= TOLERANCE && shown < predicted,
        "make them again with `latent-pad map`: {shown}, {predicted}"
    );
}
