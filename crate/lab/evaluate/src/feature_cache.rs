//! Caches features: an evaluation uses the same patches several times, and sets of rows share the training rows and
//! the plane.

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
    /// The features of patches; `progress` gets the number of new ones, then each one that is done.
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
