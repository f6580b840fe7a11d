//! The slider of Places with two thumbs: the least and the greatest value of a descriptor that a result has. Two
//! sliders of the browser on one track, so that keyboard and screen reader work as with any.

use std::rc::Rc;

use plane::{Layer, Map};
use play::State;
use play::action::{Action, FindAction};
use play::error::AppError;
use play::finder::can_limit;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::app::App;
use crate::view::View;
use crate::views::controls::{add_option, set_options};
use crate::words::Language;

/// The slider and its menu of descriptors.
pub struct DescriptorRange {
    app: App,
    row: HtmlElement,
    menu: HtmlSelectElement,
    track: HtmlElement,
    /// The thumbs of the least and of the greatest value.
    thumbs: [HtmlInputElement; 2],
    text: Element,
    /// The map whose descriptors the menu lists.
    offered: Option<Rc<Map>>,
    /// The descriptor's position and the values of the thumbs.
    shown: Option<(usize, [f32; 2])>,
}

impl DescriptorRange {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let thumbs: [HtmlInputElement; 2] = [root.element("range-least")?, root.element("range-greatest")?];
        for (moved, thumb) in thumbs.iter().enumerate() {
            let (owned, both) = (app.clone(), thumbs.clone());
            root.listen(thumb, "input", move |_: Event| {
                let mut range = both.each_ref().map(|thumb| thumb.value_as_number() as f32);
                // A thumb stops at the other one.
                range[moved] = if moved == 0 { range[0].min(range[1]) } else { range[1].max(range[0]) };
                both[moved].set_value_as_number(range[moved].into());
                owned.dispatch(Action::Find(FindAction::Range(range)));
            });
        }
        let menu: HtmlSelectElement = root.element("range-of")?;
        let (owned, source) = (app.clone(), menu.clone());
        root.listen(&menu, "change", move |_: Event| {
            if let Ok(position) = source.value().parse() {
                owned.dispatch(Action::Find(FindAction::Descriptor(position)));
            }
        });
        Ok(Self {
            app: app.clone(),
            row: root.element("range")?,
            menu,
            track: root.element("range-track")?,
            thumbs,
            text: root.element("range-text")?,
            offered: None,
            shown: None,
        })
    }

    fn offer(&mut self, map: &Rc<Map>) {
        if self.offered.as_ref().is_some_and(|offered| Rc::ptr_eq(offered, map)) {
            return;
        }
        set_options(&self.menu, []);
        for (position, layer) in map.layers.iter().enumerate().filter(|(_, layer)| can_limit(layer)) {
            add_option(&self.menu, &self.app.language().layer_title(layer));
            if let Ok(Some(option)) = self.menu.query_selector(":scope > :last-child") {
                let _ = option.set_attribute("value", &position.to_string());
            }
        }
        (self.offered, self.shown) = (Some(Rc::clone(map)), None);
    }

    fn show_range(&self, layer: &Layer, limits: [f32; 2], range: [f32; 2]) {
        let language: &Language = self.app.language();
        let share = |value: f32| (value - limits[0]) / (limits[1] - limits[0]).max(1.0);
        for (thumb, value) in self.thumbs.iter().zip(range) {
            let [least, greatest] = limits.map(|limit| limit.to_string());
            thumb.set_min(&least);
            thumb.set_max(&greatest);
            thumb.set_value_as_number(value.into());
            let _ = thumb.set_attribute("aria-valuetext", &language.of_quality(layer, value));
        }
        for (name, value) in [("--from", range[0]), ("--to", range[1])] {
            let _ = self.track.style().set_property(name, &format!("{:.3}", share(value)));
        }
        // Where both are at the right end, only the left one can move.
        let _ = self.thumbs[0].style().set_property("z-index", if share(range[0]) > 0.5 { "2" } else { "1" });
        let values = range.map(|value| language.number(value.into(), 0));
        self.text.set_text_content(Some(&values.join("–")));
    }
}

impl View for DescriptorRange {
    fn show(&mut self, state: &State) {
        let Some(map) = &state.library.map else { return self.row.set_hidden(true) };
        self.offer(map);
        let filter = &state.map.finder.filter;
        let descriptor = filter.descriptor_of(map, state.map.layer);
        self.row.set_hidden(descriptor.is_none());
        let Some((position, layer)) = descriptor else { return };
        let [least, greatest] = layer.range();
        let limits = [least.floor(), greatest.ceil()];
        let now = (position, filter.range.unwrap_or(limits));
        if self.shown.replace(now) != Some(now) {
            self.menu.set_value(&position.to_string());
            self.show_range(layer, limits, now.1);
        }
    }
}
