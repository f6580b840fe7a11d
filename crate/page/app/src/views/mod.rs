//! The views: all that a person sees and touches. A view reads the state, shows it, and dispatches actions; it may
//! dispatch at any time, since actions wait in a queue until the view is done. It finds its elements below the given
//! root, so that it works on our own page and in an element of a host page. Decides nothing.

mod back_to_yours;
pub mod bars;
pub mod controls;
pub mod discarded;
mod divider;
pub mod element;
pub mod job;
pub mod legend;
pub mod location;
pub mod notice;
pub mod onboarding;
pub mod pad;
pub mod panels;
pub mod readout;
pub mod second_touch;
pub mod sheet;
pub mod shortcuts;
mod slider_swipe;
pub mod tone_texts;
pub mod tools;
pub mod transport;

use play::error::AppError;

use crate::app::App;

/// Adds all views of our own page.
///
/// # Errors
/// If the page lacks an element.
pub fn build_page(app: &App) -> Result<(), AppError> {
    build_map(app)?;
    app.add_view(onboarding::OnboardingView::build(app)?);
    app.add_view(back_to_yours::BackToYours::build(app)?);
    app.add_view(discarded::DiscardedEdit::build(app)?);
    app.add_view(legend::Legend::build(app)?);
    app.add_view(tools::Tools::build(app)?);
    app.add_view(tone_texts::ToneTexts::build(app)?);
    app.add_view(sheet::Sheet::build(app)?);
    app.add_view(divider::Divider::build(app)?);
    app.add_view(job::JobLine::build(app)?);
    transport::build(app)?;
    panels::build(app)
}

/// Adds the views that page and element share.
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
    slider_swipe::follow(app);
    Ok(())
}
