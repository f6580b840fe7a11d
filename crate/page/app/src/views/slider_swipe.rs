//! Sliders under a finger that scrolls: it lands on the slider, which goes there, before the browser knows that it
//! scrolls. Then the slider goes back. (Chromium 156 leaves it where the finger landed;
//! wasm-tests/browser/slider-swipe.test.mjs.)

use std::cell::Cell;
use std::rc::Rc;

use play::action::{Action, Edit};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, PointerEvent};

use crate::app::App;
use crate::root::ListenOptions;

/// The rows of amSynth's parameters: what a slider has changed there can be taken back exactly, while the slider itself
/// knows its steps only.
const PARAMETERS: &str = ".group, .setting";

/// Installs the listeners.
pub fn follow(app: &App) {
    let root = app.root();
    let landed = Rc::new(Cell::new(None));
    let first = ListenOptions { first: true, ..ListenOptions::default() };
    let (owned, own_landed) = (app.clone(), Rc::clone(&landed));
    root.listen_as(first, &root.ours(), "pointerdown", move |event: PointerEvent| {
        if let Some(slider) = slider(&event) {
            let value = slider.value_as_number();
            own_landed.set(Some((slider, value, owned.state().history.depth())));
        }
    });
    let owned = app.clone();
    root.listen(&root.ours(), "pointercancel", move |event: PointerEvent| {
        let Some((slider, value, depth)) = landed.take() else { return };
        if self::slider(&event).as_ref() != Some(&slider) || slider.value_as_number() == value {
            return;
        }
        // A single step since then, which can still go on, is the slider's.
        let is_own = {
            let history = &owned.state().history;
            history.before_edit().is_some() && history.depth() == depth + 1
        };
        if is_own && slider.closest(PARAMETERS).is_ok_and(|row| row.is_some()) {
            return owned.dispatch(Action::Edit(Edit::CancelStep));
        }
        slider.set_value_as_number(value);
        for kind in ["input", "change"] {
            let _ = Event::new(kind).map(|event| slider.dispatch_event(&event));
        }
    });
}

fn slider(event: &Event) -> Option<HtmlInputElement> {
    let target: HtmlInputElement = event.target()?.dyn_into().ok()?;
    (target.type_() == "range").then_some(target)
}
