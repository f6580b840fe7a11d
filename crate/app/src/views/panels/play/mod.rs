//! The panel Play: the keyboard, which notes a touch plays, volume and panic. (The readout and MIDI, also in this
//! panel, are separate views.)

mod choices;
mod keyboard;
mod layout;
mod typing;
mod volume;

use ::play::action::{Action, SoundAction};
use ::play::error::AppError;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

use crate::app::App;
use crate::root::ListenOptions;
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
    let panel: HtmlElement = app.root().element("panel-play")?;
    let container = panel.clone();
    // Where the panel scrolls, a section that was opened comes into view. Toggle events do not bubble.
    let on_the_way = ListenOptions { first: true, ..ListenOptions::default() };
    app.root().listen_as(on_the_way, &panel, "toggle", move |event: Event| {
        let section = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if let Some(section) = section.filter(|section| section.class_list().contains("section")) {
            scroll_to(&section, &container);
        }
    });
    Ok(())
}
