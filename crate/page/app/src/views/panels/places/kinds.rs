//! The chips of Places that find favourites and kinds of sound. The usual ones are always there, the others and the
//! menu of banks after a press of “more…”.

use std::cell::Cell;

use plane::{Tag, TagSet};
use play::State;
use play::action::{Action, FindAction};
use play::error::AppError;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{on_click, set_pressed};

/// How many kinds are always shown.
const USUAL_COUNT: usize = 5;

/// The chips.
pub struct KindChips {
    favourites: Element,
    chips: Vec<Element>,
    shown: Option<(bool, TagSet)>,
}

impl KindChips {
    /// Makes the chips.
    ///
    /// # Errors
    /// If the page lacks an element.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let (list, rest): (HtmlElement, HtmlElement) = (root.element("kinds")?, root.element("kinds-rest")?);
        let more: HtmlElement = root.element("kinds-more")?;
        let chip = |(number, tag): (usize, &Tag)| {
            let chip = dom::create("button", "");
            for (attribute, value) in [("type", "button"), ("aria-pressed", "false")] {
                let _ = chip.set_attribute(attribute, value);
            }
            chip.set_text_content(Some(app.language().kind(*tag)));
            if number < USUAL_COUNT {
                let _ = list.insert_before(&chip, Some(&more));
            } else {
                let _ = rest.insert_before(&chip, rest.last_element_child().as_deref());
            }
            chip
        };
        let chips: Vec<Element> = Tag::ALL.iter().enumerate().map(chip).collect();
        for (chip, tag) in chips.iter().zip(Tag::ALL) {
            let owned = app.clone();
            root.listen(chip, "click", move |_: Event| {
                owned.dispatch(Action::Find(FindAction::ToggleTag(tag)));
            });
        }
        on_click(app, "find-favourites", |app| app.dispatch(Action::Find(FindAction::ToggleFavourites)))?;
        let is_open = Cell::new(false);
        on_click(app, "kinds-more", move |_| {
            let opens = !is_open.replace(!is_open.get());
            rest.set_hidden(!opens);
            let _ = more.set_attribute("aria-expanded", if opens { "true" } else { "false" });
        })?;
        Ok(Self { favourites: root.element("find-favourites")?, chips, shown: None })
    }
}

impl View for KindChips {
    fn show(&mut self, state: &State) {
        let filter = &state.map.finder.filter;
        let now = (filter.only_favourites, filter.tags);
        if self.shown.replace(now) == Some(now) {
            return;
        }
        set_pressed(&self.favourites, now.0);
        for (chip, tag) in self.chips.iter().zip(Tag::ALL) {
            set_pressed(chip.unchecked_ref(), now.1.has(tag));
        }
    }
}
