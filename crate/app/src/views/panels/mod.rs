//! The five panels: a sheet under the map on a phone, sections of a column elsewhere. Here is which of them is seen;
//! what is in a panel is the panel's own. One module, one element `#panel-…` of index.html and one www/tab-….css each.
//! A panel may hold sections, `<details class="section">`, which are views of their own, as `midi` is.

pub mod midi;
pub mod paths;
pub mod places;
pub mod play;
pub mod share;
pub mod sound;

use std::cell::Cell;
use std::rc::Rc;

use ::play::error::AppError;
use web_sys::{Event, HtmlElement, KeyboardEvent};

use crate::app::App;
use crate::root::Root;
use crate::views::controls::scroll_to;
use crate::views::readout::Readout;

/// The tabs in their order: their `data-tab`, the id of their button, the id of their panel.
const TABS: [(&str, &str, &str); 5] = [
    ("play", "tab-play", "panel-play"),
    ("sound", "tab-sound", "panel-sound"),
    ("places", "tab-places", "panel-places"),
    ("paths", "tab-paths", "panel-paths"),
    ("share", "tab-share", "panel-share"),
];

/// Adds the panels and their tabs.
///
/// # Errors
/// If the page lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    play::build(app)?;
    app.add_view(midi::MidiSection::build(app)?);
    app.add_view(Readout::build(app)?);
    app.add_view(sound::SoundPanel::build(app)?);
    places::build(app)?;
    paths::build(app)?;
    app.add_view(share::SharePanel::build(app)?);
    TabList::build(app.root())
}

/// The buttons that choose a panel.
struct TabList {
    root: Root,
    buttons: Vec<HtmlElement>,
    panels: Vec<HtmlElement>,
    /// The scroll container where all panels are visible at once.
    side: HtmlElement,
    selected: Cell<usize>,
}

impl TabList {
    fn build(root: &Root) -> Result<(), AppError> {
        let tabs = Rc::new(Self {
            root: root.clone(),
            buttons: TABS.iter().map(|(_, button, _)| root.element(button)).collect::<Result<_, _>>()?,
            panels: TABS.iter().map(|(.., panel)| root.element(panel)).collect::<Result<_, _>>()?,
            side: root.element("side")?,
            selected: Cell::default(),
        });
        for (position, button) in tabs.buttons.iter().enumerate() {
            let owned = Rc::clone(&tabs);
            root.listen(button, "click", move |_: Event| owned.select(position));
        }
        let owned = Rc::clone(&tabs);
        let list: HtmlElement = root.element("tabs")?;
        root.listen(&list, "keydown", move |event: KeyboardEvent| {
            let steps = match event.key().as_str() {
                "ArrowLeft" => TABS.len() - 1,
                "ArrowRight" => 1,
                _ => return,
            };
            let position = (owned.selected.get() + steps) % TABS.len();
            owned.select(position);
            let _ = owned.buttons[position].focus();
        });
        Ok(())
    }

    fn select(&self, position: usize) {
        self.selected.set(position);
        for (own, button) in self.buttons.iter().enumerate() {
            let is_selected = own == position;
            let _ = button.set_attribute("aria-selected", if is_selected { "true" } else { "false" });
            button.set_tab_index(if is_selected { 0 } else { -1 });
        }
        self.root.set_data("tab", TABS[position].0);
        scroll_to(&self.panels[position], &self.side);
    }
}
