//! Tells the line of the dialog Share whether the dialog is open.

use play::error::AppError;
use web_sys::{Event, HtmlElement};

use super::status::ShareStatus;
use crate::app::App;

/// Listens to the dialog: left, it says nothing more.
///
/// # Errors
/// If the page lacks it.
pub fn follow(app: &App, status: &ShareStatus) -> Result<(), AppError> {
    let dialog: HtmlElement = app.root().element("share-menu")?;
    let (status, source) = (status.clone(), dialog.clone());
    app.root().listen(&dialog, "toggle", move |_: Event| {
        status.follow(source.matches(":popover-open").unwrap_or(false));
    });
    Ok(())
}
