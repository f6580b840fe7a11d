//! Helpers that all views share for buttons, sliders and lists.

use play::State;
use play::error::AppError;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent};

use crate::app::App;
use crate::dom;
use crate::root::Root;
use crate::words::{Language, ScaleEnd};

/// The elements in which a person types text.
const TYPING_TARGETS: &str =
    "textarea, [contenteditable], input:not([type=range], [type=checkbox], [type=radio])";

/// Calls `act` whenever the button of this id is pressed.
///
/// # Errors
/// If there is none.
pub fn on_click(app: &App, id: &'static str, act: impl Fn(&App) + 'static) -> Result<(), AppError> {
    let (root, owned) = (app.root(), app.clone());
    let button: HtmlElement = root.element(id)?;
    root.listen(&button, "click", move |_: Event| act(&owned));
    Ok(())
}

/// Shows whether a button is pressed in.
pub fn set_pressed(button: &Element, is_pressed: bool) {
    let _ = button.set_attribute("aria-pressed", if is_pressed { "true" } else { "false" });
}

/// Marks a button as disabled without taking its focus.
pub fn set_enabled(button: &Element, is_enabled: bool) {
    let _ = button.set_attribute("aria-disabled", if is_enabled { "false" } else { "true" });
}

/// Sets a slider's value, its fill in per cent, and its text for assistive technology.
pub fn set_slider(slider: &HtmlInputElement, value: f64, percent: f64, text: &str) {
    slider.set_value_as_number(value);
    set_level(slider, percent);
    let _ = slider.set_attribute("aria-valuetext", text);
}

/// Sets a slider's fill, in per cent.
pub fn set_level(slider: &HtmlElement, percent: f64) {
    // By CSSOM, since a strict style-src blocks the style attribute.
    let _ = slider.style().set_property("--level", &format!("{percent:.1}%"));
}

/// Adds an option at the end of a list.
pub fn add_option(list: &HtmlSelectElement, name: &str) {
    let option = dom::create("option", "");
    option.set_text_content(Some(name));
    dom::append(list, &option);
}

/// Replaces a list's options by these names, with none selected.
pub fn set_options<'a>(list: &HtmlSelectElement, names: impl IntoIterator<Item = &'a str>) {
    list.set_text_content(None);
    for name in names {
        add_option(list, name);
    }
}

/// Scrolls a container so that an element within it is at its top. (Not scroll_into_view, which would also move the
/// page itself.)
pub fn scroll_to(target: &HtmlElement, container: &HtmlElement) {
    let top = |element: &HtmlElement| element.get_bounding_client_rect().top();
    let below = top(target) - top(container);
    container.set_scroll_top(container.scroll_top() + below.round() as i32);
}

/// Adds a row with this title at the end of a definition list; returns the row and the element for its value.
pub fn add_row(list: &HtmlElement, class: &str, title: &str) -> (HtmlElement, Element) {
    let row = dom::create("div", class);
    let name = dom::create("dt", "");
    name.set_text_content(Some(title));
    let text = dom::create("dd", "");
    dom::append(&row, &name);
    dom::append(&row, &text);
    dom::append(list, &row);
    (row.unchecked_into(), text)
}

/// The name of the shown layer, or that of the known patches, and what its first and last colours mean.
pub fn layer_words(state: &State, language: &Language) -> (String, [ScaleEnd; 2]) {
    match state.shown_layer().zip(state.color_range()) {
        Some((layer, range)) => (language.layer_title(layer), language.ends(layer, range)),
        None => {
            let is_amsynth = state.is_amsynth();
            (language.density(is_amsynth).to_owned(), language.density_ends(is_amsynth))
        }
    }
}

/// Shows what an end of the legend's colours means.
pub fn show_end(element: &Element, end: &ScaleEnd) {
    element.set_text_content(Some(&end.word));
    if !end.value.is_empty() {
        // A small map has no room for it.
        let value = dom::create("span", "scale-value");
        value.set_text_content(Some(&format!(" {}", end.value)));
        dom::append(element, &value);
    }
}

/// The key of an event; with a key that makes a command of it none: Alt and an arrow is the browser's.
pub fn plain_key(event: &KeyboardEvent) -> String {
    if event.alt_key() || event.ctrl_key() || event.meta_key() { String::new() } else { event.key() }
}

/// Closes a menu, if it is open.
pub fn close_menu(app: &App, id: &'static str) {
    if let Ok(menu) = app.root().element::<HtmlElement>(id) {
        // Fails only for a menu that is closed.
        let _ = menu.hide_popover();
    }
}

/// True if Escape leaves a text field or closes an open menu.
pub fn is_escape_taken(root: &Root, event: &Event) -> bool {
    is_typed(event) || root.contains(".menu:popover-open")
}

/// True if the event's target takes typed text.
pub fn is_typed(event: &Event) -> bool {
    is_within(event, TYPING_TARGETS)
}

/// True if letters select an option of the event's target.
pub fn is_chosen(event: &Event) -> bool {
    is_within(event, "select")
}

/// True if the target of an event matches a selector, or lies in an element that does.
pub fn is_within(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}
