//! The link of the dialog Share as a code that a camera reads, drawn by a script that loads when a person first asks
//! for it.

use js_sys::{Array, Function, Reflect};
use play::code_size::code_width_px;
use play::error::AppError;
use play::link::CODE_LIMIT;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, console};

use crate::app::App;
use crate::dom;

/// The script.
const SCRIPT: &str = "qr.js";

/// Shows the code of an address, or hides it. Returns what is said of it: why there is none.
pub async fn toggle(app: &App, address: &str) -> String {
    let Ok(place) = app.root().element::<HtmlElement>("code") else { return String::new() };
    if !place.hidden() {
        hide(app);
        return String::new();
    }
    if address.len() > CODE_LIMIT {
        return app.language().code_too_long.clone();
    }
    match draw(app, address).await {
        Ok([size, path]) => {
            if let Ok(Some(drawing)) = place.query_selector("svg") {
                let _ = drawing.set_attribute("viewBox", &format!("-4 -4 {size} {size}"));
            }
            if let Ok(Some(drawn)) = place.query_selector("path") {
                let _ = drawn.set_attribute("d", &path);
            }
            place.set_hidden(false);
            fit(&place, &size);
            show_pressed(app, true);
            place.scroll_into_view_with_bool(false);
            String::new()
        }
        Err(error) => app.language().error(&error),
    }
}

/// Gives the code a width at which its modules are equally wide.
fn fit(place: &HtmlElement, size: &str) {
    // As wide as there is room for it.
    let _ = place.style().remove_property("width");
    let available_px = f64::from(place.client_width());
    let modules = size.parse().unwrap_or_default();
    let width_px = code_width_px(modules, available_px, dom::window().device_pixel_ratio());
    let _ = place.style().set_property("width", &format!("{width_px}px"));
}

/// Hides the code: the link may be another one now.
pub fn hide(app: &App) {
    if let Ok(place) = app.root().element::<HtmlElement>("code") {
        place.set_hidden(true);
        show_pressed(app, false);
    }
}

fn show_pressed(app: &App, is_shown: bool) {
    if let Ok(button) = app.root().element::<Element>("scan-code") {
        let _ = button.set_attribute("aria-expanded", if is_shown { "true" } else { "false" });
    }
}

/// The side of a code with the space around it, and its path, in modules of the code.
async fn draw(app: &App, address: &str) -> Result<[String; 2], AppError> {
    let exports = app.executor().assets().script(SCRIPT).await?;
    let drawn = Reflect::get(&exports, &"draw".into())
        .and_then(|draw| draw.unchecked_into::<Function>().call1(&exports, &address.into()))
        .map_err(|reason| {
            console::error_1(&reason);
            AppError::FileBroken(SCRIPT)
        })?;
    let drawn: Array = drawn.unchecked_into();
    Ok([0, 1].map(|part| drawn.get(part).as_string().unwrap_or_default()))
}
