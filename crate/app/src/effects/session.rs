//! Keeps the session from one visit to the next in localStorage. If the browser keeps nothing (private windows, full
//! or denied storage), the next visit begins anew. Several open tabs must not overwrite each other's changes.

use std::cell::RefCell;

use play::Session;
use play::onboarding::first_document;
use play::session::is_shallow;
use serde::Serialize;

use crate::dom;

/// The storage key of the session.
const KEY: &str = "latent-pad.session";
/// The storage key of the learned MIDI controllers.
const CONTROLLERS_KEY: &str = "latent-pad.controllers";

/// The layer of a first visit: brightness, the third of the map's layers (`timbre::Descriptor::ALL`) and the most
/// obvious one.
const FIRST_LAYER: u8 = 3;

/// The stored session, as one tab sees it. An element has an empty one and never stores anything.
#[derive(Default)]
pub struct SessionStore {
    /// The session as this tab last read or stored it: any difference is a change of this tab.
    base: RefCell<Session>,
}

impl SessionStore {
    /// The last session, or a fresh one; and whether it is fresh.
    pub fn open() -> (Self, Session, bool) {
        let kept = read();
        let is_first_visit = kept.is_none();
        let session = kept.unwrap_or_else(|| {
            let document = first_document();
            Session { layer: FIRST_LAYER, document, ..Session::default() }.tidy()
        });
        (Self { base: RefCell::new(session.clone()) }, session, is_first_visit)
    }

    /// Stores a session, merged with what another tab has stored meanwhile; returns whether that succeeded.
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

/// Stores the learned controllers, unless storage is full or denied.
pub fn keep_controllers([x, y]: [u8; 2]) {
    if let Some(storage) = dom::storage() {
        let _ = storage.set_item(CONTROLLERS_KEY, &format!("{x} {y}"));
    }
}
