//! The values of the presets in `models/`: they belong to the shipped table, and have the layers of the shipped map.

use std::path::Path;

use plane::preset_layers::PresetLayers;
use plane::{Coordinates, Map};

fn model(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn each_preset_has_a_value_of_each_layer_of_the_map() {
    let known: Coordinates = serde_json::from_slice(&model("coordinates.json")).expect("the coordinates");
    let map: Map = serde_json::from_slice(&model("map.json")).expect("the map");
    let bytes = model("preset_layers.bin");
    let layers = PresetLayers::of_page(&bytes, &known.name).expect("the values");
    for (number, layer) in map.layers.iter().enumerate() {
        let by_number: Vec<f32> = layers.layer(number).collect();
        let by_name: Vec<f32> = (0..known.len()).filter_map(|row| layers.value(&layer.name, row)).collect();
        assert_eq!(by_number, by_name, "{}", layer.name);
        assert_eq!(by_name.len(), known.len());
    }
    assert_eq!((layers.value("oddity", 0), layers.value("brightness", known.len())), (None, None));
}

#[test]
fn the_values_stay_those_of_the_first_rows_and_other_presets_are_refused() {
    let known: Coordinates = serde_json::from_slice(&model("coordinates.json")).expect("the coordinates");
    let bytes = model("preset_layers.bin");
    let mut names = known.name.clone();
    let layers = PresetLayers::of_page(&bytes, &names).expect("the values");
    names.push("Mine".to_owned());
    assert_eq!(PresetLayers::of_page(&bytes, &names), Ok(layers));
    names.swap(0, 7);
    assert!(PresetLayers::of_page(&bytes, &names).is_err());
    assert!(PresetLayers::of_page(&bytes, &known.name[1..]).is_err());
    assert!(PresetLayers::of_page(&bytes[..20], &known.name).is_err());
}
