//! The tracks: one row for each loop, one more for the loop that is recorded, and one playhead over all.

use play::action::{Action, Edit, GestureAction, PageAction};
use play::error::AppError;
use play::notes::Layout;
use play::page::Tab;
use play::panels::{PanelAction, PanelId};
use play::tracks::model::{RecordState, TakenPart, TracksModel};
use play::{Direction, State};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::row::{TrackRow, texts};
use super::settings::speed_at;
use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::words::Language;

/// The rows and what is around them.
pub struct LoopRows {
    app: App,
    list: HtmlElement,
    empty: HtmlElement,
    full: HtmlElement,
    /// The note on the map that all parts play.
    crowded: HtmlElement,
    about: Element,
    card: LoopCard,
    record: HtmlElement,
    rows: Vec<TrackRow>,
    take: TakeRow,
    playhead: HtmlElement,
    /// The way of the playhead along the lanes, in hundredths of a percent.
    at: Option<i32>,
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
        let card = LoopCard::build(app)?;
        follow(app, &card.element);
        Ok(Self {
            app: app.clone(),
            list,
            empty: root.element("loops-empty")?,
            full: root.element("loops-full")?,
            crowded: root.element("crowded")?,
            about: root.element("loops-about")?,
            card,
            record: root.element("record")?,
            rows: Vec::new(),
            take: TakeRow::build(app)?,
            playhead: root.element("playhead")?,
            at: None,
        })
    }

    /// Adds and removes rows, so that they are in the order of the loops; the others stay, since one of them may have
    /// the focus.
    fn match_rows(&mut self, state: &State) {
        let loops = &state.document().loops;
        let had_focus = dom::has_visible_focus(&self.list) || dom::has_visible_focus(&self.card.element);
        self.rows.retain(|row| {
            let stays = loops.get(row.number).is_some();
            if !stays {
                row.remove();
            }
            stays
        });
        for (place, own) in loops.all().iter().enumerate() {
            let row = match self.rows[place..].iter().position(|row| row.number == own.number) {
                Some(0) => continue,
                Some(ahead) => self.rows.remove(place + ahead),
                None => TrackRow::new(own.number, self.app.language()),
            };
            let next = self.rows.get(place).map(|next| next.item.as_ref());
            let _ = self.list.insert_before(&row.item, next);
            self.rows.insert(place, row);
        }
        self.empty.set_hidden(!self.rows.is_empty());
        self.about.set_text_content(Some(&self.app.language().loop_count(self.rows.len())));
        let count = if self.rows.is_empty() { "none" } else { "some" };
        self.app.root().set_data("loops", count);
        self.app.root().set_data("many", if self.rows.len() > 1 { "yes" } else { "" });
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
        let model = TracksModel::new(state, dom::now_ms());
        let language = self.app.language();
        let card = self.card.show(&model, state, language);
        for track in &model.tracks {
            let Some(row) = self.rows.iter_mut().find(|row| row.number == track.own.number) else { continue };
            row.show(track, (&model, state.notes(), card), texts(track, state, language), language);
        }
        self.take.show(&model, self.app.language());
    }

    fn draw(&mut self, state: &State, now_ms: f64) -> bool {
        let is_moving = state.gesture.take.is_some() || state.gesture.transport.is_running();
        if !is_moving && self.at.is_none() {
            return false;
        }
        let model = TracksModel::new(state, now_ms);
        self.take.show(&model, self.app.language());
        let at = model.playhead.filter(|_| is_moving).map(|share| (1e4 * share) as i32);
        if std::mem::replace(&mut self.at, at) != at {
            self.playhead.set_hidden(at.is_none());
            // By CSSOM, since a strict style-src blocks the style attribute.
            let way_percent = f64::from(at.unwrap_or(0)) / 1e2;
            let _ = self.playhead.style().set_property("translate", &format!("{way_percent:.2}%"));
        }
        is_moving
    }
}

/// The work area of the place Loops: the settings of the opened track, or a line that says how to open one.
struct LoopCard {
    element: HtmlElement,
    title: Element,
    pick: HtmlElement,
}

impl LoopCard {
    fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        Ok(Self {
            element: root.element("loop-card")?,
            title: root.element("loop-card-title")?,
            pick: root.element("loops-pick")?,
        })
    }

    /// Shows whose settings stand in it; none if they stand below the track.
    fn show(&self, model: &TracksModel, state: &State, language: &Language) -> Option<&Element> {
        let is_there = state.has_loop_card() && !model.tracks.is_empty();
        let opened = model.tracks.iter().find(|track| is_there && track.is_open);
        self.element.set_hidden(opened.is_none());
        self.pick.set_hidden(!is_there || opened.is_some());
        let number = opened.map(|track| track.own.number);
        let title =
            opened.map(|track| format!("{} {}", track.own.number, texts(track, state, language).name));
        if self.title.text_content().unwrap_or_default() != title.as_deref().unwrap_or_default() {
            self.title.set_text_content(title.as_deref());
            self.element.set_class_name(&number.map(|own| format!("loop-{own}")).unwrap_or_default());
        }
        is_there.then_some(self.element.as_ref())
    }
}

/// The row of the loop that is recorded.
struct TakeRow {
    row: HtmlElement,
    name: Element,
    about: Element,
    /// The state and the hundredths of the lane that it shows.
    shown: Option<(RecordState, [i32; 2])>,
}

impl TakeRow {
    fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        Ok(Self {
            row: root.element("take-row")?,
            name: root.element("take-number")?,
            about: root.element("take-about")?,
            shown: None,
        })
    }

    fn show(&mut self, model: &TracksModel, language: &Language) {
        let TakenPart { from, length } = model.taken;
        let to = from + length;
        let now = (model.record, [from, to].map(|share| (100.0 * share) as i32));
        if self.shown.replace(now) == Some(now) {
            return;
        }
        let is_taken = model.record != RecordState::Idle;
        self.row.set_hidden(!is_taken);
        self.name.set_text_content(Some(&model.take_number.to_string()));
        self.about.set_text_content(Some(&language.take_bar(&model.record)));
        for (name, share) in [("--from", from), ("--to", to.min(1.0)), ("--again", (to - 1.0).max(0.0))] {
            let _ = self.row.style().set_property(name, &format!("{:.0}%", 100.0 * share));
        }
    }
}

/// One listener of each kind for all rows.
fn follow(app: &App, list: &HtmlElement) {
    let root = app.root();
    let owned = app.clone();
    root.listen(list, "click", move |event: Event| {
        let Some(number) = number_of(&event) else { return };
        let gesture = |action| owned.dispatch(Action::Gesture(action));
        match class_of_button(&event).as_str() {
            "start" | "mute-loop" => gesture(GestureAction::ToggleMute(number)),
            "solo-loop" => gesture(GestureAction::ToggleSolo(number)),
            "overdub-loop" => gesture(GestureAction::Overdub(number, dom::now_ms())),
            "sound-loop" => gesture(GestureAction::TakeSound(number)),
            "copy-loop" => gesture(GestureAction::CopyLoop(number)),
            "delete" => gesture(GestureAction::DeleteLoop(number)),
            "more" => {
                let is_open = owned.state().gesture.opened == Some(number);
                gesture(GestureAction::OpenLoop((!is_open).then_some(number)));
            }
            "shape-loop" => {
                owned.dispatch(Action::Page(PageAction::ShowTab(Tab::Loops)));
                owned.dispatch(Action::Panel(PanelAction::Open(PanelId::Paths), dom::now_ms()));
            }
            _ => {}
        }
    });
    let owned = app.clone();
    root.listen(list, "input", move |event: Event| {
        let (Some(number), Some(target)) = (number_of(&event), event.target()) else { return };
        let Some(slider) = target.dyn_ref::<HtmlInputElement>() else { return };
        let value = slider.value_as_number();
        let is_level = slider.class_list().contains("level-loop");
        owned.dispatch(Action::Gesture(match is_level {
            true => GestureAction::SetLoopLevel(number, (value / 100.0) as f32),
            false => GestureAction::SetLoopSpeed(number, speed_at(value)),
        }));
    });
    let owned = app.clone();
    root.listen(list, "change", move |event: Event| {
        let (Some(number), Some(target)) = (number_of(&event), event.target()) else { return };
        let Some(menu) = target.dyn_ref::<HtmlSelectElement>() else {
            return owned.dispatch(Action::Edit(Edit::FinishStep));
        };
        let chosen = menu.selected_index().max(0) as usize;
        let is_of = |class| menu.class_list().contains(class);
        owned.dispatch(Action::Gesture(if is_of("note-loop") {
            GestureAction::SetLoopRoot(number, chosen.min(127) as u8)
        } else if is_of("layout-loop") {
            let layouts = [Layout::RootNote, Layout::ScaleAcross];
            GestureAction::SetLoopLayout(number, layouts.get(chosen).copied().unwrap_or_default())
        } else if is_of("instrument-loop") {
            GestureAction::SetLoopInstrument(number, chosen as u8)
        } else {
            let direction = Direction::ALL.get(chosen).copied().unwrap_or_default();
            GestureAction::SetLoopDirection(number, direction)
        }));
    });
}

/// The number of the loop in whose row an event happened.
fn number_of(event: &Event) -> Option<u8> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("[data-number]").ok().flatten()?.get_attribute("data-number")?.parse().ok()
}

fn class_of_button(event: &Event) -> String {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let button = target.and_then(|target| target.closest("button").ok().flatten());
    button.map(|button| button.class_name()).unwrap_or_default()
}
