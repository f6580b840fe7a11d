//! The part of Places that finds presets: by their names, by their bank, and a list of what was found.

use std::cell::RefCell;
use std::rc::Rc;

use plane::coordinates::Coordinates;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::dom::{self, listen};
use crate::here::bank_name;
use crate::page::Page;
use crate::strings::Language;
use crate::tabs::Now;
use crate::tabs::places::search::search;
use crate::trouble::AppError;

/// So many are listed, a whole bank at least; the map marks all of them.
const LISTED: usize = patch::file::BANK_CAPACITY;

/// The search.
pub struct Presets {
    finder: Rc<Finder>,
    /// The banks that are offered.
    offered: Vec<String>,
}

/// The elements of the search.
struct Finder {
    page: Page,
    field: HtmlInputElement,
    bank: HtmlSelectElement,
    list: HtmlElement,
    count: Element,
    /// The rows of the buttons in the list.
    rows: RefCell<Vec<usize>>,
}

impl Presets {
    /// Finds its elements and follows them from now on.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(page: &Page) -> Result<Self, AppError> {
        let finder = Rc::new(Finder {
            page: page.clone(),
            field: dom::element("find")?,
            bank: dom::element("find-bank")?,
            list: dom::element("found")?,
            count: dom::element("found-count")?,
            rows: RefCell::default(),
        });
        let owned = Rc::clone(&finder);
        listen(&finder.field, "input", move |_: Event| owned.find());
        let owned = Rc::clone(&finder);
        listen(&finder.bank, "change", move |_: Event| owned.find());
        let owned = Rc::clone(&finder);
        // One listener for all: the list is made anew with every letter.
        listen(&finder.list, "click", move |event: Event| owned.choose(&event));
        Ok(Self { finder, offered: Vec::new() })
    }

    /// Offers the banks that are on the map.
    pub fn show(&mut self, now: &Now<'_>) {
        let Some(known) = now.known.filter(|known| known.banks != self.offered) else { return };
        let Finder { bank, .. } = &*self.finder;
        let chosen = bank.selected_index().max(0);
        bank.set_text_content(None);
        let names = known.banks.iter().map(|file| bank_name(file));
        for name in std::iter::once(now.language.all_banks.as_str()).chain(names) {
            let option = dom::create("option", "");
            option.set_text_content(Some(name));
            dom::append(bank, &option);
        }
        // Where banks went away, the chosen one may be among them.
        bank.set_selected_index(if chosen as usize > known.banks.len() { 0 } else { chosen });
        self.offered.clone_from(&known.banks);
        let finder = Rc::clone(&self.finder);
        // Not now: the page is telling. What was found may be gone, or there may be more of it.
        dom::after(0, move || finder.find());
    }
}

impl Finder {
    fn find(&self) {
        let Some(known) = self.page.known() else { return };
        let query = self.field.value();
        // The first choice stands for all banks.
        let bank = usize::try_from(self.bank.selected_index()).ok().and_then(|chosen| chosen.checked_sub(1));
        let found = search(&known, &query, bank);
        let language = self.page.language();
        self.list.set_text_content(None);
        for &row in found.iter().take(LISTED) {
            dom::append(&self.list, &button(&known, row, &language));
        }
        let asked = bank.is_some() || !query.trim().is_empty();
        let count = if asked { language.found(found.len()) } else { String::new() };
        self.count.set_text_content(Some(&count));
        self.list.set_hidden(found.is_empty());
        self.list.set_scroll_top(0);
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

fn button(known: &Coordinates, row: usize, language: &Language) -> Element {
    let button = dom::create("button", "result");
    let _ = button.set_attribute("type", "button");
    let _ = button.set_attribute("data-row", &row.to_string());
    let name = dom::create("span", "result-name");
    name.set_text_content(Some(language.named(&known.name[row])));
    let bank = dom::create("small", "");
    bank.set_text_content(Some(bank_name(&known.banks[usize::from(known.bank[row])])));
    dom::append(&button, &name);
    dom::append(&button, &bank);
    button
}
