//! The panels of the four places, one at a time: a sheet over the map on an upright phone, a column elsewhere. Here are
//! their tabs; what is in a panel is the panel's own. One module, one element `#panel-…` of index.html and one
//! www/tab-….css each. `share` fills a dialog.
//! A panel may hold sections, `<details class="section">`, which are views of their own, as `midi` is.

pub mod loops;
pub mod midi;
pub mod places;
pub mod play;
pub mod share;
pub mod sound;

use ::play::State;
use ::play::action::{Action, PageAction};
use ::play::error::AppError;
use ::play::page::Tab;
use ::play::panels::PanelId;
use web_sys::{Event, HtmlElement, KeyboardEvent};

use crate::app::App;
use crate::dom;
use crate::effects::panels::{PanelDrawings, follow_buttons};
use crate::root::ListenOptions;
use crate::view::View;
use crate::views::controls::{plain_key, scroll_to};
use crate::views::readout::Readout;

/// The tabs in their order: their `data-tab`, the id of their button, the id of their panel.
const TABS: [(&str, &str, &str); Tab::ALL.len()] = [
    ("play", "tab-play", "panel-play"),
    ("sound", "tab-sound", "panel-sound"),
    ("places", "tab-places", "panel-places"),
    ("loops", "tab-loops", "panel-loops"),
];

/// Adds the panels and their tabs. Our own page has all of them; an element in a host page has those that it asks for.
///
/// # Errors
/// If a panel lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    let has = |id: &str| app.root().contains(&format!("#{id}"));
    if has("panel-play") {
        play::build(app)?;
    }
    if has("midi-section") {
        app.add_view(midi::MidiSection::build(app)?);
    }
    if has("readout") {
        app.add_view(Readout::build(app)?);
    }
    if has("panel-sound") {
        app.add_view(sound::SoundPanel::build(app)?);
    }
    if has("panel-places") {
        places::build(app)?;
    }
    if has("panel-loops") {
        loops::build(app)?;
    }
    if has("panel-share") {
        app.add_view(share::SharePanel::build(app)?);
        app.add_view(share::yours::ImportedBanks::build(app)?);
    }
    follow_buttons(app)?;
    app.add_view(PanelDrawings::new(app));
    if has("tabs") {
        app.add_view(TabList::build(app)?);
    }
    Ok(())
}

/// The buttons that choose a panel.
struct TabList {
    app: App,
    buttons: Vec<(Tab, HtmlElement)>,
    shown: Tab,
    /// True while the tab of the sound says that a voice plays it.
    is_sung: bool,
}

impl TabList {
    fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let mut buttons: Vec<(Tab, HtmlElement)> = Vec::new();
        for (tab, (_, button, panel)) in Tab::ALL.into_iter().zip(TABS) {
            if root.contains(&format!("#{panel}")) {
                buttons.push((tab, root.element(button)?));
                follow_sections(app, &root.element(panel)?);
            }
        }
        for (tab, button) in buttons.iter().cloned() {
            let owned = app.clone();
            root.listen(&button, "click", move |_: Event| owned.dispatch(select(tab)));
        }
        let list: HtmlElement = root.element("tabs")?;
        let (owned, targets) = (app.clone(), buttons.clone());
        root.listen(&list, "keydown", move |event: KeyboardEvent| {
            let steps = match plain_key(&event).as_str() {
                "ArrowLeft" => targets.len() - 1,
                "ArrowRight" => 1,
                _ => return,
            };
            let selected = owned.state().page.tab;
            let position = targets.iter().position(|(tab, _)| *tab == selected).unwrap_or(0);
            let (tab, button) = &targets[(position + steps) % targets.len()];
            owned.dispatch(select(*tab));
            dom::focus_soon(button);
        });
        Ok(Self { app: app.clone(), buttons, shown: Tab::default(), is_sung: false })
    }
}

impl TabList {
    /// A voice that plays is seen from the other tabs.
    fn show_voice(&mut self, is_sung: bool) {
        let button = self.buttons.iter().find(|(tab, _)| *tab == Tab::Sound);
        let Some((_, button)) = button.filter(|_| self.is_sung != is_sung) else { return };
        self.is_sung = is_sung;
        let _ = match is_sung {
            true => button.set_attribute("aria-description", &self.app.language().voice_plays),
            false => button.remove_attribute("aria-description"),
        };
    }
}

impl View for TabList {
    fn show(&mut self, state: &State) {
        self.show_voice(state.panels.is_open(PanelId::Live));
        if std::mem::replace(&mut self.shown, state.page.tab) == state.page.tab {
            return;
        }
        for (tab, button) in &self.buttons {
            let is_selected = *tab == self.shown;
            let _ = button.set_attribute("aria-selected", if is_selected { "true" } else { "false" });
            button.set_tab_index(if is_selected { 0 } else { -1 });
        }
        self.app.root().set_data("tab", TABS[self.shown as usize].0);
    }
}

fn select(tab: Tab) -> Action {
    Action::Page(PageAction::SelectTab(tab))
}

/// Scrolls a section that was opened into view.
fn follow_sections(app: &App, panel: &HtmlElement) {
    let container = panel.clone();
    // Toggle events do not bubble.
    let on_the_way = ListenOptions { first: true, ..ListenOptions::default() };
    app.root().listen_as(on_the_way, panel, "toggle", move |event: Event| {
        let section = dom::target::<HtmlElement>(&event);
        if let Some(section) = section.filter(|section| section.class_list().contains("section")) {
            scroll_to(&section, &container);
        }
    });
}
