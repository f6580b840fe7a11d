//! How the current point sounds, as bars: the map's values, or the measured ones of a patch that the map does not
//! have. Small ones beside the words on a phone, rows with names and numbers elsewhere (the style sheet decides).

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
    /// From where the shown values are.
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
        }
        // The same point as in the words beside the bars.
        self.followed = state.followed_point(self.followed);
        let (point, heard) = match self.followed {
            Some(point) => (point, HeardValues::OfMap),
            None => (state.point(), state.heard_values()),
        };
        let source = match heard {
            HeardValues::OfMap => "bars",
            HeardValues::Measured(_) => "bars measured",
            HeardValues::Unmeasured | HeardValues::Unmeasurable => "bars unmeasured",
        };
        let is_known = matches!(heard, HeardValues::OfMap | HeardValues::Measured(_));
        if self.source.replace(source) != Some(source) {
            self.list.set_class_name(source);
        }
        for (number, (row, layer)) in self.rows.iter_mut().zip(&map.layers).enumerate() {
            let value = match heard {
                HeardValues::Measured(values) => values.get(number).copied(),
                _ => map.value(&layer.name, point.x, point.y),
            };
            let Some(value) = value else { continue };
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
