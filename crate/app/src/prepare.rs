//! Brings the page to life: loads the map and the sound side by side, each of use without the other.
//! Called again, it makes up for what is missing.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::try_join3;
use js_sys::Uint8Array;
use latent::coordinates::Coordinates;
use latent::map::Map;
use latent::presets::Presets;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AudioContext, Event};

use crate::dom;
use crate::load::{self, Progress};
use crate::page::Page;
use crate::sound::{News, Sound, WORKLET_SCRIPT};
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
    let progress = Progress::new(&missing(page), move |loaded| owned.show_loaded(loaded));
    let progress = Rc::new(progress);
    if page.known().is_none() {
        report(page, load_map(page.clone(), Rc::clone(&progress)));
    }
    if !page.has_sound() {
        // The context first and at once: taps while the files come already wake it.
        match page.outlet().and_then(|outlet| Sound::open(page.gain(), outlet)) {
            Ok(sound) => report(page, load_sound(page.clone(), progress, take(page, sound))),
            Err(trouble) => page.report(&trouble),
        }
    }
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

async fn load_map(page: Page, progress: Rc<Progress>) -> Result<(), Trouble> {
    let json = load::json(COORDINATES, &progress).await?;
    let known: Coordinates =
        serde_wasm_bindgen::from_value(json).map_err(|_| Trouble::FileBroken(COORDINATES))?;
    let rows = known.len();
    page.set_known(known);
    spawn_local(load_more(page, rows));
    Ok(())
}

/// What the page can do without: it comes later, and if it does not come, nobody is troubled.
async fn load_more(page: Page, rows: usize) {
    let uncounted = Rc::new(Progress::new(&[], |_| ()));
    if let Ok(json) = load::json(MAP, &uncounted).await
        && let Ok(map) = serde_wasm_bindgen::from_value::<Map>(json)
    {
        page.set_map(Some(map));
    }
    // Only dots that play themselves and brought presets need them, and an element has neither.
    if page.root().is_embedded() {
        return;
    }
    if let Ok(buffer) = load::bytes(PRESETS, &uncounted).await
        && let Ok(presets) = Presets::from_bytes(&Uint8Array::new(&buffer).to_vec(), rows)
    {
        page.set_presets(presets);
    }
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

async fn load_sound(page: Page, progress: Rc<Progress>, context: AudioContext) -> Result<(), Trouble> {
    let module = load::module(MODULE, &progress);
    let brought = page.decoder();
    let decoder = async {
        match brought {
            Some(decoder) => Ok(decoder),
            None => load::bytes(DECODER, &progress).await,
        }
    };
    let (module, decoder, ()) = try_join3(module, decoder, add_script(&context)).await?;

    let answered = Rc::new(Cell::new(false));
    let (owned, heard) = (page.clone(), Rc::clone(&answered));
    let tell = move |news| hear(&owned, news, heard.replace(true));
    page.with_sound(|sound| sound.attach(&module, &decoder, tell)).unwrap_or(Ok(()))?;

    dom::after(ASLEEP_PATIENCE_MS, move || {
        let asleep = page.with_sound(|sound| !sound.is_running()) == Some(true);
        if asleep && !answered.get() {
            page.set_prepared();
        }
    });
    Ok(())
}

async fn add_script(context: &AudioContext) -> Result<(), Trouble> {
    let worklet = context.audio_worklet().map_err(|_| Trouble::NoAudioWorklet)?;
    let adding = worklet.add_module(WORKLET_SCRIPT).map_err(|_| Trouble::FileUnreachable(WORKLET_SCRIPT))?;
    // Every failure here is an AbortError without a reason: missing file, network, syntax.
    JsFuture::from(adding).await.map_err(|_| Trouble::FileUnreachable(WORKLET_SCRIPT))?;
    Ok(())
}

/// Takes what the worklet says; `answered`: whether it has said something before.
fn hear(page: &Page, news: News, answered: bool) {
    match news {
        News::Ready => page.set_prepared(),
        News::Patch(part, patch) => page.set_decoded(part, patch),
        News::Other(message) => page.tell_tabs(&message),
        News::Fault(words) if answered => page.report_fault(&Trouble::SoundFault(words)),
        News::Fault(words) => page.stopped(&Trouble::DecoderRefused(words)),
        News::Stopped => page.stopped(&Trouble::SoundStopped),
    }
}
