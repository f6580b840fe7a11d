//! The panel Places: presets to find, the codebook, landmarks to return to, what lies between two sounds, a random
//! walk, a surprise.

mod auditions;
mod descriptor_range;
mod finder;
mod here;
mod kinds;
mod landmarks;
mod looks;
mod results;
mod understood;
mod wander;

use play::error::AppError;

use crate::app::App;

/// Adds its views.
///
/// # Errors
/// If the page lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    app.add_view(here::HereButtons::build(app)?);
    app.add_view(finder::PresetFinder::build(app)?);
    app.add_view(understood::UnderstoodWords::build(app)?);
    app.add_view(kinds::KindChips::build(app)?);
    app.add_view(descriptor_range::DescriptorRange::build(app)?);
    app.add_view(results::ResultList::build(app)?);
    app.add_view(landmarks::LandmarkList::build(app)?);
    app.add_view(wander::Wander::build(app)?);
    app.add_view(looks::LookButtons::build(app)?);
    Ok(())
}
