//! The part of Share that lists the imported banks, each with a button that removes it.

use std::rc::Rc;

use plane::{Coordinates, bank_name};
use play::State;
use play::error::AppError;
use web_sys::{Element, HtmlElement};

use crate::app::App;
use crate::dom;
use crate::view::View;

/// The list.
pub struct ImportedBanks {
    app: App,
    list: HtmlElement,
    shown: Option<(Rc<Coordinates>, Option<usize>)>,
}

impl ImportedBanks {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        Ok(Self { app: app.clone(), list: root.element("yours")?, shown: None })
    }

    fn line(&self, position: usize, name: &str, count: usize) -> Element {
        let language = self.app.language();
        let line = dom::create("li", "own-bank");
        let mark = dom::create("small", "tag");
        mark.set_text_content(Some(&language.yours));
        let title = dom::create("b", "");
        title.set_text_content(Some(name));
        let size = dom::create("small", "");
        size.set_text_content(Some(&language.presets(count)));
        let button = dom::create("button", "delete");
        for (attribute, value) in [
            ("type", "button"),
            ("data-bank", &*position.to_string()),
            ("aria-label", &*language.remove_bank(name)),
        ] {
            let _ = button.set_attribute(attribute, value);
        }
        button.set_text_content(Some("×"));
        for part in [mark, title, size, button] {
            dom::append(&line, &part);
        }
        line
    }
}

impl View for ImportedBanks {
    fn show(&mut self, state: &State) {
        let Some(known) = &state.library.known else { return };
        let own_rows = state.library.own_rows;
        if self.shown.as_ref().is_some_and(|(shown, rows)| Rc::ptr_eq(shown, known) && *rows == own_rows) {
            return;
        }
        self.shown = Some((Rc::clone(known), own_rows));
        self.list.set_text_content(None);
        let imported =
            known.banks.iter().enumerate().filter(|&(bank, _)| state.library.is_imported_bank(bank));
        for (position, (bank, file)) in imported.enumerate() {
            let count = known.bank.iter().filter(|&&own| usize::from(own) == bank).count();
            dom::append(&self.list, &self.line(position, bank_name(file), count));
        }
        self.list.set_hidden(self.list.child_element_count() == 0);
    }
}
