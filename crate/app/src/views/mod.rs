//! What a person sees and touches. A view reads the state, shows it, and dispatches actions; it may do so at any time,
//! since actions wait in a queue until the view is done. It finds its elements below the root that it is given, so
//! that any view can stand in a page of ours or in an element of somebody else's. It decides nothing.

pub mod bars;
pub mod controls;
pub mod element;
pub mod legend;
pub mod location;
pub mod notice;
pub mod pad;
pub mod panels;
pub mod readout;
pub mod second_touch;
pub mod shortcuts;
pub mod tools;

use play::error::AppError;

use crate::app::App;

/// Makes all views of our own page.
///
/// # Errors
/// If the page lacks an element.
pub fn build_page(app: &App) -> Result<(), AppError> {
    build_map(app)?;
    app.add_view(legend::Legend::build(app)?);
    app.add_view(tools::Tools::build(app)?);
    panels::build(app)
}

/// Makes the views that page and element have in common.
///
/// # Errors
/// If an element is missing.
pub fn build_map(app: &App) -> Result<(), AppError> {
    app.add_view(pad::Pad::build(app)?);
    app.add_view(location::LocationView::build(app)?);
    app.add_view(bars::Bars::build(app)?);
    app.add_view(notice::Notice::build(app)?);
    shortcuts::follow(app)?;
    second_touch::follow(app.root());
    Ok(())
}
