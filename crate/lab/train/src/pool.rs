//! The training data: patches with their sounds. Renders every patch as playable, with the seven fixed parameters.
//! Never contains a test row.

use crate::Columns;
use features::{AudioFeatures, PerceptualDistance, SoundCoordinates};
use patch::encoding::{decode, encode};

/// Patches and their sounds, position by position.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    /// Columns of patches that can be played: classes are 0 or 1.
    pub columns: Vec<Columns>,
    /// Their sounds, as they are compared.
    pub sounds: Vec<SoundCoordinates>,
}

impl Pool {
    /// Adds patches with their features.
    pub fn add(&mut self, columns: &[Columns], features: &[AudioFeatures], metric: &PerceptualDistance) {
        self.columns.extend(columns);
        self.sounds.extend(features.iter().map(|sound| metric.coordinates(&metric.project(sound))));
    }

    /// The number of patches.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// True if there are no patches.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }
}

/// The playable columns: each block of logits becomes one class, each number is snapped to its parameter.
pub fn playable(columns: &Columns) -> Columns {
    encode(&decode(columns))
}

/// Renders patches and extracts their features on all cores; `done` is called after each.
pub fn extract(columns: &[Columns], done: impl Fn() + Sync) -> Vec<AudioFeatures> {
    let patches: Vec<_> = columns.iter().map(decode).collect();
    features::extract_all(&patches, done)
}
