//! The tab Share: what a person takes away and brings along.

use crate::page::Page;
use crate::tabs::{Now, Tab};
use crate::trouble::Trouble;

/// The tab.
pub struct Share;

impl Share {
    /// Finds its elements.
    pub fn build(_page: &Page) -> Result<Self, Trouble> {
        Ok(Self)
    }
}

impl Tab for Share {
    fn show(&mut self, _now: &Now<'_>) {}
}
