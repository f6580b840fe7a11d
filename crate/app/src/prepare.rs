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
use crate::recording::{Piece, Recording};
use crate::sound::{AudioOutput, DecoderFiles, WORKLET_SCRIPT};
use crate::trouble::Trouble;
use plane::grid;
use protocol::WorkletMessage;

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
    page.settle_loading();
    sound.and(map)
}

async fn load_map(page: &Page, progress: &Rc<Progress>) -> Result<(), Trouble> {
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
        page.report(&Trouble::MapLate);
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

async fn load_colours(page: &Page) -> Result<(), Trouble> {
    let uncounted = Rc::new(Progress::new(&[], |_| ()));
    let json = page.assets().json(MAP, &uncounted).await?;
    let map = serde_wasm_bindgen::from_value::<Map>(json).map_err(|_| page.assets().broken(MAP))?;
    page.set_map(Some(map));
    Ok(())
}

async fn load_presets(page: &Page, rows: usize) -> Result<(), Trouble> {
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
fn open_or_go_on(page: &Page) -> Result<AudioContext, Trouble> {
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
fn open(page: &Page) -> Result<AudioContext, Trouble> {
    let sound = page.outlet().and_then(|outlet| AudioOutput::open(page.gain(), outlet))?;
    Ok(take(page, sound))
}

/// Gives the page its sound and follows the context's sleep and end.
fn take(page: &Page, sound: AudioOutput) -> AudioContext {
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
        page.stopped(&Trouble::SoundLost);
    }
}

async fn load_sound(page: &Page, progress: &Rc<Progress>, context: &AudioContext) -> Result<(), Trouble> {
    let assets = page.assets();
    let uncounted = Rc::new(Progress::new(&[], |_| ()));
    let grid = async {
        // Without it the first tap waits for the decoder to sound as it should.
        Ok(assets.kept_bytes(grid::FILE, &uncounted).await.ok())
    };
    let brought = async { Ok(page.decoder().await) };
    let (module, (), grid, brought) =
        try_join4(assets.module(MODULE, progress), add_script(page, context), grid, brought).await?;

    let decoder = brought.or_else(|| assets.kept(DECODER, progress));
    let owned = page.clone();
    let receive = move |message| take_message(&owned, message);
    // The grid knows our plane, not the one of a model that somebody brought.
    let grid = grid.filter(|_| decoder.is_none());
    let files = DecoderFiles { decoder: decoder.as_ref(), grid: grid.as_ref() };
    let attached = page.with_sound(|sound| sound.attach(&module, files, receive));
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

async fn add_script(page: &Page, context: &AudioContext) -> Result<(), Trouble> {
    if page.with_sound(|sound| sound.has_script()) == Some(true) {
        return Ok(());
    }
    let worklet = context.audio_worklet().map_err(|_| Trouble::NoAudioWorklet)?;
    let assets = page.assets();
    let adding = worklet
        .add_module(&assets.script_address(WORKLET_SCRIPT).await?)
        .map_err(|_| Trouble::FileUnreachable(WORKLET_SCRIPT))?;
    // Every failure here is an AbortError without a reason: missing file, network, syntax.
    let added = in_time(WORKLET_SCRIPT, JsFuture::from(adding)).await;
    if !matches!(added, Ok(Ok(_))) {
        assets.script_failed();
        return Err(Trouble::FileUnreachable(WORKLET_SCRIPT));
    }
    page.with_sound(AudioOutput::set_script);
    Ok(())
}

/// Takes what the worklet says. Before it says that it decodes, whatever it complains of lies in its files: they are fetched anew.
fn take_message(page: &Page, message: WorkletMessage) {
    match message {
        WorkletMessage::Ready { .. } => page.confirm_decoding(),
        WorkletMessage::Patch { values, .. } => page.set_decoded(values),
        WorkletMessage::Voices { count } => page.set_voices(count),
        WorkletMessage::Recent { index, count, sample_rate, left, right } => {
            page.take_piece(&Piece { index, count, sound: Recording { left, right, rate_hz: sample_rate } });
        }
        WorkletMessage::Error { message } if page.is_confirmed() => {
            page.report_fault(&Trouble::SoundFault(message));
        }
        WorkletMessage::Error { message } if page.refuse_decoder(&message) => {
            page.report(&Trouble::ModelRefused(message));
            prepare(page);
        }
        WorkletMessage::Error { message } => {
            page.assets().forget(&[MODULE, DECODER]);
            page.stopped(&Trouble::DecoderRefused(message));
        }
        WorkletMessage::Stopped { .. } => {
            if !page.is_confirmed() {
                page.assets().forget(&[MODULE, DECODER]);
            }
            page.stopped(&Trouble::SoundStopped);
        }
    }
}
