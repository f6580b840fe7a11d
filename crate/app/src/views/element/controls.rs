//! The element's own controls: play, hold, and what the map shows, with its legend. Each does what the
//! page around could do by property or call.

use std::cell::RefCell;
use std::rc::Rc;

use plane::map::Layer;
use web_sys::{Element, Event, HtmlElement, HtmlSelectElement};

use crate::dom;
use crate::hand::TouchSource;
use crate::legend;
use crate::page::Page;
use crate::strings::Language;
use crate::tabs::{Now, Tab};
use crate::trouble::AppError;

/// The name of a layer that is wished for, which may be known before the map is here.
pub type Wish = Rc<RefCell<Option<String>>>;

/// Two buttons and a list.
pub struct Controls {
    page: Page,
    play: HtmlElement,
    hold: HtmlElement,
    layers: HtmlSelectElement,
    /// What the first and the last colour mean.
    ends: [Element; 2],
    wish: Wish,
    /// The layers that the list offers; known patches first.
    offered: usize,
    shown: Option<Looks>,
}

/// What a person sees of the state.
#[derive(Clone, Copy, PartialEq)]
struct Looks {
    sounding: bool,
    hold: bool,
    layer: usize,
    has_map: bool,
}

impl Controls {
    /// Finds them and follows them from now on.
    ///
    /// # Errors
    /// If one is missing.
    pub fn build(page: &Page, wish: &Wish) -> Result<Self, AppError> {
        let root = page.root();
        let mut controls = Self {
            page: page.clone(),
            play: root.element("play")?,
            hold: root.element("hold")?,
            layers: root.element("layer")?,
            ends: [root.element("legend-low")?, root.element("legend-high")?],
            wish: Rc::clone(wish),
            offered: 0,
            shown: None,
        };
        controls.offer(None, &page.language());
        let owned = page.clone();
        root.listen(&controls.play, "click", move |_: Event| play_or_stop(&owned));
        let owned = page.clone();
        root.listen(&controls.hold, "click", move |_: Event| owned.change(|state| state.notes.latch ^= true));
        let (owned, source) = (page.clone(), controls.layers.clone());
        root.listen(&controls.layers, "change", move |_: Event| {
            // The list is in the order of the layers.
            let layer = source.selected_index().try_into().unwrap_or(0);
            owned.with_pad(|pad| pad.set_layer(layer));
        });
        Ok(controls)
    }

    /// Adds a choice: a layer of the map, or the known patches.
    fn offer(&mut self, layer: Option<&Layer>, language: &Language) {
        let option = dom::create("option", "");
        option.set_text_content(Some(&legend::words(layer, language).0));
        dom::append(&self.layers, &option);
        self.offered += 1;
    }

    /// Grants the wish, as soon as the map can.
    fn grant(&self, layers: &[Layer], shown: usize) {
        if layers.is_empty() {
            return;
        }
        let Some(name) = self.wish.borrow_mut().take() else { return };
        let wished = layers.iter().position(|layer| layer.name == name).map_or(0, |number| number + 1);
        if wished != shown {
            let page = self.page.clone();
            // Not now: the page is telling.
            dom::after(0, move || page.with_pad(|pad| pad.set_layer(wished)));
        }
    }
}

impl Tab for Controls {
    fn show(&mut self, now: &Now<'_>) {
        let layers = now.map.map_or(&[][..], |map| &map.layers);
        for layer in layers.iter().skip(self.offered - 1) {
            self.offer(Some(layer), now.language);
        }
        self.grant(layers, now.layer);
        let (sounding, hold) = (now.is_sounding, now.state.notes.latch);
        let looks = Looks { sounding, hold, layer: now.layer, has_map: now.map.is_some() };
        if self.shown.replace(looks) == Some(looks) {
            return;
        }
        self.play.set_text_content(Some(now.language.play(sounding)));
        let _ = self.hold.set_attribute("aria-pressed", if hold { "true" } else { "false" });
        self.layers.set_selected_index(now.layer.try_into().unwrap_or(0));
        let (_, ends) = legend::words(chosen(now), now.language);
        for (element, words) in self.ends.iter().zip(ends) {
            element.set_text_content(Some(&words));
        }
    }
}

/// The layer of the map that is shown; none where that is the known patches.
pub fn chosen<'a>(now: &Now<'a>) -> Option<&'a Layer> {
    now.map?.layers.get(now.layer.checked_sub(1)?)
}

/// Ends what sounds; where nothing does, plays at your place.
fn play_or_stop(page: &Page) {
    if page.is_sounding() {
        page.panic();
    } else {
        page.press(TouchSource::PlayButton, page.place(), 0.0);
    }
}
