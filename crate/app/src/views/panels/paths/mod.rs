//! The panel Paths: movements in time. Today loops: recorded paths of several fingers that repeat.

mod list;
mod record;
mod row;

use play::error::AppError;

use crate::app::App;
use crate::effects::paths;

/// Adds its views, and the button of the panel Play that records.
///
/// # Errors
/// If the page lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    for (button, text) in [("record", "record-text"), ("record-in-play", "record-in-play-text")] {
        app.add_view(record::RecordButton::build(app, button, text)?);
    }
    app.add_view(list::LoopRows::build(app)?);
    // The script that it loads hides the button.
    paths::follow(app, "path-open", "paths.js", "path-editor", "path-status")
}
