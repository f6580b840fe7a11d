//! Buttons pressed by a second finger. Chromium gives a second finger pointer events and no click (seen with 156;
//! wasm-tests/browser/touch.test.mjs), but a person who plays with one hand presses buttons with the other.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, PointerEvent};

use crate::dom;
use crate::root::{ListenOptions, Root};

/// Elements that a click presses.
const PRESSABLE: &str = "button, summary, label, a[href]";

/// How long after our click a click of the browser counts as the same, in milliseconds.
const SAME_CLICK_MS: f64 = 500.0;

#[derive(Default)]
struct SecondTouches {
    /// The element under each second finger, by its pointerId.
    landed: Vec<(i32, HtmlElement)>,
    /// The last clicked element and the time.
    clicked: Option<(HtmlElement, f64)>,
}

/// Installs the listeners that click for second fingers.
pub fn follow(root: &Root) {
    let touches = Rc::new(RefCell::new(SecondTouches::default()));
    let owned = Rc::clone(&touches);
    root.listen(&root.ours(), "pointerdown", move |event: PointerEvent| {
        let mut touches = owned.borrow_mut();
        touches.clicked = None;
        // A handler that prevented the default has used the finger, as the on-screen keyboard does.
        if event.pointer_type() == "touch" && !event.is_primary() && !event.default_prevented() {
            touches.landed.extend(pressable(&event).map(|button| (event.pointer_id(), button)));
        }
    });
    let owned = Rc::clone(&touches);
    root.listen(&root.ours(), "pointerup", move |event: PointerEvent| {
        let Some(button) = take(&owned, &event).filter(|button| is_over(&event, button)) else { return };
        owned.borrow_mut().clicked = Some((button.clone(), dom::now_ms()));
        button.click();
    });
    let owned = Rc::clone(&touches);
    root.listen(&root.ours(), "pointercancel", move |event: PointerEvent| {
        let _ = take(&owned, &event);
    });
    // A browser that clicks for every finger must not press twice.
    let first = ListenOptions { first: true, ..ListenOptions::default() };
    root.listen_as(first, &root.ours(), "click", move |event: Event| {
        let is_repeated = event.is_trusted()
            && touches.borrow().clicked.as_ref().is_some_and(|(button, at_ms)| {
                pressable(&event).as_ref() == Some(button) && dom::now_ms() - at_ms < SAME_CLICK_MS
            });
        if is_repeated {
            event.stop_propagation();
            event.prevent_default();
        }
    });
}

fn pressable(event: &Event) -> Option<HtmlElement> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(PRESSABLE).ok().flatten()?.dyn_into().ok()
}

fn take(touches: &RefCell<SecondTouches>, event: &PointerEvent) -> Option<HtmlElement> {
    let mut touches = touches.borrow_mut();
    let at = touches.landed.iter().position(|(pointer, _)| *pointer == event.pointer_id())?;
    Some(touches.landed.swap_remove(at).1)
}

fn is_over(event: &PointerEvent, button: &HtmlElement) -> bool {
    let bounds = button.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    (bounds.left()..=bounds.right()).contains(&x) && (bounds.top()..=bounds.bottom()).contains(&y)
}
