//! A map file: it is refused by a sentence, or every point of the plane has a value between the extremes of its
//! layer.

use plane::map::Map;

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(json: &[u8]) {
    let map = match serde_json::from_slice::<Map>(json) {
        Ok(map) => map,
        Err(error) => return assert!(error.to_string().chars().count() < 300, "{error}"),
    };
    for layer in &map.layers {
        let [least, most] = layer.range();
        for coordinate in [-f32::MAX, -4.0, -0.3, 0.0, 1.7, 4.0, f32::MAX, f32::INFINITY, f32::NAN] {
            // Several layers may have one name, which then means the first of them.
            let Some(value) = map.value(&layer.name, coordinate, -coordinate) else { continue };
            assert!(value.is_finite());
            let is_first = std::ptr::eq(map.layer(&layer.name).expect("it is there"), layer);
            assert!(!is_first || (least - 0.1..=most + 0.1).contains(&value), "{value}");
        }
    }
}
