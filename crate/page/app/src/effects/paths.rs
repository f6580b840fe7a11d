//! Loads a part of a panel when a person first opens it, such as a live voice. Each is a script that shows
//! itself and acts through its port.

use std::cell::Cell;
use std::rc::Rc;

use play::action::{Action, PageAction};
use play::error::AppError;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use crate::app::App;
use crate::effects::path_port::PathPort;
use crate::effects::scripts::build_script;
use crate::views::controls::on_click;

/// A part that a script adds to a panel.
#[derive(Clone, Copy)]
pub struct PanelPart {
    /// The script's file.
    pub script: &'static str,
    /// The id of the element that it fills.
    pub place: &'static str,
    /// The id of the element that says if it cannot be loaded.
    pub status: &'static str,
}

/// Makes a button open a part.
///
/// # Errors
/// If the page lacks the button.
pub fn follow(app: &App, part: PanelPart, button: &'static str) -> Result<(), AppError> {
    let opener: Element = app.root().element(button)?;
    let is_loading = Rc::<Cell<bool>>::default();
    on_click(app, button, move |app| {
        // A script that begins and stops something by turns would do both at once.
        if is_loading.replace(true) {
            return;
        }
        // On a phone a part may lie below the sheet's edge. A pressed button ends what it has begun, or shows what has room.
        let is_on = |name| opener.get_attribute(name).as_deref() == Some("true");
        if !is_on("aria-pressed") && !is_on("data-live") {
            app.dispatch(Action::Page(PageAction::OpenSheet));
        }
        open(app, part, Rc::clone(&is_loading));
    })
}

/// Loads a part, or shows it if it is loaded. `is_loading` is false afterwards.
fn open(app: &App, part: PanelPart, is_loading: Rc<Cell<bool>>) {
    let Ok(status) = app.root().element::<Element>(part.status) else { return };
    status.set_text_content(None);
    let app = app.clone();
    spawn_local(async move {
        let port = JsValue::from(PathPort::new(&app));
        if let Err(error) = build_script(&app, part.script, part.place, &port).await {
            status.set_text_content(Some(&app.language().error(&error)));
        }
        is_loading.set(false);
    });
}
