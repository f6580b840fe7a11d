//! The browser's MIDI: requests access, follows ports as they come and go, and passes bytes on. Does not interpret
//! messages.

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MidiAccess, MidiMessageEvent, MidiOutput, MidiPort, Navigator};

use crate::dom;

/// Why there is no MIDI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MidiRefusal {
    /// The browser has none.
    Absent,
    /// The person, or the host page's policy, denied it.
    Denied,
}

/// Granted MIDI access.
#[derive(Clone)]
pub struct MidiPorts {
    access: MidiAccess,
}

/// An input device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputPort {
    /// The browser's name for it, the same as long as it is plugged in.
    pub id: String,
    /// Its name for people.
    pub name: String,
}

/// An output device.
#[derive(Clone)]
pub struct OutputPort {
    /// The browser's name for it, the same as long as it is plugged in.
    pub id: String,
    /// Its name for people.
    pub name: String,
    port: MidiOutput,
}

impl MidiPorts {
    /// Requests MIDI access. Call it from a user gesture: browsers then ask for permission.
    pub async fn ask() -> Result<Self, MidiRefusal> {
        let navigator: Navigator = dom::window().navigator();
        if !Reflect::has(&navigator, &"requestMIDIAccess".into()).unwrap_or(false) {
            return Err(MidiRefusal::Absent);
        }
        let asked = navigator.request_midi_access().map_err(|_| MidiRefusal::Denied)?;
        let access = JsFuture::from(asked).await.map_err(|_| MidiRefusal::Denied)?;
        Ok(Self { access: access.unchecked_into() })
    }

    /// Calls `act` whenever a device comes or goes.
    pub fn on_change(&self, mut act: impl FnMut() + 'static) {
        self.access.set_onstatechange(Some(&dom::handler(move |_: Event| act())));
    }

    /// Receives messages from every connected device; returns the devices.
    pub fn listen(&self, listener: &Function) -> Vec<InputPort> {
        let inputs = self.set_listener(listener);
        inputs.iter().map(|port| InputPort { id: port.id(), name: name(port) }).collect()
    }

    /// Removes all listeners, for messages and for new devices.
    pub fn close(&self) {
        self.access.set_onstatechange(None);
        self.set_listener(&JsValue::NULL);
    }

    fn set_listener(&self, listener: &JsValue) -> Vec<MidiPort> {
        let inputs = connected(&self.access.inputs());
        for input in &inputs {
            // A property, so that a reconnected device gets no second listener.
            let _ = Reflect::set(input, &"onmidimessage".into(), listener);
        }
        inputs
    }

    /// The output devices.
    pub fn outputs(&self) -> Vec<OutputPort> {
        let outputs = connected(&self.access.outputs());
        outputs
            .into_iter()
            .map(|port| OutputPort { id: port.id(), name: name(&port), port: port.unchecked_into() })
            .collect()
    }
}

impl OutputPort {
    /// Sends one message; lost if the device has just disconnected.
    pub fn send(&self, bytes: [u8; 3]) {
        let bytes: Array = bytes.into_iter().map(JsValue::from).collect();
        let _ = self.port.send(&bytes);
    }
}

/// A listener that passes the name of the port and the bytes of each message to `receive`.
pub fn listener(mut receive: impl FnMut(Option<String>, Vec<u8>) + 'static) -> Function {
    dom::handler(move |event: MidiMessageEvent| {
        let data = Reflect::get(&event, &"data".into()).ok();
        if let Some(bytes) = data.and_then(|data| data.dyn_into::<Uint8Array>().ok()) {
            receive(event.target().map(|port| name(port.unchecked_ref())), bytes.to_vec());
        }
    })
}

/// The ports of one of the access's maps that can be used now.
fn connected(map: &JsValue) -> Vec<MidiPort> {
    let values = Reflect::get(map, &"values".into()).ok().and_then(|values| values.dyn_into().ok());
    let ports = values.and_then(|values: Function| values.call0(map).ok());
    let ports = ports.and_then(|ports| js_sys::try_iter(&ports).ok().flatten());
    let ports = ports.into_iter().flatten().filter_map(Result::ok).map(JsCast::unchecked_into::<MidiPort>);
    ports.filter(|port| Reflect::get(port, &"state".into()).is_ok_and(|state| state == "connected")).collect()
}

fn name(port: &MidiPort) -> String {
    port.name().filter(|name| !name.trim().is_empty()).unwrap_or_else(|| port.id())
}
