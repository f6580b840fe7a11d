//! The chips of Places that find favourites and kinds of sound, and show the regions of the kinds on the map. The usual
//! ones are there until a person types, the others and the menu of banks after a press of “more…”.

use std::cell::Cell;

use plane::Tag;
use play::State;
use play::action::{Action, FindAction};
use play::error::AppError;
use play::regions::REGION_KINDS;
use web_sys::{Element, Event, HtmlElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{on_click, set_pressed};

/// How many kinds are shown without a press of “more…”.
const USUAL_COUNT: usize = 8;
/// The kinds without regions.
const OTHER_KINDS: [Tag; 3] = [Tag::Synth, Tag::Organ, Tag::Wind];

/// The chips.
pub struct KindChips {
    favourites: Element,
    usual: HtmlElement,
    chips: Vec<(Tag, Element)>,
    /// True if only favourites are found; the kind; true if words alone are searched for.
    shown: Option<(bool, Option<Tag>, bool)>,
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
        let chip = |(number, tag): (usize, Tag)| {
            let chip = dom::create("button", "");
            for (attribute, value) in [("type", "button"), ("aria-pressed", "false")] {
                let _ = chip.set_attribute(attribute, value);
            }
            chip.set_text_content(Some(app.language().region_kind(tag)));
            if number < USUAL_COUNT {
                let _ = list.insert_before(&chip, Some(&more));
            } else {
                let _ = rest.insert_before(&chip, rest.last_element_child().as_deref());
            }
            (tag, chip)
        };
        let chips: Vec<(Tag, Element)> =
            REGION_KINDS.into_iter().chain(OTHER_KINDS).enumerate().map(chip).collect();
        for &(tag, ref chip) in &chips {
            let owned = app.clone();
            root.listen(chip, "click", move |_: Event| {
                owned.dispatch(Action::Find(FindAction::ToggleKind(tag)));
            });
        }
        on_click(app, "find-favourites", |app| app.dispatch(Action::Find(FindAction::ToggleFavourites)))?;
        let is_open = Cell::new(false);
        on_click(app, "kinds-more", move |_| {
            let opens = !is_open.replace(!is_open.get());
            rest.set_hidden(!opens);
            let _ = more.set_attribute("aria-expanded", if opens { "true" } else { "false" });
        })?;
        Ok(Self { favourites: root.element("find-favourites")?, usual: list, chips, shown: None })
    }
}

impl View for KindChips {
    fn show(&mut self, state: &State) {
        let filter = &state.map.finder.filter;
        let is_typed = !filter.query.trim().is_empty() && filter.bank.is_none();
        let now = (filter.only_favourites, filter.kind, is_typed);
        if self.shown.replace(now) == Some(now) {
            return;
        }
        set_pressed(&self.favourites, now.0);
        // A kind or a bank that is chosen stays in sight, so that a press gives it up.
        self.usual.set_hidden(now.2 && now.1.is_none());
        for (tag, chip) in &self.chips {
            set_pressed(chip, now.1 == Some(*tag));
        }
    }
}
