//! Loads the editor of paths, `paths.js`, when a person first opens it. The script shows itself and acts through its port.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::app::App;
use crate::effects::matching::build_script;
use crate::effects::path_port::PathPort;

const SCRIPT: &str = "paths.js";

/// Loads and shows the editor; calls `failed` with a sentence if that is impossible.
pub fn open(app: &App, failed: impl FnOnce(&str) + 'static) {
    let app = app.clone();
    spawn_local(async move {
        let port = JsValue::from(PathPort::new(&app));
        if build_script(&app, SCRIPT, "path-editor", &port).await.is_err() {
            failed(&app.language().listener_lost);
        }
    });
}
