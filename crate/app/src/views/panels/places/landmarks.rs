//! The part of Places that lists the landmarks: go there, rename, delete; and the way between two.

use std::rc::Rc;

use play::compare::Location;
use play::{Landmark, Landmarks, State, morph};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent};

use crate::dom::{self, listen};
use crate::page::Page;
use crate::strings::Language;
use crate::tabs::Now;
use crate::trouble::AppError;

/// The list and the morph.
pub struct List {
    list: HtmlElement,
    empty: HtmlElement,
    morph: HtmlElement,
    ends: [HtmlSelectElement; 2],
    shown: Landmarks,
}

impl List {
    /// Finds its elements and follows them from now on.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(page: &Page) -> Result<Self, AppError> {
        let list: HtmlElement = dom::element("landmarks")?;
        follow_list(page, &list);
        let ends: [HtmlSelectElement; 2] = [dom::element("morph-from")?, dom::element("morph-to")?];
        follow_morph(page, &ends)?;
        let (empty, morph) = (dom::element("landmarks-empty")?, dom::element("morph")?);
        Ok(Self { list, empty, morph, ends, shown: Landmarks::default() })
    }

    /// Shows the landmarks, if they are not those that are shown.
    pub fn show(&mut self, now: &Now<'_>) {
        let landmarks = &now.state.landmarks;
        if self.shown == *landmarks {
            return;
        }
        self.shown = landmarks.clone();
        let all = landmarks.all();
        self.empty.set_hidden(!all.is_empty());
        self.show_items(all, now.language);
        self.morph.set_hidden(all.len() < 2);
        for (end, select) in self.ends.iter().enumerate() {
            let chosen = select.selected_index();
            select.set_text_content(None);
            for landmark in all {
                let option = dom::create("option", "");
                option.set_text_content(Some(&landmark.name));
                dom::append(select, &option);
            }
            let last = all.len() as i32 - 1;
            select.set_selected_index(if (0..=last).contains(&chosen) {
                chosen
            } else {
                last.min(end as i32)
            });
        }
        // Two new ones are two different ones.
        if all.len() == 2 && self.ends[0].selected_index() == self.ends[1].selected_index() {
            self.ends[0].set_selected_index(0);
            self.ends[1].set_selected_index(1);
        }
    }

    /// Lines that are there stay: one that is being pressed, or has the focus, must not go for another's name.
    fn show_items(&self, landmarks: &[Landmark], language: &Language) {
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
        for (item, landmark) in items.zip(landmarks) {
            name_item(&item, &landmark.name, language);
        }
        if loses_focus {
            let neighbour = self.list.query_selector(":last-child > .delete").ok().flatten();
            let heir = neighbour.and_then(|button| button.dyn_into::<HtmlElement>().ok());
            dom::focus_soon(heir.as_ref().unwrap_or(&self.empty));
        }
    }
}

/// A line of the list, without what it says: go there, the name to change, delete.
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

/// The landmark's name in all parts of its line.
fn name_item(item: &Element, name: &str, language: &Language) {
    let part = |selector| item.query_selector(selector).ok().flatten();
    for (selector, label) in [(".go", language.go_to(name)), (".delete", language.delete(name))] {
        if let Some(button) = part(selector) {
            let _ = button.set_attribute("aria-label", &label);
        }
    }
    let field = part(".landmark-name").and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = field {
        field.set_value(name);
    }
}

fn follow_list(page: &Page, list: &HtmlElement) {
    let owned = page.clone();
    listen(list, "click", move |event: Event| {
        let Some((target, position)) = meant(&event) else { return };
        if target.matches("button.delete").unwrap_or(false) {
            owned.change(|state| drop(state.landmarks.delete(position)));
        } else if target.matches("button.go").unwrap_or(false) {
            owned.go_to_landmark(position);
            owned.sample();
        }
    });
    let owned = page.clone();
    listen(list, "change", move |event: Event| {
        let Some((target, position)) = meant(&event) else { return };
        let Ok(field) = target.dyn_into::<HtmlInputElement>() else { return };
        let mut refused = true;
        owned.change(|state| refused = state.landmarks.rename(position, &field.value()).is_err());
        if refused && let Ok(landmark) = owned.state().landmarks.get(position) {
            field.set_value(&landmark.name);
        }
    });
    listen(list, "keydown", |event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = target.filter(|_| event.key() == "Enter") {
            let _ = field.blur();
        }
    });
}

/// The element that an event in the list is about, and its landmark.
fn meant(event: &Event) -> Option<(Element, usize)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let item = target.closest("[data-position]").ok().flatten()?;
    Some((target, item.get_attribute("data-position")?.parse().ok()?))
}

fn follow_morph(page: &Page, ends: &[HtmlSelectElement; 2]) -> Result<(), AppError> {
    let slider: HtmlInputElement = dom::element("morph-share")?;
    let _ = slider.style().set_property("--level", "0%");
    let ends = Rc::new(ends.clone());
    let (owned, source) = (page.clone(), slider.clone());
    listen(&slider, "input", move |_: Event| {
        let share = source.value_as_number() as f32 / 100.0;
        let _ = source.style().set_property("--level", &format!("{}%", source.value()));
        let [from, to] = [0, 1].map(|end: usize| ends[end].selected_index().max(0) as usize);
        owned.adjust("morph", |state| {
            if let Some(place) = between(state, from, to, share) {
                state.go(place);
            }
        });
    });
    let owned = page.clone();
    listen(&slider, "change", move |_: Event| owned.settle());
    Ok(())
}

/// The place so far of the way between two landmarks: on the plane, and where both have patches of
/// their own, between these.
fn between(state: &State, from: usize, to: usize, share: f32) -> Option<Location> {
    let (from, to) = (state.landmarks.get(from).ok()?, state.landmarks.get(to).ok()?);
    let point = from.point.towards(to.point, share);
    let patch = match (share, &from.patch, &to.patch) {
        (0.0, patch, _) => patch.clone(),
        (1.0, _, patch) => patch.clone(),
        (_, Some(one), Some(other)) => Some(Box::new(morph(one, other, share))),
        _ => None,
    };
    Some(Location { point, patch })
}

#[cfg(test)]
mod tests {
    use super::*;
    use play::Point;

    #[test]
    fn the_way_begins_and_ends_at_the_landmarks_with_their_patches() {
        let mut state = State::default();
        state.landmarks.drop_at(Point { x: -1.0, y: 0.0 }, "A", None).unwrap();
        state.landmarks.drop_at(Point { x: 3.0, y: 2.0 }, "B", Some(Box::default())).unwrap();
        let half = between(&state, 0, 1, 0.5).unwrap();
        assert_eq!((half.point, half.patch.is_some()), (Point { x: 1.0, y: 1.0 }, false));
        assert!(between(&state, 0, 1, 1.0).unwrap().patch.is_some());
        assert_eq!(between(&state, 0, 7, 0.5), None);
    }
}
