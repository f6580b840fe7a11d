//! The loaded data of a plane.

use std::rc::Rc;

use plane::{Coordinates, Map, Presets};

/// The loaded data of the plane.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The known patches: names, banks, points.
    pub known: Option<Rc<Coordinates>>,
    /// The values of the known patches.
    pub presets: Option<Rc<Presets>>,
    /// The timbral map.
    pub map: Option<Rc<Map>>,
    /// How many of the first rows are the page's own, if any others are imported.
    pub own_rows: Option<usize>,
}

impl Library {
    /// Whether a row is imported.
    pub fn is_imported(&self, row: usize) -> bool {
        self.own_rows.is_some_and(|own| row >= own)
    }

    /// Whether a bank of the known patches is imported.
    pub fn is_imported_bank(&self, bank: usize) -> bool {
        let known = self.known.as_deref().zip(self.own_rows);
        known.is_some_and(|(known, own)| known.bank.get(own).is_some_and(|&first| bank >= usize::from(first)))
    }
}
