//! The page, and the same as an element of a host page: shows the latent plane, follows pointers and keys, and sends
//! their points to the worklet, which decodes and makes the sound.
//!
//! One state, one direction: a view dispatches an action (`app`), [`play::reduce()`] decides, `effects` executes, and
//! the views show the state. Start reading at `app`.
#![forbid(unsafe_code)]

mod app;
mod dom;
mod effects;
mod root;
mod view;
mod views;
mod words;

use js_sys::{Error, Function};
use play::action::Start;
use play::error::AppError;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use app::App;
use effects::assets::Assets;
use effects::executor::Executor;
use effects::session::SessionStore;
use root::Root;
use views::notice;
use words::Language;

/// Starts our own page; its script calls this once. `locate` returns the address of each file by its name, and `import`
/// loads a script, see `effects::assets`; `words` are those of a language, see www/words/.
///
/// # Errors
/// If a word is missing: then there is no message to show.
#[wasm_bindgen]
pub fn start(locate: Function, import: Function, words: &JsValue) -> Result<(), Error> {
    let app = open(Assets::new(locate, Some(import)), Language::new(words)?);
    if let Err(error) = views::build_page(&app) {
        end(&app, &error);
        return Ok(());
    }
    effects::follow(&app);
    spawn_local(async move {
        if let Err(error) = views::build_panels(&app).await {
            end(&app, &error);
        }
    });
    Ok(())
}

fn open(assets: Assets, language: Language) -> App {
    let (store, start) = SessionStore::open();
    let executor = Executor::new(Root::page(), language, assets, None, store);
    let is_motion_reduced = dom::media_matches("(prefers-reduced-motion: reduce)");
    App::new(Start { is_motion_reduced, ..start }, executor, effects::execute)
}

/// Ends the program for good; its sentence says to reload.
fn end(app: &App, error: &AppError) {
    // The views that are here would hide the message.
    app.end();
    notice::show_sentence(app.root(), &app.language().error(error));
    if let Ok(retry) = app.root().element::<HtmlElement>("retry") {
        retry.set_hidden(true);
    }
}
