//! The banks and the model that were imported in this visit or an earlier one, and the page's own known patches, which
//! they replace. `imports` changes them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::ArrayBuffer;
use plane::{Coordinates, Map, Presets};
use play::Imports;

/// The imported banks and model, and what is to be restored without them.
#[derive(Default)]
pub struct ImportedFiles {
    /// The page's own known patches, to restore later; none before the first import.
    pub(super) own: RefCell<Option<OwnLibrary>>,
    /// The imported banks and model.
    pub(super) imports: RefCell<Imports>,
    /// The decoder that plays in place of the page's own.
    pub(super) decoder: RefCell<Option<ArrayBuffer>>,
    /// True if the worker's model differs from the one that plays.
    pub(super) is_worker_outdated: Cell<bool>,
    /// How often a task that may change the model has begun or ended: odd while one runs.
    pub(super) turns: Cell<u32>,
    /// True if the imports could not be persisted when they changed last.
    pub(super) has_unsaved: Cell<bool>,
    /// True if some persisted imports could not be restored.
    pub(super) has_unusable: Cell<bool>,
}

/// The known patches and the map of the page itself.
pub(super) struct OwnLibrary {
    pub known: Rc<Coordinates>,
    pub presets: Rc<Presets>,
    pub map: Option<Rc<Map>>,
}

impl ImportedFiles {
    /// The imported decoder, unless the sound has rejected it.
    pub fn decoder(&self) -> Option<ArrayBuffer> {
        self.decoder.borrow().clone()
    }

    /// The page's own map is here; returns whether it is shown. That of an imported model stays.
    pub fn take_map(&self, map: &Rc<Map>) -> bool {
        if let Some(own) = &mut *self.own.borrow_mut() {
            own.map = Some(Rc::clone(map));
        }
        self.imports.borrow().model.is_none()
    }

    /// Drops the imported decoder, which the sound rejects: the next sound loads the page's own.
    pub fn drop_decoder(&self) {
        self.decoder.take();
    }

    /// A task that may change the model begins or ends.
    pub fn turn(&self) {
        self.turns.set(self.turns.get() + 1);
    }

    /// True if there are imports to remove.
    pub fn has_imports(&self) -> bool {
        self.has_unusable.get() || !self.imports.borrow().is_empty()
    }
}
