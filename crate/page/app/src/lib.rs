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
    let language = Language::new(words)?;
    let root = Root::page();
    if let Err(error) = begin(&root, Assets::new(locate, Some(import)), language.clone()) {
        notice::show_sentence(&root, &language.error(&error));
        // The program has ended; the sentence says to reload.
        if let Ok(retry) = root.element::<HtmlElement>("retry") {
            retry.set_hidden(true);
        }
    }
    Ok(())
}

fn begin(root: &Root, assets: Assets, language: Language) -> Result<(), AppError> {
    let (store, start) = SessionStore::open();
    let executor = Executor::new(root.clone(), language, assets, None, store);
    let is_motion_reduced = dom::media_matches("(prefers-reduced-motion: reduce)");
    let app = App::new(Start { is_motion_reduced, ..start }, executor, effects::execute);
    let built = views::build_page(&app);
    match built {
        Ok(()) => effects::follow(&app),
        // The views that are here would hide the message.
        Err(_) => app.end(),
    }
    built
}
