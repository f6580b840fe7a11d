//! The panel Play: which notes a touch plays and how fast, volume and panic; and the keyboard below every panel.

mod choices;
mod keyboard;
mod layout;
mod tempo;
mod typing;
mod volume;

use ::play::action::{Action, SoundAction};
use ::play::error::AppError;
use web_sys::HtmlElement;

use crate::app::App;
use crate::views::controls::on_click;

/// Finds its controls and adds its views.
///
/// # Errors
/// If the page lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    // Without the list of loops, a loop could not be stopped.
    let record: HtmlElement = app.root().element("record-in-play")?;
    record.set_hidden(!app.root().contains("#panel-paths"));
    volume::build(app)?;
    app.add_view(keyboard::KeyboardView::build(app)?);
    app.add_view(choices::NoteChoices::build(app)?);
    app.add_view(tempo::TempoField::build(app)?);
    on_click(app, "panic", |app| app.dispatch(Action::Sound(SoundAction::Panic)))
}
