//! The pad by keyboard and by screen reader: arrows move, space plays while held, Escape silences;
//! the two hidden sliders are the pad's two axes.

use play::Point;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusOptions, HtmlElement, HtmlInputElement, KeyboardEvent};

use crate::dom;
use crate::hand::TouchSource;
use crate::page::Page;
use crate::trouble::AppError;

/// One press of an arrow key, in latent units: the sliders' step, 160 to a side.
const STEP: f32 = 0.05;
/// The same with shift.
const LARGE_STEP: f32 = 0.5;
/// Where keys mean the pad: nowhere in particular, or on its sliders.
const PAD_TARGETS: &str = "body, #across, #upward";
/// Where letters are typed.
const TYPING_TARGETS: &str =
    "textarea, [contenteditable], input:not([type=range], [type=checkbox], [type=radio])";
/// Where space has a use of its own; elsewhere, on the volume's slider too, it plays.
const SPACE_TARGETS: &str =
    "button, a, summary, [role=button], [contenteditable], select, textarea, input:not([type=range])";

/// Follows keys and sliders from now on.
///
/// # Errors
/// If the page lacks a slider.
pub fn follow(page: &Page) -> Result<(), AppError> {
    let root = page.root();
    let owned = page.clone();
    root.listen(&root.ours(), "keydown", move |event: KeyboardEvent| key_down(&owned, &event));
    let owned = page.clone();
    root.listen(&root.ours(), "keyup", move |event: KeyboardEvent| {
        match event.key().as_str() {
            " " => owned.lift(TouchSource::Keyboard),
            // However long an arrow was held, it is one step back.
            key if key.starts_with("Arrow") => owned.settle(),
            _ => {}
        }
    });
    if root.is_embedded() {
        // Another element of that page hears the key come up.
        let owned = page.clone();
        root.listen(&root.ours(), "focusout", move |_: Event| owned.lose(TouchSource::Keyboard));
        // Where a finger went, the arrow keys go on from; a button inside may have the focus.
        let across: HtmlInputElement = root.element("across")?;
        // The page stays where it is, even where a part of the pad is out of sight.
        let unmoved = FocusOptions::new();
        unmoved.set_prevent_scroll(true);
        root.listen(&page.canvas(), "pointerdown", move |_: Event| {
            let _ = across.focus_with_options(&unmoved);
        });
    }
    follow_slider(page, "across", |place, value| Point { x: value, ..place })?;
    follow_slider(page, "upward", |place, value| Point { y: value, ..place })
}

fn key_down(page: &Page, event: &KeyboardEvent) {
    let key = event.key();
    if key == "Escape" {
        if !is_for_something_else(event) {
            page.panic();
        } else if is_typed(event) {
            leave_field(event);
        }
        return;
    }
    if (event.ctrl_key() || event.meta_key()) && key.eq_ignore_ascii_case("z") {
        // Where a person types, the browser's own undo is meant; in somebody else's page, that page's.
        if !is_typed(event) && !page.root().is_embedded() {
            event.prevent_default();
            if event.shift_key() { page.redo() } else { page.undo() }
        }
        return;
    }
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    if key == "Backspace" && target_matches(event, PAD_TARGETS) {
        return page.free();
    }
    if key == " " {
        if is_within(event, SPACE_TARGETS) {
            return;
        }
        event.prevent_default();
        if !event.repeat() {
            page.press(TouchSource::Keyboard, page.place(), 0.0);
        }
    } else if let Some(place) = stepped(page.place(), &key, event.shift_key())
        && target_matches(event, PAD_TARGETS)
    {
        event.prevent_default();
        page.step_to(place);
    }
}

/// Whether Escape means a field that is typed in, which it leaves, or a menu of the page, which it closes.
pub fn is_for_something_else(event: &Event) -> bool {
    let menu = dom::document().query_selector(".menu:popover-open");
    is_typed(event) || menu.is_ok_and(|open| open.is_some())
}

/// Whether a person types there.
pub fn is_typed(event: &Event) -> bool {
    is_within(event, TYPING_TARGETS)
}

/// Whether letters choose there.
pub fn is_chosen(event: &Event) -> bool {
    is_within(event, "select")
}

/// The next Escape silences. A field to search is emptied first, by the browser.
fn leave_field(event: &Event) {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let empties = |field: &HtmlElement| {
        let input = field.dyn_ref::<HtmlInputElement>();
        input.is_some_and(|input| input.type_() == "search" && !input.value().is_empty())
    };
    if let Some(field) = field.filter(|field| !empties(field)) {
        let _ = field.blur();
    }
}

/// Whether an event's target is one of these, or lies in one.
fn is_within(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}

fn target_matches(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.matches(selector).unwrap_or(false))
}

/// The place that an arrow key leads to; nothing for other keys.
fn stepped(place: Point, key: &str, large: bool) -> Option<Point> {
    let step = if large { LARGE_STEP } else { STEP };
    let (right, up) = match key {
        "ArrowLeft" => (-step, 0.0),
        "ArrowRight" => (step, 0.0),
        "ArrowDown" => (0.0, -step),
        "ArrowUp" => (0.0, step),
        _ => return None,
    };
    Some(Point::on_plane(place.x + right, place.y + up))
}

fn follow_slider(page: &Page, id: &'static str, moved: fn(Point, f32) -> Point) -> Result<(), AppError> {
    let root = page.root();
    let slider: HtmlInputElement = root.element(id)?;
    let (owned, source) = (page.clone(), slider.clone());
    root.listen(&slider, "input", move |_: Event| {
        owned.step_to(moved(owned.place(), source.value_as_number() as f32));
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_move_and_stop_at_the_edge() {
        let start = Point { x: 0.0, y: 3.8 };
        assert_eq!(stepped(start, "ArrowUp", true), Some(Point { x: 0.0, y: 4.0 }));
        assert_eq!(stepped(start, "ArrowLeft", false), Some(Point { x: -0.05, y: 3.8 }));
        assert!(
            stepped(start, "ArrowRight", true).unwrap().x > stepped(start, "ArrowRight", false).unwrap().x
        );
        assert_eq!(stepped(start, "Enter", false), None);
    }
}
