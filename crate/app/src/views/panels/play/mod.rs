//! The panel Play: the keyboard, which notes a touch plays, volume and panic. (The readout and MIDI, also in this
//! panel, are separate views.)

mod choices;
mod keyboard;
mod layout;
mod typing;
mod volume;

use ::play::action::{Action, SoundAction};
use ::play::error::AppError;
use web_sys::{Event, HtmlElement};

use crate::app::App;
use crate::views::controls::{on_click, scroll_to};

/// Finds its controls and adds its views.
///
/// # Errors
/// If the page lacks an element.
pub fn build(app: &App) -> Result<(), AppError> {
    volume::build(app)?;
    app.add_view(keyboard::KeyboardView::build(app)?);
    app.add_view(choices::NoteChoices::build(app)?);
    on_click(app, "panic", |app| app.dispatch(Action::Sound(SoundAction::Panic)))?;
    let root = app.root();
    let panel: HtmlElement = root.element("panel-play")?;
    for id in ["readout", "midi-section"] {
        let section: HtmlElement = root.element(id)?;
        let (opened, panel) = (section.clone(), panel.clone());
        // Scrolls an opened section into view.
        root.listen(&section, "toggle", move |_: Event| scroll_to(&opened, &panel));
    }
    Ok(())
}
