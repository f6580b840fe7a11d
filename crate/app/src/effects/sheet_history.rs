//! An entry of the browser's history while the sheet is open, so that going back closes the sheet before it leaves the
//! page. Decides nothing.

use std::cell::Cell;

use wasm_bindgen::JsValue;
use web_sys::History;

use crate::dom;

/// What a move in the browser's history was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryMove {
    /// It left the entry at our request.
    Asked,
    /// It left the entry by itself.
    Back,
    /// The entry has no part in it.
    Other,
}

/// The entry.
#[derive(Default)]
pub struct SheetHistory {
    has_entry: Cell<bool>,
    /// Whether the browser is about to leave the entry at our request.
    is_leaving: Cell<bool>,
}

impl SheetHistory {
    /// Adds the entry, or leaves it.
    pub fn keep(&self, is_open: bool) {
        let Some(history) = history() else { return };
        if is_open && !self.is_leaving.get() && !self.has_entry.replace(true) {
            // Without an address, the page's own stays.
            let _ = history.push_state(&JsValue::NULL, "");
        } else if !is_open && self.has_entry.take() {
            self.is_leaving.set(history.back().is_ok());
        }
    }

    /// The browser has moved in its history. `is_open` is whether the sheet is open now.
    pub fn moved(&self, is_open: bool) -> HistoryMove {
        if self.is_leaving.take() {
            // Meanwhile the sheet may have opened again.
            self.keep(is_open);
            return HistoryMove::Asked;
        }
        if self.has_entry.take() { HistoryMove::Back } else { HistoryMove::Other }
    }
}

fn history() -> Option<History> {
    dom::window().history().ok()
}
