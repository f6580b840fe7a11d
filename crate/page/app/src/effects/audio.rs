//! The page's side of the sound: context, volume, worklet node, and the messages to it. The worklet makes the sound;
//! this file knows neither touches nor pixels.

use js_sys::{Array, ArrayBuffer, Uint8Array, WebAssembly};
use patch::Parameter;
use play::effect::{AudioCommand, LoopTime};
use play::error::AppError;
use play::held_keys::NoteEvent;
use play::tracks::loop_sound::LoopSettings;
use play::{Notes, Point, RecordedLoop};
use protocol::constants::PROCESSOR_NAME;
use protocol::web::processor_options;
use protocol::{Command, WorkletMessage};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AnalyserNode, AudioContext, AudioContextState, AudioWorkletNode, AudioWorkletNodeOptions, GainNode,
    MessageEvent,
};

use crate::dom;
use crate::effects::audio_points::AudioPoints;
use crate::effects::outlet::Outlet;

/// The file that registers the processor.
pub const WORKLET_SCRIPT: &str = "worklet.js";

/// Time constant of a volume change, in seconds: no zipper noise, no lag.
pub const VOLUME_S: f64 = 0.02;
/// Frames of one spectrum: bands of 12 Hz at 48 kHz, which separate the lowest octave's notes.
const ANALYSED_FRAMES: u32 = 4096;

/// Frames of one measurement of the level: 43 ms at 48 kHz, so that a low note does not make it tremble.
const METERED_FRAMES: usize = 2048;

/// A command whose files and programs are JavaScript's.
type NodeCommand = Command<Uint8Array, WebAssembly::Module>;

/// The outlet with its volume, and the worklet node once it exists.
pub struct AudioOutput {
    outlet: Outlet,
    volume: GainNode,
    node: Option<InstrumentNode>,
    /// Keeps the last moment of the output; none until its level is first asked for.
    meter: Option<AnalyserNode>,
    /// True if the context has loaded the worklet's script.
    has_script: bool,
    /// True if the context is permanently silent.
    is_lost: bool,
}

/// The worklet node and its AudioParams.
struct InstrumentNode {
    node: AudioWorkletNode,
    points: AudioPoints,
    /// True if it was made with the program that plays tones.
    has_tones: bool,
}

impl AudioOutput {
    /// A gain node connected to an outlet, still without the worklet node.
    ///
    /// # Errors
    /// If the browser refuses it.
    pub fn open(gain: f32, outlet: Outlet) -> Result<Self, AppError> {
        let volume = outlet.context().create_gain().map_err(|_| AppError::ContextRefused)?;
        volume.gain().set_value(gain);
        volume.connect_with_audio_node(outlet.node()).map_err(|_| AppError::ContextRefused)?;
        Ok(Self { outlet, volume, node: None, meter: None, has_script: false, is_lost: false })
    }

    /// The context, for its events and for loading the worklet's script into it.
    pub fn context(&self) -> &AudioContext {
        self.outlet.context()
    }

    /// The volume of everything that sounds, for another source.
    pub fn volume(&self) -> &GainNode {
        &self.volume
    }

    /// The worklet's node, if there is one.
    pub fn node(&self) -> Option<&AudioWorkletNode> {
        self.node.as_ref().map(|own| &own.node)
    }

    /// Records that the worklet's script is loaded.
    pub fn set_script(&mut self) {
        self.has_script = true;
    }

    /// True if the worklet's script is loaded.
    pub fn has_script(&self) -> bool {
        self.has_script
    }

    /// True if the context is closed.
    pub fn is_closed(&self) -> bool {
        self.context().state() == AudioContextState::Closed
    }

    /// Marks the context as permanently silent; returns whether that is new.
    pub fn lose(&mut self) -> bool {
        !std::mem::replace(&mut self.is_lost, true)
    }

    /// True if the context can run another node if this one has stopped.
    pub fn is_lasting(&self) -> bool {
        self.has_script && !self.is_lost && !self.is_closed()
    }

    /// True if the context is running. (iOS also has “interrupted”, which is neither this nor suspended.)
    pub fn is_running(&self) -> bool {
        self.context().state() == AudioContextState::Running
    }

    /// Makes the node, in place of an older one; `receive` gets its messages, and `Stopped` if its processor throws.
    /// Without a decoder, which is the network's module and its file, the instrument plays the grid; `tones` is the
    /// program that plays tones, once it is loaded.
    ///
    /// # Errors
    /// If the browser refuses the node, or it lacks an AudioParam.
    pub fn attach(
        &mut self,
        module: &WebAssembly::Module,
        decoder: Option<(&WebAssembly::Module, &ArrayBuffer)>,
        grid: Option<&ArrayBuffer>,
        tones: Option<&WebAssembly::Module>,
        receive: impl Fn(WorkletMessage) + Clone + 'static,
    ) -> Result<(), AppError> {
        let options = AudioWorkletNodeOptions::new();
        options.set_output_channel_count(&Array::of1(&2.into()));
        options.set_processor_options(Some(&processor_options(module, decoder, grid, tones)));
        // Fails if the script loaded but registered no processor.
        let node = AudioWorkletNode::new_with_options(self.context(), PROCESSOR_NAME, &options)
            .map_err(|_| AppError::FileBroken(WORKLET_SCRIPT))?;
        let points = AudioPoints::of(&node).ok_or(AppError::FileBroken(WORKLET_SCRIPT))?;
        node.connect_with_audio_node(&self.volume).map_err(|_| AppError::ContextRefused)?;
        let port = node.port().map_err(|_| AppError::ContextRefused)?;
        let receiver = receive.clone();
        port.set_onmessage(Some(&dom::handler(move |event: MessageEvent| {
            if let Some(message) = WorkletMessage::from_js(&event.data()) {
                receiver(message);
            }
        })));
        node.set_onprocessorerror(Some(&dom::handler(move |_: web_sys::Event| {
            receive(WorkletMessage::Stopped { message: String::new() });
        })));
        if let Some(old) = self.node.replace(InstrumentNode { node, points, has_tones: tones.is_some() }) {
            old.end();
        }
        Ok(())
    }

    /// Sends the instrument its decoder, which `network` runs. It loads the decoder as soon as nothing sounds, and then
    /// reports that it is ready.
    pub fn load_decoder(&self, network: WebAssembly::Module, decoder: &ArrayBuffer) {
        self.send(Command::Decoder { decoder: Uint8Array::new(decoder), network: Some(network) });
    }

    /// Plays the tones of a model, which has a number from 1 on, by `program`; without a model amSynth.
    pub fn play_tones(&self, model: Option<(&ArrayBuffer, u8)>, program: Option<WebAssembly::Module>) {
        let program = program.filter(|_| self.node.as_ref().is_some_and(|node| !node.has_tones));
        let (model, number) = model.map(|(model, number)| (Uint8Array::new(model), number)).unzip();
        self.send(Command::SoundSource { model, program, number: number.unwrap_or_default() });
    }

    /// Loads the tones of a model under a number, without choosing them: loops may play them.
    pub fn load_tones(&self, number: u8, model: &ArrayBuffer, program: Option<WebAssembly::Module>) {
        let program = program.filter(|_| self.node.as_ref().is_some_and(|node| !node.has_tones));
        self.send(Command::LoadTones { number, model: Uint8Array::new(model), program });
    }

    /// Requests the last seconds of sound, which arrive in pieces.
    pub fn request_recording(&self, seconds: f64) {
        self.send(Command::Recent { seconds });
    }

    /// Executes a command.
    pub fn perform(&mut self, command: AudioCommand) {
        let now_s = self.context().current_time();
        match command {
            AudioCommand::JumpTo(part, point) => self.with_points(|points| points.jump(part, point, now_s)),
            AudioCommand::GlideTo(part, point) => self.with_points(|points| points.ramp(part, point, now_s)),
            AudioCommand::Note(event, point) => self.play_note(event, point),
            AudioCommand::SetPatch(part, patch, point) => {
                // The patch holds at the point itself, so the AudioParams need no ramp.
                self.with_points(|points| points.jump(part, point, now_s));
                self.send(Command::SetPatch { patch: Some(patch), point: Some(point), part: part as u8 });
            }
            AudioCommand::Decode(part) => {
                self.send(Command::SetPatch { patch: None, point: None, part: part as u8 });
            }
            AudioCommand::HoldParameter(parameter, value) => {
                // Not-a-number ends it.
                let (parameter, value) = (parameter.index() as u8, value.unwrap_or(f32::NAN));
                self.send(Command::HoldParameter { parameter, value });
            }
            AudioCommand::SetNotes(notes) => self.set_notes(&notes),
            AudioCommand::SetLaneKeys(keys, is_legato) => {
                let bytes: Vec<u8> = keys.iter().flat_map(|set| set.to_le_bytes()).collect();
                self.send(Command::PathKeys { keys: bytes.as_slice().into(), legato: is_legato.into() });
            }
            AudioCommand::PlayLoop(own, time) => self.play_loop(&own, time),
            AudioCommand::SetLoopPace(number, rate, direction) => {
                self.send(Command::PathPace { number: number - 1, rate, direction: direction.number() });
            }
            AudioCommand::StopLoop(number) => self.stop_loop(number),
            AudioCommand::SetLoopSound(number, sound) => self.set_loop_sound(number, sound.as_deref()),
            AudioCommand::SetLoopGain(number, gain) => {
                self.send(Command::PathGain { number: number - 1, gain });
            }
            AudioCommand::SetTransport(bpm, state) => {
                self.send(Command::Transport { bpm: bpm.into(), state: state as u8 });
            }
            AudioCommand::ClaimParts(parts) => self.send(Command::ClaimParts { parts }),
            AudioCommand::SetToneOffsets(offsets) => {
                self.send(Command::ToneOffsets { offsets: offsets.to_vec() });
            }
            AudioCommand::PlayLive(source) => self.send(Command::LiveTones { kind: source as u8 }),
            AudioCommand::TuneFeedback { frequency_hz, quality } => {
                self.send(Command::ToneFeedback { frequency_hz, quality });
            }
            AudioCommand::SetToneLife(life) => self.send(Command::ToneLife { life }),
            AudioCommand::PitchBend(value) => {
                self.send(Command::PitchBend { value, unused: protocol::field::Unused, part: 0 });
            }
            AudioCommand::ControlChange(controller, value) => {
                self.send(Command::ControlChange { controller, value, part: 0 });
            }
            AudioCommand::LimitVoices(voices) => self.send(Command::VoiceLimit { voices }),
            AudioCommand::SetGain(gain) => {
                let _ = self.volume.gain().set_target_at_time(gain, now_s, VOLUME_S);
            }
            AudioCommand::Silence => self.send(Command::AllSoundOff {}),
            AudioCommand::Wake => self.wake(),
        }
    }

    fn play_note(&self, event: NoteEvent, point: Option<Point>) {
        self.send(match event {
            NoteEvent::On { part, key, velocity } => {
                Command::NoteOn { key, velocity, part: part as u8, point }
            }
            NoteEvent::Off { part, key } => {
                Command::NoteOff { key, unused: protocol::field::Unused, part: part as u8 }
            }
        });
    }

    fn play_loop(&self, own: &RecordedLoop, time: LoopTime) {
        let words = path::score(&own.fingers, own.length_s);
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        self.send(Command::PlayPath {
            score: Some(bytes.as_slice().into()),
            number: own.number - 1,
            length_s: own.length_s,
            repeats: 1,
            rate: time.rate,
            direction: own.direction.number(),
            at_s: time.at_s,
            beats: time.beats,
            origin_beats: time.origin_beats,
        });
    }

    fn set_loop_sound(&self, number: u8, sound: Option<&LoopSettings>) {
        let keys: Vec<u8> =
            sound.iter().flat_map(|own| &own.lane_keys).flat_map(|set| set.to_le_bytes()).collect();
        // Not-a-number leaves a value to the patch; without any, the loop follows the settings of touches.
        let overrides = sound.iter().flat_map(|own| own.overrides).map(|value| value.unwrap_or(f32::NAN));
        self.send(Command::PathSound {
            number: number - 1,
            overrides: overrides.collect(),
            keys: keys.as_slice().into(),
            legato: sound.is_some_and(|own| own.is_legato).into(),
            pattern: sound.map_or(0, |own| own.pattern),
            steps_per_second: sound.map_or(1.0, |own| own.steps_per_second),
            gate: sound.map_or(1.0, |own| own.gate),
            source: sound.map_or(0, |own| own.source),
            cutoff_shift: sound.map_or(0.0, |own| own.cutoff_shift),
        });
    }

    fn stop_loop(&self, number: u8) {
        self.send(Command::PlayPath {
            score: None,
            number: number - 1,
            length_s: 0.0,
            repeats: 0,
            rate: 0.0,
            direction: 0,
            at_s: 0.0,
            beats: 0.0,
            origin_beats: 0.0,
        });
    }

    /// Resumes the context. Works only inside a user gesture.
    fn wake(&self) {
        if self.is_running() {
            return;
        }
        if let Ok(resuming) = self.context().resume() {
            // The context's statechange event reports success; a refusal leaves it suspended.
            spawn_local(async {
                let _ = JsFuture::from(resuming).await;
            });
        }
    }

    /// Sets how the instrument plays notes: the arpeggio, and the parameters that the notes override in every patch.
    fn set_notes(&self, notes: &Notes) {
        self.send(Command::Arpeggio {
            pattern: notes.arpeggio.pattern(),
            steps_per_second: notes.steps_per_second().into(),
            gate: notes.gate.into(),
        });
        for (parameter, value) in [
            (Parameter::KeyboardMode, notes.keyboard_mode),
            (Parameter::PortamentoTime, notes.portamento_time),
        ] {
            self.send(Command::HoldParameter { parameter: parameter.index() as u8, value });
        }
    }

    /// An analyser of the output with this smoothing (share of the last spectrum in the next, 0…1); none if the
    /// browser refuses.
    pub fn analyser(&self, smoothing: f64) -> Option<AnalyserNode> {
        let analyser = self.context().create_analyser().ok()?;
        analyser.set_fft_size(ANALYSED_FRAMES);
        analyser.set_smoothing_time_constant(smoothing);
        self.volume.connect_with_audio_node(&analyser).ok()?;
        Some(analyser)
    }

    /// The root mean square of the output's last moment, after the volume.
    pub fn rms(&mut self) -> f32 {
        if self.meter.is_none() {
            self.meter = self.context().create_analyser().ok();
            if let Some(meter) = &self.meter {
                meter.set_fft_size(METERED_FRAMES as u32);
                let _ = self.volume.connect_with_audio_node(meter);
            }
        }
        let mut samples = [0.0; METERED_FRAMES];
        if let Some(meter) = &self.meter {
            meter.get_float_time_domain_data(&mut samples);
        }
        (samples.iter().map(|sample| sample * sample).sum::<f32>() / METERED_FRAMES as f32).sqrt()
    }

    /// Ends the node and, if it is ours, the context.
    pub fn close(&self) {
        if let Some(node) = &self.node {
            node.end();
        }
        let _ = self.volume.disconnect();
        self.outlet.close();
    }

    fn with_points(&mut self, act: impl FnOnce(&mut AudioPoints)) {
        if let Some(node) = &mut self.node {
            act(&mut node.points);
        }
    }

    fn send(&self, command: NodeCommand) {
        if let Some(node) = &self.node {
            node.send(&command);
        }
    }
}

impl InstrumentNode {
    fn send(&self, command: &NodeCommand) {
        if let Ok(port) = self.node.port() {
            // Fails only for values that cannot be cloned; numbers and typed arrays can.
            let _ = port.post_message(&command.to_js());
        }
    }

    /// Ends the node and ignores its later messages.
    fn end(&self) {
        self.send(&Command::Dispose {});
        let _ = self.node.disconnect();
        self.node.set_onprocessorerror(None);
        if let Ok(port) = self.node.port() {
            port.set_onmessage(None);
        }
    }
}
