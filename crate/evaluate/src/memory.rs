//! What was heard before is not listened to again: one evaluation meets the same patches in several
//! places, and several sets of rows share what was learned from and the plane.

use ear::{Heard, hear_all};
use patch::{PARAMETER_COUNT, Patch};
use std::collections::{HashMap, HashSet};
use train::dataset::identity;

/// Patches and what they sound like.
#[derive(Default)]
pub(crate) struct Memory {
    heard: HashMap<[u32; PARAMETER_COUNT], Heard>,
}

impl Memory {
    /// What patches sound like; `progress` is told how many are new and, for each, that it was heard.
    pub(crate) fn listen(&mut self, patches: &[Patch], progress: impl Fn(usize, usize) + Sync) -> Vec<Heard> {
        let mut seen = HashSet::new();
        let is_new =
            |patch: &Patch| !self.heard.contains_key(&identity(patch)) && seen.insert(identity(patch));
        let new: Vec<Patch> = patches.iter().copied().filter(is_new).collect();
        progress(new.len(), 0);
        let heard = hear_all(&new, || progress(new.len(), 1));
        self.heard.extend(new.iter().map(identity).zip(heard));
        patches.iter().map(|patch| self.heard[&identity(patch)].clone()).collect()
    }
}
