//! Loads missing files one after the other, since all share one connection, and the most important first: the sound,
//! the known patches, the map and the presets. Each is useful without the next.

use std::iter::repeat;
use std::rc::Rc;

use js_sys::Uint8Array;
use plane::preset_layers::PresetLayers;
use plane::{Coordinates, Map, Presets};
use play::action::{Action, LoadAction};
use play::error::AppError;
use wasm_bindgen_futures::spawn_local;

use crate::app::App;
use crate::dom;
use crate::effects::assets::TransferCounter;
use crate::effects::sound_loading::{DECODER, MODULE, NETWORK, load_sound, open_or_reuse};

const COORDINATES: &str = "coordinates.json";
const MAP: &str = "map.json";
const PRESETS: &str = "presets.bin";
const MEASURED: &str = "preset_layers.bin";

/// How long after a failed try the map's colours and the presets are requested again, in milliseconds; the last one
/// again and again.
const RETRIES_MS: [i32; 4] = [10_000, 60_000, 300_000, 900_000];

/// Loads the sound, the known patches, or both.
pub fn load(app: &App, sound: bool, known: bool) {
    let names = known
        .then_some(COORDINATES)
        .into_iter()
        .chain(sound.then_some([MODULE, NETWORK, DECODER]).into_iter().flatten());
    let owned = app.clone();
    let progress = TransferCounter::new(&names.collect::<Vec<_>>(), move |progress| {
        owned.dispatch(Action::Load(LoadAction::Progress(progress)));
    });
    let progress = Rc::new(progress);
    // Open the context first: a tap while the files load then already resumes it.
    let context = sound.then(|| open_or_reuse(app)).transpose();
    let app = app.clone();
    spawn_local(async move {
        let sound = match context {
            Ok(Some(context)) => load_sound(&app, &progress, &context).await,
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        // Each is useful without the other.
        let known = if known { load_known(&app, &progress).await } else { Ok(()) };
        app.dispatch(Action::Load(LoadAction::Finished));
        if let Err(error) = sound.and(known) {
            app.dispatch(Action::Load(LoadAction::Failed(error)));
        }
    });
}

async fn load_known(app: &App, progress: &Rc<TransferCounter>) -> Result<(), AppError> {
    let assets = app.executor().assets();
    let json = assets.json(COORDINATES, progress).await?;
    let known: Coordinates = serde_wasm_bindgen::from_value(json).map_err(|_| assets.broken(COORDINATES))?;
    let rows = known.len();
    app.dispatch(Action::Load(LoadAction::Known(Rc::new(known))));
    spawn_local(load_optional(app.clone(), rows));
    Ok(())
}

/// Loads what the page can do without, later; requests it again after a failure.
async fn load_optional(app: App, rows: usize) {
    let (mut map, mut presets) = (load_map(&app).await, load_presets(&app, rows).await);
    if map.is_err() || presets.is_err() {
        app.dispatch(Action::Load(LoadAction::Failed(AppError::MapLate)));
    }
    for retry_ms in RETRIES_MS.into_iter().chain(repeat(RETRIES_MS[3])) {
        if map.is_ok() && presets.is_ok() || app.has_ended() {
            break;
        }
        dom::wait(retry_ms).await;
        if map.is_err() {
            map = load_map(&app).await;
        }
        if presets.is_err() {
            presets = load_presets(&app, rows).await;
        }
    }
}

async fn load_map(app: &App) -> Result<(), AppError> {
    let assets = app.executor().assets();
    let map: Rc<Map> = Rc::new(assets.parsed(MAP).await?);
    if app.executor().imported_files().take_map(&map) {
        app.dispatch(Action::Load(LoadAction::Map(Some(map))));
    }
    Ok(())
}

async fn load_presets(app: &App, rows: usize) -> Result<(), AppError> {
    // Only snapping to dots and imports need them, and an element has neither.
    if app.root().is_embedded() {
        return Ok(());
    }
    let assets = app.executor().assets();
    let buffer = assets.bytes(PRESETS, &TransferCounter::uncounted()).await?;
    let presets =
        Presets::for_rows(&Uint8Array::new(&buffer).to_vec(), rows).map_err(|_| assets.broken(PRESETS))?;
    app.dispatch(Action::Load(LoadAction::Presets(Rc::new(presets))));
    Ok(())
}

/// Loads the measured values of the page's own presets; requests them again after a failure, without a message: until
/// then the predicted ones are shown as such.
pub fn load_measured(app: &App) {
    let app = app.clone();
    spawn_local(async move {
        for retry_ms in RETRIES_MS.into_iter().chain(repeat(RETRIES_MS[3])) {
            if take_measured(&app).await.is_ok() || app.has_ended() {
                break;
            }
            dom::wait(retry_ms).await;
        }
    });
}

async fn take_measured(app: &App) -> Result<(), AppError> {
    let assets = app.executor().assets();
    let buffer = assets.bytes(MEASURED, &TransferCounter::uncounted()).await?;
    let known = app.state().amsynth_library().known.clone();
    let names = known.as_deref().map_or(&[][..], |known| &known.name);
    let measured = PresetLayers::of_page(&Uint8Array::new(&buffer).to_vec(), names)
        .map_err(|_| assets.broken(MEASURED))?;
    app.dispatch(Action::Load(LoadAction::Measured(Rc::new(measured))));
    Ok(())
}
