//! How the current point sounds, as bars: the values that the map predicts, or the measured ones of a known preset or
//! of a patch that the map does not have. A line says which. Small ones beside the words on a phone, rows with names
//! and numbers elsewhere (the style sheet decides).

use plane::{Layer, Point};
use play::State;
use play::editing::HeardValues;
use play::error::AppError;
use web_sys::{Element, HtmlElement};

use crate::app::App;
use crate::view::View;
use crate::views::controls::add_row;
use crate::words::Language;

/// In place of a value that is not measured.
const UNKNOWN: &str = "–";

/// The bars of a map's layers.
pub struct Bars {
    language: Language,
    list: HtmlElement,
    rows: Vec<Bar>,
    /// The line about the source, and the source that it shows.
    source_text: Option<Element>,
    source: Option<&'static str>,
    /// While only paths play: where the first of their fingers was last.
    followed: Option<Point>,
}

struct Bar {
    /// The layer's name.
    name: String,
    element: HtmlElement,
    text: Element,
    /// As last shown: the hundredths of the bar, whether the map shows its layer, and whether the value is known.
    shown: Option<(i32, bool, bool)>,
}

impl Bars {
    /// Finds their list, which is empty until the map is loaded.
    ///
    /// # Errors
    /// If the list is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        Ok(Self {
            language: app.language().clone(),
            list: app.root().element("bars")?,
            rows: Vec::new(),
            source_text: None,
            source: None,
            followed: None,
        })
    }
}

impl View for Bars {
    fn show(&mut self, state: &State) {
        // An imported model may have another map, or none.
        self.list.set_hidden(state.library.map.is_none());
        let Some(map) = state.library.map.as_deref() else { return };
        if !self.rows.iter().map(|row| &row.name).eq(map.layers.iter().map(|layer| &layer.name)) {
            self.list.set_text_content(None);
            let rows = map.layers.iter().map(|layer| Bar::add_to(&self.list, layer, &self.language));
            self.rows = rows.collect();
            let (_, text) = add_row(&self.list, "bars-source", &self.language.values_are);
            (self.source_text, self.source) = (Some(text), None);
        }
        // The same point as in the words beside the bars.
        self.followed = state.followed_point(self.followed);
        let (point, heard) = match self.followed {
            Some(point) => (point, HeardValues::OfMap),
            None => (state.point(), state.heard_values()),
        };
        let (source, words) = match heard {
            HeardValues::OfMap => ("bars predicted", &self.language.predicted_by_map),
            HeardValues::OfPreset(_) | HeardValues::Measured(_) => {
                ("bars measured", &self.language.measured_note)
            }
            HeardValues::Unmeasured => ("bars unmeasured", &self.language.unmeasured),
            HeardValues::Unmeasurable => ("bars unmeasured unmeasurable", &self.language.unmeasurable),
        };
        let is_known = !matches!(heard, HeardValues::Unmeasured | HeardValues::Unmeasurable);
        if self.source.replace(source) != Some(source) {
            self.list.set_class_name(source);
            if let Some(text) = &self.source_text {
                text.set_text_content(Some(words));
            }
        }
        for (number, (row, layer)) in self.rows.iter_mut().zip(&map.layers).enumerate() {
            let Some(value) = state.value_of(&heard, point, (number, layer)) else { continue };
            let (level, is_on_map) =
                ((100.0 * layer.share(value)).round() as i32, number + 1 == state.map.layer);
            if row.shown.replace((level, is_on_map, is_known)) == Some((level, is_on_map, is_known)) {
                continue;
            }
            let text = if is_known { &self.language.quality(value, layer) } else { UNKNOWN };
            row.text.set_text_content(Some(text));
            let _ = row.element.style().set_property("--level", &format!("{level}%"));
            row.element.set_class_name(if is_on_map { "bar-row seen" } else { "bar-row" });
        }
    }
}

impl Bar {
    fn add_to(list: &HtmlElement, layer: &Layer, language: &Language) -> Self {
        let (element, text) = add_row(list, "bar-row", &language.layer_title(layer));
        Self { name: layer.name.clone(), element, text, shown: None }
    }
}
