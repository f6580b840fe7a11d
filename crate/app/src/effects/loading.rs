//! Brings the page to life: loads the sound and the map, what is missed most first, each of use without
//! the other. Called again, it makes up for what is missing.

use std::rc::Rc;

use futures_util::future::try_join4;
use js_sys::Uint8Array;
use plane::coordinates::Coordinates;
use plane::map::Map;
use plane::presets::Presets;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AudioContext, Event};

use crate::dom;
use crate::load::{Progress, in_time};
use crate::page::Page;
use crate::sound::{News, Sound, WORKLET_SCRIPT};
use crate::trouble::AppError;
use plane::grid::{self, FallbackGrid};

const COORDINATES: &str = "coordinates.json";
const DECODER: &str = "decoder.onnx";
const MAP: &str = "map.json";
const PRESETS: &str = "presets.f32";
const MODULE: &str = "worklet.wasm";

/// How long to wait for the worklet's word while the context sleeps, in milliseconds. Some browsers
/// run no worklet before the first gesture; the messages of a tap then wait for it.
const ASLEEP_PATIENCE_MS: i32 = 3000;

/// How long after a failed try the map's colours and the presets are asked for again, in milliseconds.
const LATER_MS: [i32; 4] = [10_000, 60_000, 300_000, 900_000];

/// Loads whatever is not there yet, and makes a sound anew that has stopped.
pub fn prepare(page: &Page) {
    page.begin_loading();
    let owned = page.clone();
    let progress = Rc::new(Progress::new(&missing(page), move |loaded| owned.show_loaded(loaded)));
    // The context first and at once: taps while the files come already wake it.
    let context = (!page.has_sound()).then(|| open_or_go_on(page));
    report(page, load(page.clone(), progress, context.transpose()));
}

/// Loads what is missing whenever a person asks for another try.
///
/// # Errors
/// If the page lacks the button.
pub fn follow_retry(page: &Page) -> Result<(), AppError> {
    let page = page.clone();
    let root = page.root();
    root.listen(&root.element("retry")?, "click", move |_: Event| prepare(&page));
    Ok(())
}

fn missing(page: &Page) -> Vec<&'static str> {
    let map = page.known().is_none().then_some(COORDINATES);
    let sound = (!page.has_sound()).then_some([MODULE, DECODER]);
    map.into_iter().chain(sound.into_iter().flatten()).collect()
}

fn report(page: &Page, task: impl Future<Output = Result<(), AppError>> + 'static) {
    let page = page.clone();
    spawn_local(async move {
        if let Err(trouble) = task.await {
            page.report(&trouble);
        }
    });
}

/// The order is that of what a visitor misses most: something that sounds; what sounds at each point; what
/// is known there. One after the other, since they would all have to share one connection.
async fn load(
    page: Page,
    progress: Rc<Progress>,
    context: Result<Option<AudioContext>, AppError>,
) -> Result<(), AppError> {
    let sound = match context {
        Ok(Some(context)) => load_sound(&page, &progress, &context).await,
        Ok(None) => Ok(()),
        Err(trouble) => Err(trouble),
    };
    // Each is of use without the other.
    let map = load_map(&page, &progress).await;
    page.settle_loading();
    sound.and(map)
}

async fn load_map(page: &Page, progress: &Rc<Progress>) -> Result<(), AppError> {
    if page.known().is_some() {
        return Ok(());
    }
    let json = page.assets().json(COORDINATES, progress).await?;
    let known: Coordinates =
        serde_wasm_bindgen::from_value(json).map_err(|_| page.assets().broken(COORDINATES))?;
    let rows = known.len();
    page.set_known(known);
    spawn_local(load_more(page.clone(), rows));
    Ok(())
}

/// What the page can do without: it comes later, and what does not come is tried for again by itself.
async fn load_more(page: Page, rows: usize) {
    let (mut map, mut presets) = (load_colours(&page).await, load_presets(&page, rows).await);
    if map.is_err() {
        page.report(&AppError::MapLate);
    }
    for later_ms in LATER_MS {
        if map.is_ok() && presets.is_ok() {
            break;
        }
        dom::wait(later_ms).await;
        if map.is_err() {
            map = load_colours(&page).await;
        }
        if presets.is_err() {
            presets = load_presets(&page, rows).await;
        }
    }
}

async fn load_colours(page: &Page) -> Result<(), AppError> {
    let uncounted = Rc::new(Progress::new(&[], |_| ()));
    let json = page.assets().json(MAP, &uncounted).await?;
    let map = serde_wasm_bindgen::from_value::<Map>(json).map_err(|_| page.assets().broken(MAP))?;
    page.set_map(Some(map));
    Ok(())
}

async fn load_presets(page: &Page, rows: usize) -> Result<(), AppError> {
    // Only dots that play themselves and brought presets need them, and an element has neither.
    if page.root().is_embedded() {
        return Ok(());
    }
    let uncounted = Rc::new(Progress::new(&[], |_| ()));
    let buffer = page.assets().bytes(PRESETS, &uncounted).await?;
    let presets = Presets::from_bytes(&Uint8Array::new(&buffer).to_vec(), rows)
        .map_err(|_| page.assets().broken(PRESETS))?;
    page.set_presets(presets);
    Ok(())
}

/// The context of a sound that has stopped, if another node can be made in it: it is awake already, and
/// has the script. Else a new one.
fn open_or_go_on(page: &Page) -> Result<AudioContext, AppError> {
    let lasting = page.with_sound(|sound| sound.is_lasting().then(|| sound.context().clone())).flatten();
    match lasting {
        Some(context) => {
            page.unprepare();
            Ok(context)
        }
        None => open(page),
    }
}

/// Opens a sound for the page; nothing sounds yet.
fn open(page: &Page) -> Result<AudioContext, AppError> {
    let sound = page.outlet().and_then(|outlet| Sound::open(page.gain(), outlet))?;
    Ok(take(page, sound))
}

/// Gives the page its sound and follows the context's sleep and end.
fn take(page: &Page, sound: Sound) -> AudioContext {
    let context = sound.context().clone();
    let owned = page.clone();
    page.root().listen(&context, "statechange", move |_: Event| match owned.with_sound(|s| s.is_closed()) {
        Some(true) => lose(&owned),
        _ => owned.sound_changed(),
    });
    let owned = page.clone();
    // Where the device fails that it plays through (Web Audio 1.1).
    page.root().listen(&context, "error", move |_: Event| lose(&owned));
    page.set_sound(sound);
    page.sound_changed();
    context
}

/// The browser took the sound output away; the next try opens another one.
fn lose(page: &Page) {
    if page.with_sound(|sound| sound.lose()) == Some(true) {
        page.stopped(&AppError::SoundLost);
    }
}

async fn load_sound(page: &Page, progress: &Rc<Progress>, context: &AudioContext) -> Result<(), AppError> {
    let assets = page.assets();
    let uncounted = Rc::new(Progress::new(&[], |_| ()));
    let grid = async {
        // Without it the first tap waits for the decoder to sound as it should.
        let bytes = assets.kept_bytes(grid::FILE, &uncounted).await.ok();
        Ok(bytes.and_then(|bytes| FallbackGrid::from_bytes(&Uint8Array::new(&bytes).to_vec())))
    };
    let brought = async { Ok(page.decoder().await) };
    let (module, (), grid, brought) =
        try_join4(assets.module(MODULE, progress), add_script(page, context), grid, brought).await?;

    let decoder = brought.or_else(|| assets.kept(DECODER, progress));
    let owned = page.clone();
    let tell = move |news| hear(&owned, news);
    let attached = page.with_sound(|sound| {
        sound.attach(&module, decoder.as_ref(), tell)?;
        // It knows our plane, not the one of a model that somebody brought.
        sound.stand_in(grid.filter(|_| decoder.is_none()));
        Ok(())
    });
    attached.unwrap_or(Ok(()))?;
    page.set_prepared();

    if decoder.is_none() {
        let decoder = assets.kept_bytes(DECODER, progress).await?;
        page.with_sound(|sound| sound.decode_by(&decoder));
    }
    let page = page.clone();
    dom::after(ASLEEP_PATIENCE_MS, move || {
        let asleep = page.with_sound(|sound| !sound.is_running()) == Some(true);
        if asleep && !page.decodes() {
            page.set_decoding();
        }
    });
    Ok(())
}

async fn add_script(page: &Page, context: &AudioContext) -> Result<(), AppError> {
    if page.with_sound(|sound| sound.has_script()) == Some(true) {
        return Ok(());
    }
    let worklet = context.audio_worklet().map_err(|_| AppError::NoAudioWorklet)?;
    let assets = page.assets();
    let adding = worklet
        .add_module(&assets.script_address(WORKLET_SCRIPT).await?)
        .map_err(|_| AppError::FileUnreachable(WORKLET_SCRIPT))?;
    // Every failure here is an AbortError without a reason: missing file, network, syntax.
    let added = in_time(WORKLET_SCRIPT, JsFuture::from(adding)).await;
    if !matches!(added, Ok(Ok(_))) {
        assets.script_failed();
        return Err(AppError::FileUnreachable(WORKLET_SCRIPT));
    }
    page.with_sound(Sound::set_script);
    Ok(())
}

/// Takes what the worklet says. Before it says that it decodes, whatever it complains of lies in its files: they are fetched anew.
fn hear(page: &Page, news: News) {
    match news {
        News::Ready => page.confirm_decoding(),
        News::Patch(patch) => page.set_decoded(patch),
        News::Other(message) => page.tell_tabs(&message),
        News::Fault(words) if page.is_confirmed() => page.report_fault(&AppError::SoundFault(words)),
        News::Fault(words) if page.refuse_decoder(&words) => {
            page.report(&AppError::ModelRefused(words));
            prepare(page);
        }
        News::Fault(words) => {
            page.assets().forget(&[MODULE, DECODER]);
            page.stopped(&AppError::DecoderRefused(words));
        }
        News::Stopped => {
            if !page.is_confirmed() {
                page.assets().forget(&[MODULE, DECODER]);
            }
            page.stopped(&AppError::SoundStopped);
        }
    }
}
