//! An entry of the browser's history while the sheet is open, so that going back closes the sheet before it leaves the
//! page. Decides nothing.

use std::cell::Cell;

use wasm_bindgen::JsValue;
use web_sys::History;

use crate::dom;

/// The kind of a move in the browser's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryMove {
    /// It left the entry at our request.
    Asked,
    /// It left the entry by itself.
    Back,
    /// The entry has no part in it.
    Other,
}

/// The entry. The state of a page's entry in the history outlives a reload: true is the sheet's entry, false the one
/// before it.
#[derive(Default)]
pub struct SheetHistory {
    /// True if the browser is about to leave the entry at our request.
    is_leaving: Cell<bool>,
}

impl SheetHistory {
    /// Adds the entry, or leaves it.
    pub fn keep(&self, is_open: bool) {
        let Some(history) = history() else { return };
        let is_entry = mark() == Some(true);
        if is_open && !is_entry {
            // Without an address, the page's own stays.
            let _ = history.replace_state(&JsValue::FALSE, "");
            let _ = history.push_state(&JsValue::TRUE, "");
        } else if !is_open && is_entry && !self.is_leaving.get() {
            self.is_leaving.set(history.back().is_ok());
        }
    }

    /// The browser has moved in its history. `is_open` is whether the sheet is open now.
    pub fn moved(&self, is_open: bool) -> HistoryMove {
        let is_leaving = self.is_leaving.take();
        // A link that is opened has an entry without a mark.
        if mark() != Some(false) {
            return HistoryMove::Other;
        }
        if is_leaving {
            // Meanwhile the sheet may have opened again.
            self.keep(is_open);
            return HistoryMove::Asked;
        }
        HistoryMove::Back
    }
}

fn history() -> Option<History> {
    dom::window().history().ok()
}

fn mark() -> Option<bool> {
    history()?.state().ok()?.as_bool()
}
