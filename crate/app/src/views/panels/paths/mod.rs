//! The panel Paths: movements of the current point in time. Today recorded gestures that repeat.

mod gesture;

use play::error::AppError;

use crate::app::App;

/// Adds its views.
///
/// # Errors
/// If the page lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    app.add_view(gesture::GestureControls::build(app)?);
    Ok(())
}
