//! The instrument of an element in somebody else's page: what `www/element/` asks of this program. It
//! is the page's own way of one finger, with the element's words and controls in place of the tabs.
//!
//! What is asked here comes from outside of every frame and event of ours; what is told goes out
//! later, see [`face`].

mod controls;
mod face;

use ::patch::{Parameter, Patch};
use js_sys::{Error, Function, Object, Reflect};
use play::Point;
use wasm_bindgen::prelude::*;
use web_sys::{AudioContext, AudioNode, HtmlElement};

use crate::hand::Finger;
use crate::load::Assets;
use crate::outlet::{self, Outlet};
use crate::page::Page;
use crate::playing::Playing;
use crate::root::Root;
use crate::strings::Language;
use crate::trouble::Trouble;
use crate::{keys, overload, pad, prepare, second_finger, sleep};
use controls::{Controls, Wish};
use face::Face;

/// Opens an AudioContext, asleep where the browser wants a gesture first. `latency`: `interactive`,
/// `balanced`, `playback` or seconds. `words` are those of a language, see www/words/.
///
/// # Errors
/// A sentence, if the page is not secure or the browser cannot make sound; an `Error` if a word is missing.
#[wasm_bindgen(js_name = openContext)]
pub fn open_context(latency: &JsValue, words: &JsValue) -> Result<AudioContext, JsValue> {
    let language = Language::new(words)?;
    outlet::open_context(latency).map_err(|trouble| language.trouble(&trouble).into())
}

/// One pad in somebody else's page.
#[wasm_bindgen]
pub struct Instrument {
    page: Page,
    wish: Wish,
}

#[wasm_bindgen]
impl Instrument {
    /// Takes the elements inside of `root` and begins to load the files that `locate` finds by their
    /// names, see [`Assets`]. The sound goes to `output`; `tell` is called with a kind and its detail, see
    /// [`face`]; `words` are those of a language, see www/words/.
    ///
    /// # Errors
    /// A sentence, if an element is missing; an `Error` if a word is.
    #[wasm_bindgen(constructor)]
    pub fn new(
        root: HtmlElement,
        locate: Function,
        output: AudioNode,
        tell: Function,
        words: &JsValue,
    ) -> Result<Instrument, JsValue> {
        let language = Language::new(words)?;
        let page =
            Page::embed(Root::embedded(root), Assets::new(locate), language.clone(), Outlet::into(output));
        page.and_then(|page| Self::begin(page, tell)).map_err(|trouble| language.trouble(&trouble).into())
    }

    fn begin(page: Page, tell: Function) -> Result<Self, Trouble> {
        let wish = Wish::default();
        pad::pointer::follow(&page);
        keys::follow(&page)?;
        page.add_tab(Box::new(Controls::build(&page, &wish)?));
        page.add_tab(Box::new(Playing::follow(page.root())));
        page.add_tab(Box::new(Face::new(&page, &wish, tell)));
        prepare::follow_retry(&page)?;
        second_finger::follow(&page);
        sleep::follow(&page);
        overload::follow(&page);
        prepare::prepare(&page);
        Ok(Self { page, wish })
    }

    /// The place from left to right, −4…4.
    #[wasm_bindgen(getter)]
    pub fn x(&self) -> f32 {
        self.page.place().x
    }

    /// The place from bottom to top, −4…4.
    #[wasm_bindgen(getter)]
    pub fn y(&self) -> f32 {
        self.page.place().y
    }

    /// Goes to a place; beyond the plane, to its edge.
    #[wasm_bindgen(js_name = goTo)]
    pub fn go_to(&self, x: f32, y: f32) {
        self.page.step_to(Point::on_plane(x, y));
        self.page.settle();
    }

    /// The MIDI key that a touch plays, 0…127.
    #[wasm_bindgen(setter)]
    pub fn set_note(&self, key: u8) {
        self.page.change(|state| {
            state.notes.root = key;
            state.notes = state.notes.tidy();
        });
    }

    /// Whether what is touched sounds on until the next touch.
    #[wasm_bindgen(setter)]
    pub fn set_hold(&self, hold: bool) {
        self.page.change(|state| state.notes.hold = hold);
    }

    /// What the map shows: a layer's name, or anything else for where presets are.
    #[wasm_bindgen(setter)]
    pub fn set_layer(&self, name: String) {
        *self.wish.borrow_mut() = Some(name);
        // The next frame looks for it.
        self.page.with_pad(|_| ());
    }

    /// The volume as a factor of the amplitude, 0…1.
    #[wasm_bindgen(setter)]
    pub fn set_volume(&self, gain: f32) {
        self.page.set_gain(if gain.is_nan() { 1.0 } else { gain.clamp(0.0, 1.0) });
    }

    /// The 41 stored values of what sounds here, by name; null before the sound first ran.
    #[wasm_bindgen(getter)]
    pub fn patch(&self) -> JsValue {
        self.page.patch().map_or(JsValue::NULL, |patch| named_values(&patch))
    }

    /// The 41 stored values that were set here and still play; null where the place's own sound does.
    #[wasm_bindgen(getter, js_name = ownPatch)]
    pub fn own_patch(&self) -> JsValue {
        self.page.state().patch.map_or(JsValue::NULL, |patch| named_values(&patch))
    }

    /// Plays these stored values, by name, until the place moves; names that are left out keep theirs.
    ///
    /// # Errors
    /// Names what is no parameter or no number: to whoever wrote the page around, so in English.
    #[wasm_bindgen(js_name = setPatch)]
    pub fn set_patch(&self, named: &Object) -> Result<(), Error> {
        let mut patch = self.page.patch().unwrap_or_default();
        for entry in Object::entries(named) {
            let entry: js_sys::Array = entry.unchecked_into();
            let name = entry.get(0).as_string().unwrap_or_default();
            let parameter = Parameter::from_name(&name).ok_or_else(|| {
                let names = "use the names that patchchange tells";
                Error::new(&format!("“{name}” is no parameter of amSynth: {names}"))
            })?;
            let value = entry.get(1).as_f64();
            let value = value.ok_or_else(|| Error::new(&format!("the value of {name} is no number")))?;
            patch.set(parameter, value as f32);
        }
        self.page.change(|state| {
            state.patch = Some(Box::new(patch));
            state.notes.keyboard_mode = patch.get(Parameter::KeyboardMode);
            state.notes.portamento_time = patch.get(Parameter::PortamentoTime);
        });
        Ok(())
    }

    /// All parameters in amSynth's order: `{ name, label, group, min, max, step }` each, of stored values;
    /// step 0: any value between.
    pub fn parameters() -> Vec<Object> {
        Parameter::ALL.into_iter().map(described).collect()
    }

    /// A stored value as a person reads it; empty for what is no parameter.
    #[wasm_bindgen(js_name = textOf)]
    pub fn text_of(name: &str, value: f32) -> String {
        Parameter::from_name(name).map(|parameter| parameter.text(value)).unwrap_or_default()
    }

    /// A key goes down at the place: key 0…127, velocity 1…127. Inside a gesture it also wakes the sound.
    #[wasm_bindgen(js_name = noteOn)]
    pub fn note_on(&self, key: u8, velocity: u8) {
        self.page.wake();
        self.page.note_on(key.min(127), velocity.clamp(1, 127));
    }

    /// The key comes up.
    #[wasm_bindgen(js_name = noteOff)]
    pub fn note_off(&self, key: u8) {
        self.page.note_off(key.min(127));
    }

    /// Plays at the place until [`Instrument::stop`], wherever it goes. Inside a gesture it also wakes
    /// the sound.
    pub fn play(&self) {
        self.page.wake();
        self.page.press(Finger::PlayButton, self.page.place(), 0.0);
    }

    /// Ends every sound at once.
    pub fn stop(&self) {
        self.page.panic();
    }

    /// Ends the instrument: silent, without listeners. It must not be used afterwards.
    pub fn dispose(&self) {
        self.page.end();
    }
}

/// The stored values of a patch by name.
fn named_values(patch: &Patch) -> JsValue {
    object(Parameter::ALL.map(|parameter| (parameter.name(), patch.get(parameter).into()))).into()
}

/// What a page can know of a parameter.
fn described(parameter: Parameter) -> Object {
    let info = parameter.info();
    object([
        ("name", info.name.into()),
        ("label", info.label.into()),
        ("group", info.group.label().into()),
        ("min", info.min.into()),
        ("max", info.max.into()),
        ("step", info.step.into()),
    ])
}

/// An object of these properties.
fn object<const COUNT: usize>(entries: [(&str, JsValue); COUNT]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // A fresh object takes any property.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object
}
