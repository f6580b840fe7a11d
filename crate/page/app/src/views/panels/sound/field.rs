//! The field in which a parameter's value is typed: with or without its unit. Escape restores the value.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ::patch::Parameter;
use ::play::action::{Action, Edit};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

use crate::app::App;
use crate::dom;

/// The field. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct ValueField(Rc<FieldParts>);

struct FieldParts {
    app: App,
    parameter: Parameter,
    input: HtmlInputElement,
    /// Says what is wrong with a text.
    error: Element,
    /// The text of the value.
    shown: RefCell<String>,
    /// True if a person has typed something that is not entered yet: a moving sound must not replace it.
    is_typed: Cell<bool>,
    /// True if what was typed is no value: another value replaces it once the person is elsewhere.
    is_refused: Cell<bool>,
}

impl ValueField {
    /// Adds the field at the end of a row.
    pub fn build(app: &App, row: &Element, parameter: Parameter) -> Self {
        let input: HtmlInputElement = dom::create("input", "value").unchecked_into();
        let error = dom::create("p", "value-error trouble");
        let name = app.language().value_of(&app.language().parameter(parameter));
        // A keypad of digits has no minus sign.
        let keypad = if parameter.text(parameter.info().min).starts_with('−') { "text" } else { "decimal" };
        for (attribute, value) in [
            ("type", "text"),
            ("inputmode", keypad),
            ("enterkeyhint", "done"),
            ("autocomplete", "off"),
            ("spellcheck", "false"),
            ("aria-label", &name),
        ] {
            let _ = input.set_attribute(attribute, value);
        }
        let _ = error.set_attribute("role", "alert");
        dom::append(row, &input);
        dom::append(row, &error);
        let field = Self(Rc::new(FieldParts {
            app: app.clone(),
            parameter,
            input,
            error,
            shown: RefCell::default(),
            is_typed: Cell::default(),
            is_refused: Cell::default(),
        }));
        let input = &field.0.input;
        let owned = field.clone();
        app.root().listen(input, "focus", move |_: Event| owned.0.input.select());
        let owned = field.clone();
        app.root().listen(input, "input", move |_: Event| owned.0.is_typed.set(true));
        let owned = field.clone();
        app.root().listen(input, "change", move |_: Event| owned.enter());
        let owned = field.clone();
        app.root().listen(input, "keydown", move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                owned.enter();
                owned.0.input.select();
            }
            // The next Escape leaves the field.
            "Escape" if owned.0.is_typed.get() => {
                event.stop_propagation();
                owned.restore();
                owned.0.input.select();
            }
            _ => {}
        });
        field
    }

    /// Shows the text of a value.
    pub fn show(&self, text: &str) {
        let is_same = self.0.shown.replace(text.to_owned()) == text;
        if !self.0.is_typed.get() || (!is_same && self.0.is_refused.get() && !self.has_focus()) {
            self.restore();
        }
    }

    fn has_focus(&self) -> bool {
        self.0.input.matches(":focus").unwrap_or_default()
    }

    fn restore(&self) {
        self.0.is_typed.set(false);
        self.0.input.set_value(&self.0.shown.borrow());
        self.complain(None);
    }

    fn complain(&self, sentence: Option<&str>) {
        self.0.is_refused.set(sentence.is_some());
        self.0.error.set_text_content(sentence);
        let is_invalid = if sentence.is_some() { "true" } else { "false" };
        let _ = self.0.input.set_attribute("aria-invalid", is_invalid);
    }

    fn enter(&self) {
        let FieldParts { app, parameter, input, .. } = &*self.0;
        let (text, shown) = (input.value(), self.0.shown.borrow().clone());
        if text == shown {
            return self.restore();
        }
        match parameter.parse_over(&shown, &app.language().entered(&text)) {
            Ok(value) => {
                self.0.is_typed.set(false);
                self.show(&app.language().stored(*parameter, value));
                app.dispatch(Action::Edit(Edit::SetParameter(*parameter, value)));
                app.dispatch(Action::Edit(Edit::FinishStep));
            }
            Err(_) => self.complain(Some(&app.language().no_value(&text, &shown))),
        }
    }
}
