//! The features of a patch's sound: the voice renders the test note, and this crate measures it. Knows nothing of
//! planes, networks, files or the web; compiles to wasm.
//!
//! The pipeline: patch → [`test_note`] → [`spectrum`] and the timbre models → [`AudioFeatures`] → [`Projection`] →
//! [`PerceptualDistance`], which compares two sounds.
//!
//! ```
//! let features = features::FeatureExtractor::new().extract(&patch::Patch::default());
//! assert!(features.loudness_lufs > -40.0 && features.scales()[2] > 20.0);
//! ```
#![forbid(unsafe_code)]

mod distance;
mod extractor;
pub mod mel_triangles;
#[cfg(not(target_family = "wasm"))]
mod parallel;
mod projection;
pub mod spectrum;
mod struck_notes;
pub mod test_note;

pub use distance::{
    COORDINATE_COUNT, PerceptualDistance, ProjectedSound, SoundCoordinates, coordinate_distance,
    placed_distance,
};
pub use extractor::{
    AudioFeatures, FEATURE_COUNT, FeatureExtractor, SILENCE_LUFS, feature_vector, loudness_lufs,
};
#[cfg(not(target_family = "wasm"))]
pub use parallel::{extract_all, extract_each, measure_groups, spectra_all, struck_all};
pub use projection::{COMPONENT_COUNT, Phi, Projection};
pub use spectrum::{SPECTRAL_COUNT, SpectralFeatures};
pub use struck_notes::STRUCK_COUNT;
