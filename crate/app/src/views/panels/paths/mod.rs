//! The panel Paths: movements in time. Today loops: recorded paths of several fingers that repeat.

mod list;
mod record;
mod row;

use play::error::AppError;
use web_sys::Element;

use crate::app::App;
use crate::effects::paths;
use crate::views::controls::on_click;

/// Adds its views, and the button of the panel Play that records.
///
/// # Errors
/// If the page lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    for (button, text) in [("record", "record-text"), ("record-in-play", "record-in-play-text")] {
        app.add_view(record::RecordButton::build(app, button, text)?);
    }
    app.add_view(list::LoopRows::build(app)?);
    follow_editor(app)
}

/// The button that opens the editor; the script that it loads hides it.
fn follow_editor(app: &App) -> Result<(), AppError> {
    let status: Element = app.root().element("path-status")?;
    on_click(app, "path-open", move |app| {
        let status = status.clone();
        status.set_text_content(None);
        paths::open(app, move |sentence| status.set_text_content(Some(sentence)));
    })
}
