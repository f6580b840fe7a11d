//! The search field of Places, the menu of banks, the number of results, and the sound that results are like.

use std::rc::Rc;

use plane::{Coordinates, bank_name};
use play::State;
use play::action::{Action, FindAction};
use play::error::AppError;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{on_click, set_options};

/// The controls of the search.
pub struct PresetFinder {
    app: App,
    field: HtmlInputElement,
    bank: HtmlSelectElement,
    count: Element,
    /// The chip of the sound that results are like.
    like: HtmlElement,
    hint: HtmlElement,
    /// The known patches whose banks the menu lists.
    offered: Option<Rc<Coordinates>>,
    /// The bank that the menu shows.
    shown_bank: Option<usize>,
    /// The count, the name of the sound, whether anything is searched for.
    shown: Option<(String, Option<String>, bool)>,
}

impl PresetFinder {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let (field, bank): (HtmlInputElement, HtmlSelectElement) =
            (root.element("find")?, root.element("find-bank")?);
        let (owned, source) = (app.clone(), field.clone());
        root.listen(&field, "input", move |_: Event| {
            owned.dispatch(Action::Find(FindAction::Query(source.value())));
        });
        let (owned, source) = (app.clone(), bank.clone());
        root.listen(&bank, "change", move |_: Event| {
            // The first choice stands for all banks.
            let chosen =
                usize::try_from(source.selected_index()).ok().and_then(|chosen| chosen.checked_sub(1));
            owned.dispatch(Action::Find(FindAction::Bank(chosen)));
        });
        // The keyboard of a phone makes room for the results.
        let source = field.clone();
        root.listen(&field, "keydown", move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                let _ = source.blur();
            }
        });
        on_click(app, "like", |app| app.dispatch(Action::Find(FindAction::LikeAny)))?;
        Ok(Self {
            app: app.clone(),
            field,
            bank,
            count: root.element("found-count")?,
            like: root.element("like")?,
            hint: root.element("find-hint")?,
            offered: None,
            shown_bank: None,
            shown: None,
        })
    }

    fn offer(&mut self, state: &State, known: &Rc<Coordinates>) {
        if self.offered.as_ref().is_some_and(|offered| Rc::ptr_eq(offered, known)) {
            return;
        }
        let language = self.app.language();
        let before = self.offered.replace(Rc::clone(known));
        if before.is_none_or(|before| before.banks != known.banks) {
            let name = |(bank, file): (usize, &String)| match state.library.is_imported_bank(bank) {
                true => language.bank_of_yours(bank_name(file)),
                false => bank_name(file).to_owned(),
            };
            let names: Vec<String> = known.banks.iter().enumerate().map(name).collect();
            let all = std::iter::once(language.all_banks.as_str());
            set_options(&self.bank, all.chain(names.iter().map(String::as_str)));
            self.shown_bank = None;
            self.bank.set_selected_index(0);
        }
    }

    fn count(&self, state: &State, known: &Coordinates) -> String {
        let (filter, language) = (&state.map.finder.filter, self.app.language());
        // Several words say below the field how many sounds have all.
        let words = state.map.finder.reading.words.len();
        match state.map.found_whole {
            _ if !filter.is_asking() || words > 1 && !state.map.found.is_empty() => String::new(),
            0 => language.found_nothing(&filter.query, state.is_amsynth()),
            found => language.found_of(found, known.len()),
        }
    }
}

impl View for PresetFinder {
    fn show(&mut self, state: &State) {
        let Some(known) = &state.library.known else { return };
        self.offer(state, known);
        let filter = &state.map.finder.filter;
        if self.shown_bank != filter.bank {
            self.shown_bank = filter.bank;
            self.bank.set_selected_index(filter.bank.map_or(0, |bank| bank as i32 + 1));
        }
        // A search that was changed elsewhere; what a person types is in the field already.
        let is_typing = self.field.matches(":focus").unwrap_or(false);
        if filter.query != self.field.value() && (filter.query.is_empty() || !is_typing) {
            self.field.set_value(&filter.query);
        }
        let name = filter.like.as_ref().map(|like| self.app.language().similar_to(&like.name));
        let now = (self.count(state, known), name, filter.is_asking());
        if self.shown.as_ref() == Some(&now) {
            return;
        }
        self.count.set_text_content(Some(&now.0));
        self.hint.set_hidden(now.2);
        dom::set_hidden(&self.like, now.1.is_none(), self.field.unchecked_ref());
        if let (Some(name), Ok(Some(text))) = (&now.1, self.like.query_selector("span")) {
            text.set_text_content(Some(name));
            // Each result has a button named like the text, which does the contrary.
            let _ = self.like.set_attribute("aria-label", &self.app.language().remove_bank(name));
        }
        self.shown = Some(now);
    }
}
