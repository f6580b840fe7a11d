//! Loads the part of the page that searches for patches that sound like a given sound, `match.js`, and computes where the
//! found patches lie. The script runs the search and reports what is found; it becomes actions.

use js_sys::{Function, Reflect};
use patch::Patch;
use plane::Point;
use play::action::Action;
use play::error::AppError;
use play::sound_match::{MatchAction, SoundMatch};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, File};

use crate::app::App;
use crate::dom;
use crate::effects::imports::Importer;
use crate::effects::match_port::MatchPort;
use crate::effects::match_script::MatchScript;

const SCRIPT: &str = "match.js";
/// How often it is asked whether an import goes on, which takes seconds.
const TASK_MS: i32 = 100;

/// Shows the part of the page that searches; loads it first. It takes `file`, if there is one. Calls `failed` with a
/// sentence if that is impossible.
pub fn open(app: &App, file: Option<File>, failed: impl FnOnce(&str) + 'static) {
    app.dispatch(Action::Match(MatchAction::Show));
    let app = app.clone();
    spawn_local(async move {
        let matcher = app.executor().matcher();
        if let Some(file) = file {
            matcher.hold(file);
        }
        if matcher.try_open() {
            let built = build(&app).await;
            let error = built.as_ref().err().map(|error| app.language().error(error));
            matcher.set_script(built.ok());
            if let Some(sentence) = error {
                return failed(&sentence);
            }
        }
        if let Some(script) = matcher.script()
            && let Some(file) = matcher.take_held()
        {
            script.take_file(&file);
        }
        app.dispatch(Action::Match(MatchAction::Show));
    });
}

async fn build(app: &App) -> Result<MatchScript, AppError> {
    Ok(build_script(app, SCRIPT, "match", &JsValue::UNDEFINED).await?.unchecked_into())
}

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

/// What the next run keeps, bit by bit.
pub fn kept_bits(state: &SoundMatch) -> u8 {
    state.kept.iter().enumerate().map(|(bit, &kept)| u8::from(kept) << bit).sum()
}

/// Computes where a strand's patch lies.
pub fn place(app: &App, run: u32, strand: usize, patch: Box<Patch>) {
    let app = app.clone();
    spawn_local(async move {
        let point = place_by_model(&app, &patch).await;
        app.dispatch(Action::Match(MatchAction::Placed(run, strand, patch, point)));
    });
}

/// Where the model that plays places a patch. A task that may change the model is waited for.
async fn place_by_model(app: &App, patch: &Patch) -> Option<Point> {
    let (executor, importer) = (app.executor(), Importer::new(app));
    loop {
        let turns = &executor.imported_files().turns;
        let turn = turns.get();
        if turn % 2 == 1 {
            dom::wait(TASK_MS).await;
            continue;
        }
        let placed = match importer.load_model().await {
            Ok(()) => executor.analysis().encode(patch.values()).await.ok(),
            Err(_) => None,
        };
        if turns.get() == turn {
            let placed = placed?;
            return Some(Point::on_plane(*placed.first()?, *placed.get(1)?));
        }
    }
}
