//! The table of known patches: it is refused by a sentence, or its nearest rows exist and are in order. The target also
//! reads the binary files of these patches.

use plane::coordinates::Coordinates;
use plane::preset_layers::PresetLayers;
use plane::presets::Presets;

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(json: &[u8]) {
    if let Ok(presets) = Presets::from_bytes(json) {
        assert_eq!(Presets::from_bytes(&presets.to_bytes()).as_ref(), Ok(&presets));
    }
    if let Ok(layers) = PresetLayers::from_bytes(json, ["Bass", "Lead"].into_iter(), 2) {
        assert_eq!(layers.to_bytes(), json);
    }
    let known = match serde_json::from_slice::<Coordinates>(json) {
        Ok(known) => known,
        Err(error) => return assert!(error.to_string().chars().count() < 300, "{error}"),
    };
    for point in [[0.0, 0.0], [4.0, -4.0], [f32::MAX, 0.0], [f32::NAN, 0.0]] {
        let nearest = known.nearest(point[0], point[1], 5);
        assert!(nearest.is_sorted_by(|one, other| one.distance <= other.distance), "{nearest:?}");
        assert!(nearest.iter().all(|neighbour| neighbour.position < known.len()));
    }
}
