//! One parameter as a control: a slider, or a list where it is a choice.

use ::patch::{Display, Parameter};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement};

use crate::dom::{self, listen};
use crate::page::Page;
use crate::strings::Language;

/// Steps of a slider where the parameter is continuous: finer than a finger on the widest column.
const FINENESS: f32 = 500.0;

/// The control of a parameter.
pub struct Control {
    language: Language,
    parameter: Parameter,
    input: Input,
    shown: Option<f32>,
}

enum Input {
    Slider { slider: HtmlInputElement, text: Element },
    List(HtmlSelectElement),
}

impl Control {
    /// Builds it at the end of a list and follows it from now on.
    pub fn build(page: &Page, list: &Element, parameter: Parameter) -> Self {
        let info = parameter.info();
        let row = dom::create("label", "control");
        let name = dom::create("span", "control-name");
        name.set_text_content(Some(info.label));
        dom::append(&row, &name);
        let input = match info.display {
            Display::Choice(names) => build_list(page, &row, parameter, names),
            _ => build_slider(page, &row, parameter),
        };
        dom::append(list, &row);
        Self { language: page.language(), parameter, input, shown: None }
    }

    /// Shows a stored value; one that is shown already is left alone.
    pub fn show(&mut self, value: f32) {
        let value = self.parameter.snap(value);
        if self.shown.replace(value) == Some(value) {
            return;
        }
        match &self.input {
            Input::Slider { slider, text } => {
                let words = self.language.stored(self.parameter, value);
                slider.set_value_as_number(value.into());
                let _ = slider.set_attribute("aria-valuetext", &words);
                // Through the object model, which a strict style-src allows; an attribute would be refused.
                let level = format!("{:.1}%", 100.0 * share(self.parameter, value));
                let _ = slider.style().set_property("--level", &level);
                text.set_text_content(Some(&words));
            }
            Input::List(list) => {
                list.set_selected_index((value - self.parameter.info().min) as i32);
            }
        }
    }
}

fn build_slider(page: &Page, row: &Element, parameter: Parameter) -> Input {
    let info = parameter.info();
    let slider: HtmlInputElement = dom::create("input", "slider").unchecked_into();
    let step = if info.step > 0.0 { info.step } else { (info.max - info.min) / FINENESS };
    for (name, value) in [("min", info.min), ("max", info.max), ("step", step)] {
        let _ = slider.set_attribute(name, &value.to_string());
    }
    slider.set_type("range");
    let text = dom::create("output", "control-text");
    dom::append(row, &slider);
    dom::append(row, &text);
    let (owned, source) = (page.clone(), slider.clone());
    listen(&slider, "input", move |_: Event| owned.edit(parameter, source.value_as_number() as f32));
    let owned = page.clone();
    listen(&slider, "change", move |_: Event| owned.settle());
    Input::Slider { slider, text }
}

fn build_list(page: &Page, row: &Element, parameter: Parameter, names: &[&str]) -> Input {
    let list: HtmlSelectElement = dom::create("select", "list").unchecked_into();
    for name in names {
        let option = dom::create("option", "");
        option.set_text_content(Some(name));
        dom::append(&list, &option);
    }
    dom::append(row, &list);
    let (owned, source) = (page.clone(), list.clone());
    listen(&list, "change", move |_: Event| {
        owned.edit(parameter, parameter.info().min + source.selected_index() as f32);
        owned.settle();
    });
    Input::List(list)
}

/// How far a stored value lies between its parameter's least and greatest, 0…1.
fn share(parameter: Parameter, value: f32) -> f32 {
    let info = parameter.info();
    (parameter.snap(value) - info.min) / (info.max - info.min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_run_from_least_to_greatest() {
        for parameter in Parameter::ALL {
            let info = parameter.info();
            assert_eq!(share(parameter, info.min), 0.0);
            assert_eq!(share(parameter, info.max), 1.0);
        }
    }
}
