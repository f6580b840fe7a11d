//! The tab Places: landmarks, presets and the ways between them.

use crate::page::Page;
use crate::tabs::{Now, Tab};
use crate::trouble::Trouble;

/// The tab.
pub struct Places;

impl Places {
    /// Finds its elements.
    pub fn build(_page: &Page) -> Result<Self, Trouble> {
        Ok(Self)
    }
}

impl Tab for Places {
    fn show(&mut self, _now: &Now<'_>) {}
}
