//! What the browser keeps from one visit to the next. It may keep nothing (private windows, full or
//! denied storage): then the next visit begins anew, and who has marked a place is told so, once.

use play::Session;
use play::session::is_shallow;
use serde::Serialize;

use crate::dom;
use crate::page::Page;
use crate::trouble::AppError;

/// Where the visit is kept.
const KEY: &str = "latent-pad.session";
/// How long after a change it is kept, in milliseconds: a dragged finger writes once, not each frame.
const KEEP_AFTER_MS: i32 = 800;

/// What a first visit sees: brightness, the third of the map's qualities (`timbre::Descriptor::ALL`) and
/// the one that a stranger hears first.
const FIRST_LAYER: u8 = 3;

/// The last visit, or a fresh one.
pub fn last_visit() -> Session {
    kept().unwrap_or_else(|| Session { layer: FIRST_LAYER, ..Session::default() }.tidy())
}

/// What is kept now, by this copy of the page or by another that is open beside it.
fn kept() -> Option<Session> {
    let json = dom::storage()?.get_item(KEY).ok()??;
    if !is_shallow(&json) {
        return None;
    }
    let value = js_sys::JSON::parse(&json).ok()?;
    serde_wasm_bindgen::from_value::<Session>(value).ok().map(Session::tidy)
}

impl Page {
    /// Keeps the visit a moment from now.
    pub(super) fn keep_soon(&self) {
        if std::mem::replace(&mut self.parts().keeping, true) {
            return;
        }
        let page = self.clone();
        dom::after(KEEP_AFTER_MS, move || page.keep());
    }

    /// Keeps the visit now: a change is waiting, or the page is going. In somebody else's page nothing
    /// is kept.
    pub fn keep(&self) {
        let (ours, session, would_be_missed) = {
            let parts = &mut *self.parts();
            if parts.root.is_embedded() {
                return;
            }
            parts.keeping = false;
            let session = parts.ghosts.keep_in(Session {
                state: parts.history.present().clone(),
                layer: parts.pad.layer() as u8,
                options: parts.pad.options,
                ..Session::default()
            });
            let marked = !session.state.landmarks.all().is_empty() || session.gesture.is_some();
            let missed = marked || parts.edited || session.state.comparison.other.is_some();
            let merged = match kept() {
                Some(theirs) => session.clone().merge(&parts.kept, theirs),
                None => session.clone(),
            };
            (session, merged, missed && !parts.told_not_kept)
        };
        // Maps as objects, as JSON has them.
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        let json = session.serialize(&serializer).ok().and_then(|value| js_sys::JSON::stringify(&value).ok());
        let json = json.and_then(|json| json.as_string());
        let is_kept =
            json.zip(dom::storage()).is_some_and(|(json, storage)| storage.set_item(KEY, &json).is_ok());
        if is_kept {
            self.parts().kept = ours;
        } else if would_be_missed {
            self.parts().told_not_kept = true;
            self.report(&AppError::NothingKept);
        }
    }
}
