//! The pad by keyboard and by screen reader: arrows move, space plays while held, Escape silences;
//! the two hidden sliders are the pad's two axes.

use play::Point;
use play::action::{Action, Edit, KeyAction, PageAction, TouchAction};
use play::error::AppError;
use play::touches::TouchSource;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, FocusOptions, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent,
};

use crate::app::App;
use crate::dom;
use crate::views::controls::{is_escape_taken, is_typed, is_within};

/// The step of an arrow key, in latent units: the sliders' step, 160 to a side.
const STEP: f32 = 0.05;
/// The step with shift.
const LARGE_STEP: f32 = 0.5;
/// Targets whose keys go to the pad: the body, and the pad's sliders.
const PAD_TARGETS: &str = "body, #across, #upward";
/// Targets with their own use of space; elsewhere, also on the volume's slider, space plays.
const SPACE_TARGETS: &str =
    "button, a, summary, [role=button], [contenteditable], select, textarea, input:not([type=range])";

/// Installs the listeners for keys and sliders.
///
/// # Errors
/// If a slider is missing.
pub fn follow(app: &App) -> Result<(), AppError> {
    let root = app.root();
    let owned = app.clone();
    root.listen(&root.ours(), "keydown", move |event: KeyboardEvent| key_down(&owned, &event));
    let owned = app.clone();
    root.listen(&root.ours(), "keyup", move |event: KeyboardEvent| match event.key().as_str() {
        // With the option key of a Mac the key is another character.
        key if key == " " || event.code() == "Space" => {
            owned.dispatch(Action::Touch(TouchAction::Lift(TouchSource::Keyboard, dom::now_ms())))
        }
        // macOS reports no release of a key while this one is down.
        "Meta" => {
            owned.dispatch(Action::Key(KeyAction::ReleaseTyped, dom::now_ms()));
            owned.dispatch(Action::Touch(TouchAction::Lose(TouchSource::Keyboard)));
        }
        // A held arrow key is one undo step.
        key if key.starts_with("Arrow") => owned.dispatch(Action::Edit(Edit::FinishStep)),
        _ => {}
    });
    // Who chooses from a list by mouse or finger plays by letters and the space then; who chooses by keys stays there.
    let owned = app.clone();
    root.listen(&root.ours(), "change", move |event: Event| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let root = owned.root();
        if let Some(list) = target.filter(|_| root.is_own(&event) && !root.has_data("gesture", "keydown")) {
            let _ = list.blur();
        }
    });
    if root.is_embedded() {
        let owned = app.clone();
        root.listen(&root.ours(), "keydown", move |_: Event| owned.root().set_data("focus", "keyboard"));
        // Another element of that page receives the keyup.
        let owned = app.clone();
        root.listen(&root.ours(), "focusout", move |_: Event| {
            owned.root().set_data("focus", "keyboard");
            owned.dispatch(Action::Touch(TouchAction::Lose(TouchSource::Keyboard)));
        });
        // After a touch, arrow keys continue from its point, even if a button had the focus.
        let across: HtmlInputElement = root.element("across")?;
        // Does not scroll the page, even if a part of the pad is out of sight.
        let unmoved = FocusOptions::new();
        unmoved.set_prevent_scroll(true);
        let owned = app.clone();
        root.listen(&root.element("pad")?, "pointerdown", move |_: Event| {
            let _ = across.focus_with_options(&unmoved);
            // Browsers show the focus that a script moves, as if the keyboard had moved it.
            owned.root().set_data("focus", "pointer");
        });
    }
    follow_slider(app, "across", |point, value| Point { x: value, ..point })?;
    follow_slider(app, "upward", |point, value| Point { y: value, ..point })
}

fn key_down(app: &App, event: &KeyboardEvent) {
    if !app.root().is_own(event) {
        return;
    }
    let key = event.key();
    if key == "Escape" {
        if !is_escape_taken(app.root(), event) {
            app.dispatch(Action::Page(PageAction::Escape));
        } else if is_typed(event) {
            leave_field(event);
        }
        return;
    }
    if (event.ctrl_key() || event.meta_key()) && key.eq_ignore_ascii_case("z") {
        // In text fields the browser's undo applies; in a host page, that page's.
        if !is_typed(event) && !app.root().is_embedded() {
            event.prevent_default();
            app.dispatch(Action::Edit(if event.shift_key() { Edit::Redo } else { Edit::Undo }));
        }
        return;
    }
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    if key == "Backspace" && target_matches(event, PAD_TARGETS) {
        return app.dispatch(Action::Touch(TouchAction::Unfreeze));
    }
    if key == " " {
        if is_within(event, SPACE_TARGETS) {
            return;
        }
        event.prevent_default();
        if !event.repeat() {
            app.dispatch(Action::Touch(TouchAction::Press(TouchSource::Keyboard, dom::now_ms())));
        }
        return;
    }
    let stepped = stepped(app.state().point(), &key, event.shift_key());
    if let Some(point) = stepped.filter(|_| target_matches(event, PAD_TARGETS)) {
        event.prevent_default();
        app.dispatch(Action::Edit(Edit::MoveTo(point)));
    }
}

/// Leaves a field, so that the next Escape silences; empties a search field first, which Firefox does not do itself.
fn leave_field(event: &Event) {
    let Some(field) = dom::target::<HtmlElement>(event) else { return };
    let search = field.dyn_ref::<HtmlInputElement>().filter(|input| input.type_() == "search");
    match search.filter(|input| !input.value().is_empty()) {
        Some(input) => {
            event.prevent_default();
            input.set_value("");
            if let Ok(emptied) = Event::new("input") {
                let _ = input.dispatch_event(&emptied);
            }
        }
        None => drop(field.blur()),
    }
}

fn target_matches(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.matches(selector).unwrap_or(false))
}

/// The point one arrow step away; none for other keys.
fn stepped(point: Point, key: &str, is_large: bool) -> Option<Point> {
    let step = if is_large { LARGE_STEP } else { STEP };
    let (right, up) = match key {
        "ArrowLeft" => (-step, 0.0),
        "ArrowRight" => (step, 0.0),
        "ArrowDown" => (0.0, -step),
        "ArrowUp" => (0.0, step),
        _ => return None,
    };
    Some(Point::on_plane(point.x + right, point.y + up))
}

fn follow_slider(app: &App, id: &'static str, moved: fn(Point, f32) -> Point) -> Result<(), AppError> {
    let slider: HtmlInputElement = app.root().element(id)?;
    let (owned, source) = (app.clone(), slider.clone());
    app.root().listen(&slider, "input", move |_: Event| {
        let point = moved(owned.state().point(), source.value_as_number() as f32);
        owned.dispatch(Action::Edit(Edit::MoveTo(point)));
    });
    // Not only arrow keys move it, and assistive technology sends no keys.
    let owned = app.clone();
    app.root().listen(&slider, "change", move |_: Event| owned.dispatch(Action::Edit(Edit::FinishStep)));
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
