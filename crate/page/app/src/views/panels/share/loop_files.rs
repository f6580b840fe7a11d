//! The part of Share that saves loops as files: the notes of all of them, and notes and sound of each one. Hidden without
//! loops.

use std::cell::Cell;
use std::rc::Rc;

use play::error::AppError;
use play::{RecordedLoop, State};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement};

use super::SharePanel;
use crate::app::App;
use crate::dom;
use crate::effects::exports::{self, LoopFile};
use crate::view::View;

/// The list of files.
struct LoopFileList {
    app: App,
    part: HtmlElement,
    list: Element,
    /// Of each loop its number and its name; none before the first ones.
    shown: Option<Vec<ListedLoop>>,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
struct ListedLoop {
    number: u8,
    name: Option<String>,
}

/// Finds the elements, listens to them, and adds the view.
///
/// # Errors
/// If the page lacks one.
pub(super) fn build(panel: &SharePanel) -> Result<(), AppError> {
    let app = panel.0.app.clone();
    let root = app.root();
    let list: Element = root.element("loop-files-list")?;
    let (owned, is_working) = (panel.clone(), Rc::new(Cell::new(false)));
    root.listen(&list, "click", move |event: Event| {
        let Some(button) = dom::target::<Element>(&event) else { return };
        let Some(file) = file_of(&button) else { return };
        if is_working.replace(true) {
            return owned.0.status.say(&owned.0.app.language().still_busy);
        }
        let job = owned.0.status.begin_anew();
        let (owned, is_working) = (owned.clone(), Rc::clone(&is_working));
        spawn_local(async move {
            owned.0.status.report(job, &owned.0.app.language().writing_loops);
            let said = exports::loops(&owned.0.app, file).await;
            owned.0.status.finish(job, &said);
            is_working.set(false);
        });
    });
    let part = root.element("loop-files")?;
    app.add_view(LoopFileList { app: app.clone(), part, list, shown: None });
    Ok(())
}

/// The file that a button saves: its kind and the number of its loop, 0 for all.
fn file_of(button: &Element) -> Option<LoopFile> {
    let number = button.get_attribute("data-number")?.parse().ok()?;
    match (button.get_attribute("data-file")?.as_str(), number) {
        ("mid", 0) => Some(LoopFile::AllNotes),
        ("mid", number) => Some(LoopFile::Notes(number)),
        _ => Some(LoopFile::Sound(number)),
    }
}

impl LoopFileList {
    /// The files of a loop, or with number 0 that of all.
    fn row(&self, name: &str, number: u8) -> Element {
        let row = dom::create("li", "");
        let title = dom::create("span", "");
        title.set_text_content(Some(name));
        dom::append(&row, &title);
        let kinds = [("mid", "MIDI"), ("wav", "WAV")].into_iter().take(if number == 0 { 1 } else { 2 });
        for (kind, text) in kinds {
            let button = dom::create("button", "");
            let label = format!("{text}: {name}");
            for (attribute, value) in [
                ("type", "button"),
                ("data-file", kind),
                ("data-number", &*number.to_string()),
                ("aria-label", &*label),
            ] {
                let _ = button.set_attribute(attribute, value);
            }
            button.set_text_content(Some(text));
            dom::append(&row, &button);
        }
        row
    }

    fn fill(&self, loops: &[ListedLoop]) {
        let language = self.app.language();
        self.list.set_text_content(None);
        dom::append(&self.list, &self.row(&language.all_loops, 0));
        for ListedLoop { number, name } in loops {
            let name = match name {
                Some(name) => format!("{number} {name}"),
                None => language.loop_name(*number),
            };
            dom::append(&self.list, &self.row(&name, *number));
        }
    }
}

impl View for LoopFileList {
    fn show(&mut self, state: &State) {
        let listed = |own: &RecordedLoop| ListedLoop { number: own.number, name: own.name.clone() };
        let loops: Vec<ListedLoop> = state.document().loops.all().iter().map(|own| listed(own)).collect();
        if self.shown.as_ref() == Some(&loops) {
            return;
        }
        self.part.set_hidden(loops.is_empty());
        self.fill(&loops);
        self.shown = Some(loops);
    }
}
