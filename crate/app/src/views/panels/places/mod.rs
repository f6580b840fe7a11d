//! The panel Places: presets to find, landmarks to return to, a morph between two of them, a random walk, a surprise.

mod landmarks;
mod presets;
mod search;
mod wander;

use play::error::AppError;

use crate::app::App;

/// Adds its views.
///
/// # Errors
/// If the page lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    app.add_view(presets::PresetFinder::build(app)?);
    app.add_view(landmarks::LandmarkList::build(app)?);
    app.add_view(wander::Wander::build(app)?);
    Ok(())
}
