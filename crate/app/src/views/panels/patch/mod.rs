//! The tab Patch: the 41 parameters of what you hear, grouped as amSynth groups them, to be read and
//! edited. Each group is one line that opens.

mod control;
mod reading;

use ::patch::{Group, Patch};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use crate::dom::{self, listen};
use crate::page::{Page, with_held};
use crate::tabs::{Now, Tab};
use crate::tools::on_click;
use crate::trouble::AppError;
use control::Control;

/// The tab.
pub struct PatchTab {
    hint: HtmlElement,
    groups: HtmlElement,
    panel: HtmlElement,
    edited: HtmlElement,
    sections: Vec<Section>,
    shown: Option<Patch>,
}

struct Section {
    group: Group,
    summary: Element,
    controls: Vec<(::patch::Parameter, Control)>,
}

impl PatchTab {
    /// Finds its place in the page and builds the controls, still without values.
    ///
    /// # Errors
    /// If the page lacks an element.
    pub fn build(page: &Page) -> Result<Self, AppError> {
        let groups: HtmlElement = dom::element("groups")?;
        groups.set_hidden(true);
        let sections = Group::ALL.into_iter().map(|group| build_section(page, &groups, group)).collect();
        on_click(page, "patch-decoded", |page| page.change(|state| state.patch = None))?;
        let edited = dom::element("patch-edited")?;
        let panel = dom::element("panel-patch")?;
        Ok(Self { hint: dom::element("patch-empty")?, groups, panel, edited, sections, shown: None })
    }
}

impl Tab for PatchTab {
    fn show(&mut self, now: &Now<'_>) {
        dom::set_hidden(&self.edited, now.state.patch.is_none(), &self.panel);
        let Some(patch) = now.patch else { return };
        let patch = with_held(patch, &now.state.notes);
        if self.shown.replace(patch) == Some(patch) {
            return;
        }
        for section in &mut self.sections {
            section.summary.set_text_content(Some(&reading::summary(section.group, &patch, now.language)));
            for (parameter, control) in &mut section.controls {
                control.show(patch.get(*parameter));
            }
        }
        self.hint.set_hidden(true);
        self.groups.set_hidden(false);
    }
}

fn build_section(page: &Page, groups: &Element, group: Group) -> Section {
    let details = dom::create("details", "group");
    // Of those with the same name one is open at a time.
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
    let section = opened.clone();
    listen(&section, "toggle", move |_: Event| {
        // Where the tab scrolls, the controls are led into view.
        if opened.has_attribute("open") {
            dom::lead_to(&opened, "panel-patch");
        }
    });
    let controls = reading::members(group)
        .map(|parameter| (parameter, Control::build(page, &controls, parameter)))
        .collect();
    Section { group, summary, controls }
}
