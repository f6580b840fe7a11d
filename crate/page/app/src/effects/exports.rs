//! Downloads: the patch, amSynth's landmarks as a bank, the last seconds as WAV, a picture of the map, loops. Each
//! returns the message to show.

use js_sys::{Function, Promise, Reflect};
use patch::file::{write_bank, write_preset};
use patch::{PARAMETER_COUNT, Patch, Preset};
use play::error::AppError;
use play::panels::PanelId;
use play::{Point, RecordedLoop, State, naming, wav};
use protocol::constants::RECORDING_S;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Element, HtmlCanvasElement, console};

use crate::app::{App, RunningJob};
use crate::dom;
use crate::effects::analysis::AnalysisClient;
use crate::effects::files::{safe_name, save, save_blob};
use crate::effects::panels::port_of;
use crate::effects::picture::{self, PictureText};
use crate::words::Language;

/// The current patch, as an `.amSynthPreset`, named after its landmark, its preset or its point.
pub fn patch(app: &App) -> String {
    let language = app.language();
    let (name, patch) = {
        let state = app.state();
        let Some(patch) = state.heard_patch() else { return language.no_patch.clone() };
        (current_name(app, &state, &patch), patch)
    };
    app.executor().keep_saved_name(&name, patch);
    let file = format!("{}.amSynthPreset", safe_name(&name));
    save(&file, "text/plain", write_preset(&Preset { name, patch }).as_bytes());
    language.saved(&file)
}

/// All landmarks of amSynth as a `.bank`; those without a patch of their own as the model decodes them.
pub async fn bank(app: &App) -> String {
    let language = app.language();
    let landmarks = app.state().document().landmarks.clone();
    let mut presets = Vec::new();
    for landmark in landmarks.all().iter().filter(|landmark| landmark.instrument.is_amsynth()) {
        let patch = match &landmark.patch {
            Some(patch) => **patch,
            None => match decode(app.executor().analysis(), landmark.point, language).await {
                Ok(patch) => patch,
                Err(sentence) => return sentence,
            },
        };
        presets.push(Preset { name: landmark.name.clone(), patch });
    }
    let left_out = landmarks.all().len() - presets.len();
    if presets.is_empty() {
        return language.bank_saved(None, left_out);
    }
    match write_bank(&presets) {
        Ok(text) => {
            let file = format!("{}.bank", language.bank_file);
            save(&file, "text/plain", text.as_bytes());
            language.bank_saved(Some(&file), left_out)
        }
        Err(error) => error.to_string(),
    }
}

async fn decode(analysis: &AnalysisClient, point: Point, language: &Language) -> Result<Patch, String> {
    let values = analysis.decode(point.into()).await?;
    let values: [f32; PARAMETER_COUNT] = values.try_into().map_err(|_| language.listener_lost.clone())?;
    Ok(Patch::from_values(&values))
}

/// The sound of the last half minute, as a WAV file.
pub async fn recording(app: &App) -> String {
    let language = app.language();
    if !app.state().sound.phase.plays() {
        return language.no_patch.clone();
    }
    let _job = RunningJob::begin(app, &language.writing_recording, false);
    let sound = app.executor().recorder().recent(RECORDING_S).await;
    match wav::write(&sound.left, &sound.right, sound.rate_hz as u32) {
        Ok(bytes) => {
            let file = format!("{}.wav", language.recording_file);
            save(&file, "audio/wav", &bytes);
            language.saved(&file)
        }
        Err(error) => language.wave_refused(&error),
    }
}

/// The script that writes the files of loops.
const LOOP_FILES: &str = "path-files.js";

/// A file of loops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoopFile {
    /// The notes of all loops that are heard, as MIDI.
    AllNotes,
    /// The notes of the loop of this number, as MIDI.
    Notes(u8),
    /// The sound of the loop of this number, as WAV.
    Sound(u8),
}

/// The name of a loop with its number, by which it is known in a track and in a file.
fn numbered(language: &Language, own: &RecordedLoop) -> String {
    let number = own.number;
    own.name.as_ref().map_or_else(|| language.loop_name(number), |name| format!("{number} {name}"))
}

/// A file of loops.
pub async fn loops(app: &App, file: LoopFile) -> String {
    let language = app.language();
    let (kind, given, name) = {
        let state = app.state();
        let name_of = |own: &RecordedLoop| numbered(language, own);
        let title = |number: u8| state.document().loops.get(number).map(|own| numbered(language, own));
        let given = match file {
            LoopFile::AllNotes => {
                let beat_name = |beat| language.beat_name(beat).to_owned();
                state.song_of_loops(name_of, beat_name).map(|song| to_js(&song))
            }
            LoopFile::Notes(number) => state.song_of_loop(number, name_of).map(|song| to_js(&song)),
            LoopFile::Sound(number) => state.loop_round(number).map(|round| to_js(&round)),
        };
        let (number, kind, ending) = match file {
            LoopFile::AllNotes => (None, "song", "mid"),
            LoopFile::Notes(number) => (Some(number), "song", "mid"),
            LoopFile::Sound(number) => (Some(number), "round", "wav"),
        };
        let Some(given) = given else { return language.no_loop_sounds.clone() };
        let own = Some(state.document().title.clone()).filter(|title| !title.is_empty());
        let name = number.map_or(own, title).unwrap_or_else(|| language.loops_file.clone());
        (kind, given, format!("{}.{ending}", safe_name(&name)))
    };
    let _job = RunningJob::begin(app, &language.writing_loops, false);
    match loop_blob(app, kind, &given).await {
        Ok(blob) => {
            save_blob(&name, &blob);
            language.saved(&name)
        }
        Err(error) => language.error(&error),
    }
}

fn to_js(value: &impl Serialize) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or_default()
}

/// The file of a kind, which the script of the files of paths writes.
async fn loop_blob(app: &App, kind: &str, given: &JsValue) -> Result<Blob, AppError> {
    let broken = |reason: JsValue| {
        console::error_1(&reason);
        AppError::FileBroken(LOOP_FILES)
    };
    let exports = app.executor().assets().script(LOOP_FILES).await?;
    let method =
        |of: &JsValue, name: &str| Reflect::get(of, &name.into()).map(|own| own.unchecked_into::<Function>());
    let port = port_of(app, PanelId::Paths);
    let files = method(&exports, "build").and_then(|build| build.call1(&exports, &port)).map_err(broken)?;
    let written = method(&files, "loops").and_then(|write| write.call2(&files, &kind.into(), given));
    let written = JsFuture::from(Promise::resolve(&written.map_err(broken)?)).await;
    written.map(JsCast::unchecked_into).map_err(broken)
}

/// The map with its legend.
pub async fn picture(app: &App) -> String {
    let language = app.language();
    dom::painted().await;
    match picture_blob(app).await {
        Some(blob) => {
            let file = format!("{}.png", language.picture_file);
            save_blob(&file, &blob);
            language.saved(&file)
        }
        None => language.no_picture.clone(),
    }
}

async fn picture_blob(app: &App) -> Option<Blob> {
    let root = app.root();
    let canvas = |id| root.element::<HtmlCanvasElement>(id).ok();
    let text =
        |id| root.element::<Element>(id).ok().and_then(|element| element.text_content()).unwrap_or_default();
    let written = PictureText { location: text("near"), ends: [text("legend-low"), text("legend-high")] };
    let layers = [canvas("map")?, canvas("pad")?];
    picture::png(&layers, &canvas("scale")?, &written).await
}

/// The name of the landmark or the preset that plays, the one that the patch has in this visit, or
/// that of the nearest preset with a number.
fn current_name(app: &App, state: &State, patch: &Patch) -> String {
    let document = state.document();
    if let Some(landmark) = document.landmarks.all().iter().find(|landmark| state.is_sound_of(landmark)) {
        return landmark.name.clone();
    }
    let (language, known) = (app.language(), state.library.known.as_deref());
    if let Some((row, known)) = state.heard_preset().zip(known) {
        return known.name[row].clone();
    }
    if let Some(name) = app.executor().name_of(patch) {
        return name;
    }
    let nearest = known.and_then(|known| {
        Some(language.named(&known.name[known.closest(document.point.x, document.point.y)?]))
    });
    let is_landmark = |name: &str| document.landmarks.all().iter().any(|landmark| landmark.name == name);
    naming::variation(nearest.unwrap_or(&language.unnamed), |name| {
        is_landmark(name) || app.executor().is_name_of_another(name, patch)
    })
}
