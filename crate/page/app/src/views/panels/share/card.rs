//! The head of the dialog Share: the loops on the map with their title, which a person can change, and the tracks that
//! the link carries. Hidden without loops.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use play::action::{Action, Edit};
use play::error::AppError;
use play::notes::Layout;
use play::tracks::model::TracksModel;
use play::{Document, Link, Loops, State};
use web_sys::{Element, Event, HtmlCanvasElement, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::code;
use crate::app::App;
use crate::dom;
use crate::effects::link;
use crate::view::View;
use crate::views::controls::on_click;
use crate::views::pad::loop_map;
use crate::views::panels::loops::{picture, row};
use crate::words::Language;

/// The elements. Cheap to clone; all clones are the same.
#[derive(Clone)]
struct ShareCard(Rc<CardElements>);

struct CardElements {
    app: App,
    /// The card and all else that is about loops.
    about_loops: [HtmlElement; 3],
    map: HtmlCanvasElement,
    title: HtmlElement,
    about: Element,
    field: HtmlInputElement,
    rename: HtmlElement,
    tracks: HtmlElement,
    address: Element,
    left_out: Element,
    /// True while the dialog is open.
    is_open: Cell<bool>,
    /// The title, the loops and the tempo that it shows.
    shown: RefCell<Option<(String, Loops, f32)>>,
}

/// Adds the view of the card.
///
/// # Errors
/// If the page lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    let root = app.root();
    let card = ShareCard(Rc::new(CardElements {
        app: app.clone(),
        about_loops: [
            root.element("share-card")?,
            root.element("share-tracks")?,
            root.element("share-then")?,
        ],
        map: root.element("share-map")?,
        title: root.element("jam-title")?,
        about: root.element("jam-about")?,
        field: root.element("jam-name")?,
        rename: root.element("rename-jam")?,
        tracks: root.element("share-tracks")?,
        address: root.element("share-address")?,
        left_out: root.element("share-left-out")?,
        is_open: Cell::default(),
        shown: RefCell::default(),
    }));
    card.follow()?;
    app.add_view(card);
    Ok(())
}

impl ShareCard {
    fn follow(&self) -> Result<(), AppError> {
        let Self(own) = self;
        let root = own.app.root();
        let dialog: HtmlElement = root.element("share-menu")?;
        let (card, source) = (self.clone(), dialog.clone());
        root.listen(&dialog, "toggle", move |_: Event| {
            let is_open = source.matches(":popover-open").unwrap_or(false);
            card.0.is_open.set(is_open);
            card.0.shown.take();
            card.edit_title(false);
            if is_open {
                card.fill(&card.0.app.state());
            }
        });
        let card = self.clone();
        on_click(&own.app, "rename-jam", move |_| card.edit_title(true))?;
        let card = self.clone();
        root.listen(&own.field, "change", move |_: Event| {
            let title = card.0.field.value();
            card.0.app.dispatch(Action::Edit(Edit::SetTitle(title)));
            card.0.app.dispatch(Action::Edit(Edit::FinishStep));
        });
        let card = self.clone();
        root.listen(&own.field, "blur", move |_: Event| card.edit_title(false));
        let card = self.clone();
        root.listen(&own.field, "keydown", move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                // The browser reports the change first.
                let card = card.clone();
                dom::after(0, move || {
                    card.edit_title(false);
                    dom::focus_soon(&card.0.rename);
                });
            }
        });
        Ok(())
    }

    /// Shows the field of the title, or the title.
    fn edit_title(&self, edits: bool) {
        let Self(own) = self;
        own.field.set_hidden(!edits);
        own.title.set_hidden(edits);
        own.rename.set_hidden(edits);
        if edits {
            own.field.set_value(&own.app.state().document().title);
            let _ = own.field.focus();
            own.field.select();
        }
    }

    fn fill(&self, state: &State) {
        let Self(own) = self;
        let document = state.document();
        let now = (document.title.clone(), document.loops.clone(), document.notes.bpm);
        if own.shown.borrow().as_ref() == Some(&now) {
            return;
        }
        let language = own.app.language();
        let has_loops = !document.loops.all().is_empty();
        own.about_loops.iter().for_each(|part| part.set_hidden(!has_loops));
        code::hide(&own.app);
        let sent: Link = link::of(state);
        let (address, landmarks) = link::address(&sent);
        own.address.set_text_content(Some(&shortened(&address)));
        let left_out = language.left_out(landmarks, sent.loops_written());
        own.left_out.set_text_content(Some(left_out.trim_start_matches(". ")));
        if has_loops {
            let title = Some(&document.title).filter(|title| !title.is_empty());
            own.title.set_text_content(Some(title.unwrap_or(&language.untitled_loops)));
            own.about.set_text_content(Some(&about(document, language)));
            self.list(state, language);
            loop_map::draw(state, &own.map);
        }
        own.shown.replace(Some(now));
    }

    /// The tracks, with their pictures.
    fn list(&self, state: &State, language: &Language) {
        let list = &self.0.tracks;
        list.set_text_content(None);
        let model = TracksModel::new(state, dom::now_ms());
        for track in &model.tracks {
            let number = track.own.number;
            let item = dom::create("li", &format!("loop loop-{number}"));
            let [start, more] = ["start", "more"].map(|class| dom::create("span", class));
            start.set_text_content(Some(&number.to_string()));
            let (title, about) = (dom::create("b", ""), dom::create("small", ""));
            let texts = row::texts(track, state, language);
            title.set_text_content(Some(&texts.name));
            about.set_text_content(Some(&texts.about));
            let (lane, path) = picture::lane();
            let rounds = track.rounds(model.bars);
            let _ = path.set_attribute("d", &picture::path(&track.own, state.notes(), rounds, track.later));
            for (parent, child) in
                [(&more, &title), (&more, &about), (&item, &start), (&item, &more), (&item, &lane)]
            {
                dom::append(parent, child);
            }
            dom::append(list, &item);
        }
    }
}

impl View for ShareCard {
    fn show(&mut self, state: &State) {
        if self.0.is_open.get() {
            self.fill(state);
        }
    }
}

/// The tempo, and the scale if one lies over the map.
fn about(document: &Document, language: &Language) -> String {
    let notes = &document.notes;
    let tempo = language.beats_a_minute(notes.bpm);
    match notes.layout {
        Layout::ScaleAcross => format!("{tempo} · {}", language.scale_on(notes.scale, notes.root)),
        Layout::RootNote => tempo,
    }
}

/// The beginning of an address, as people write it.
fn shortened(address: &str) -> String {
    /// More than a line shows.
    const LETTERS: usize = 90;
    let bare = address.split_once("://").map_or(address, |(_, bare)| bare);
    bare.chars().take(LETTERS).collect()
}
