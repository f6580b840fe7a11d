//! What else has to know whether something sounds: `data-playing` of the root element (on, off), which
//! scripts wait for, and the screen, which stays lit meanwhile. Makes no sound and ends none.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, VisibilityState};

use crate::dom;
use crate::root::Root;
use crate::tabs::{Now, Tab};

/// Follows whether any voice of the worklet sounds.
#[derive(Clone)]
pub struct Playing(Rc<Parts>);

struct Parts {
    root: Root,
    sounds: Cell<bool>,
    /// The browser's promise to keep the screen lit (a WakeLockSentinel).
    lock: RefCell<Option<JsValue>>,
    asking: Cell<bool>,
}

impl Playing {
    /// Nothing sounds yet.
    pub fn follow(root: Root) -> Self {
        let (sounds, lock, asking) = (Cell::default(), RefCell::default(), Cell::default());
        let playing = Self(Rc::new(Parts { root, sounds, lock, asking }));
        playing.0.root.set_data("playing", "off");
        let owned = playing.clone();
        // Nobody tells of the silence of what has gone.
        playing.0.root.at_end(move || {
            owned.0.sounds.set(false);
            owned.settle();
        });
        let owned = playing.clone();
        // The browser takes the lock away from a page that is hidden, for good.
        playing.0.root.listen(&dom::document(), "visibilitychange", move |_: Event| {
            owned.0.lock.take();
            owned.settle();
        });
        playing
    }

    /// Asks for the lock while something sounds, gives it back in silence. Where there is none, or it is
    /// refused (power saving, an old Home Screen app of iOS), the screen goes dark as it always does.
    fn settle(&self) {
        let parts = &self.0;
        let seen = dom::document().visibility_state() == VisibilityState::Visible;
        let wanted = parts.sounds.get() && seen;
        if !wanted {
            if let Some(lock) = parts.lock.take() {
                call(&lock, "release", &[]);
            }
        } else if parts.lock.borrow().is_none() && !parts.asking.replace(true) {
            let owned = self.clone();
            spawn_local(async move {
                let granted = ask().await;
                owned.0.asking.set(false);
                if let Some(lock) = granted {
                    owned.0.lock.replace(Some(lock));
                    // It may have become silent meanwhile.
                    owned.settle();
                }
            });
        }
    }
}

impl Tab for Playing {
    fn show(&mut self, _now: &Now<'_>) {}

    fn set_sounding(&mut self, sounds: bool) {
        if self.0.sounds.replace(sounds) != sounds {
            self.0.root.set_data("playing", if sounds { "on" } else { "off" });
            self.settle();
        }
    }
}

/// `navigator.wakeLock`, by hand: web-sys counts it among what may still change.
async fn ask() -> Option<JsValue> {
    let navigator = Reflect::get(&dom::window(), &"navigator".into()).ok()?;
    let wake_lock = Reflect::get(&navigator, &"wakeLock".into()).ok().filter(JsValue::is_object)?;
    let asked: Promise = call(&wake_lock, "request", &["screen".into()])?.dyn_into().ok()?;
    JsFuture::from(asked).await.ok()
}

fn call(object: &JsValue, method: &str, given: &[JsValue]) -> Option<JsValue> {
    let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    method.apply(object, &given.iter().collect()).ok()
}
