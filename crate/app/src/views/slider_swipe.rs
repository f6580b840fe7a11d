//! Sliders under a finger that scrolls: it lands on the slider, which goes there, before the browser knows that it scrolls.
//! Then the slider goes back. (Chromium 156 leaves it where the finger landed; wasm-tests/browser/slider-swipe.test.mjs.)

use std::cell::Cell;
use std::rc::Rc;

use play::action::{Action, Edit};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, PointerEvent};

use crate::app::App;
use crate::root::ListenOptions;

/// Installs the listeners.
pub fn follow(app: &App) {
    let root = app.root();
    let landed = Rc::new(Cell::new(None));
    let first = ListenOptions { first: true, ..ListenOptions::default() };
    let (owned, own_landed) = (app.clone(), Rc::clone(&landed));
    root.listen_as(first, &root.ours(), "pointerdown", move |event: PointerEvent| {
        let Some(slider) = slider(&event) else { return };
        // A step that can still go on then began with this finger.
        owned.dispatch(Action::Edit(Edit::FinishStep));
        let value = slider.value_as_number();
        own_landed.set(Some((slider, value)));
    });
    let owned = app.clone();
    root.listen(&root.ours(), "pointercancel", move |event: PointerEvent| {
        let own = landed.take().filter(|(own, _)| slider(&event).as_ref() == Some(own));
        let Some((slider, value)) = own else { return };
        if owned.state().history.before_edit().is_some() {
            // Exactly as before, while a slider knows its steps only.
            owned.dispatch(Action::Edit(Edit::CancelStep));
        } else if slider.value_as_number() != value {
            slider.set_value_as_number(value);
            let _ = Event::new("input").map(|event| slider.dispatch_event(&event));
        }
    });
}

fn slider(event: &Event) -> Option<HtmlInputElement> {
    let target: HtmlInputElement = event.target()?.dyn_into().ok()?;
    (target.type_() == "range").then_some(target)
}
