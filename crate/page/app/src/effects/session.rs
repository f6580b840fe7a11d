//! Keeps the session from one visit to the next in localStorage. If the browser keeps nothing (private windows, full
//! or denied storage), the next visit begins anew. Several open tabs must not overwrite each other's changes.

use std::cell::RefCell;

use play::action::Start;
use play::onboarding::first_document;
use play::panels::macros::MacroControllers;
use play::session::is_shallow;
use play::{Session, SharedSession, TabSession};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::dom;

/// The storage key of the session.
const KEY: &str = "latent-pad.session";
/// The storage key of the learned MIDI controllers.
const CONTROLLERS_KEY: &str = "latent-pad.controllers";
/// The storage key of the MIDI controllers of the macro-controls: a list of numbers, null for a property without one.
const MACRO_CONTROLLERS_KEY: &str = "latent-pad-macro-controllers";

/// The key in sessionStorage of the state of a tab that reloads itself.
const TAB_KEY: &str = "latent-pad.tab";
/// How many undo steps a tab keeps over its reload, the most that the browser has room for.
const TAB_STEPS: [usize; 4] = [200, 50, 10, 0];

/// The layer of a first visit: brightness, the third of the map's layers (`timbre::Descriptor::ALL`) and the most
/// obvious one.
const FIRST_LAYER: u8 = 3;

/// The stored session, as one tab sees it. An element has an empty one and never stores anything.
#[derive(Default)]
pub struct SessionStore {
    shared: RefCell<SharedSession>,
    /// The session that this tab stored last, as text and as [`Session`]: usually nobody else has stored since.
    last: RefCell<Option<(String, Session)>>,
}

impl SessionStore {
    /// The session to begin with: that of this tab if it has reloaded itself, else the last one, else a fresh one.
    pub fn open() -> (Self, Start) {
        let tab = take_tab();
        let kept = tab
            .as_ref()
            .map(|tab| tab.session.clone())
            .or_else(|| parsed::<Session>(&stored()?).map(Session::tidy));
        let is_first_visit = kept.as_ref().is_none_or(|session| session.hints.unplayed);
        let session = kept.unwrap_or_else(|| {
            let document = first_document();
            Session { layer: FIRST_LAYER, document, ..Session::default() }.tidy()
        });
        let shared = RefCell::new(SharedSession::new(session.clone()));
        let tab = tab.map(Box::new);
        (
            Self { shared, last: RefCell::default() },
            Start {
                session,
                tab,
                is_first_visit,
                controllers: learned_controllers(),
                macro_controllers: learned_macro_controllers(),
                ..Start::default()
            },
        )
    }

    /// Stores a session, merged with what another tab has stored meanwhile; returns whether that succeeded.
    pub fn keep(&self, session: Session) -> bool {
        let theirs = stored().and_then(|json| match &*self.last.borrow() {
            Some((text, last)) if *text == json => Some(last.clone()),
            _ => parsed(&json).map(Session::tidy),
        });
        let number = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        let (joined, shared) = self.shared.borrow().join(session, theirs, number.max(1));
        let kept = text_of(&joined)
            .zip(dom::storage())
            .and_then(|(json, storage)| storage.set_item(KEY, &json).is_ok().then_some(json));
        let is_kept = kept.is_some();
        if let Some(json) = kept {
            self.shared.replace(shared);
            self.last.replace(Some((json, joined)));
        }
        is_kept
    }
}

/// The stored session as text.
fn stored() -> Option<String> {
    dom::storage()?.get_item(KEY).ok()?
}

/// Stores the state of this tab for its reload, with as many undo steps as the browser has room for.
pub fn keep_tab(tab: &TabSession) {
    let Some(storage) = dom::tab_storage() else { return };
    let fits = |tab: &TabSession| text_of(tab).is_some_and(|json| storage.set_item(TAB_KEY, &json).is_ok());
    let _ = TAB_STEPS.into_iter().any(|steps| fits(&tab.shortened(steps)));
}

/// The state of this tab before its reload, once.
fn take_tab() -> Option<TabSession> {
    let storage = dom::tab_storage()?;
    let json = storage.get_item(TAB_KEY).ok()??;
    let _ = storage.remove_item(TAB_KEY);
    let mut tab = parsed::<TabSession>(&json)?;
    tab.session = tab.session.tidy();
    Some(tab)
}

fn parsed<T: DeserializeOwned>(json: &str) -> Option<T> {
    if !is_shallow(json) {
        return None;
    }
    serde_wasm_bindgen::from_value(js_sys::JSON::parse(json).ok()?).ok()
}

fn text_of(value: &impl Serialize) -> Option<String> {
    // Maps as objects, as JSON has them.
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    js_sys::JSON::stringify(&value.serialize(&serializer).ok()?).ok()?.as_string()
}

/// The MIDI controllers of x and y that were learned in an earlier visit.
fn learned_controllers() -> Option<[u8; 2]> {
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

/// The MIDI controllers of the macro-controls that were learned in an earlier visit.
fn learned_macro_controllers() -> MacroControllers {
    let stored = || dom::storage()?.get_item(MACRO_CONTROLLERS_KEY).ok()?;
    stored().and_then(|json| parsed(&json)).unwrap_or_default()
}

/// Stores the MIDI controllers of the macro-controls, unless storage is full or denied.
pub fn keep_macro_controllers(controllers: &MacroControllers) {
    if let (Some(storage), Some(json)) = (dom::storage(), text_of(controllers)) {
        let _ = storage.set_item(MACRO_CONTROLLERS_KEY, &json);
    }
}
