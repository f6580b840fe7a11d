//! The audio output: context, worklet node, volume, and the AudioParams that lead the parts' points.
//! Sends commands and hands on what the worklet says; decides nothing. Knows neither fingers nor pixels.

use ::patch::{Parameter, Patch};
use js_sys::{Array, ArrayBuffer, Uint8Array, WebAssembly};
use play::{Notes, Point};
use protocol::constants::{PART_COUNT, PROCESSOR_NAME, audio_param_names};
use protocol::field::Unused;
use protocol::web::processor_options;
use protocol::{Command, WorkletMessage};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AnalyserNode, AudioContext, AudioContextState, AudioParam, AudioWorkletNode, AudioWorkletNodeOptions,
    GainNode, MessageEvent,
};

use crate::dom;
use crate::glide::{GLIDE_S, Glide};
use crate::hand::Act;
use crate::outlet::Outlet;
use crate::trouble::Trouble;

/// The file that registers the processor.
pub const WORKLET_SCRIPT: &str = "worklet.js";

/// MIDI velocity of every touch: as the latent map is heard (C4, velocity 100).
const VELOCITY: u8 = 100;
/// Time constant of a volume change, in seconds: no zipper noise, no lag.
const VOLUME_S: f64 = 0.02;

/// Frames of one spectrum: bands of 12 Hz at 48 kHz, which tell the lowest octave's notes apart.
const ANALYSED_FRAMES: u32 = 4096;

/// A command whose files are the page's own memory.
pub type PageCommand = Command<Uint8Array>;

/// The outlet with its volume, and the node once there is one.
pub struct AudioOutput {
    outlet: Outlet,
    volume: GainNode,
    node: Option<Node>,
    /// Whether the context has the worklet's script.
    has_script: bool,
    /// Whether nothing can be heard through the context any more.
    is_lost: bool,
}

/// What decodes points in a new node: the bytes of a decoder, or, until that comes, those of the coarse grid.
#[derive(Clone, Copy, Default)]
pub struct DecoderFiles<'a> {
    /// `decoder.onnx`.
    pub decoder: Option<&'a ArrayBuffer>,
    /// `grid.f32`.
    pub grid: Option<&'a ArrayBuffer>,
}

/// The worklet node and where its parts are led.
struct Node {
    worklet: AudioWorkletNode,
    parts: [Track; PART_COUNT],
}

/// Where one part's point is led.
struct Track {
    latent_x: AudioParam,
    latent_y: AudioParam,
    x: Glide,
    y: Glide,
    target: Point,
    /// Where the next note begins, if it lands.
    landing: Option<Point>,
    /// Whether the part was given a patch that ends where its point moves.
    is_given_here: bool,
}

impl AudioOutput {
    /// A volume before an outlet, still without a node that sounds.
    ///
    /// # Errors
    /// If the browser refuses it.
    pub fn open(volume: f32, outlet: Outlet) -> Result<Self, Trouble> {
        let gain = outlet.context().create_gain().map_err(|_| Trouble::ContextRefused)?;
        gain.gain().set_value(volume);
        gain.connect_with_audio_node(outlet.node()).map_err(|_| Trouble::ContextRefused)?;
        Ok(Self { outlet, volume: gain, node: None, has_script: false, is_lost: false })
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

    /// Makes the node, in place of an older one; `receive` gets what it says. A node that ends by itself says that it
    /// has stopped.
    ///
    /// # Errors
    /// If the browser refuses the node or it lacks the latent parameters.
    pub fn attach(
        &mut self,
        module: &WebAssembly::Module,
        files: DecoderFiles<'_>,
        receive: impl Fn(WorkletMessage) + Clone + 'static,
    ) -> Result<(), Trouble> {
        // Refused where the script came but registered no processor.
        let refused = |_| Trouble::FileBroken(WORKLET_SCRIPT);
        let node = create_node(self.context(), module, files).map_err(refused)?;
        let parameters = node.parameters().map_err(|_| Trouble::ContextRefused)?;
        let track = |part| {
            let [x, y] = audio_param_names(part).map(|name| parameters.get(&name));
            let (Some(latent_x), Some(latent_y)) = (x, y) else {
                return Err(Trouble::FileBroken(WORKLET_SCRIPT));
            };
            let ([x, y], target) = ([Glide::default(); 2], Point::default());
            Ok(Track { latent_x, latent_y, x, y, target, landing: None, is_given_here: false })
        };
        let parts = [track(0)?, track(1)?, track(2)?, track(3)?, track(4)?];
        node.connect_with_audio_node(&self.volume).map_err(|_| Trouble::ContextRefused)?;
        let port = node.port().map_err(|_| Trouble::ContextRefused)?;
        let receiver = receive.clone();
        port.set_onmessage(Some(&dom::handler(move |event: MessageEvent| {
            if let Some(message) = WorkletMessage::from_js(&event.data()) {
                receiver(message);
            }
        })));
        node.set_onprocessorerror(Some(&dom::handler(move |_: web_sys::Event| {
            receive(WorkletMessage::Stopped { message: String::new() });
        })));
        if let Some(old) = self.node.replace(Node { worklet: node, parts }) {
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

    /// Hands the node its decoder, which it takes as soon as nothing sounds, and then says that it is
    /// ready.
    pub fn decode_by(&self, decoder: &ArrayBuffer) {
        self.send(&Command::Decoder { decoder: Uint8Array::new(decoder) });
    }

    /// Does what the touches decided. A note that lands says where it begins.
    pub fn perform(&mut self, act: Act) {
        match act {
            Act::Stand(part, point) => self.jump_to(part, point),
            Act::NoteOn(part, key) => {
                let point = self.track(part).and_then(|track| track.landing.take());
                self.send(&Command::NoteOn { key, velocity: VELOCITY, part: part as u8, point });
            }
            Act::NoteOff(part, key) => {
                self.send(&Command::NoteOff { key, unused: Unused, part: part as u8 });
            }
        }
    }

    /// Gives a part a patch and the point that it belongs to; `until_it_moves`: the patch is taken back where
    /// the part's point is led elsewhere.
    pub fn set_patch(&mut self, part: usize, patch: &Patch, point: Point, until_it_moves: bool) {
        if self.track(part).is_some_and(|track| track.target != point) {
            self.jump_to(part, point);
        }
        let patch = Some(Box::new(*patch));
        self.send(&Command::SetPatch { patch, point: Some(point), part: part as u8 });
        if let Some(track) = self.track(part) {
            track.is_given_here = until_it_moves;
        }
    }

    /// Takes a given patch back: the part plays what is decoded at its point.
    pub fn take_patch_back(&mut self, part: usize) {
        self.send(&Command::SetPatch { patch: None, point: None, part: part as u8 });
        if let Some(track) = self.track(part) {
            track.is_given_here = false;
        }
    }

    /// Sets how notes are played: the arpeggio, and what holds in every patch.
    pub fn set_notes(&mut self, notes: &Notes) {
        self.send(&Command::Arpeggio {
            pattern: notes.manner.pattern() as u8,
            steps_per_second: notes.steps_per_second.into(),
            gate: notes.gate.into(),
        });
        for (parameter, value) in [
            (Parameter::KeyboardMode, notes.keyboard_mode),
            (Parameter::PortamentoTime, notes.portamento_time),
        ] {
            self.send(&Command::HoldParameter { parameter: parameter.index() as u8, value });
        }
    }

    fn track(&mut self, part: usize) -> Option<&mut Track> {
        self.node.as_mut().and_then(|node| node.parts.get_mut(part))
    }

    /// Puts a part's point, without a way.
    fn jump_to(&mut self, part: usize, point: Point) {
        let now_s = self.context().current_time();
        self.leave(part, point);
        if let Some(track) = self.track(part) {
            (track.target, track.landing) = (point, Some(point));
            jump(&track.latent_x, &mut track.x, point.x, now_s);
            jump(&track.latent_y, &mut track.y, point.y, now_s);
        }
    }

    /// Leads a part's point to another one by a short ramp.
    pub fn glide_to(&mut self, part: usize, point: Point) {
        let now_s = self.context().current_time();
        if self.track(part).is_none_or(|track| track.target == point) {
            return;
        }
        self.leave(part, point);
        if let Some(track) = self.track(part) {
            (track.target, track.landing) = (point, None);
            glide(&track.latent_x, &mut track.x, point.x, now_s);
            glide(&track.latent_y, &mut track.y, point.y, now_s);
        }
    }

    /// Takes back what a part was given for the point that it leaves.
    fn leave(&mut self, part: usize, point: Point) {
        if self.track(part).is_some_and(|track| track.is_given_here && track.target != point) {
            self.take_patch_back(part);
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
        if let Some(node) = &self.node {
            node.end();
        }
        let _ = self.volume.disconnect();
        self.outlet.close();
    }

    /// Sends a command to the node, if there is one.
    pub fn send(&self, command: &PageCommand) {
        if let Some(node) = &self.node {
            node.send(command);
        }
    }
}

impl Node {
    fn send(&self, command: &PageCommand) {
        if let Ok(port) = self.worklet.port() {
            // Fails for what cannot be cloned, and numbers and typed arrays can.
            let _ = port.post_message(&command.to_js());
        }
    }

    /// Ends the node; nothing that it says is heard any more.
    fn end(&self) {
        self.send(&Command::Dispose {});
        let _ = self.worklet.disconnect();
        self.worklet.set_onprocessorerror(None);
        if let Ok(port) = self.worklet.port() {
            port.set_onmessage(None);
        }
    }
}

fn create_node(
    context: &AudioContext,
    module: &WebAssembly::Module,
    files: DecoderFiles<'_>,
) -> Result<AudioWorkletNode, JsValue> {
    let options = AudioWorkletNodeOptions::new();
    options.set_number_of_inputs(0);
    options.set_output_channel_count(&Array::of1(&2.into()));
    options.set_processor_options(Some(&processor_options(module, files.decoder, files.grid)));
    AudioWorkletNode::new_with_options(context, PROCESSOR_NAME, &options)
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
