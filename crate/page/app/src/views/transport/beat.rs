//! The button of the beat: a tap chooses the next kind, a long press opens the tempo.

use std::cell::Cell;
use std::rc::Rc;

use play::action::{Action, GestureAction};
use play::error::AppError;
use web_sys::{Event, HtmlElement, KeyboardEvent, PointerEvent};

use crate::app::App;
use crate::dom;
use crate::root::ListenOptions;
use crate::views::controls::{on_click, plain_key};

/// A press of this many milliseconds is a long one.
const LONG_MS: i32 = 500;

/// Listens to the button.
///
/// # Errors
/// If the page lacks it.
pub fn follow(app: &App) -> Result<(), AppError> {
    let root = app.root();
    let button: HtmlElement = root.element("beat")?;
    // The number of the press that is down, and whether it was a long one.
    let (press, was_long): (Rc<Cell<u32>>, Rc<Cell<bool>>) = (Rc::default(), Rc::default());
    let (held, long) = (Rc::clone(&press), Rc::clone(&was_long));
    root.listen(&button, "pointerdown", move |event: PointerEvent| {
        let number = held.get() + 1;
        held.set(number);
        long.set(false);
        if event.button() != 0 {
            return;
        }
        let (held, long) = (Rc::clone(&held), Rc::clone(&long));
        dom::after(LONG_MS, move || long.set(held.get() == number));
    });
    let (owned, held, long) = (app.clone(), Rc::clone(&press), Rc::clone(&was_long));
    root.listen(&button, "pointerup", move |event: PointerEvent| {
        held.set(held.get() + 1);
        // A menu that opens before the release closes with it.
        if long.get() || event.button() != 0 {
            let owned = owned.clone();
            dom::after(0, move || open_tempo(&owned));
        }
    });
    for kind in ["pointercancel", "pointerleave"] {
        let held = Rc::clone(&press);
        root.listen(&button, kind, move |_: PointerEvent| held.set(held.get() + 1));
    }
    on_click(app, "beat", move |app| {
        // The browser reports a click after a long press, too.
        if !was_long.take() {
            beat_pressed(app);
        }
    })?;
    let preventing = ListenOptions { preventing: true, ..ListenOptions::default() };
    root.listen_as(preventing, &button, "contextmenu", |event: Event| event.prevent_default());
    let owned = app.clone();
    root.listen(&button, "keydown", move |event: KeyboardEvent| {
        if matches!(plain_key(&event).as_str(), "ArrowUp" | "ArrowDown") {
            event.prevent_default();
            open_tempo(&owned);
        }
    });
    Ok(())
}

fn beat_pressed(app: &App) {
    app.dispatch(Action::Gesture(GestureAction::NextBeat(dom::now_ms())));
}

fn open_tempo(app: &App) {
    if let Ok(menu) = app.root().element::<HtmlElement>("tempo-menu") {
        // Fails only for a menu that is open.
        let _ = menu.show_popover();
    }
}
