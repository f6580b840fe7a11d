//! The map's layer: the menu to choose it, and the legend that explains its colours.

use play::action::{Action, MapAction};
use play::error::AppError;
use play::notes::Layout;
use play::page::Tab;
use play::{Options, Overlays, State};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement};

use crate::app::App;
use crate::dom;
use crate::root::Root;
use crate::view::View;
use crate::views::controls::{layer_words, show_end};
use crate::words::{Language, ScaleEnd};

/// The name of the group of radio buttons that choose the layer.
const LAYER_GROUP: &str = "map-layer";

/// Sets an option of the map; those of the overlays for a place.
type SetOption = fn(&mut Options, Tab, bool);

/// The ids of the switches of the overlays, in the order of their names.
const OVERLAYS: [(&str, SetOption); 5] = [
    ("show-names", |options, tab, on| options.overlays[tab as usize].names = on),
    ("show-dots", |options, tab, on| options.overlays[tab as usize].dots = on),
    ("show-loops", |options, tab, on| options.overlays[tab as usize].loops = on),
    ("show-pins", |options, tab, on| options.overlays[tab as usize].pins = on),
    ("show-answers", |options, tab, on| options.overlays[tab as usize].answers = on),
];

/// Menu and legend.
pub struct Legend {
    root: Root,
    language: Language,
    name: Element,
    ends: [Element; 2],
    list: Element,
    /// The switches of the overlays, and those of contours and snap.
    overlays: Vec<HtmlInputElement>,
    switches: [HtmlInputElement; 2],
    /// The layers that the menu offers; known patches first.
    offered: Vec<String>,
    /// The layer, its name, and what its first and last colours mean.
    shown: Option<(usize, (String, [ScaleEnd; 2]))>,
}

impl Legend {
    /// Finds its elements and listens to them.
    ///
    /// # Errors
    /// If one is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let overlays = OVERLAYS.into_iter().map(|(id, set)| follow_switch(app, id, set));
        let overlays = overlays.collect::<Result<Vec<_>, AppError>>()?;
        let switches = [
            follow_switch(app, "show-contours", |options, _, on| options.contours = on)?,
            follow_switch(app, "show-snap", |options, _, on| options.snap = on)?,
        ];
        let list: Element = root.element("map-list")?;
        let owned = app.clone();
        root.listen(&list, "change", move |event: Event| {
            if let Some(layer) = chosen_layer(&event) {
                owned.dispatch(Action::Map(MapAction::SetLayer(layer)));
            }
        });
        Ok(Self {
            root: root.clone(),
            language: app.language().clone(),
            name: root.element("map-name")?,
            ends: [root.element("legend-low")?, root.element("legend-high")?],
            list,
            overlays,
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
                [("type", "radio"), ("name", LAYER_GROUP), ("value", &layer.to_string())]
            {
                let _ = radio.set_attribute(attribute, value);
            }
            let text = dom::create("span", "");
            text.set_text_content(Some(name));
            dom::append(&label, &radio);
            dom::append(&label, &text);
            dom::append(&self.list, &label);
        }
        self.offered = names;
    }
}

impl View for Legend {
    fn show(&mut self, state: &State) {
        let has_lanes = state.notes().layout == Layout::ScaleAcross;
        self.root.set_data("lanes", if has_lanes { "on" } else { "off" });
        let Options { contours, snap, .. } = state.map.options;
        let Overlays { names, dots, loops, pins, answers } = state.overlays();
        let are_on = [names, dots, loops, pins, answers, contours, snap];
        for (switch, is_on) in self.overlays.iter().chain(&self.switches).zip(are_on) {
            switch.set_checked(is_on);
        }
        // Snap needs visible dots.
        self.switches[1].set_disabled(!dots);
        let layers = state.library.map.as_deref().map_or(&[][..], |map| &map.layers);
        let language = &self.language;
        let names = layers.iter().map(|layer| language.layer_title(layer));
        let names: Vec<String> =
            std::iter::once(language.density(state.is_amsynth()).to_owned()).chain(names).collect();
        // The map loads later than the page, and an imported model may have another one.
        if self.offered != names {
            self.offer(names);
            self.shown = None;
        }
        let shown = (state.map.layer, layer_words(state, &self.language));
        if self.shown.as_ref() == Some(&shown) {
            return;
        }
        let radio = self.list.query_selector(&format!("input[value='{}']", state.map.layer)).ok().flatten();
        if let Some(radio) = radio {
            // The layer may come from a link or the last visit.
            radio.unchecked_into::<HtmlInputElement>().set_checked(true);
        }
        let (name, ends) = &shown.1;
        self.name.set_text_content(Some(name));
        for (element, end) in self.ends.iter().zip(ends) {
            show_end(element, end);
        }
        self.shown = Some(shown);
    }
}

/// The layer whose radio button a person has chosen.
fn chosen_layer(event: &Event) -> Option<usize> {
    let radio: HtmlInputElement = event.target()?.dyn_into().ok()?;
    if radio.name() == LAYER_GROUP { radio.value().parse().ok() } else { None }
}

fn follow_switch(app: &App, id: &'static str, set: SetOption) -> Result<HtmlInputElement, AppError> {
    let switch: HtmlInputElement = app.root().element(id)?;
    let (owned, source) = (app.clone(), switch.clone());
    app.root().listen(&switch, "change", move |_: Event| {
        let (mut options, tab) = (owned.state().map.options, owned.state().page.tab);
        set(&mut options, tab, source.checked());
        owned.dispatch(Action::Map(MapAction::SetOptions(options)));
    });
    Ok(switch)
}
