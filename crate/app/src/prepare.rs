//! Brings the page to life: loads the sound and the map, what is missed most first, each of use without
//! the other. Called again, it makes up for what is missing.

use std::rc::Rc;

use futures_util::future::try_join4;
use js_sys::Uint8Array;
use latent::coordinates::Coordinates;
use latent::map::Map;
use latent::presets::Presets;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AudioContext, Event};

use crate::dom;
use crate::load::{Assets, Progress};
use crate::page::Page;
use crate::sound::{News, Sound, WORKLET_SCRIPT};
use crate::stand_in::{self, StandIn};
use crate::trouble::Trouble;

const COORDINATES: &str = "coordinates.json";
const DECODER: &str = "decoder.onnx";
const MAP: &str = "map.json";
const PRESETS: &str = "presets.f32";
const MODULE: &str = "worklet.wasm";

/// How long to wait for the worklet's word while the context sleeps, in milliseconds. Some browsers
/// run no worklet before the first gesture; the messages of a tap then wait for it.
const ASLEEP_PATIENCE_MS: i32 = 3000;

/// Loads whatever is not there yet.
pub fn prepare(page: &Page) {
    page.begin_loading();
    let owned = page.clone();
    let progress = Rc::new(Progress::new(&missing(page), move |loaded| owned.show_loaded(loaded)));
    // The context first and at once: taps while the files come already wake it.
    let context = (!page.has_sound()).then(|| open(page));
    report(page, load(page.clone(), progress, context.transpose()));
}

/// Loads what is missing whenever a person asks for another try.
///
/// # Errors
/// If the page lacks the button.
pub fn follow_retry(page: &Page) -> Result<(), Trouble> {
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

fn report(page: &Page, task: impl Future<Output = Result<(), Trouble>> + 'static) {
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
    context: Result<Option<AudioContext>, Trouble>,
) -> Result<(), Trouble> {
    let sound = match context {
        Ok(Some(context)) => load_sound(&page, &progress, &context).await,
        Ok(None) => Ok(()),
        Err(trouble) => Err(trouble),
    };
    // Each is of use without the other.
    let map = load_map(&page, &progress).await;
    sound.and(map)
}

async fn load_map(page: &Page, progress: &Rc<Progress>) -> Result<(), Trouble> {
    if page.known().is_some() {
        return Ok(());
    }
    let json = page.assets().json(COORDINATES, progress).await?;
    let known: Coordinates =
        serde_wasm_bindgen::from_value(json).map_err(|_| Trouble::FileBroken(COORDINATES))?;
    let rows = known.len();
    page.set_known(known);
    spawn_local(load_more(page.clone(), rows));
    Ok(())
}

/// What the page can do without: it comes later, and if it does not come, nobody is troubled.
async fn load_more(page: Page, rows: usize) {
    let assets = page.assets();
    let uncounted = Rc::new(Progress::new(&[], |_| ()));
    if let Ok(json) = assets.json(MAP, &uncounted).await
        && let Ok(map) = serde_wasm_bindgen::from_value::<Map>(json)
    {
        page.set_map(Some(map));
    }
    // Only dots that play themselves and brought presets need them, and an element has neither.
    if page.root().is_embedded() {
        return;
    }
    if let Ok(buffer) = assets.bytes(PRESETS, &uncounted).await
        && let Ok(presets) = Presets::from_bytes(&Uint8Array::new(&buffer).to_vec(), rows)
    {
        page.set_presets(presets);
    }
}

/// Opens a sound for the page; nothing sounds yet.
fn open(page: &Page) -> Result<AudioContext, Trouble> {
    let sound = page.outlet().and_then(|outlet| Sound::open(page.gain(), outlet))?;
    Ok(take(page, sound))
}

/// Gives the page its sound and follows the context's sleep.
fn take(page: &Page, sound: Sound) -> AudioContext {
    let context = sound.context().clone();
    let owned = page.clone();
    page.root().listen(&context, "statechange", move |_: Event| owned.sound_changed());
    page.set_sound(sound);
    page.sound_changed();
    context
}

async fn load_sound(page: &Page, progress: &Rc<Progress>, context: &AudioContext) -> Result<(), Trouble> {
    let assets = page.assets();
    let uncounted = Rc::new(Progress::new(&[], |_| ()));
    let grid = async {
        // Without it the first tap waits for the decoder to sound as it should.
        let bytes = assets.bytes(stand_in::FILE, &uncounted).await.ok();
        Ok(bytes.and_then(|bytes| StandIn::from_bytes(&Uint8Array::new(&bytes).to_vec())))
    };
    let brought = async { Ok(page.decoder().await) };
    let (module, (), grid, brought) =
        try_join4(assets.module(MODULE, progress), add_script(context, &assets), grid, brought).await?;

    let owned = page.clone();
    let tell = move |news| hear(&owned, news);
    let attached = page.with_sound(|sound| {
        sound.attach(&module, brought.as_ref(), tell)?;
        // It knows our plane, not the one of a model that somebody brought.
        sound.stand_in(grid.filter(|_| brought.is_none()));
        Ok(())
    });
    attached.unwrap_or(Ok(()))?;
    page.set_prepared();

    if brought.is_none() {
        let decoder = assets.bytes(DECODER, progress).await?;
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

async fn add_script(context: &AudioContext, assets: &Assets) -> Result<(), Trouble> {
    let worklet = context.audio_worklet().map_err(|_| Trouble::NoAudioWorklet)?;
    let adding = worklet
        .add_module(&assets.address(WORKLET_SCRIPT))
        .map_err(|_| Trouble::FileUnreachable(WORKLET_SCRIPT))?;
    // Every failure here is an AbortError without a reason: missing file, network, syntax.
    JsFuture::from(adding).await.map_err(|_| Trouble::FileUnreachable(WORKLET_SCRIPT))?;
    Ok(())
}

/// Takes what the worklet says.
fn hear(page: &Page, news: News) {
    match news {
        News::Ready => page.set_decoding(),
        News::Patch(patch) => page.set_decoded(patch),
        News::Other(message) => page.tell_tabs(&message),
        News::Fault(words) if page.decodes() => page.report_fault(&Trouble::SoundFault(words)),
        News::Fault(words) => page.stopped(&Trouble::DecoderRefused(words)),
        News::Stopped => page.stopped(&Trouble::SoundStopped),
    }
}
