//! The sound's end on the page: context, worklet node, volume, and what is said to the node. The
//! sound itself is made in the worklet; nothing here knows fingers or pixels.

use ::patch::{PARAMETER_COUNT, Parameter, Patch};
use js_sys::{Array, ArrayBuffer, Float32Array, Object, Reflect, Uint8Array, WebAssembly};
use play::{Notes, Point};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AnalyserNode, AudioContext, AudioContextState, AudioParam, AudioWorkletNode, AudioWorkletNodeOptions,
    GainNode, MessageEvent,
};

use crate::dom;
use crate::glide::{GLIDE_S, Glide};
use crate::hand::{Act, PART_COUNT};
use crate::outlet::Outlet;
use crate::trouble::AppError;
use plane::FallbackGrid;

/// The file that registers the processor.
pub const WORKLET_SCRIPT: &str = "worklet.js";

/// The name under which it registers.
const PROCESSOR: &str = "latent-pad";
/// MIDI velocity of every touch: as the latent map is heard (C4, velocity 100).
const VELOCITY: f64 = 100.0;
/// Time constant of a volume change, in seconds: no zipper noise, no lag.
const VOLUME_S: f64 = 0.02;

/// Frames of one spectrum: bands of 12 Hz at 48 kHz, which tell the lowest octave's notes apart.
const ANALYSED_FRAMES: u32 = 4096;

/// First number of each message to the node; www/worklet.js says what follows it.
pub mod code {
    /// key 0…127, velocity 1…127, part
    pub const NOTE_ON: f64 = 1.0;
    /// key 0…127, 0, part
    pub const NOTE_OFF: f64 = 2.0;
    /// −8192…8191, part
    pub const PITCH_BEND: f64 = 3.0;
    /// controller, value: 0…127 each; part
    pub const CONTROL_CHANGE: f64 = 4.0;
    /// ends everything
    pub const ALL_SOUND_OFF: f64 = 5.0;
    /// ends the node
    pub const DISPOSE: f64 = 7.0;
    /// index 0…40, stored value: in every patch of every part from now on
    pub const HOLD_PARAMETER: f64 = 8.0;
    /// the 41 stored values as Float32Array, the point [x, y] they belong to, part; null for the values
    /// takes them back
    pub const SET_PATCH: f64 = 9.0;
    /// pattern 0…4, steps per second, gate 0…1
    pub const ARPEGGIO: f64 = 10.0;
    /// seconds: answered by pieces of what sounded last
    pub const RECENT: f64 = 11.0;
    /// the most voices of each part; 0: one for each key
    pub const VOICE_LIMIT: f64 = 12.0;
    /// the bytes of decoder.onnx
    pub const DECODER: f64 = 14.0;
}

/// What the node says.
#[derive(Debug, PartialEq)]
pub enum News {
    /// The decoder is loaded and warm.
    Ready,
    /// Something went wrong; in the worklet's words. Before `Ready`: module or decoder are refused.
    Fault(String),
    /// The processor threw, or its module trapped: it is silent from now on.
    Stopped,
    /// This patch was decoded from your place.
    Patch(Box<Patch>),
    /// Any other message, as it came: what is of use to a tab alone.
    Other(JsValue),
}

/// The outlet with its volume, and the node once there is one.
pub struct Sound {
    outlet: Outlet,
    volume: GainNode,
    instrument: Option<Instrument>,
    /// What plays until the decoder does.
    stand_in: Option<FallbackGrid>,
    /// Whether the context has the worklet's script.
    has_script: bool,
    /// Whether nothing can be heard through the context any more.
    is_lost: bool,
}

/// The worklet node and what it was last told.
struct Instrument {
    node: AudioWorkletNode,
    parts: [Track; PART_COUNT],
}

/// Where one part's point is led.
struct Track {
    latent_x: AudioParam,
    latent_y: AudioParam,
    x: Glide,
    y: Glide,
    target: Point,
    /// The row of the stand-in that it was given last.
    row: Option<usize>,
}

impl Sound {
    /// A volume before an outlet, still without a node that sounds.
    ///
    /// # Errors
    /// If the browser refuses it.
    pub fn open(volume: f32, outlet: Outlet) -> Result<Self, AppError> {
        let gain = outlet.context().create_gain().map_err(|_| AppError::ContextRefused)?;
        gain.gain().set_value(volume);
        gain.connect_with_audio_node(outlet.node()).map_err(|_| AppError::ContextRefused)?;
        let (instrument, stand_in) = (None, None);
        Ok(Self { outlet, volume: gain, instrument, stand_in, has_script: false, is_lost: false })
    }

    /// The context, for its events and for loading the worklet's script into it.
    pub fn context(&self) -> &AudioContext {
        self.outlet.context()
    }

    /// The worklet's script is there.
    pub fn set_script(&mut self) {
        self.has_script = true;
    }

    /// Whether the worklet's script is there.
    pub fn has_script(&self) -> bool {
        self.has_script
    }

    /// Whether somebody closed the context.
    pub fn is_closed(&self) -> bool {
        self.context().state() == AudioContextState::Closed
    }

    /// Nothing can be heard through the context any more; answers whether that is new.
    pub fn lose(&mut self) -> bool {
        !std::mem::replace(&mut self.is_lost, true)
    }

    /// Whether another node can be made here if this one has stopped.
    pub fn is_lasting(&self) -> bool {
        self.has_script && !self.is_lost && !self.is_closed()
    }

    /// Makes the node, in place of an older one; `tell` gets what it says. Without a decoder it plays what it is given, see
    /// [`Sound::stand_in`].
    ///
    /// # Errors
    /// If the browser refuses the node or it lacks the latent parameters.
    pub fn attach(
        &mut self,
        module: &WebAssembly::Module,
        decoder: Option<&ArrayBuffer>,
        tell: impl Fn(News) + Clone + 'static,
    ) -> Result<(), AppError> {
        // Refused where the script came but registered no processor.
        let refused = |_| AppError::FileBroken(WORKLET_SCRIPT);
        let node = create_node(self.context(), module, decoder).map_err(refused)?;
        let parameters = node.parameters().map_err(|_| AppError::ContextRefused)?;
        let parameter = |axis: &str, part: usize| {
            let suffix = if part == 0 { String::new() } else { part.to_string() };
            parameters.get(&format!("{axis}{suffix}")).ok_or(AppError::FileBroken(WORKLET_SCRIPT))
        };
        let track = |part| {
            let (latent_x, latent_y) = (parameter("latentX", part)?, parameter("latentY", part)?);
            let [x, y] = [Glide::default(); 2];
            Ok(Track { latent_x, latent_y, x, y, target: Point::default(), row: None })
        };
        let parts = [track(0)?, track(1)?, track(2)?, track(3)?, track(4)?];
        node.connect_with_audio_node(&self.volume).map_err(|_| AppError::ContextRefused)?;
        let port = node.port().map_err(|_| AppError::ContextRefused)?;
        let told = tell.clone();
        port.set_onmessage(Some(&dom::handler(move |event: MessageEvent| {
            if let Some(news) = understand(&event.data()) {
                told(news);
            }
        })));
        node.set_onprocessorerror(Some(&dom::handler(move |_: web_sys::Event| tell(News::Stopped))));
        if let Some(old) = self.instrument.replace(Instrument { node, parts }) {
            old.end();
        }
        Ok(())
    }

    /// Whether what the node makes is heard. (“interrupted” on iOS is neither suspended nor this.)
    pub fn is_running(&self) -> bool {
        self.context().state() == AudioContextState::Running
    }

    /// Asks the browser to let the sound run. Must be called inside a user's gesture.
    pub fn wake(&self) {
        if let Ok(resuming) = self.context().resume() {
            // The context's statechange event tells of success; a refusal leaves it asleep.
            spawn_local(async {
                let _ = JsFuture::from(resuming).await;
            });
        }
    }

    /// Plays the nearest patch of a grid until the decoder is there; with none, the decoder plays.
    pub fn stand_in(&mut self, grid: Option<FallbackGrid>) {
        self.stand_in = grid;
        for part in 0..PART_COUNT {
            self.stand_in_at(part);
        }
    }

    /// Hands the node its decoder, which it takes as soon as nothing sounds, and then says that it is
    /// ready.
    pub fn decode_by(&self, decoder: &ArrayBuffer) {
        self.post(&Array::of2(&code::DECODER.into(), &Uint8Array::new(decoder)));
    }

    /// Does what the hand decided.
    pub fn perform(&mut self, act: Act) {
        match act {
            Act::Stand(part, point) => self.stand_at(part, point),
            Act::NoteOn(part, key) => self.send([code::NOTE_ON, key.into(), VELOCITY, part as f64]),
            Act::NoteOff(part, key) => self.send([code::NOTE_OFF, key.into(), 0.0, part as f64]),
        }
    }

    /// Ends every sound at once, tails too.
    pub fn silence(&mut self) {
        self.send([code::ALL_SOUND_OFF]);
    }

    /// Gives a part this very patch, until its point, which is there already, moves again.
    pub fn set_patch(&mut self, part: usize, patch: &Patch, point: Point) {
        let values = Float32Array::from(patch.values().as_slice());
        let xy = Array::of2(&point.x.into(), &point.y.into());
        self.post(&Array::of4(&code::SET_PATCH.into(), &values, &xy, &(part as f64).into()));
        let row = self.stand_in.as_ref().map(|grid| grid.nearest(point));
        if let Some(Instrument { parts, .. }) = &mut self.instrument {
            // What stands in for the decoder there must not take its place.
            parts[part].row = row;
        }
    }

    /// Lets a part play again what is decoded at its point.
    pub fn decode_anew(&mut self, part: usize) {
        let (taken_back, part_number) = (JsValue::NULL, (part as f64).into());
        self.post(&Array::of4(&code::SET_PATCH.into(), &taken_back, &taken_back, &part_number));
        if let Some(Instrument { parts, .. }) = &mut self.instrument {
            parts[part].row = None;
        }
        self.stand_in_at(part);
    }

    /// Sets how notes are played: the arpeggio, and what holds in every patch.
    pub fn set_notes(&mut self, notes: &Notes) {
        let (speed, gate) = (notes.steps_per_second.into(), notes.gate.into());
        self.send([code::ARPEGGIO, notes.mode.pattern().into(), speed, gate]);
        for (parameter, value) in [
            (Parameter::KeyboardMode, notes.keyboard_mode),
            (Parameter::PortamentoTime, notes.portamento_time),
        ] {
            self.send([code::HOLD_PARAMETER, parameter.index() as f64, value.into()]);
        }
    }

    /// Puts a part's point, without a way.
    fn stand_at(&mut self, part: usize, point: Point) {
        let now_s = self.context().current_time();
        if let Some(Instrument { parts, .. }) = &mut self.instrument {
            let track = &mut parts[part];
            track.target = point;
            jump(&track.latent_x, &mut track.x, point.x, now_s);
            jump(&track.latent_y, &mut track.y, point.y, now_s);
        }
        self.stand_in_at(part);
    }

    /// Leads a part's point to a place by a short ramp.
    pub fn glide_to(&mut self, part: usize, point: Point) {
        let now_s = self.context().current_time();
        if let Some(Instrument { parts, .. }) = &mut self.instrument {
            let track = &mut parts[part];
            if std::mem::replace(&mut track.target, point) == point {
                return;
            }
            glide(&track.latent_x, &mut track.x, point.x, now_s);
            glide(&track.latent_y, &mut track.y, point.y, now_s);
        }
        self.stand_in_at(part);
    }

    /// Gives a part the patch of the grid that is nearest to its point, if it is another one.
    fn stand_in_at(&mut self, part: usize) {
        let Some(Instrument { parts, .. }) = &mut self.instrument else { return };
        let track = &mut parts[part];
        let nearest = self.stand_in.as_ref().map(|grid| grid.nearest(track.target));
        if std::mem::replace(&mut track.row, nearest) == nearest {
            return;
        }
        let target = track.target;
        let patch = self.stand_in.as_ref().zip(nearest).map(|(grid, row)| grid.patch(row));
        if let Some(patch) = patch {
            self.set_patch(part, &patch, target);
        }
    }

    /// A meter of what is heard, with so much of the last spectrum in the next, 0…1; none if the
    /// browser refuses.
    pub fn analyser(&self, smoothing: f64) -> Option<AnalyserNode> {
        let analyser = self.context().create_analyser().ok()?;
        analyser.set_fft_size(ANALYSED_FRAMES);
        analyser.set_smoothing_time_constant(smoothing);
        self.volume.connect_with_audio_node(&analyser).ok()?;
        Some(analyser)
    }

    /// Sets the volume, 0…1 as a factor of the amplitude.
    pub fn set_volume(&self, gain: f32) {
        let _ = self.volume.gain().set_target_at_time(gain, self.context().current_time(), VOLUME_S);
    }

    /// Ends the node and, if it is ours, the context.
    pub fn close(&self) {
        if let Some(instrument) = &self.instrument {
            instrument.end();
        }
        let _ = self.volume.disconnect();
        self.outlet.close();
    }

    /// Says an array of numbers to the node: a [`code`] and what follows it.
    pub fn send(&self, message: impl IntoIterator<Item = f64>) {
        self.post(&message.into_iter().map(JsValue::from).collect());
    }

    /// The same for a message that holds more than numbers.
    pub fn post(&self, message: &Array) {
        if let Some(instrument) = &self.instrument {
            instrument.post(message);
        }
    }
}

impl Instrument {
    fn post(&self, message: &Array) {
        if let Ok(port) = self.node.port() {
            // Fails for what cannot be cloned, and numbers and typed arrays can.
            let _ = port.post_message(message);
        }
    }

    /// Ends the node, which is not listened to any more.
    fn end(&self) {
        self.post(&Array::of1(&code::DISPOSE.into()));
        let _ = self.node.disconnect();
        self.node.set_onprocessorerror(None);
        if let Ok(port) = self.node.port() {
            port.set_onmessage(None);
        }
    }
}

fn create_node(
    context: &AudioContext,
    module: &WebAssembly::Module,
    decoder: Option<&ArrayBuffer>,
) -> Result<AudioWorkletNode, JsValue> {
    let given = Object::new();
    Reflect::set(&given, &"module".into(), module)?;
    if let Some(decoder) = decoder {
        Reflect::set(&given, &"decoder".into(), decoder)?;
    }
    let options = AudioWorkletNodeOptions::new();
    options.set_number_of_inputs(0);
    options.set_output_channel_count(&Array::of1(&2.into()));
    options.set_processor_options(Some(&given));
    AudioWorkletNode::new_with_options(context, PROCESSOR, &options)
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
    let get = |name: &str| Reflect::get(data, &name.into()).ok();
    match get("type")?.as_string()?.as_str() {
        "ready" => Some(News::Ready),
        "error" => Some(News::Fault(get("message")?.as_string().unwrap_or_default())),
        "stopped" => Some(News::Stopped),
        "patch" => {
            let values = get("values")?.dyn_into::<Float32Array>().ok()?;
            let values: [f32; PARAMETER_COUNT] = values.to_vec().try_into().ok()?;
            Some(News::Patch(Box::new(Patch::from_values(&values))))
        }
        _ => Some(News::Other(data.clone())),
    }
}
