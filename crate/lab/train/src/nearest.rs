//! Finds the nearest of many sounds for each preset, and so its point on the plane.

use features::{SoundCoordinates, coordinate_distance};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// For each of `sounds` the position of the nearest of `places` (the first of equals) and its
/// distance; `None` without places.
pub fn nearest(sounds: &[SoundCoordinates], places: &[SoundCoordinates]) -> Option<Vec<(usize, f32)>> {
    if places.is_empty() {
        return None;
    }
    let find = |sound: &SoundCoordinates| {
        let mut best = (0, f32::INFINITY);
        for (place, candidate) in places.iter().enumerate() {
            let distance = coordinate_distance(sound, candidate);
            if distance < best.1 {
                best = (place, distance);
            }
        }
        best
    };
    Some(sounds.par_iter().map(find).collect())
}
