//! The five panels, one at a time: a sheet over the map on an upright phone, a column elsewhere. Here are their tabs;
//! what is in a panel is the panel's own. One module, one element `#panel-…` of index.html and one www/tab-….css each.
//! A panel may hold sections, `<details class="section">`, which are views of their own, as `midi` is.

pub mod midi;
pub mod paths;
pub mod places;
pub mod play;
pub mod share;
pub mod sound;

use ::play::State;
use ::play::action::{Action, PageAction};
use ::play::error::AppError;
use ::play::page::Tab;
use web_sys::{Event, HtmlElement, KeyboardEvent};

use crate::app::App;
use crate::dom;
use crate::root::ListenOptions;
use crate::view::View;
use crate::views::controls::scroll_to;
use crate::views::readout::Readout;

/// The tabs in their order: their `data-tab`, the id of their button, the id of their panel.
const TABS: [(&str, &str, &str); Tab::ALL.len()] = [
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
    app.add_view(TabList::build(app)?);
    Ok(())
}

/// The buttons that choose a panel.
struct TabList {
    app: App,
    buttons: Vec<HtmlElement>,
    shown: Tab,
}

impl TabList {
    fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let buttons: Vec<HtmlElement> =
            TABS.iter().map(|(_, button, _)| root.element(button)).collect::<Result<_, _>>()?;
        for (tab, button) in Tab::ALL.into_iter().zip(&buttons) {
            let owned = app.clone();
            root.listen(button, "click", move |_: Event| owned.dispatch(select(tab)));
        }
        let list: HtmlElement = root.element("tabs")?;
        let (owned, targets) = (app.clone(), buttons.clone());
        root.listen(&list, "keydown", move |event: KeyboardEvent| {
            let steps = match event.key().as_str() {
                "ArrowLeft" => -1,
                "ArrowRight" => 1,
                _ => return,
            };
            let tab = owned.state().page.tab.stepped(steps);
            owned.dispatch(select(tab));
            dom::focus_soon(&targets[tab as usize]);
        });
        for (.., panel) in TABS {
            follow_sections(app, &root.element(panel)?);
        }
        Ok(Self { app: app.clone(), buttons, shown: Tab::default() })
    }
}

impl View for TabList {
    fn show(&mut self, state: &State) {
        if std::mem::replace(&mut self.shown, state.page.tab) == state.page.tab {
            return;
        }
        for (tab, button) in Tab::ALL.into_iter().zip(&self.buttons) {
            let is_selected = tab == self.shown;
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
