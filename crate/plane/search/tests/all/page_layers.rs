//! The page's scripts name the layers of a map, and the scales among them, as the map that is made here has them. They have no
//! module that could tell them: a map that a person imports is compared before the editor of paths measures anything.

use search::timbral_map::layer_names;
use timbre::Descriptor;

/// The part of a script between two texts.
fn part(script: &str, from: &str, to: &str) -> String {
    let path = format!("{}/../../../www/paths/{script}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("{script} has no “{from}”"));
    rest.split_once(to).unwrap_or_else(|| panic!("{script} has no “{to}” after it")).0.to_owned()
}

/// The names in a list of a script.
fn names(list: &str) -> Vec<&str> {
    list.split(", ").map(|name| name.trim_matches('\'')).collect()
}

#[test]
fn the_editor_of_paths_expects_the_layers_of_the_map_in_their_order() {
    let scales = part("contour.js", "export const SCALES = [", "];");
    let scales = names(&scales);
    assert_eq!(scales, Descriptor::SCALES.map(Descriptor::name));
    let others = part("map-planner.js", "const LAYERS = [...SCALES, ", "].join();");
    assert_eq!([scales.clone(), names(&others)].concat(), layer_names().collect::<Vec<_>>());
    assert_eq!(part("measure.js", "const SCALES = ", ";"), scales.len().to_string());
}
