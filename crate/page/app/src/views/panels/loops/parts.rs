//! The elements of which tracks and their settings are made.

use play::Direction;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

use crate::dom;

/// A button of a class with a text.
pub fn button(class: &str, text: &str) -> Element {
    let button = dom::create("button", class);
    let _ = button.set_attribute("type", "button");
    button.set_text_content(Some(text));
    button
}

/// A list of a class with these names.
pub fn list<'a>(class: &str, names: impl IntoIterator<Item = &'a str>) -> HtmlSelectElement {
    let list: HtmlSelectElement = dom::create("select", class).unchecked_into();
    for name in names {
        crate::views::controls::add_option(&list, name);
    }
    list
}

/// The position of a direction in its menu.
pub fn position(direction: Direction) -> usize {
    Direction::ALL.iter().position(|&own| own == direction).unwrap_or(0)
}

/// A slider from 0 to 100.
pub fn slider(class: &str) -> HtmlInputElement {
    let slider: HtmlInputElement = dom::create("input", &format!("slider {class}")).unchecked_into();
    for (attribute, value) in [("type", "range"), ("min", "0"), ("max", "100"), ("step", "1")] {
        let _ = slider.set_attribute(attribute, value);
    }
    slider
}
