//! The part of Places that finds presets: by name or bank, with a list of results.

use std::cell::RefCell;
use std::rc::Rc;

use plane::{Coordinates, bank_name};
use play::State;
use play::action::{Action, Edit, MapAction, TouchAction};
use play::error::AppError;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::search::search;
use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::set_options;
use crate::words::Language;

/// The most results in the list, at least a whole bank; the map marks all results.
const LIST_LIMIT: usize = patch::file::BANK_CAPACITY;

/// The search.
pub struct PresetFinder {
    parts: Rc<FinderParts>,
    /// The known patches whose banks the menu lists.
    offered: Option<Rc<Coordinates>>,
}

struct FinderParts {
    app: App,
    field: HtmlInputElement,
    bank: HtmlSelectElement,
    list: HtmlElement,
    count: Element,
    /// The rows of the buttons in the list.
    rows: RefCell<Vec<usize>>,
}

impl PresetFinder {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let parts = Rc::new(FinderParts {
            app: app.clone(),
            field: root.element("find")?,
            bank: root.element("find-bank")?,
            list: root.element("found")?,
            count: root.element("found-count")?,
            rows: RefCell::default(),
        });
        let owned = Rc::clone(&parts);
        root.listen(&parts.field, "input", move |_: Event| owned.find());
        let owned = Rc::clone(&parts);
        root.listen(&parts.bank, "change", move |_: Event| owned.find());
        let owned = Rc::clone(&parts);
        // One listener for the list, which is rebuilt with every letter.
        root.listen(&parts.list, "click", move |event: Event| owned.choose(&event));
        Ok(Self { parts, offered: None })
    }
}

impl View for PresetFinder {
    fn show(&mut self, state: &State) {
        let Some(known) = &state.library.known else { return };
        if self.offered.as_ref().is_some_and(|offered| Rc::ptr_eq(offered, known)) {
            return;
        }
        if self.offered.replace(Rc::clone(known)).is_none_or(|before| before.banks != known.banks) {
            self.parts.offer(known);
        }
        // The results may have changed.
        self.parts.find();
    }
}

impl FinderParts {
    fn offer(&self, known: &Coordinates) {
        let chosen = self.bank.selected_index().max(0);
        let names = known.banks.iter().map(|file| bank_name(file));
        set_options(&self.bank, std::iter::once(self.app.language().all_banks.as_str()).chain(names));
        // The chosen bank may have been removed.
        self.bank.set_selected_index(if chosen as usize > known.banks.len() { 0 } else { chosen });
    }

    fn find(&self) {
        let Some(known) = self.app.state().library.known.clone() else { return };
        let query = self.field.value();
        // The first choice stands for all banks.
        let bank = usize::try_from(self.bank.selected_index()).ok().and_then(|chosen| chosen.checked_sub(1));
        let found = search(&known, &query, bank);
        let language = self.app.language();
        self.list.set_text_content(None);
        for &row in found.iter().take(LIST_LIMIT) {
            dom::append(&self.list, &button(&known, row, language));
        }
        let is_asked = bank.is_some() || !query.trim().is_empty();
        let count = if is_asked { language.found(&query, found.len()) } else { String::new() };
        self.count.set_text_content(Some(&count));
        self.list.set_hidden(found.is_empty());
        self.list.set_scroll_top(0);
        self.rows.replace(found.iter().copied().take(LIST_LIMIT).collect());
        self.app.dispatch(Action::Map(MapAction::SetFound(found)));
    }

    fn choose(&self, event: &Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(button) = target.and_then(|target| target.closest("button").ok().flatten()) else { return };
        let row = button.get_attribute("data-row").and_then(|row| row.parse().ok());
        let is_listed = |row: &usize| self.rows.borrow().contains(row);
        if let Some(row) = row.filter(is_listed) {
            self.app.dispatch(Action::Edit(Edit::GoToPreset(row)));
            self.app.dispatch(Action::Touch(TouchAction::Sample(dom::now_ms())));
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
    bank.set_text_content(Some(known.bank_of(row)));
    dom::append(&button, &name);
    dom::append(&button, &bank);
    button
}
