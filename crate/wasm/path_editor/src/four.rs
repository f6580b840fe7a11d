//! Four paths in the corners of a square, and their mix at a point of it.

use path::{LatentPath, blend};
use wasm_bindgen::prelude::*;

use crate::page_loop::PageLoop;

/// The corners in the order of `path::blend::corner_weights`.
#[wasm_bindgen]
#[derive(Default)]
pub struct PathMixer {
    corners: [Option<LatentPath>; 4],
}

#[wasm_bindgen]
impl PathMixer {
    /// Without paths.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts the first finger of a loop (JSON) into a corner, 0…3; an empty text empties the corner.
    ///
    /// # Errors
    /// If the text is not a loop.
    pub fn place(&mut self, corner: usize, text: &str) -> Result<(), JsError> {
        let path = if text.is_empty() { None } else { Some(PageLoop::read(text, 0)?.1) };
        if let Some(own) = self.corners.get_mut(corner) {
            *own = path;
        }
        Ok(())
    }

    /// The weight of each corner at a point of the square, 0…1 to the right and down; corners without a path have
    /// weight 0. The weights sum to 1, or to 0 without paths. A corner has weight only within a circle of the radius
    /// `reach`.
    pub fn weights(&self, right: f64, down: f64, reach: f64) -> Vec<f64> {
        let weights = blend::corner_weights(right, down, [reach; 4]);
        let filled = |corner: usize| f64::from(u8::from(self.corners[corner].is_some()));
        let weights: Vec<f64> = (0..4).map(|corner| weights[corner] * filled(corner)).collect();
        let total: f64 = weights.iter().sum();
        if total > 0.0 { weights.iter().map(|weight| weight / total).collect() } else { weights }
    }

    /// The mix as a loop (JSON) with a name: in place of a loop (JSON), or a new one if that is empty; empty without paths.
    ///
    /// # Errors
    /// If the paths do not fit together.
    pub fn mix(&self, weights: &[f64], own: &str, name: &str) -> Result<String, JsError> {
        let pairs = self.corners.iter().zip(weights);
        let (paths, weights): (Vec<&LatentPath>, Vec<f64>) =
            pairs.filter_map(|(path, weight)| Some((path.as_ref()?, *weight))).unzip();
        let Some(mut path) = blend::mix(&paths, &weights)? else { return Ok(String::new()) };
        path.set_name(name);
        Ok(PageLoop::of_one_finger(own)?.write(&path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_mix_of_paths_in_beats_lasts_the_mean_of_their_beats_and_keeps_its_instrument() {
        let of = |length_s: f64, beats: u8| {
            let finger =
                json!({ "strokes": [[[0.0, [0.0, 0.0]], [length_s, [1.0, 1.0]]]], "velocities": [90] });
            let fields = json!({ "number": 1, "length_s": length_s, "fingers": [finger], "beats": beats, "instrument": 2 });
            fields.to_string()
        };
        let mut mixer = PathMixer::new();
        mixer.place(0, &of(2.0, 4)).unwrap();
        mixer.place(1, &of(4.0, 8)).unwrap();
        let weights = mixer.weights(0.5, 0.0, 1.0);
        // In place of a loop that plays already and was nearer to the first corner.
        let mixed: Value = serde_json::from_str(&mixer.mix(&weights, &of(2.1, 4), "Mix A").unwrap()).unwrap();
        let [length_s, beats, instrument] =
            ["length_s", "beats", "instrument"].map(|field| mixed[field].as_f64());
        assert_eq!((length_s, beats, instrument), (Some(3.0), Some(6.0), Some(2.0)));
        // A corner of weight 0 changes nothing, even if its loop has no beats.
        mixer.place(1, &of(4.0, 8).replace("beats", "no beats")).unwrap();
        for (weights, expected) in [([1.0, 0.0, 0.0, 0.0], json!(4)), ([0.5, 0.5, 0.0, 0.0], Value::Null)] {
            let mixed: Value = serde_json::from_str(&mixer.mix(&weights, "", "Mix B").unwrap()).unwrap();
            assert_eq!(mixed["beats"], expected, "{weights:?}");
        }
    }
}
