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

    /// Puts the first finger of a loop (JSON) into a corner, 0…3; an empty text empties it.
    ///
    /// # Errors
    /// If it is no loop.
    pub fn place(&mut self, corner: usize, text: &str) -> Result<(), JsError> {
        let path = if text.is_empty() { None } else { Some(PageLoop::read(text, 0)?.1) };
        if let Some(own) = self.corners.get_mut(corner) {
            *own = path;
        }
        Ok(())
    }

    /// How much each corner counts at a point of the square, 0…1 to the right and down; corners without a path count
    /// nothing. Sums to 1, or 0 without paths. A corner's circle of reach has the radius `reach`.
    pub fn weights(&self, right: f64, down: f64, reach: f64) -> Vec<f64> {
        let weights = blend::corner_weights(right, down, [reach; 4]);
        let filled = |corner: usize| f64::from(u8::from(self.corners[corner].is_some()));
        let weights: Vec<f64> = (0..4).map(|corner| weights[corner] * filled(corner)).collect();
        let total: f64 = weights.iter().sum();
        if total > 0.0 { weights.iter().map(|weight| weight / total).collect() } else { weights }
    }

    /// The mix as a loop (JSON) of a number, 0 for a new one, with a name; empty without paths.
    ///
    /// # Errors
    /// If the paths do not fit together.
    pub fn mix(&self, weights: &[f64], number: u8, name: &str) -> Result<String, JsError> {
        let pairs = self.corners.iter().zip(weights);
        let (paths, weights): (Vec<&LatentPath>, Vec<f64>) =
            pairs.filter_map(|(path, weight)| Some((path.as_ref()?, *weight))).unzip();
        let Some(mut path) = blend::mix(&paths, &weights)? else { return Ok(String::new()) };
        path.set_name(name);
        Ok(PageLoop::new(number).write(&path))
    }
}
