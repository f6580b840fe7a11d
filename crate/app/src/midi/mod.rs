//! MIDI of the page: keys, bend and pedal play the place where you are, two controllers lead it, and
//! what you hear goes out as controllers for a real amsynth or a recorder. Nothing is asked for before
//! the person presses the button; whatever happens is told in one sentence.

mod ports;

use std::cell::RefCell;
use std::rc::Rc;

use patch::Patch;
use play::Point;
use play::controllers::{Sender, map_file};
use play::midi::{Axes, Axis, Message, control_change};
use protocol::Command;
use protocol::field::Unused;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, HtmlSelectElement};

use crate::dom::{self, listen};
use crate::page::Page;
use crate::strings::Language;
use crate::tabs::play::player::{Holder, Player};
use crate::trouble::Trouble;
use ports::{Input, Output, Ports, Refusal};

/// amSynth's file of the controller map, as it is called in its folder.
const MAP_FILE_NAME: &str = "controllers";

/// The controller of the sustain pedal (MIDI 1.0, table of control changes).
const SUSTAIN_PEDAL: u8 = 64;

/// Where the learned controllers are remembered.
const CONTROLLERS_KEY: &str = "latent-pad.controllers";

/// The part of the tab Play that speaks MIDI. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Midi(Rc<Parts>);

struct Parts {
    page: Page,
    language: Language,
    player: Player,
    button: HtmlElement,
    status: Element,
    more: HtmlElement,
    learn: [HtmlElement; 2],
    send_to: HtmlSelectElement,
    axes: RefCell<Axes>,
    ports: RefCell<Option<Ports>>,
    /// The devices that are listened to.
    inputs: RefCell<Vec<Input>>,
    output: RefCell<Option<Output>>,
    sender: RefCell<Sender>,
}

impl Midi {
    /// Finds the elements and waits for the press.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(page: &Page, player: &Player) -> Result<Self, Trouble> {
        let midi = Self(Rc::new(Parts {
            page: page.clone(),
            language: page.language(),
            player: player.clone(),
            button: dom::element("midi")?,
            status: dom::element("midi-status")?,
            more: dom::element("midi-more")?,
            learn: [dom::element("midi-learn-x")?, dom::element("midi-learn-y")?],
            send_to: dom::element("midi-output")?,
            axes: RefCell::new(Axes::with_controllers(remembered().unwrap_or([u8::MAX; 2]))),
            ports: RefCell::default(),
            inputs: RefCell::default(),
            output: RefCell::default(),
            sender: RefCell::default(),
        }));
        let owned = midi.clone();
        listen(&midi.0.button, "click", move |_: Event| owned.ask());
        for (element, axis) in midi.0.learn.iter().zip([Axis::X, Axis::Y]) {
            let owned = midi.clone();
            listen(element, "click", move |_: Event| owned.learn(axis));
        }
        let owned = midi.clone();
        listen(&midi.0.send_to, "change", move |_: Event| owned.choose_output());
        listen(&dom::element("midi-map")?, "click", |_: Event| {
            crate::files::save(MAP_FILE_NAME, "application/octet-stream", map_file().as_bytes());
        });
        midi.show_axes();
        Ok(midi)
    }

    /// Sends what changed to the chosen device.
    pub fn send(&self, place: Point, patch: Option<&Patch>) {
        let Some(output) = &*self.0.output.borrow() else { return };
        let mut sender = self.0.sender.borrow_mut();
        let patch = patch.map(|patch| sender.patch(patch)).unwrap_or_default();
        for (controller, value) in sender.point(place).into_iter().chain(patch) {
            output.send(control_change(controller, value));
        }
    }

    fn ask(&self) {
        self.say(&self.0.language.midi_asking);
        let owned = self.clone();
        spawn_local(async move {
            match Ports::ask().await {
                Ok(ports) => owned.take(ports),
                Err(Refusal::Absent) => owned.say(&owned.0.language.midi_absent),
                Err(Refusal::Denied) => owned.say(&owned.0.language.midi_denied),
            }
        });
    }

    fn take(&self, ports: Ports) {
        let owned = self.clone();
        let hear = ports::listener(move |bytes| owned.hear(&bytes));
        let (owned, listening) = (self.clone(), hear.clone());
        ports.on_change(move || owned.show_ports(&listening));
        *self.0.ports.borrow_mut() = Some(ports);
        self.0.more.set_hidden(false);
        dom::set_hidden(&self.0.button, true, &self.0.learn[0]);
        self.show_ports(&hear);
    }

    /// Devices came or went: listens to those that are there, and offers where to send.
    fn show_ports(&self, hear: &js_sys::Function) {
        let Some(ports) = self.0.ports.borrow().clone() else { return };
        let inputs = ports.listen(hear);
        let gone = {
            let before = std::mem::replace(&mut *self.0.inputs.borrow_mut(), inputs.clone());
            before.iter().any(|input| !inputs.contains(input))
        };
        let outputs = ports.outputs();
        let chosen = self.0.output.borrow().as_ref().map(|output| output.id.clone());
        self.0.send_to.set_text_content(None);
        self.offer("", &self.0.language.send_nowhere, chosen.is_none());
        for output in &outputs {
            self.offer(&output.id, &output.name, chosen.as_ref() == Some(&output.id));
        }
        if !outputs.iter().any(|output| Some(&output.id) == chosen.as_ref()) {
            self.0.output.take();
        }
        if gone {
            // What its keys, pedal and wheel held can no longer be let go by itself.
            self.0.player.release_all();
            self.0.page.send(&Command::ControlChange { controller: SUSTAIN_PEDAL, value: 0, part: 0 });
            self.0.page.send(&Command::PitchBend { value: 0, unused: Unused, part: 0 });
        }
        let names: Vec<String> = inputs.into_iter().map(|input| input.name).collect();
        self.say(&self.0.language.connected(&names));
    }

    fn offer(&self, id: &str, name: &str, chosen: bool) {
        let option = dom::create("option", "");
        let _ = option.set_attribute("value", id);
        option.set_text_content(Some(name));
        let _ = option.toggle_attribute_with_force("selected", chosen);
        let _ = self.0.send_to.append_child(&option);
    }

    fn choose_output(&self) {
        let id = self.0.send_to.value();
        let outputs = self.0.ports.borrow().as_ref().map(Ports::outputs).unwrap_or_default();
        *self.0.output.borrow_mut() = outputs.into_iter().find(|output| output.id == id);
        // A device that is chosen knows nothing yet.
        self.0.sender.take();
        self.send(self.0.page.place(), self.0.page.patch().as_ref());
    }

    fn learn(&self, axis: Axis) {
        let mut axes = self.0.axes.borrow_mut();
        let again = axes.learning() == Some(axis);
        axes.learn((!again).then_some(axis));
        drop(axes);
        self.show_axes();
    }

    fn hear(&self, bytes: &[u8]) {
        match Message::read(bytes) {
            Some(Message::NoteOn { key, velocity }) => self.0.player.press(Holder::Midi(key), key, velocity),
            Some(Message::NoteOff { key }) => self.0.player.release(&Holder::Midi(key)),
            Some(Message::PitchBend(value)) => {
                self.0.page.send(&Command::PitchBend { value, unused: Unused, part: 0 })
            }
            Some(Message::ControlChange { controller, value }) => self.turn(controller, value),
            Some(Message::Program(number)) => self.0.page.go_to_landmark(number.into()),
            None => {}
        }
    }

    fn turn(&self, controller: u8, value: u8) {
        let mut axes = self.0.axes.borrow_mut();
        let was_learning = axes.learning().is_some();
        let led = axes.hear(controller, value, self.0.page.place());
        let controllers = axes.controllers();
        drop(axes);
        if was_learning {
            remember(controllers);
            self.show_axes();
        }
        match led {
            Some(point) => self.0.page.step_to(point),
            None => self.0.page.send(&Command::ControlChange { controller, value, part: 0 }),
        }
    }

    fn show_axes(&self) {
        let axes = self.0.axes.borrow();
        for (position, (element, axis)) in self.0.learn.iter().zip([Axis::X, Axis::Y]).enumerate() {
            let learning = axes.learning() == Some(axis);
            let _ = element.set_attribute("aria-pressed", if learning { "true" } else { "false" });
            let text = if learning {
                self.0.language.midi_learning.clone()
            } else {
                self.0.language.axis(axis, axes.controllers()[position])
            };
            element.set_text_content(Some(&text));
        }
    }

    fn say(&self, sentence: &str) {
        self.0.status.set_text_content(Some(sentence));
    }
}

fn remembered() -> Option<[u8; 2]> {
    let stored = dom::storage()?.get_item(CONTROLLERS_KEY).ok()??;
    let (x, y) = stored.split_once(' ')?;
    Some([x.parse().ok()?, y.parse().ok()?])
}

fn remember([x, y]: [u8; 2]) {
    if let Some(storage) = dom::storage() {
        // Refused where storage is full or denied: they are then forgotten, no more.
        let _ = storage.set_item(CONTROLLERS_KEY, &format!("{x} {y}"));
    }
}
