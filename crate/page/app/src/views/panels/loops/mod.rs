//! The place Loops: recorded paths of several fingers that repeat, and the editor of their shape.

mod invitation;
mod list;
mod parts;
pub mod picture;
pub mod row;
mod settings;

use play::action::{Action, PageAction};
use play::error::AppError;
use play::page::Tab;
use play::panels::paths::{PathsAction, PathsFile, PathsWay};
use play::panels::{OwnAction, PanelAction, PanelId};
use web_sys::{Element, File};

use crate::app::App;
use crate::dom;
use crate::effects::link;
use crate::views::controls::on_click;

/// The element of the editor of paths.
const EDITOR: &str = "path-editor";

/// Adds its views.
///
/// # Errors
/// If the page lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    app.add_view(list::LoopRows::build(app)?);
    if !app.root().is_embedded() {
        app.add_view(invitation::Invitation::build(app)?);
        for (button, way) in [("open-four", PathsWay::Four), ("open-curve", PathsWay::Curve)] {
            on_click(app, button, move |app| open(app, &[PathsAction::SetWay { way }]))?;
        }
    }
    Ok(())
}

/// If the page's address is a link to a path, shows the panel with the editor, which opens it.
pub fn open_linked(app: &App) {
    if let Some(fragment) = link::to_path() {
        open(app, &[PathsAction::OpenLink { fragment }]);
    }
}

/// True if paths can be opened: an element need not have this panel.
pub fn has_editor(app: &App) -> bool {
    app.root().element::<Element>(EDITOR).is_ok()
}

/// Shows the panel with the editor, which opens the path files.
pub fn open_files(app: &App, files: Vec<File>) {
    let given = app.executor().given_files();
    let keep = |file: File| PathsFile { name: file.name(), number: given.keep(file) };
    let files = files.into_iter().map(keep).collect();
    open(app, &[PathsAction::SetWay { way: PathsWay::Lanes }, PathsAction::OpenFiles { files }]);
}

/// Shows the panel with the editor, which then does these things.
fn open(app: &App, actions: &[PathsAction]) {
    if app.state().page.tab != Tab::Loops {
        app.dispatch(Action::Page(PageAction::SelectTab(Tab::Loops)));
    }
    app.dispatch(Action::Page(PageAction::OpenSheet));
    let act = |action: &PathsAction| PanelAction::Act(OwnAction::Paths(action.clone()));
    for action in actions.iter().map(act).chain([PanelAction::Open(PanelId::Paths)]) {
        app.dispatch(Action::Panel(action, dom::now_ms()));
    }
}
