//! Which quality the map shows: the menu to choose it, the legend that says what its colours mean.

use std::cell::Cell;
use std::rc::Rc;

use latent::map::Layer;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement};

use crate::dom::{self, listen};
use crate::pad::{Options, Pad};
use crate::page::Page;
use crate::strings;
use crate::tabs::{Now, Tab};
use crate::trouble::Trouble;

/// Menu and legend.
pub struct Legend {
    page: Page,
    name: Element,
    low: Element,
    high: Element,
    list: Element,
    /// The layers that the menu offers; known patches first.
    offered: usize,
    shown: Rc<Cell<Option<usize>>>,
}

impl Legend {
    /// Finds its elements and follows the switches from now on.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(page: &Page) -> Result<Self, Trouble> {
        follow_switch(page, "show-dots", |options, on| options.dots = on)?;
        follow_switch(page, "show-contours", |options, on| options.contours = on)?;
        follow_switch(page, "show-snap", |options, on| options.snap = on)?;
        Ok(Self {
            page: page.clone(),
            name: dom::element("map-name")?,
            low: dom::element("legend-low")?,
            high: dom::element("legend-high")?,
            list: dom::element("map-list")?,
            offered: 0,
            shown: Rc::default(),
        })
    }

    fn offer(&mut self, name: &str, layer: usize) {
        let label = dom::create("label", "choice");
        let radio = dom::create("input", "");
        for (attribute, value) in [("type", "radio"), ("name", "map-layer"), ("value", &layer.to_string())] {
            let _ = radio.set_attribute(attribute, value);
        }
        let text = dom::create("span", "");
        text.set_text_content(Some(name));
        dom::append(&label, &radio);
        dom::append(&label, &text);
        dom::append(&self.list, &label);
        let page = self.page.clone();
        listen(&radio, "change", move |_: Event| page.with_pad(|pad| pad.set_layer(layer)));
        self.offered = layer + 1;
    }
}

impl Tab for Legend {
    fn show(&mut self, now: &Now<'_>) {
        if self.offered == 0 {
            self.offer(strings::KNOWN_PATCHES, 0);
        }
        let layers = now.map.map_or(&[][..], |map| &map.layers);
        for (number, layer) in layers.iter().enumerate().skip(self.offered - 1) {
            self.offer(&strings::capital(&layer.name), number + 1);
            // Before the map was here, its layer could not be shown.
            self.shown.set(None);
        }
        if self.shown.replace(Some(now.layer)) == Some(now.layer) {
            return;
        }
        let radio = self.list.query_selector(&format!("input[value='{}']", now.layer)).ok().flatten();
        if let Some(radio) = radio {
            // A link or the last visit chose, not a press here.
            radio.unchecked_into::<HtmlInputElement>().set_checked(true);
        }
        let layer = now.layer.checked_sub(1).and_then(|number| layers.get(number));
        let (name, [low, high]) = words(layer);
        self.name.set_text_content(Some(&name));
        self.low.set_text_content(Some(&low));
        self.high.set_text_content(Some(&high));
    }
}

/// The name of a layer, and what its first and last colours mean.
pub fn words(layer: Option<&Layer>) -> (String, [String; 2]) {
    let Some(layer) = layer else {
        let ends = strings::DENSITY_ENDS.map(str::to_owned);
        return (strings::KNOWN_PATCHES.to_owned(), ends);
    };
    let [least, greatest] = layer.range();
    let low = strings::end(&layer.ends[0], least, layer, false);
    let high = strings::end(&layer.ends[1], greatest, layer, true);
    (strings::capital(&layer.name), [low, high])
}

fn follow_switch(page: &Page, id: &'static str, set: fn(&mut Options, bool)) -> Result<(), Trouble> {
    let switch: HtmlInputElement = dom::element(id)?;
    let (page, source) = (page.clone(), switch.clone());
    listen(&switch, "change", move |_: Event| {
        page.with_pad(|pad: &mut Pad| {
            set(&mut pad.options, source.checked());
            pad.redraw();
        });
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_say_words_extremes_and_the_unit_once() {
        let layer = Layer::new("brightness", "points", ["dark", "bright"], [12.4, 71.6]);
        let (name, ends) = words(Some(&layer));
        assert_eq!((&*name, &*ends[0], &*ends[1]), ("Brightness", "dark 12", "bright 72 points"));
        let layer = Layer::new("loudness", "LUFS", ["quiet", "loud"], [-40.0, -9.6]);
        assert_eq!(words(Some(&layer)).1, ["quiet −40", "loud −10 LUFS"]);
        let layer = Layer::new("reverb", "yes/no", ["dry", "reverberant"], [0.0, 1.0]);
        assert_eq!(words(Some(&layer)).1, ["dry", "reverberant"]);
        assert_eq!(words(None).1[0], "nobody yet");
    }
}
