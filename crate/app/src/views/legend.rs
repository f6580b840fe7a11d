//! Which quality the map shows: the menu to choose it, the legend that says what its colours mean.

use plane::map::Layer;
use play::Options;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement};

use crate::dom::{self, listen};
use crate::pad::Pad;
use crate::page::Page;
use crate::strings::Language;
use crate::tabs::{Now, Tab};
use crate::trouble::AppError;

/// A layer's name, and what its first and last colours mean.
pub type Words = (String, [String; 2]);

/// Menu and legend.
pub struct Legend {
    page: Page,
    name: Element,
    low: Element,
    high: Element,
    list: Element,
    /// Dots, contours, snap.
    switches: [HtmlInputElement; 3],
    /// The layers that the menu offers; known patches first.
    offered: Vec<String>,
    /// The layer and its words.
    shown: Option<(usize, Words)>,
}

impl Legend {
    /// Finds its elements and follows the switches from now on.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(page: &Page) -> Result<Self, AppError> {
        let switches = [
            follow_switch(page, "show-dots", |options, on| options.dots = on)?,
            follow_switch(page, "show-contours", |options, on| options.contours = on)?,
            follow_switch(page, "show-snap", |options, on| options.snap = on)?,
        ];
        Ok(Self {
            page: page.clone(),
            name: dom::element("map-name")?,
            low: dom::element("legend-low")?,
            high: dom::element("legend-high")?,
            list: dom::element("map-list")?,
            switches,
            offered: Vec::new(),
            shown: None,
        })
    }

    fn offer(&mut self, names: Vec<String>) {
        while let Ok(Some(choice)) = self.list.query_selector(".choice") {
            choice.remove();
        }
        for (layer, name) in names.iter().enumerate() {
            let label = dom::create("label", "choice");
            let radio = dom::create("input", "");
            for (attribute, value) in
                [("type", "radio"), ("name", "map-layer"), ("value", &layer.to_string())]
            {
                let _ = radio.set_attribute(attribute, value);
            }
            let text = dom::create("span", "");
            text.set_text_content(Some(name));
            dom::append(&label, &radio);
            dom::append(&label, &text);
            dom::append(&self.list, &label);
            let page = self.page.clone();
            listen(&radio, "change", move |_: Event| page.with_pad(|pad| pad.set_layer(layer)));
        }
        self.offered = names;
    }
}

impl Tab for Legend {
    fn show(&mut self, now: &Now<'_>) {
        let Options { dots, contours, snap, .. } = now.options;
        for (switch, on) in self.switches.iter().zip([dots, contours, snap]) {
            switch.set_checked(on);
        }
        // Nobody can aim at dots that are not there.
        self.switches[2].set_disabled(!dots);
        let layers = now.map.map_or(&[][..], |map| &map.layers);
        let language = now.language;
        let names = layers.iter().map(|layer| language.layer_title(layer));
        let names: Vec<String> = std::iter::once(language.known_patches.clone()).chain(names).collect();
        // The map comes later than the page, and a model that was brought may have another one.
        if self.offered != names {
            self.offer(names);
            self.shown = None;
        }
        let layer = now.layer.checked_sub(1).and_then(|number| layers.get(number));
        let shown = (now.layer, words(layer, language));
        if self.shown.as_ref() == Some(&shown) {
            return;
        }
        let radio = self.list.query_selector(&format!("input[value='{}']", now.layer)).ok().flatten();
        if let Some(radio) = radio {
            // A link or the last visit chose, not a press here.
            radio.unchecked_into::<HtmlInputElement>().set_checked(true);
        }
        let (name, [low, high]) = &shown.1;
        self.name.set_text_content(Some(name));
        self.low.set_text_content(Some(low));
        self.high.set_text_content(Some(high));
        self.shown = Some(shown);
    }
}

/// The name of a layer, and what its first and last colours mean.
pub fn words(layer: Option<&Layer>, language: &Language) -> Words {
    match layer {
        Some(layer) => (language.layer_title(layer), language.ends(layer)),
        None => (language.known_patches.clone(), language.density_ends()),
    }
}

fn follow_switch(
    page: &Page,
    id: &'static str,
    set: fn(&mut Options, bool),
) -> Result<HtmlInputElement, AppError> {
    let switch: HtmlInputElement = dom::element(id)?;
    let (page, source) = (page.clone(), switch.clone());
    listen(&switch, "change", move |_: Event| {
        page.with_pad(|pad: &mut Pad| {
            set(&mut pad.options, source.checked());
            pad.redraw();
        });
    });
    Ok(switch)
}
