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

use play::State;
use play::effect::Event;
use play::error::AppError;

use crate::app::App;

/// A view.
pub trait View {
    /// Shows what is true now: called in the first frame that has something new, and ten times a second while the
    /// current point moves. A view leaves alone what has not changed.
    fn show(&mut self, state: &State);

    /// Passes the current point and its patch on to others, in every frame in which they may have changed. Writes
    /// nothing on the page.
    fn follow(&mut self, _state: &State) {}

    /// Draws what moves, in every frame; the clock of the frames, in milliseconds. Answers whether something still
    /// moves.
    fn draw(&mut self, _state: &State, _now_ms: f64) -> bool {
        false
    }

    /// Hears of something that passes.
    fn notify(&mut self, _state: &State, _event: &Event) {}
}

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
