//! Loads a part of a panel when a person first opens it: the editor of paths, and the codebook. Each is a script that shows
//! itself and acts through its port.

use play::error::AppError;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use crate::app::App;
use crate::effects::matching::build_script;
use crate::effects::path_port::PathPort;
use crate::views::controls::on_click;

/// Makes a button load and show a script in the element of the id `place`; the element of the id `status` says if that is
/// impossible.
///
/// # Errors
/// If the page lacks one.
pub fn follow(
    app: &App,
    button: &'static str,
    script: &'static str,
    place: &'static str,
    status: &'static str,
) -> Result<(), AppError> {
    let status: Element = app.root().element(status)?;
    on_click(app, button, move |app| {
        let (app, status) = (app.clone(), status.clone());
        status.set_text_content(None);
        spawn_local(async move {
            let port = JsValue::from(PathPort::new(&app));
            if build_script(&app, script, place, &port).await.is_err() {
                status.set_text_content(Some(&app.language().listener_lost));
            }
        });
    })
}
