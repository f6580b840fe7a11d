//! The panel Places: presets to find, landmarks to return to, and what moves the current point: a morph, a gesture that
//! is repeated, a walk, a surprise.

mod landmarks;
mod paths;
mod presets;
mod search;

use play::error::AppError;

use crate::app::App;

/// Adds its views.
///
/// # Errors
/// If the page lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    app.add_view(presets::PresetFinder::build(app)?);
    app.add_view(landmarks::LandmarkList::build(app)?);
    app.add_view(paths::PathControls::build(app)?);
    Ok(())
}
