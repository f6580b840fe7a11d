//! The control of one parameter: a slider with a field for its value, or a list for a choice.

use patch::{Display, Parameter};
use play::action::{Action, Edit};
use play::graphs::share;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement};

use super::field::ValueField;
use crate::app::App;
use crate::dom;
use crate::views::controls::{add_option, set_slider};

/// Steps of a continuous parameter's slider: finer than a finger on the widest column.
const SLIDER_STEPS: f32 = 500.0;

/// The control of a parameter.
pub struct ParameterControl {
    app: App,
    parameter: Parameter,
    input: ControlInput,
    shown: Option<f32>,
}

enum ControlInput {
    Slider { slider: HtmlInputElement, field: ValueField },
    List(HtmlSelectElement),
}

impl ParameterControl {
    /// Adds the control at the end of a list.
    pub fn build(app: &App, list: &Element, parameter: Parameter) -> Self {
        let info = parameter.info();
        let row = dom::create("div", "control");
        let name = dom::create("span", "control-name");
        name.set_text_content(Some(app.language().breaking(parameter)));
        dom::append(&row, &name);
        let input = match info.display {
            Display::Choice(names) => build_list(app, &row, parameter, names),
            _ => build_slider(app, &row, parameter),
        };
        dom::append(list, &row);
        Self { app: app.clone(), parameter, input, shown: None }
    }

    /// Shows a stored value, unless it is shown already.
    pub fn show(&mut self, value: f32) {
        let value = self.parameter.snap(value);
        if self.shown.replace(value) == Some(value) {
            return;
        }
        match &self.input {
            ControlInput::Slider { slider, field } => {
                let words = self.app.language().stored(self.parameter, value);
                set_slider(slider, value.into(), 100.0 * f64::from(share(self.parameter, value)), &words);
                field.show(&words);
            }
            ControlInput::List(list) => {
                list.set_selected_index((value - self.parameter.info().min) as i32);
            }
        }
    }
}

fn build_slider(app: &App, row: &Element, parameter: Parameter) -> ControlInput {
    let info = parameter.info();
    let slider: HtmlInputElement = dom::create("input", "slider").unchecked_into();
    let step = if info.step > 0.0 { info.step } else { (info.max - info.min) / SLIDER_STEPS };
    for (name, value) in [("min", info.min), ("max", info.max), ("step", step)] {
        let _ = slider.set_attribute(name, &value.to_string());
    }
    slider.set_type("range");
    let _ = slider.set_attribute("aria-label", &app.language().parameter(parameter));
    dom::append(row, &slider);
    let field = ValueField::build(app, row, parameter);
    let (owned, source) = (app.clone(), slider.clone());
    app.root().listen(&slider, "input", move |_: Event| {
        owned.dispatch(Action::Edit(Edit::SetParameter(parameter, source.value_as_number() as f32)));
    });
    let owned = app.clone();
    app.root().listen(&slider, "change", move |_: Event| owned.dispatch(Action::Edit(Edit::FinishStep)));
    ControlInput::Slider { slider, field }
}

fn build_list(app: &App, row: &Element, parameter: Parameter, names: &[&str]) -> ControlInput {
    let list: HtmlSelectElement = dom::create("select", "list").unchecked_into();
    for name in names {
        add_option(&list, app.language().choice(name));
    }
    let _ = list.set_attribute("aria-label", &app.language().parameter(parameter));
    dom::append(row, &list);
    let (owned, source) = (app.clone(), list.clone());
    app.root().listen(&list, "change", move |_: Event| {
        let value = parameter.info().min + source.selected_index() as f32;
        owned.dispatch(Action::Edit(Edit::SetParameter(parameter, value)));
        owned.dispatch(Action::Edit(Edit::FinishStep));
    });
    ControlInput::List(list)
}
