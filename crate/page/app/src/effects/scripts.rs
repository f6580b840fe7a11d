//! Loads a script of the page that shows itself and acts through a port.

use js_sys::{Function, Reflect};
use play::error::AppError;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::app::App;
use crate::effects::match_port::MatchPort;

/// Loads a script of the page and calls its `build` with the element of this id, a [`MatchPort`], and `more`; returns what
/// it returns.
///
/// # Errors
/// If it cannot be loaded or fails.
pub async fn build_script(
    app: &App,
    script: &'static str,
    place: &'static str,
    more: &JsValue,
) -> Result<JsValue, AppError> {
    let place: Element = app.root().element(place)?;
    let exports = app.executor().assets().script(script).await?;
    let broken = |_| AppError::FileBroken(script);
    let build: Function = Reflect::get(&exports, &"build".into()).map_err(broken)?.unchecked_into();
    let port = JsValue::from(MatchPort::new(app));
    build.call3(&JsValue::UNDEFINED, &place, &port, more).map_err(broken)
}
