//! The browser's MIDI: asks for it, finds its ports again whenever one is plugged in or out, and hands
//! over bytes. Knows no meaning of a message.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MidiAccess, MidiMessageEvent, MidiOutput, MidiPort, Navigator};

use crate::dom;

/// Why there is no MIDI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The browser has none.
    Absent,
    /// The person or the page's host said no.
    Denied,
}

/// MIDI, allowed.
#[derive(Clone)]
pub struct Ports {
    access: MidiAccess,
}

/// A device that is listened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The browser's name for it, the same as long as it is plugged in.
    pub id: String,
    /// What a person knows it by.
    pub name: String,
}

/// A device to send to.
#[derive(Clone)]
pub struct Output {
    /// The browser's name for it, the same as long as it is plugged in.
    pub id: String,
    /// What a person knows it by.
    pub name: String,
    port: MidiOutput,
}

impl Ports {
    /// Asks for MIDI. Must be called from a press: browsers ask the person then.
    pub async fn ask() -> Result<Self, Refusal> {
        let navigator: Navigator = dom::window().navigator();
        if !Reflect::has(&navigator, &"requestMIDIAccess".into()).unwrap_or(false) {
            return Err(Refusal::Absent);
        }
        let asked = navigator.request_midi_access().map_err(|_| Refusal::Denied)?;
        let access = JsFuture::from(asked).await.map_err(|_| Refusal::Denied)?;
        Ok(Self { access: access.unchecked_into() })
    }

    /// Calls `act` whenever a device comes or goes.
    pub fn on_change(&self, mut act: impl FnMut() + 'static) {
        self.access.set_onstatechange(Some(&dom::handler(move |_: Event| act())));
    }

    /// Listens to every device that is plugged in; answers them.
    pub fn listen(&self, hear: &js_sys::Function) -> Vec<Input> {
        let inputs = connected(&self.access.inputs());
        for input in &inputs {
            // Set as a property, so that a device that comes back is not heard twice.
            let _ = Reflect::set(input, &"onmidimessage".into(), hear);
        }
        inputs.iter().map(|port| Input { id: port.id(), name: name(port) }).collect()
    }

    /// The devices to send to.
    pub fn outputs(&self) -> Vec<Output> {
        let outputs = connected(&self.access.outputs());
        outputs
            .into_iter()
            .map(|port| Output { id: port.id(), name: name(&port), port: port.unchecked_into() })
            .collect()
    }
}

impl Output {
    /// Sends one message; lost where the device has just gone.
    pub fn send(&self, bytes: [u8; 3]) {
        let bytes: Array = bytes.into_iter().map(JsValue::from).collect();
        let _ = self.port.send(&bytes);
    }
}

/// What a listener gets for each message.
pub fn listener(mut hear: impl FnMut(Vec<u8>) + 'static) -> js_sys::Function {
    dom::handler(move |event: MidiMessageEvent| {
        let data = Reflect::get(&event, &"data".into()).ok();
        if let Some(bytes) = data.and_then(|data| data.dyn_into::<Uint8Array>().ok()) {
            hear(bytes.to_vec());
        }
    })
}

/// The ports of one of the access's maps that can be used now.
fn connected(map: &JsValue) -> Vec<MidiPort> {
    let values = Reflect::get(map, &"values".into()).ok().and_then(|values| values.dyn_into().ok());
    let ports = values.and_then(|values: js_sys::Function| values.call0(map).ok());
    let ports = ports.and_then(|ports| js_sys::try_iter(&ports).ok().flatten());
    let ports = ports.into_iter().flatten().filter_map(Result::ok).map(JsCast::unchecked_into::<MidiPort>);
    ports.filter(|port| Reflect::get(port, &"state".into()).is_ok_and(|state| state == "connected")).collect()
}

fn name(port: &MidiPort) -> String {
    port.name().filter(|name| !name.trim().is_empty()).unwrap_or_else(|| port.id())
}
