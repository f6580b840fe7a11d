//! The sound's end on the page: context, worklet node, volume, and what is said to the node. The
//! sound itself is made in the worklet; nothing here knows fingers or pixels.

use js_sys::{Array, ArrayBuffer, Float32Array, Object, Reflect, WebAssembly};
use patch::{PARAMETER_COUNT, Patch};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AudioContext, AudioContextState, AudioParam, AudioWorkletNode, AudioWorkletNodeOptions, GainNode,
    MessageEvent,
};

use crate::dom;
use crate::glide::{GLIDE_S, Glide};
use crate::hand::Act;
use crate::pad::view::Point;
use crate::trouble::Trouble;

/// The file that registers the processor.
pub const WORKLET_SCRIPT: &str = "worklet.js";

/// The name under which it registers.
const PROCESSOR: &str = "latent-pad";
/// Every touch plays middle C, MIDI key 60, as the latent map is heard (C4, velocity 100).
const KEY: f64 = 60.0;
/// MIDI velocity of every touch.
const VELOCITY: f64 = 100.0;
/// Time constant of a volume change, in seconds: no zipper noise, no lag.
const VOLUME_S: f64 = 0.02;

/// First number of each message to the node; www/worklet.js says what follows it.
pub mod code {
    /// key 0…127, velocity 1…127, part
    pub const NOTE_ON: f64 = 1.0;
    /// key 0…127, part
    pub const NOTE_OFF: f64 = 2.0;
    /// ends everything
    pub const ALL_SOUND_OFF: f64 = 5.0;
    /// ends the node
    pub const DISPOSE: f64 = 7.0;
}

/// What the node says.
#[derive(Debug, PartialEq)]
pub enum News {
    /// The decoder is loaded and warm.
    Ready,
    /// Something went wrong; in the worklet's words. As its first word: module or decoder are refused.
    Fault(String),
    /// The processor threw and is silent from now on.
    Stopped,
    /// This patch was decoded from the latent point.
    Patch(Box<Patch>),
    /// Any other message, as it came: what is of use to a tab alone.
    Other(JsValue),
}

/// A message of the node as it crosses the border.
#[derive(Deserialize)]
struct Message {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    message: String,
    /// The finger it is about.
    #[serde(default)]
    part: u32,
}

/// The audio context with its volume, and the node once there is one.
pub struct Sound {
    context: AudioContext,
    volume: GainNode,
    instrument: Option<Instrument>,
}

/// The worklet node and what it was last told.
struct Instrument {
    node: AudioWorkletNode,
    latent_x: AudioParam,
    latent_y: AudioParam,
    x: Glide,
    y: Glide,
    held: bool,
}

impl Sound {
    /// Opens a context, asleep where the browser wants a gesture first.
    ///
    /// # Errors
    /// If the page is not secure, or the browser lacks AudioWorklet or refuses a context.
    pub fn open(volume: f32) -> Result<Self, Trouble> {
        let window = dom::window();
        let has = |name: &str| Reflect::has(&window, &name.into()).unwrap_or(false);
        // Browsers keep AudioWorklet from pages that are not secure, without saying why.
        if !window.is_secure_context() {
            return Err(Trouble::InsecurePage);
        }
        if !has("AudioContext") || !has("AudioWorkletNode") {
            return Err(Trouble::NoAudioWorklet);
        }
        ask_for_playback();
        // Latency hint “interactive” is the default.
        let context = AudioContext::new().map_err(|_| Trouble::ContextRefused)?;
        let gain = context.create_gain().map_err(|_| Trouble::ContextRefused)?;
        gain.gain().set_value(volume);
        gain.connect_with_audio_node(&context.destination()).map_err(|_| Trouble::ContextRefused)?;
        Ok(Self { context, volume: gain, instrument: None })
    }

    /// The context, for its events and for loading the worklet's script into it.
    pub fn context(&self) -> &AudioContext {
        &self.context
    }

    /// Makes the node; `tell` gets what it says.
    ///
    /// # Errors
    /// If the browser refuses the node or it lacks the latent parameters.
    pub fn attach(
        &mut self,
        module: &WebAssembly::Module,
        decoder: &ArrayBuffer,
        tell: impl Fn(News) + Clone + 'static,
    ) -> Result<(), Trouble> {
        // Refused where the script came but registered no processor.
        let refused = |_| Trouble::FileBroken(WORKLET_SCRIPT);
        let node = create_node(&self.context, module, decoder).map_err(refused)?;
        let parameters = node.parameters().map_err(|_| Trouble::ContextRefused)?;
        let parameter = |name| parameters.get(name).ok_or(Trouble::FileBroken(WORKLET_SCRIPT));
        let (latent_x, latent_y) = (parameter("latentX")?, parameter("latentY")?);
        node.connect_with_audio_node(&self.volume).map_err(|_| Trouble::ContextRefused)?;
        let port = node.port().map_err(|_| Trouble::ContextRefused)?;
        let told = tell.clone();
        port.set_onmessage(Some(&dom::handler(move |event: MessageEvent| {
            if let Some(news) = understand(&event.data()) {
                told(news);
            }
        })));
        node.set_onprocessorerror(Some(&dom::handler(move |_: web_sys::Event| tell(News::Stopped))));
        let [x, y] = [Glide::default(); 2];
        self.instrument = Some(Instrument { node, latent_x, latent_y, x, y, held: false });
        Ok(())
    }

    /// Whether what the node makes is heard. (“interrupted” on iOS is neither suspended nor this.)
    pub fn is_running(&self) -> bool {
        self.context.state() == AudioContextState::Running
    }

    /// Asks the browser to let the sound run. Must be called inside a user's gesture.
    pub fn wake(&self) {
        if let Ok(resuming) = self.context.resume() {
            // The context's statechange event tells of success; a refusal leaves it asleep.
            spawn_local(async {
                let _ = JsFuture::from(resuming).await;
            });
        }
    }

    /// Does what the hand decided.
    pub fn perform(&mut self, act: Act) {
        match act {
            Act::Strike(point) => self.strike(point),
            Act::Release => self.release(),
        }
    }

    /// Starts the note at a point; one that sounds ends.
    fn strike(&mut self, point: Point) {
        self.release();
        self.stand_at(point);
        self.send([code::NOTE_ON, KEY, VELOCITY]);
        if let Some(instrument) = &mut self.instrument {
            instrument.held = true;
        }
    }

    /// Lets the note end.
    fn release(&mut self) {
        let held = self.instrument.as_mut().is_some_and(|instrument| std::mem::take(&mut instrument.held));
        if held {
            self.send([code::NOTE_OFF, KEY, 0.0]);
        }
    }

    /// Ends every sound at once, tails too.
    pub fn silence(&mut self) {
        self.release();
        self.send([code::ALL_SOUND_OFF, 0.0, 0.0]);
    }

    /// Puts the latent point, without a way.
    fn stand_at(&mut self, point: Point) {
        let now_s = self.context.current_time();
        if let Some(instrument) = &mut self.instrument {
            jump(&instrument.latent_x, &mut instrument.x, point.x, now_s);
            jump(&instrument.latent_y, &mut instrument.y, point.y, now_s);
        }
    }

    /// Leads the latent point to a place by a short ramp.
    pub fn glide_to(&mut self, point: Point) {
        let now_s = self.context.current_time();
        if let Some(instrument) = &mut self.instrument {
            glide(&instrument.latent_x, &mut instrument.x, point.x, now_s);
            glide(&instrument.latent_y, &mut instrument.y, point.y, now_s);
        }
    }

    /// Sets the volume, 0…1 as a factor of the amplitude.
    pub fn set_volume(&self, gain: f32) {
        let _ = self.volume.gain().set_target_at_time(gain, self.context.current_time(), VOLUME_S);
    }

    /// Ends the node and closes the context: iOS runs out of memory over many reloads otherwise.
    pub fn close(&self) {
        self.send([code::DISPOSE, 0.0, 0.0]);
        if let Ok(closing) = self.context.close() {
            spawn_local(async {
                let _ = JsFuture::from(closing).await;
            });
        }
    }

    /// Says an array of numbers to the node: a [`code`] and what follows it.
    pub fn send(&self, message: impl IntoIterator<Item = f64>) {
        self.post(&message.into_iter().map(JsValue::from).collect());
    }

    /// The same for a message that holds more than numbers.
    pub fn post(&self, message: &Array) {
        if let Some(port) = self.instrument.as_ref().and_then(|instrument| instrument.node.port().ok()) {
            // Fails for what cannot be cloned, and numbers and typed arrays can.
            let _ = port.post_message(message);
        }
    }
}

fn create_node(
    context: &AudioContext,
    module: &WebAssembly::Module,
    decoder: &ArrayBuffer,
) -> Result<AudioWorkletNode, JsValue> {
    let given = Object::new();
    Reflect::set(&given, &"module".into(), module)?;
    Reflect::set(&given, &"decoder".into(), decoder)?;
    let options = AudioWorkletNodeOptions::new();
    options.set_number_of_inputs(0);
    options.set_output_channel_count(&Array::of1(&2.into()));
    options.set_processor_options(Some(&given));
    AudioWorkletNode::new_with_options(context, PROCESSOR, &options)
}

/// Without this the silent switch of an iPhone mutes the pad. Absent elsewhere.
fn ask_for_playback() {
    let session = Reflect::get(&dom::window(), &"navigator".into())
        .and_then(|navigator| Reflect::get(&navigator, &"audioSession".into()));
    if let Some(session) = session.ok().filter(JsValue::is_object) {
        let _ = Reflect::set(&session, &"type".into(), &"playback".into());
    }
}

fn jump(parameter: &AudioParam, glide: &mut Glide, value: f32, now_s: f64) {
    glide.jump(value);
    let _ = parameter.cancel_scheduled_values(now_s);
    let _ = parameter.set_value_at_time(value, now_s);
}

fn glide(parameter: &AudioParam, glide: &mut Glide, value: f32, now_s: f64) {
    let anchor = glide.towards(value, now_s);
    let _ = parameter.cancel_scheduled_values(now_s);
    let _ = parameter.set_value_at_time(anchor, now_s);
    let _ = parameter.linear_ramp_to_value_at_time(value, now_s + GLIDE_S);
}

/// What a message of the node means; nothing for kinds that the page has no use for.
fn understand(data: &JsValue) -> Option<News> {
    let message: Message = serde_wasm_bindgen::from_value(data.clone()).ok()?;
    match message.kind.as_str() {
        "ready" => Some(News::Ready),
        "error" => Some(News::Fault(message.message)),
        "patch" if message.part == 0 => {
            let values = Reflect::get(data, &"values".into()).ok()?.dyn_into::<Float32Array>().ok()?;
            let values: [f32; PARAMETER_COUNT] = values.to_vec().try_into().ok()?;
            Some(News::Patch(Box::new(Patch::from_values(&values))))
        }
        _ => Some(News::Other(data.clone())),
    }
}
