//! Keeps the screen lit while something sounds. Where the browser cannot or refuses (power saving, an old Home Screen
//! app of iOS), the screen turns off as usual.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, VisibilityState};

use crate::dom;
use crate::root::Root;

/// Cheap to clone; all clones are the same lock.
#[derive(Clone, Default)]
pub struct WakeLock(Rc<LockState>);

#[derive(Default)]
struct LockState {
    is_wanted: Cell<bool>,
    /// The browser's promise to keep the screen lit (a WakeLockSentinel).
    sentinel: RefCell<Option<JsValue>>,
    is_requested: Cell<bool>,
}

impl WakeLock {
    /// Holds no lock yet.
    pub fn new(root: &Root) -> Self {
        let lock = Self::default();
        let owned = lock.clone();
        // The browser releases the lock of a hidden page for good.
        root.listen(&dom::document(), "visibilitychange", move |_: Event| {
            owned.0.sentinel.take();
            owned.update();
        });
        lock
    }

    /// Keeps the screen lit, or lets it turn off.
    pub fn set_wanted(&self, is_wanted: bool) {
        self.0.is_wanted.set(is_wanted);
        self.update();
    }

    fn update(&self) {
        let state = &self.0;
        let is_seen = dom::document().visibility_state() == VisibilityState::Visible;
        if !(state.is_wanted.get() && is_seen) {
            if let Some(sentinel) = state.sentinel.take() {
                call(&sentinel, "release", &[]);
            }
        } else if state.sentinel.borrow().is_none() && !state.is_requested.replace(true) {
            let owned = self.clone();
            spawn_local(async move {
                let granted = request().await;
                owned.0.is_requested.set(false);
                if let Some(sentinel) = granted {
                    owned.0.sentinel.replace(Some(sentinel));
                    // The sound may have ended meanwhile.
                    owned.update();
                }
            });
        }
    }
}

/// `navigator.wakeLock` by reflection: web-sys marks it as unstable.
async fn request() -> Option<JsValue> {
    if !is_allowed() {
        return None;
    }
    let navigator = Reflect::get(&dom::window(), &"navigator".into()).ok()?;
    let wake_lock = Reflect::get(&navigator, &"wakeLock".into()).ok().filter(JsValue::is_object)?;
    let asked: Promise = call(&wake_lock, "request", &["screen".into()])?.dyn_into().ok()?;
    JsFuture::from(asked).await.ok()
}

/// True if this document may ask: the policy of a frame can forbid it, and asking anyway is an error in the console.
/// Browsers that do not tell their policy report no error either.
fn is_allowed() -> bool {
    let document = dom::document();
    let policy = Reflect::get(&document, &"featurePolicy".into()).ok().filter(JsValue::is_object);
    let answer = policy.and_then(|policy| call(&policy, "allowsFeature", &["screen-wake-lock".into()]));
    answer.and_then(|answer| answer.as_bool()).unwrap_or(true)
}

fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    method.apply(object, &arguments.iter().collect()).ok()
}
