//! A group of parameters: one line with its picture, its name, its most telling values and a lock. It opens to its
//! drawing and its controls.

use std::rc::Rc;

use ::patch::{Group, Parameter, Patch};
use ::play::Locks;
use ::play::action::{Action, Edit};
use ::play::graphs::Graph;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use super::control::ParameterControl;
use super::graph::GraphView;
use super::{picture, reading};
use crate::app::App;
use crate::dom;
use crate::views::controls::{scroll_to, set_pressed};

/// The outlines of a closed and of an open lock.
const LOCKS: [&str; 2] =
    ["M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3", "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.6-1.6"];

/// The line of a group and what it opens to.
pub struct GroupRow {
    app: App,
    group: Group,
    element: HtmlElement,
    opener: HtmlElement,
    body: HtmlElement,
    summary: Element,
    line: Element,
    lock: Element,
    outline: Element,
    graph: Option<GraphView>,
    controls: Vec<(Parameter, ParameterControl)>,
}

impl GroupRow {
    /// Adds the group at the end of a list.
    pub fn build(app: &App, list: &Element, group: Group) -> Self {
        let element: HtmlElement = dom::create("div", "group").unchecked_into();
        let opener: HtmlElement = dom::create("button", "group-opener").unchecked_into();
        let body: HtmlElement = dom::create("div", "controls").unchecked_into();
        let (title, summary) = (dom::create("b", ""), dom::create("span", "group-summary"));
        let (drawing, line) = picture::drawing("group-picture");
        title.set_text_content(Some(app.language().group(group)));
        for child in [&drawing, &title, &summary] {
            dom::append(&opener, child);
        }
        let _ = opener.set_attribute("type", "button");
        let (lock, outline) = build_lock(app, group);
        for child in [opener.as_ref(), &lock, body.as_ref()] {
            dom::append(&element, child);
        }
        dom::append(list, &element);
        set_open(&element, &opener, &body, false);
        let graph = Graph::of(group).map(|graph| GraphView::build(app, &body, graph));
        let controls = reading::members(group)
            .map(|parameter| (parameter, ParameterControl::build(app, &body, parameter)))
            .collect();
        Self { app: app.clone(), group, element, opener, body, summary, line, lock, outline, graph, controls }
    }

    /// Shows the heard patch and what is locked.
    pub fn show(&mut self, patch: &Patch, locks: &Locks) {
        let summary = reading::summary(self.group, patch, self.app.language());
        self.summary.set_text_content(Some(&summary));
        let curve = picture::of(self.group, patch).unwrap_or_default();
        let _ = self.line.set_attribute("d", &picture::path(&curve));
        let is_locked = locks.holds(self.group);
        set_pressed(&self.lock, is_locked);
        let _ = self.outline.set_attribute("d", LOCKS[usize::from(!is_locked)]);
        if let Some(graph) = &self.graph {
            graph.show(patch);
        }
        for (parameter, control) in &mut self.controls {
            control.show(patch.get(*parameter));
        }
    }
}

fn build_lock(app: &App, group: Group) -> (Element, Element) {
    let lock = dom::create("button", "lock");
    let (icon, outline) = (dom::create_svg("svg"), dom::create_svg("path"));
    let _ = icon.set_attribute("viewBox", "0 0 24 24");
    let _ = icon.set_attribute("aria-hidden", "true");
    dom::append(&icon, &outline);
    dom::append(&lock, &icon);
    let name = app.language().lock_group(app.language().group(group));
    for (attribute, value) in [("type", "button"), ("aria-label", &*name), ("title", &*name)] {
        let _ = lock.set_attribute(attribute, value);
    }
    let owned = app.clone();
    app.root().listen(&lock, "click", move |_: Event| {
        owned.dispatch(Action::Edit(Edit::ToggleLock(group)));
    });
    (lock, outline)
}

/// One group is open at a time; it scrolls into view.
pub fn open_one_at_a_time(app: &App, panel: &HtmlElement, rows: &[GroupRow]) {
    let parts = rows.iter().map(|row| (row.element.clone(), row.opener.clone(), row.body.clone()));
    let parts: Rc<Vec<_>> = Rc::new(parts.collect());
    for (number, row) in rows.iter().enumerate() {
        let (parts, panel) = (Rc::clone(&parts), panel.clone());
        app.root().listen(&row.opener, "click", move |_: Event| {
            let opens = parts[number].2.hidden();
            for (other, (element, opener, body)) in parts.iter().enumerate() {
                set_open(element, opener, body, opens && other == number);
            }
            if opens {
                scroll_to(&parts[number].0, &panel);
            }
        });
    }
}

fn set_open(element: &HtmlElement, opener: &HtmlElement, body: &HtmlElement, is_open: bool) {
    element.set_class_name(if is_open { "group open" } else { "group" });
    let _ = opener.set_attribute("aria-expanded", if is_open { "true" } else { "false" });
    body.set_hidden(!is_open);
}
