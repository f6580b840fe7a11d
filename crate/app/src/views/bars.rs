//! The eight timbral descriptors that the map predicts for where you are, as bars: small ones beside
//! the words on a phone, rows with names and numbers elsewhere (the style sheet decides).

use plane::map::Layer;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::dom;
use crate::root::Root;
use crate::strings::Language;
use crate::tabs::Now;
use crate::trouble::AppError;

/// The bars of a map's layers.
pub struct Bars {
    list: HtmlElement,
    rows: Vec<Row>,
}

struct Row {
    /// Of the layer.
    name: String,
    element: HtmlElement,
    text: Element,
    /// The hundredths of the bar and whether it is that of the map: what is shown.
    shown: Option<(i32, bool)>,
}

impl Bars {
    /// Finds their place; there are none before the map is here.
    pub fn find(root: &Root) -> Result<Self, AppError> {
        Ok(Self { list: root.element("bars")?, rows: Vec::new() })
    }

    /// Shows what the map says of your place.
    pub fn show(&mut self, now: &Now<'_>) {
        // A model that was brought may have another map, or none.
        self.list.set_hidden(now.map.is_none());
        let Some(map) = now.map else { return };
        if !self.rows.iter().map(|row| &row.name).eq(map.layers.iter().map(|layer| &layer.name)) {
            self.list.set_text_content(None);
            self.rows = map.layers.iter().map(|layer| Row::add_to(&self.list, layer, now.language)).collect();
        }
        for (number, (row, of)) in self.rows.iter_mut().zip(&map.layers).enumerate() {
            let Some(value) = map.value(&of.name, now.place.x, now.place.y) else { continue };
            let looks = ((100.0 * share(of, value)).round() as i32, number + 1 == now.layer);
            if row.shown.replace(looks) == Some(looks) {
                continue;
            }
            row.text.set_text_content(Some(&now.language.quality(value, of)));
            let _ = row.element.style().set_property("--level", &format!("{}%", looks.0));
            row.element.set_class_name(if looks.1 { "bar-row seen" } else { "bar-row" });
        }
    }
}

impl Row {
    fn add_to(list: &HtmlElement, layer: &Layer, language: &Language) -> Self {
        let (element, text) = add_row(list, "bar-row", &language.layer_title(layer));
        Self { name: layer.name.clone(), element, text, shown: None }
    }
}

/// How far a value lies between the layer's least and greatest, 0…1.
pub fn share(layer: &Layer, value: f32) -> f32 {
    let [least, greatest] = layer.range();
    if greatest > least { ((value - least) / (greatest - least)).clamp(0.0, 1.0) } else { 0.0 }
}

/// Puts a row for a quality of this name at the end of a list; answers it and the room for its value in
/// words.
pub fn add_row(list: &HtmlElement, class: &str, title: &str) -> (HtmlElement, Element) {
    let row = dom::create("div", class);
    let name = dom::create("dt", "");
    name.set_text_content(Some(title));
    let text = dom::create("dd", "");
    dom::append(&row, &name);
    dom::append(&row, &text);
    dom::append(list, &row);
    (row.unchecked_into(), text)
}
