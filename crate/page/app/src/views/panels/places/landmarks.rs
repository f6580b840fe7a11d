//! The part of Places that lists the landmarks: go there, rename, delete.

use play::action::{Action, Edit, TouchAction};
use play::error::AppError;
use play::{Landmark, Landmarks, State};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::words::Language;

/// The list.
pub struct LandmarkList {
    app: App,
    list: HtmlElement,
    empty: HtmlElement,
    shown: Landmarks,
}

impl LandmarkList {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let list: HtmlElement = root.element("landmarks")?;
        follow_list(app, &list);
        let empty = root.element("landmarks-empty")?;
        Ok(Self { app: app.clone(), list, empty, shown: Landmarks::default() })
    }

    /// Reuses existing lines: a line that is pressed or focused must survive a rename.
    fn show_items(&self, landmarks: &[Landmark]) {
        let language = self.app.language();
        for position in self.list.child_element_count() as usize..landmarks.len() {
            dom::append(&self.list, &item(position, language));
        }
        let mut loses_focus = false;
        while self.list.child_element_count() as usize > landmarks.len()
            && let Some(last) = self.list.last_element_child()
        {
            loses_focus |= dom::has_visible_focus(&last);
            last.remove();
        }
        let items = std::iter::successors(self.list.first_element_child(), Element::next_element_sibling);
        for (item, (position, landmark)) in items.zip(landmarks.iter().enumerate()) {
            name_item(&item, position, landmark, language);
        }
        if loses_focus {
            let neighbour = self.list.query_selector(":last-child > .delete").ok().flatten();
            let heir = neighbour.and_then(|button| button.dyn_into::<HtmlElement>().ok());
            dom::focus_soon(heir.as_ref().unwrap_or(&self.empty));
        }
    }
}

impl View for LandmarkList {
    fn show(&mut self, state: &State) {
        let landmarks = &state.document().landmarks;
        if self.shown == *landmarks {
            return;
        }
        self.shown = landmarks.clone();
        self.empty.set_hidden(!landmarks.all().is_empty());
        self.show_items(landmarks.all());
    }
}

/// A line of the list, still without texts: go there, name, delete.
fn item(position: usize, language: &Language) -> Element {
    let item = dom::create("li", "landmark");
    let _ = item.set_attribute("data-position", &position.to_string());
    let name = dom::create("input", "landmark-name");
    for (attribute, value) in [
        ("aria-label", &*language.name_of(position + 1)),
        ("maxlength", &play::landmarks::NAME_LIMIT.to_string()),
        ("enterkeyhint", "done"),
    ] {
        let _ = name.set_attribute(attribute, value);
    }
    for part in [&button("go", &(position + 1).to_string()), &name, &button("delete", "×")] {
        dom::append(&item, part);
    }
    item
}

fn button(class: &str, text: &str) -> Element {
    let button = dom::create("button", class);
    let _ = button.set_attribute("type", "button");
    button.set_text_content(Some(text));
    button
}

/// Writes the landmark's name into all parts of its line, and its instrument unless that is amSynth.
fn name_item(
    item: &Element,
    position: usize,
    Landmark { name, instrument, .. }: &Landmark,
    language: &Language,
) {
    let instrument = instrument.domain().map(|domain| language.domain(domain));
    let go = language
        .go_to(&instrument.map_or_else(|| name.clone(), |instrument| format!("{name}, {instrument}")));
    let _ = match instrument {
        Some(instrument) => item.set_attribute("data-tones", instrument),
        None => item.remove_attribute("data-tones"),
    };
    // The button shows the number, by which it can be named to speech input.
    let go = format!("{}: {go}", position + 1);
    let part = |selector| item.query_selector(selector).ok().flatten();
    for (selector, label) in [(".go", go), (".delete", language.delete(name))] {
        if let Some(button) = part(selector) {
            let _ = button.set_attribute("aria-label", &label);
        }
    }
    let field = part(".landmark-name").and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = field {
        field.set_value(name);
    }
}

fn follow_list(app: &App, list: &HtmlElement) {
    let root = app.root();
    let owned = app.clone();
    root.listen(list, "click", move |event: Event| {
        let Some((target, position)) = landmark_of(&event) else { return };
        if target.matches("button.delete").unwrap_or(false) {
            owned.dispatch(Action::Edit(Edit::DeleteLandmark(position)));
        } else if target.matches("button.go").unwrap_or(false) {
            owned.dispatch(Action::Edit(Edit::GoToLandmark(position)));
            owned.dispatch(Action::Touch(TouchAction::Sample(dom::now_ms())));
        }
    });
    let owned = app.clone();
    root.listen(list, "change", move |event: Event| {
        let Some((target, position)) = landmark_of(&event) else { return };
        let Ok(field) = target.dyn_into::<HtmlInputElement>() else { return };
        owned.dispatch(Action::Edit(Edit::RenameLandmark(position, field.value())));
        // The new one may be invalid.
        restore_name(&owned, &field, position);
    });
    let owned = app.clone();
    root.listen(list, "keydown", move |event: KeyboardEvent| {
        let Some((target, position)) = landmark_of(&event) else { return };
        let Ok(field) = target.dyn_into::<HtmlInputElement>() else { return };
        match event.key().as_str() {
            "Enter" => drop(field.blur()),
            // Escape leaves the field without entering the typed name.
            "Escape" => restore_name(&owned, &field, position),
            _ => {}
        }
    });
}

fn restore_name(app: &App, field: &HtmlInputElement, position: usize) {
    if let Ok(landmark) = app.state().document().landmarks.get(position) {
        field.set_value(&landmark.name);
    }
}

/// The event's target in the list, and the position of its landmark.
fn landmark_of(event: &Event) -> Option<(Element, usize)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let item = target.closest("[data-position]").ok().flatten()?;
    Some((target, item.get_attribute("data-position")?.parse().ok()?))
}
