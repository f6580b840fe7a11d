//! When the sound may wake and when it must stop. Browsers start a context only inside a user gesture, and may stop
//! it at any time (a call, a locked phone; iOS: “interrupted”). So the listeners stay, and on return the sound
//! resumes without a tap where the browser allows that.

use play::action::{Action, KeyAction, PointerAction, SoundAction};
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PageTransitionEvent, PointerEvent, VisibilityState};

use crate::app::App;
use crate::dom::{self, document, window};
use crate::effects::sound_loading::context_changed;
use crate::root::ListenOptions;

/// Installs the listeners for gestures and page visibility.
pub fn follow(app: &App) {
    wake_by_gestures(app);
    rest_when_away(app);
}

/// A gesture (HTML standard, user activation) is one of these events: mousedown, pointerdown of a mouse, pointerup of
/// touch and pen, touchend, keydown except Escape. A touch's pointerdown does not count.
fn wake_by_gestures(app: &App) {
    let root = app.root();
    let first = ListenOptions { first: true, ..ListenOptions::default() };
    for kind in ["pointerdown", "pointerup", "mousedown", "touchend", "keydown"] {
        let app = app.clone();
        root.listen_as(first, &root.ours(), kind, move |event: Event| {
            if is_activation(&event) {
                // Scripts of the page ask whether a key or a pointer chose something.
                app.root().set_data("gesture", &event.type_());
                app.dispatch(Action::Sound(SoundAction::Wake));
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

/// Ends all touches when the page is hidden, since it would not receive their release.
fn rest_when_away(app: &App) {
    let root = app.root();
    let owned = app.clone();
    root.listen(&window(), "blur", move |_: Event| {
        owned.dispatch(Action::Pointer(PointerAction::Blur));
        owned.dispatch(Action::Key(KeyAction::ReleasePressed, dom::now_ms()));
    });
    let owned = app.clone();
    root.listen(&document(), "visibilitychange", move |_: Event| {
        let action = match document().visibility_state() {
            VisibilityState::Hidden => SoundAction::PageHidden,
            _ => SoundAction::WakeAgain,
        };
        owned.dispatch(Action::Sound(action));
        context_changed(&owned);
    });
    let owned = app.clone();
    root.listen(&window(), "pageshow", move |_: Event| {
        owned.dispatch(Action::Sound(SoundAction::WakeAgain));
        context_changed(&owned);
    });
    let owned = app.clone();
    root.listen(&window(), "pagehide", move |event: PageTransitionEvent| {
        owned.dispatch(Action::Sound(SoundAction::PageLeft));
        // A page in the back/forward cache resumes with its sound.
        if !event.persisted() {
            owned.executor().with_audio(|audio| audio.close());
        }
    });
}
