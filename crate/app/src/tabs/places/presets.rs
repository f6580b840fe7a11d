//! The part of Places that finds presets: a field, and a list of what it found.

use std::cell::RefCell;
use std::rc::Rc;

use latent::coordinates::Coordinates;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use crate::dom::{self, listen};
use crate::here::{bank_name, named};
use crate::page::Page;
use crate::strings;
use crate::tabs::places::search::search;
use crate::trouble::Trouble;

/// So many are listed; the map marks all of them.
const LISTED: usize = 40;

/// The elements of the search.
struct Finder {
    page: Page,
    field: HtmlInputElement,
    list: HtmlElement,
    count: Element,
    /// The rows of the buttons in the list.
    rows: RefCell<Vec<usize>>,
}

/// Follows the search from now on.
///
/// # Errors
/// If the page lacks an element.
pub fn follow(page: &Page) -> Result<(), Trouble> {
    let finder = Rc::new(Finder {
        page: page.clone(),
        field: dom::element("find")?,
        list: dom::element("found")?,
        count: dom::element("found-count")?,
        rows: RefCell::default(),
    });
    let owned = Rc::clone(&finder);
    listen(&finder.field, "input", move |_: Event| owned.find());
    let owned = Rc::clone(&finder);
    // One listener for all: the list is made anew with every letter.
    listen(&finder.list, "click", move |event: Event| owned.choose(&event));
    Ok(())
}

impl Finder {
    fn find(&self) {
        let Some(known) = self.page.known() else { return };
        let query = self.field.value();
        let found = search(&known, &query);
        self.list.set_text_content(None);
        for &row in found.iter().take(LISTED) {
            dom::append(&self.list, &button(&known, row));
        }
        let count = if query.trim().is_empty() { String::new() } else { strings::found(found.len()) };
        self.count.set_text_content(Some(&count));
        self.list.set_hidden(found.is_empty());
        if let Some(panel) = self.list.parent_element() {
            panel.set_scroll_top(0);
        }
        self.rows.replace(found.iter().copied().take(LISTED).collect());
        self.page.with_pad(|pad| pad.set_found(found));
    }

    fn choose(&self, event: &Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(button) = target.and_then(|target| target.closest("button").ok().flatten()) else { return };
        let row = button.get_attribute("data-row").and_then(|row| row.parse().ok());
        if let Some(row) = row.filter(|row| self.rows.borrow().contains(row)) {
            self.page.go_to_known(row);
            self.page.sample();
        }
    }
}

fn button(known: &Coordinates, row: usize) -> Element {
    let button = dom::create("button", "result");
    let _ = button.set_attribute("type", "button");
    let _ = button.set_attribute("data-row", &row.to_string());
    let name = dom::create("span", "result-name");
    name.set_text_content(Some(named(&known.name[row])));
    let bank = dom::create("small", "");
    bank.set_text_content(Some(bank_name(&known.banks[usize::from(known.bank[row])])));
    dom::append(&button, &name);
    dom::append(&button, &bank);
    button
}
