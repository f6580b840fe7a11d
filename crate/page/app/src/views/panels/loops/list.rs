//! The list of loops: start, stop, speed, direction, delete.

use play::action::{Action, Edit, GestureAction};
use play::error::AppError;
use play::{Direction, State};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::row::{LoopRow, speed_at};
use crate::app::App;
use crate::dom;
use crate::view::View;

/// The rows and what is around them.
pub struct LoopRows {
    app: App,
    list: HtmlElement,
    empty: HtmlElement,
    full: HtmlElement,
    /// The note on the map that all parts play.
    crowded: HtmlElement,
    about: Element,
    record: HtmlElement,
    rows: Vec<LoopRow>,
}

impl LoopRows {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let list: HtmlElement = root.element("loops")?;
        follow(app, &list);
        Ok(Self {
            app: app.clone(),
            list,
            empty: root.element("loops-empty")?,
            full: root.element("loops-full")?,
            crowded: root.element("crowded")?,
            about: root.element("loops-about")?,
            record: root.element("record")?,
            rows: Vec::new(),
        })
    }

    /// Adds and removes rows, so that they are in the order of the loops; the others stay, since one of them may have
    /// the focus.
    fn match_rows(&mut self, state: &State) {
        let loops = &state.document().loops;
        let had_focus = dom::has_visible_focus(&self.list);
        self.rows.retain(|row| {
            let stays = loops.get(row.number).is_some();
            if !stays {
                row.item.remove();
            }
            stays
        });
        for (place, own) in loops.all().iter().enumerate() {
            let row = match self.rows[place..].iter().position(|row| row.number == own.number) {
                Some(0) => continue,
                Some(ahead) => self.rows.remove(place + ahead),
                None => LoopRow::new(own, self.app.language()),
            };
            let next = self.rows.get(place).map(|next| next.item.as_ref());
            let _ = self.list.insert_before(&row.item, next);
            self.rows.insert(place, row);
        }
        self.empty.set_hidden(!self.rows.is_empty());
        self.about.set_text_content(Some(&self.app.language().loop_count(self.rows.len())));
        self.app.root().set_data("loops", if self.rows.is_empty() { "none" } else { "some" });
        if had_focus && !dom::has_visible_focus(&self.list) {
            dom::focus_soon(&self.record);
        }
    }
}

impl View for LoopRows {
    fn show(&mut self, state: &State) {
        let loops = &state.document().loops;
        let shown = self.rows.iter().map(|row| row.number);
        if !shown.eq(loops.all().iter().map(|own| own.number)) || self.rows.is_empty() {
            self.match_rows(state);
        }
        self.full.set_hidden(!loops.are_full());
        self.crowded.set_hidden(!state.gesture.is_crowded);
        for row in &mut self.rows {
            row.show(state, loops, self.app.language());
        }
    }
}

/// One listener of each kind for all rows.
fn follow(app: &App, list: &HtmlElement) {
    let root = app.root();
    let owned = app.clone();
    root.listen(list, "click", move |event: Event| {
        let Some((item, number)) = row_of(&event) else { return };
        match class_of_button(&event).as_str() {
            "start" => owned.dispatch(Action::Gesture(GestureAction::ToggleLoop(number))),
            "delete" => owned.dispatch(Action::Gesture(GestureAction::DeleteLoop(number))),
            "more" => toggle_settings(&item),
            _ => {}
        }
    });
    let owned = app.clone();
    root.listen(list, "input", move |event: Event| {
        let (Some((_, number)), Some(target)) = (row_of(&event), event.target()) else { return };
        if let Some(slider) = target.dyn_ref::<HtmlInputElement>() {
            let speed = speed_at(slider.value_as_number());
            owned.dispatch(Action::Gesture(GestureAction::SetLoopSpeed(number, speed)));
        }
    });
    let owned = app.clone();
    root.listen(list, "change", move |event: Event| {
        let (Some((_, number)), Some(target)) = (row_of(&event), event.target()) else { return };
        match target.dyn_ref::<HtmlSelectElement>() {
            Some(menu) => {
                let chosen = Direction::ALL.get(menu.selected_index().max(0) as usize);
                let direction = chosen.copied().unwrap_or_default();
                owned.dispatch(Action::Gesture(GestureAction::SetLoopDirection(number, direction)));
            }
            None => owned.dispatch(Action::Edit(Edit::FinishStep)),
        }
    });
}

/// The row of an event and the number of its loop.
fn row_of(event: &Event) -> Option<(Element, u8)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let item = target.closest("[data-number]").ok().flatten()?;
    let number = item.get_attribute("data-number")?.parse().ok()?;
    Some((item, number))
}

fn class_of_button(event: &Event) -> String {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let button = target.and_then(|target| target.closest("button").ok().flatten());
    button.map(|button| button.class_name()).unwrap_or_default()
}

fn toggle_settings(item: &Element) {
    let part = |selector| item.query_selector(selector).ok().flatten();
    let Some(settings) = part(".loop-settings").and_then(|found| found.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    settings.set_hidden(!settings.hidden());
    if let Some(more) = part(".more") {
        let _ = more.set_attribute("aria-expanded", if settings.hidden() { "false" } else { "true" });
    }
}
