//! The place Sound: draws loudness and filter of the heard patch, and shows and edits its 41 parameters in amSynth's
//! groups. Each group is one line that opens, with a lock.

mod control;
mod drawings;
mod field;
mod graph;
mod group;
mod picture;
mod reading;

use ::patch::{Group, PARAMETER_COUNT, Patch};
use ::play::Locks;
use ::play::State;
use ::play::action::{Action, Edit};
use ::play::error::AppError;
use web_sys::{Element, Event, HtmlElement};

use crate::app::App;
use crate::view::View;
use crate::views::controls::{on_click, scroll_to, set_enabled};
use drawings::Drawings;
use group::GroupRow;

/// The panel.
pub struct SoundPanel {
    hint: HtmlElement,
    groups: HtmlElement,
    drawings: Drawings,
    /// The button that discards an edit.
    discard: HtmlElement,
    rows: Vec<GroupRow>,
    is_edited: Option<bool>,
    shown: Option<(Patch, Locks)>,
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
        let rows: Vec<GroupRow> =
            Group::ALL.into_iter().map(|group| GroupRow::build(app, &groups, group)).collect();
        group::open_one_at_a_time(app, &panel, &rows);
        let summary: Element = root.element("all-summary")?;
        summary.set_text_content(Some(&app.language().all_parameters(PARAMETER_COUNT)));
        // The groups open below the edge of a phone's panel.
        let all: HtmlElement = root.element("all")?;
        root.listen(&all.clone(), "toggle", move |_: Event| {
            if all.has_attribute("open") {
                scroll_to(&all, &panel);
            }
        });
        on_click(app, "patch-decoded", |app| app.dispatch(Action::Edit(Edit::ClearPatch)))?;
        Ok(Self {
            hint: root.element("patch-empty")?,
            groups,
            drawings: Drawings::build(app)?,
            discard: root.element("patch-decoded")?,
            rows,
            is_edited: None,
            shown: None,
        })
    }
}

impl View for SoundPanel {
    fn show(&mut self, state: &State) {
        let is_edited = state.is_edited();
        if self.is_edited.replace(is_edited) != Some(is_edited) {
            set_enabled(&self.discard, is_edited);
        }
        // Hidden, it waits until nothing moves: its 41 values would cost a third of each frame.
        let is_hidden = !state.page.is_embedded && !state.page.shows_sound();
        if is_hidden && (state.touches.is_touching() || state.gesture.is_moving()) {
            return;
        }
        let Some(patch) = state.heard_patch() else { return };
        let now = (patch, state.document().locks);
        if self.shown.replace(now) == Some(now) {
            return;
        }
        self.drawings.show(&now.0);
        self.rows.iter_mut().for_each(|row| row.show(&now.0, &now.1));
        self.hint.set_hidden(true);
        self.groups.set_hidden(false);
    }
}
