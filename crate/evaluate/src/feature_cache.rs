//! Features are extracted once: one evaluation meets the same patches in several places, and several sets of rows share
//! the training rows and the plane.

use dataset::identity;
use features::{AudioFeatures, extract_all};
use patch::{PARAMETER_COUNT, Patch};
use std::collections::{HashMap, HashSet};

/// Patches and their features.
#[derive(Default)]
pub(crate) struct FeatureCache {
    features: HashMap<[u32; PARAMETER_COUNT], AudioFeatures>,
}

impl FeatureCache {
    /// The features of patches; `progress` is told how many are new and, for each of those, that it is done.
    pub(crate) fn extract(
        &mut self,
        patches: &[Patch],
        progress: impl Fn(usize, usize) + Sync,
    ) -> Vec<AudioFeatures> {
        let mut seen = HashSet::new();
        let is_new =
            |patch: &Patch| !self.features.contains_key(&identity(patch)) && seen.insert(identity(patch));
        let new: Vec<Patch> = patches.iter().copied().filter(is_new).collect();
        progress(new.len(), 0);
        let extracted = extract_all(&new, || progress(new.len(), 1));
        self.features.extend(new.iter().map(identity).zip(extracted));
        patches.iter().map(|patch| self.features[&identity(patch)].clone()).collect()
    }
}
