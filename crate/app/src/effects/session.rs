//! What the browser keeps from one visit to the next, as texts. It may keep nothing (private windows, full or denied
//! storage): then the next visit begins anew. Copies of the page that are open side by side lose nothing of each other.

use std::cell::RefCell;

use play::Session;
use play::session::is_shallow;
use serde::Serialize;

use crate::dom;

/// Where the session is kept.
const KEY: &str = "latent-pad.session";
/// Where the learned MIDI controllers are kept.
const CONTROLLERS_KEY: &str = "latent-pad.controllers";

/// What a first visit sees: brightness, the third of the map's layers (`timbre::Descriptor::ALL`) and the one that a
/// stranger hears first.
const FIRST_LAYER: u8 = 3;

/// The kept session, for one copy of the page. An element has an empty one, which is never asked to keep anything.
#[derive(Default)]
pub struct SessionStore {
    /// The session as it was last read or kept: whatever differs from it since was done in this copy of the page.
    base: RefCell<Session>,
}

impl SessionStore {
    /// The last session, or a fresh one.
    pub fn open() -> (Self, Session) {
        let session = read().unwrap_or_else(|| Session { layer: FIRST_LAYER, ..Session::default() }.tidy());
        (Self { base: RefCell::new(session.clone()) }, session)
    }

    /// Keeps a session, joined with what another copy of the page has kept meanwhile; answers whether the browser does.
    pub fn keep(&self, session: Session) -> bool {
        let joined = match read() {
            Some(theirs) => session.clone().merge(&self.base.borrow(), theirs),
            None => session.clone(),
        };
        let is_kept = write(&joined);
        if is_kept {
            self.base.replace(session);
        }
        is_kept
    }
}

fn read() -> Option<Session> {
    let json = dom::storage()?.get_item(KEY).ok()??;
    if !is_shallow(&json) {
        return None;
    }
    let value = js_sys::JSON::parse(&json).ok()?;
    serde_wasm_bindgen::from_value::<Session>(value).ok().map(Session::tidy)
}

fn write(session: &Session) -> bool {
    // Maps as objects, as JSON has them.
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    let json = session.serialize(&serializer).ok().and_then(|value| js_sys::JSON::stringify(&value).ok());
    let json = json.and_then(|json| json.as_string());
    json.zip(dom::storage()).is_some_and(|(json, storage)| storage.set_item(KEY, &json).is_ok())
}

/// The MIDI controllers of x and y that were learned in an earlier visit.
pub fn learned_controllers() -> Option<[u8; 2]> {
    let stored = dom::storage()?.get_item(CONTROLLERS_KEY).ok()??;
    let (x, y) = stored.split_once(' ')?;
    Some([x.parse().ok()?, y.parse().ok()?])
}

/// Keeps the learned controllers; forgotten where storage is full or denied.
pub fn keep_controllers([x, y]: [u8; 2]) {
    if let Some(storage) = dom::storage() {
        let _ = storage.set_item(CONTROLLERS_KEY, &format!("{x} {y}"));
    }
}
