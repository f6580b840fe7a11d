//! Where the sound goes: to the loudspeaker through a context of our own, or to a node of a graph that the host page
//! owns. Makes no sound and never closes a context of the host page.

use js_sys::{Date, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AudioContext, AudioContextOptions, AudioNode};

use crate::dom;
use play::error::AppError;

/// The Web Audio standard's names for the least latency, its default, and for the safest.
const INTERACTIVE: &str = "interactive";
const PLAYBACK: &str = "playback";
/// The storage key for when this device last needed a larger buffer, in milliseconds since 1970.
const LARGE_BUFFER_KEY: &str = "latent-pad.large-buffer";
/// How long it then gets one: the cause may be temporary, and a slow device needs it again soon.
const LARGE_BUFFER_MS: f64 = 7.0 * 24.0 * 3_600_000.0;

/// The end of our graph.
#[derive(Clone)]
pub struct Outlet {
    context: AudioContext,
    node: AudioNode,
    ours: bool,
}

impl Outlet {
    /// The loudspeaker, through a context of our own.
    ///
    /// # Errors
    /// See [`open_context`].
    pub fn loudspeaker() -> Result<Self, AppError> {
        let context = open_context(&latency_hint().into())?;
        let node = context.destination().into();
        Ok(Self { context, node, ours: true })
    }

    /// A node of the host page's graph.
    pub fn into(node: AudioNode) -> Self {
        let context = node.context().unchecked_into();
        Self { context, node, ours: false }
    }

    /// The context that the node belongs to.
    pub fn context(&self) -> &AudioContext {
        &self.context
    }

    /// The node to connect the instrument to.
    pub fn node(&self) -> &AudioNode {
        &self.node
    }

    /// Closes a context of our own: iOS runs out of memory over many reloads otherwise.
    pub fn close(&self) {
        if !self.ours {
            return;
        }
        if let Ok(closing) = self.context.close() {
            spawn_local(async {
                let _ = JsFuture::from(closing).await;
            });
        }
    }
}

/// Opens a context, suspended if the browser requires a gesture first. Latency: `interactive`, `balanced`, `playback`
/// or seconds.
///
/// # Errors
/// If the page is not secure, or the browser lacks AudioWorklet or refuses a context.
pub fn open_context(latency: &JsValue) -> Result<AudioContext, AppError> {
    let window = dom::window();
    let has = |name: &str| Reflect::has(&window, &name.into()).unwrap_or(false);
    // Browsers hide AudioWorklet from insecure pages without an error.
    if !window.is_secure_context() {
        return Err(AppError::InsecurePage);
    }
    if !has("AudioContext") || !has("AudioWorkletNode") {
        return Err(AppError::NoAudioWorklet);
    }
    ask_for_playback();
    let options = AudioContextOptions::new();
    options.set_latency_hint(latency);
    AudioContext::new_with_context_options(&options).map_err(|_| AppError::ContextRefused)
}

/// The latency hint of the page's own context: the lowest latency that this device plays without gaps.
pub fn latency_hint() -> &'static str {
    let kept = dom::storage().and_then(|storage| storage.get_item(LARGE_BUFFER_KEY).ok().flatten());
    let age_ms = kept.and_then(|then_ms| then_ms.parse::<f64>().ok()).map(|then_ms| Date::now() - then_ms);
    if age_ms.is_some_and(|age_ms| age_ms < LARGE_BUFFER_MS) { PLAYBACK } else { INTERACTIVE }
}

/// Records that this device is too slow for low latency: the page's next context requests more.
pub fn want_large_buffer() {
    if let Some(storage) = dom::storage() {
        let _ = storage.set_item(LARGE_BUFFER_KEY, &Date::now().to_string());
    }
}

/// Without this the silent switch of an iPhone mutes the pad. Absent elsewhere.
fn ask_for_playback() {
    let session = Reflect::get(&dom::window(), &"navigator".into())
        .and_then(|navigator| Reflect::get(&navigator, &"audioSession".into()));
    if let Some(session) = session.ok().filter(JsValue::is_object) {
        let _ = Reflect::set(&session, &"type".into(), &"playback".into());
    }
}
