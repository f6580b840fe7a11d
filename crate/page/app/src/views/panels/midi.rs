//! MIDI of the page: keys, bend, pedal and programs of every device, two controllers that move the current point, and
//! the current patch sent as controllers to a real amsynth or a recorder. Requests access only when the person
//! presses the button, and shows one sentence with the result. `play` decides what a message does.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Function;
use play::State;
use play::action::{Action, KeyAction};
use play::controllers::{ControllerSender, map_file};
use play::error::AppError;
use play::midi::{Axis, MidiMessage, PointControllers, control_change};
use play::midi_echoes::MidiEchoes;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, HtmlSelectElement};

use crate::app::App;
use crate::dom;
use crate::effects::files;
use crate::effects::midi_ports::{self, InputPort, MidiPorts, MidiRefusal, OutputPort};
use crate::view::View;
use crate::views::controls::{add_option, on_click, set_pressed};

/// The name of amSynth's controller map file.
const MAP_FILE_NAME: &str = "controllers";

/// The section of the panel Share.
pub struct MidiSection {
    parts: Rc<MidiParts>,
    shown: Option<PointControllers>,
}

struct MidiParts {
    app: App,
    button: HtmlElement,
    status: Element,
    more: HtmlElement,
    learn: [HtmlElement; 2],
    send_to: HtmlSelectElement,
    /// True if the browser is being asked: each answer would have ports of its own, and every message would come twice.
    is_asking: Cell<bool>,
    ports: RefCell<Option<MidiPorts>>,
    /// The input devices.
    inputs: RefCell<Vec<InputPort>>,
    /// The output devices, in the list's order.
    outputs: RefCell<Vec<OutputPort>>,
    output: RefCell<Option<OutputPort>>,
    sender: RefCell<ControllerSender>,
    /// The sent messages, which a loopback port brings back.
    echoes: RefCell<MidiEchoes>,
}

impl MidiSection {
    /// Finds the elements and listens to the button.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let parts = Rc::new(MidiParts {
            app: app.clone(),
            button: root.element("midi")?,
            status: root.element("midi-status")?,
            more: root.element("midi-more")?,
            learn: [root.element("midi-learn-x")?, root.element("midi-learn-y")?],
            send_to: root.element("midi-output")?,
            is_asking: Cell::default(),
            ports: RefCell::default(),
            inputs: RefCell::default(),
            outputs: RefCell::default(),
            output: RefCell::default(),
            sender: RefCell::default(),
            echoes: RefCell::default(),
        });
        let owned = Rc::clone(&parts);
        on_click(app, "midi", move |_| owned.ask())?;
        for (id, axis) in [("midi-learn-x", Axis::X), ("midi-learn-y", Axis::Y)] {
            on_click(app, id, move |app| {
                app.dispatch(Action::Key(KeyAction::LearnAxis(axis), dom::now_ms()))
            })?;
        }
        let owned = Rc::clone(&parts);
        root.listen(&parts.send_to, "change", move |_: Event| owned.choose_output());
        on_click(app, "midi-map", |_| {
            files::save(MAP_FILE_NAME, "application/octet-stream", map_file().as_bytes());
        })?;
        let owned = Rc::clone(&parts);
        root.at_end(move || {
            if let Some(ports) = owned.ports.take() {
                ports.close();
            }
        });
        Ok(Self { parts, shown: None })
    }
}

impl View for MidiSection {
    fn show(&mut self, state: &State) {
        if self.shown.as_ref() == Some(&state.controllers) {
            return;
        }
        self.shown = Some(state.controllers.clone());
        let language = self.parts.app.language();
        let controllers = state.controllers.controllers();
        for ((element, axis), controller) in self.parts.learn.iter().zip([Axis::X, Axis::Y]).zip(controllers)
        {
            let is_learning = state.controllers.learning() == Some(axis);
            set_pressed(element, is_learning);
            let text = match is_learning {
                true => language.midi_learning.clone(),
                false => language.axis(axis, controller),
            };
            element.set_text_content(Some(&text));
        }
    }

    fn follow(&mut self, state: &State) {
        self.parts.send(state);
    }
}

impl MidiParts {
    /// Sends changes to the chosen device.
    fn send(&self, state: &State) {
        let Some(output) = &*self.output.borrow() else { return };
        let mut sender = self.sender.borrow_mut();
        let patch = state.heard_patch().map(|patch| sender.patch(&patch)).unwrap_or_default();
        for (controller, value) in sender.point(state.point()).into_iter().chain(patch) {
            self.echoes.borrow_mut().sent(controller, value, dom::now_ms());
            output.send(control_change(controller, value));
        }
    }

    fn ask(self: &Rc<Self>) {
        if self.is_asking.replace(true) {
            return;
        }
        let language = self.app.language();
        self.show_status(&language.midi_asking);
        let owned = Rc::clone(self);
        spawn_local(async move {
            let language = owned.app.language();
            let asked = MidiPorts::ask().await;
            owned.is_asking.set(false);
            match asked {
                Ok(ports) => owned.take(ports),
                Err(MidiRefusal::Absent) => owned.show_status(&language.midi_absent),
                Err(MidiRefusal::Denied) => owned.show_status(&language.midi_denied),
            }
        });
    }

    fn take(self: &Rc<Self>, ports: MidiPorts) {
        let owned = Rc::clone(self);
        let listener = midi_ports::listener(move |port, bytes| owned.hear(port, &bytes));
        let (owned, own_listener) = (Rc::clone(self), listener.clone());
        ports.on_change(move || owned.show_ports(&own_listener));
        *self.ports.borrow_mut() = Some(ports);
        self.more.set_hidden(false);
        dom::set_hidden(&self.button, true, &self.learn[0]);
        self.show_ports(&listener);
    }

    /// A message of the input of this name.
    fn hear(&self, port: Option<String>, bytes: &[u8]) {
        let Some(message) = MidiMessage::read(bytes) else { return };
        if let MidiMessage::ControlChange { controller, value } = message {
            // From another device the value sent last may be the knob's newest one.
            let is_loopback = self.output.borrow().as_ref().is_some_and(|to| port.as_ref() == Some(&to.name));
            if is_loopback && self.echoes.borrow_mut().take(controller, value, dom::now_ms()) {
                return;
            }
        }
        self.app.dispatch(Action::Key(
            KeyAction::MidiOfChannel(MidiMessage::channel(bytes), message),
            dom::now_ms(),
        ));
    }

    /// Devices came or went: listens to the inputs and lists the outputs.
    fn show_ports(&self, listener: &Function) {
        let Some(ports) = self.ports.borrow().clone() else { return };
        let inputs = ports.listen(listener);
        let before = self.inputs.replace(inputs.clone());
        self.offer_outputs(ports.outputs());
        if before.iter().any(|input| !inputs.contains(input)) {
            self.app.dispatch(Action::Key(KeyAction::MidiLost, dom::now_ms()));
        }
        let names: Vec<String> = inputs.into_iter().map(|input| input.name).collect();
        self.show_status(&self.app.language().connected(&names));
    }

    fn offer_outputs(&self, outputs: Vec<OutputPort>) {
        let chosen = self.output.borrow().as_ref().map(|output| output.id.clone());
        let position = outputs.iter().position(|output| Some(&output.id) == chosen.as_ref());
        if position.is_none() {
            self.output.take();
        }
        self.send_to.set_text_content(None);
        add_option(&self.send_to, &self.app.language().send_nowhere);
        for output in &outputs {
            add_option(&self.send_to, &output.name);
        }
        // The first choice is to send nowhere.
        self.send_to.set_selected_index(position.map_or(0, |position| position as i32 + 1));
        self.outputs.replace(outputs);
    }

    fn choose_output(&self) {
        // The first choice is to send nowhere.
        let position =
            usize::try_from(self.send_to.selected_index()).ok().and_then(|chosen| chosen.checked_sub(1));
        let chosen = position.and_then(|position| self.outputs.borrow().get(position).cloned());
        self.output.replace(chosen);
        // A newly chosen device needs the complete state.
        self.sender.take();
        self.send(&self.app.state());
    }

    fn show_status(&self, sentence: &str) {
        self.status.set_text_content(Some(sentence));
    }
}
