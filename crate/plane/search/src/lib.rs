//! The timbral map of a decoder, and perceptual search: the point of the plane that sounds most like a given sound.
//! Renders and measures decoded patches; trains nothing, evaluates nothing, opens no file.
#![forbid(unsafe_code)]

#[cfg(not(target_family = "wasm"))]
mod interpolation;
#[cfg(not(target_family = "wasm"))]
mod kriging;
pub mod pattern_search;
pub mod plane_sounds;
#[cfg(not(target_family = "wasm"))]
mod sound_estimate;
// Uses all cores by `features::measure_groups`, which a browser cannot.
#[cfg(not(target_family = "wasm"))]
pub mod perceptual;
#[cfg(not(target_family = "wasm"))]
pub mod point_sounds;
pub mod timbral_map;

pub use pattern_search::{PatternSearch, ScoredPoint};
#[cfg(not(target_family = "wasm"))]
pub use perceptual::PerceptualSearch;
pub use plane_sounds::{PlaneSounds, PlaneSoundsError};
