//! The tab Places: presets to find, landmarks to return to, and ways between places: a morph, a
//! gesture that is repeated, a walk, a surprise.

mod landmarks;
mod paths;
mod presets;
mod search;

use crate::page::Page;
use crate::tabs::{Now, Tab};
use crate::trouble::AppError;

/// The tab.
pub struct Places {
    presets: presets::Presets,
    landmarks: landmarks::List,
    paths: paths::Paths,
}

impl Places {
    /// Finds its elements and follows them from now on.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(page: &Page) -> Result<Self, AppError> {
        Ok(Self {
            presets: presets::Presets::build(page)?,
            landmarks: landmarks::List::build(page)?,
            paths: paths::Paths::build(page)?,
        })
    }
}

impl Tab for Places {
    fn show(&mut self, now: &Now<'_>) {
        self.presets.show(now);
        self.landmarks.show(now);
        self.paths.show(now);
    }
}
