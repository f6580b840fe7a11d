//! The map in `models/` is that of the decoder in `models/`: a sample of its points is measured again.
//! Eighty renders: about two seconds on two cores.

use model::PatchDecoder;
use plane::map::Map;
use search::timbral_map;
use std::path::Path;

/// One point in this many is measured again; coprime to the grid, so that all columns are covered.
const EVERY: usize = 31;

/// The greatest difference of a measured value from the stored one, in tenths, for 99 of 100: another processor's
/// vector width may round a value across the border of two tenths, or a frame across a model's threshold.
const TOLERANCE_TENTHS: f32 = 2.0;

fn model(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn it_is_what_the_decoder_sounds_like() {
    let map: Map = serde_json::from_slice(&model("map.json")).expect("the map");
    assert_eq!(map.grid, timbral_map::GRID);
    let mut decoder = PatchDecoder::from_onnx(&model("decoder.onnx")).expect("the decoder");
    let patches = timbral_map::patches(&mut decoder, map.grid).expect("patches");
    let chosen: Vec<_> = patches.into_iter().step_by(EVERY).collect();
    let again = timbral_map::map(&features::extract_all(&chosen, || {}), map.grid, map.model.clone());
    assert_eq!(again.layers.len(), map.layers.len(), "make it again with `latent-pad map`");
    let mut exceptions = Vec::new();
    for (layer, again) in map.layers.iter().zip(&again.layers) {
        assert_eq!((&layer.name, &layer.unit, &layer.ends), (&again.name, &again.unit, &again.ends));
        for (&stored, &found) in layer.values.iter().step_by(EVERY).zip(&again.values) {
            if f32::from(stored - found).abs() > TOLERANCE_TENTHS {
                exceptions.push((&layer.name, stored, found));
            }
        }
    }
    let values = chosen.len() * map.layers.len();
    assert!(100 * exceptions.len() <= values, "make it again with `latent-pad map`: {exceptions:?}");
}

#[test]
fn it_names_the_decoder_that_it_was_made_with() {
    let [map, coordinates] = ["map.json", "coordinates.json"]
        .map(|name| serde_json::from_slice::<serde_json::Value>(&model(name)).expect("JSON"));
    assert_eq!(map["model"], coordinates["model"]);
}
