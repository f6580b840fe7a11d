//! When the sound may wake and when it must rest. Browsers let a context run only from inside a
//! user's gesture, and may stop it at any time (a call, a locked phone; iOS calls it “interrupted”): so
//! the listeners stay, and who comes back finds it awake where the browser allows that without a tap.

use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PageTransitionEvent, PointerEvent, VisibilityState};

use crate::dom::{document, window};
use crate::page::Page;
use crate::root::ListenOptions;

/// Follows gestures and the page's coming and going from now on.
pub fn follow(page: &Page) {
    wake_by_gestures(page);
    rest_when_away(page);
}

/// What counts as a gesture (HTML standard, user activation): mousedown, pointerdown of a mouse,
/// pointerup of touch and pen, touchend, keydown except Escape. A finger that lands is none.
fn wake_by_gestures(page: &Page) {
    let root = page.root();
    let first = ListenOptions { first: true, ..ListenOptions::default() };
    for kind in ["pointerdown", "pointerup", "mousedown", "touchend", "keydown"] {
        let page = page.clone();
        root.listen_as(first, &root.ours(), kind, move |event: Event| {
            if is_activation(&event) {
                page.wake();
            }
        });
    }
}

fn is_activation(event: &Event) -> bool {
    if let Some(key) = event.dyn_ref::<KeyboardEvent>() {
        return key.key() != "Escape";
    }
    match event.dyn_ref::<PointerEvent>() {
        Some(pointer) => (pointer.pointer_type() == "mouse") == (event.type_() == "pointerdown"),
        None => true,
    }
}

/// No note is left behind by a page that cannot see its finger lift.
fn rest_when_away(page: &Page) {
    let root = page.root();
    let owned = page.clone();
    root.listen(&window(), "blur", move |_: Event| owned.lose_all());
    let owned = page.clone();
    root.listen(&document(), "visibilitychange", move |_: Event| {
        if document().visibility_state() == VisibilityState::Hidden {
            owned.let_go();
            owned.keep();
        } else {
            owned.wake_again();
        }
        owned.sound_changed();
    });
    let owned = page.clone();
    root.listen(&window(), "pageshow", move |_: Event| {
        owned.wake_again();
        owned.sound_changed();
    });
    let owned = page.clone();
    root.listen(&window(), "pagehide", move |event: PageTransitionEvent| {
        owned.let_go();
        owned.keep();
        // A page kept for “back” comes alive again with its sound.
        if !event.persisted() {
            owned.with_sound(|sound| sound.close());
        }
    });
}
