//! The page names the layers of a map, and the scales among them, as the map that is made here has them. A map that a
//! person imports is compared before the editor of paths measures anything.

use plane::preset_layers::LAYERS;
use search::timbral_map::layer_names;
use timbre::Descriptor;

/// The part of a file between two texts.
fn part(file: &str, from: &str, to: &str) -> String {
    let path = format!("{}/../../../{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("{file} has no “{from}”"));
    rest.split_once(to).unwrap_or_else(|| panic!("{file} has no “{to}” after it")).0.to_owned()
}

#[test]
fn the_editor_of_paths_expects_the_layers_of_the_map_in_their_order() {
    assert_eq!(LAYERS.to_vec(), layer_names().collect::<Vec<_>>());
    let scales = Descriptor::SCALES.map(Descriptor::name);
    assert_eq!(LAYERS[..scales.len()], scales);
    assert_eq!(part("www/paths/measure.js", "const SCALES = ", ";"), scales.len().to_string());
}
