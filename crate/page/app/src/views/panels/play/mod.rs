//! The place Play: which notes a touch plays, how fast and how loud, and the drawer with the keys.

mod choices;
mod drawer;
mod keyboard;
mod layout;
mod switch;
mod tempo;
mod typing;
mod volume;

use ::play::error::AppError;

use crate::app::App;

/// Finds its controls and adds its views.
///
/// # Errors
/// If the page lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    volume::build(app)?;
    app.add_view(keyboard::KeyboardView::build(app)?);
    if !app.root().is_embedded() {
        drawer::follow(app)?;
    }
    app.add_view(choices::NoteChoices::build(app)?);
    app.add_view(switch::NoteSwitch::build(app)?);
    app.add_view(tempo::TempoField::build(app)?);
    Ok(())
}
