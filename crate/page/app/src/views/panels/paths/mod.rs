//! The panel Paths: movements in time. Today loops: recorded paths of several fingers that repeat.

mod list;
mod record;
mod row;

use play::action::{Action, PageAction};
use play::error::AppError;
use play::page::Tab;
use web_sys::{Element, File};

use crate::app::App;
use crate::effects::link;
use crate::effects::paths::{self, PanelPart};

/// The script hides the button that opens it.
const EDITOR: PanelPart = PanelPart { script: "paths.js", place: "path-editor", status: "path-status" };

/// Adds its views, and the button of the panel Play that records.
///
/// # Errors
/// If the page lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    for (button, text) in [("record", "record-text"), ("record-in-play", "record-in-play-text")] {
        app.add_view(record::RecordButton::build(app, button, text)?);
    }
    app.add_view(list::LoopRows::build(app)?);
    paths::follow(app, EDITOR, "path-open")
}

/// If the page's address is a link to a path, shows the panel with the editor, which opens it.
pub fn open_linked(app: &App) {
    if link::is_to_path() {
        open(app, Vec::new());
    }
}

/// True if paths can be opened: an element need not have this panel.
pub fn has_editor(app: &App) -> bool {
    app.root().element::<Element>(EDITOR.place).is_ok()
}

/// Shows the panel with the editor, which opens the path files.
pub fn open(app: &App, files: Vec<File>) {
    if app.state().page.tab != Tab::Paths {
        app.dispatch(Action::Page(PageAction::SelectTab(Tab::Paths)));
    }
    app.dispatch(Action::Page(PageAction::OpenSheet));
    paths::open(app, EDITOR, files, std::rc::Rc::default());
}
