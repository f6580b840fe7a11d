//! The known sounds and the map as scripts read them: numbers in one list, and texts of a line each.

use play::State;

use crate::words::Language;

/// The number of known presets and where the map ends; x of each preset, then y; and layer by layer of the map its
/// values in tenths, see `plane::Layer`. None until both are loaded.
pub fn numbers(state: &State) -> Option<Vec<f32>> {
    let (known, map) = state.library.known.as_ref().zip(state.library.map.as_ref())?;
    let mut numbers = [&[known.len() as f32, map.limit], &known.x[..], &known.y].concat();
    for layer in &map.layers {
        numbers.extend(layer.values.iter().map(|value| f32::from(*value)));
    }
    Some(numbers)
}

/// Their texts, a line each: of each layer its unit, its name and the words for its ends;
/// then the names of the presets.
pub fn texts(state: &State, language: &Language) -> String {
    let mut texts = String::new();
    for layer in state.library.map.iter().flat_map(|map| &map.layers) {
        let [least, greatest] = language.ends(layer, layer.range());
        for text in [&layer.unit, &language.layer_title(layer), &least.word, &greatest.word] {
            texts = texts + text + "\n";
        }
    }
    texts + &state.library.known.as_ref().map_or_else(String::new, |known| known.name.join("\n"))
}
