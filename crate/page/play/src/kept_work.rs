//! The work that a link with loops has replaced, and whose loops were never anyone's here but of a link. Values only;
//! `reduce::kept_work` decides.

use serde::{Deserialize, Serialize};

use crate::{Document, Loops, State, jam_link};

/// The work that a link with loops has replaced.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptWork {
    /// The document; none if there was no loop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Box<Document>>,
    /// A mark of each loop that the link has brought, see `marks`: these are nobody's work here.
    pub brought: Vec<u16>,
    /// True if a person has returned to the document: it is the present one, or has become it.
    #[serde(skip)]
    pub is_back: bool,
}

/// A mark of each loop: that of its fingers, which its volume or its sound do not change.
pub(crate) fn marks(loops: &Loops) -> Vec<u16> {
    loops.all().iter().map(|own| jam_link::mark(own)).collect()
}

impl KeptWork {
    /// True if all of these loops are those of the link.
    pub(crate) fn has_brought(&self, loops: &Loops) -> bool {
        marks(loops).iter().all(|mark| self.brought.contains(mark))
    }

    /// True if these are the loops of the document.
    pub(crate) fn is_at(&self, loops: &Loops) -> bool {
        self.document.as_ref().is_some_and(|document| document.loops == *loops)
    }
}

impl State {
    /// The document from before a link with loops, if a person can return to it.
    pub fn kept_work(&self) -> Option<&Document> {
        let kept = self.page.onboarding.yours.as_ref().filter(|kept| !kept.is_back)?;
        kept.document.as_deref()
    }
}
