//! The panel Sound: shows and edits the 41 parameters of the current patch in amSynth's groups. Each group is one
//! line that opens.

mod control;
mod reading;

use ::patch::{Group, Parameter, Patch};
use ::play::State;
use ::play::action::{Action, Edit};
use ::play::error::AppError;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{on_click, scroll_to};
use control::ParameterControl;

/// The panel.
pub struct SoundPanel {
    app: App,
    hint: HtmlElement,
    groups: HtmlElement,
    panel: HtmlElement,
    edited: HtmlElement,
    sections: Vec<GroupSection>,
    shown: Option<Patch>,
}

struct GroupSection {
    group: Group,
    summary: Element,
    controls: Vec<(Parameter, ParameterControl)>,
}

impl SoundPanel {
    /// Finds its elements and builds the controls, still without values.
    ///
    /// # Errors
    /// If the page lacks an element.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let (groups, panel): (HtmlElement, HtmlElement) =
            (root.element("groups")?, root.element("panel-sound")?);
        groups.set_hidden(true);
        let sections =
            Group::ALL.into_iter().map(|group| build_section(app, &panel, &groups, group)).collect();
        on_click(app, "patch-decoded", |app| app.dispatch(Action::Edit(Edit::ClearPatch)))?;
        Ok(Self {
            app: app.clone(),
            hint: root.element("patch-empty")?,
            groups,
            panel,
            edited: root.element("patch-edited")?,
            sections,
            shown: None,
        })
    }
}

impl View for SoundPanel {
    fn show(&mut self, state: &State) {
        dom::set_hidden(&self.edited, state.document().patch.is_none(), &self.panel);
        let Some(patch) = state.heard_patch() else { return };
        if self.shown.replace(patch) == Some(patch) {
            return;
        }
        for section in &mut self.sections {
            let summary = reading::summary(section.group, &patch, self.app.language());
            section.summary.set_text_content(Some(&summary));
            for (parameter, control) in &mut section.controls {
                control.show(patch.get(*parameter));
            }
        }
        self.hint.set_hidden(true);
        self.groups.set_hidden(false);
    }
}

fn build_section(app: &App, panel: &HtmlElement, groups: &Element, group: Group) -> GroupSection {
    let details = dom::create("details", "group");
    // Of `details` with the same name, one is open at a time.
    let _ = details.set_attribute("name", "patch-group");
    let head = dom::create("summary", "");
    let title = dom::create("h3", "");
    title.set_text_content(Some(group.label()));
    let summary = dom::create("span", "group-summary");
    let controls = dom::create("div", "controls");
    for (parent, child) in [(&head, &title), (&head, &summary), (&details, &head), (&details, &controls)] {
        dom::append(parent, child);
    }
    dom::append(groups, &details);
    let opened: HtmlElement = details.unchecked_into();
    let (section, panel) = (opened.clone(), panel.clone());
    app.root().listen(&section, "toggle", move |_: Event| {
        // Scrolls the controls into view.
        if opened.has_attribute("open") {
            scroll_to(&opened, &panel);
        }
    });
    let controls = reading::members(group)
        .map(|parameter| (parameter, ParameterControl::build(app, &controls, parameter)))
        .collect();
    GroupSection { group, summary, controls }
}
