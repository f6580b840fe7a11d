//! The instrument of an element in a host page, as `www/element/` calls it. It has the page's own state, reducer and
//! map, with the element's words and controls, and of the page's panels those that the host page asks for.
//!
//! The host page may call at any time; notifications to it go out later, see [`face`].

mod controls;
mod face;
mod values;

use ::patch::{PARAMETER_COUNT, Parameter};
use js_sys::{Error, Function, Object};
use play::action::{Action, Edit, KeyAction, MapAction, SoundAction, Start, TouchAction};
use play::error::AppError;
use play::held_keys::KeyHolder;
use play::touches::TouchSource;
use play::{Notes, Point};
use wasm_bindgen::prelude::*;
use web_sys::{AudioContext, AudioContextState, AudioNode, GainNode, HtmlElement};

use crate::app::App;
use crate::dom;
use crate::effects;
use crate::effects::assets::Assets;
use crate::effects::audio::VOLUME_S;
use crate::effects::executor::Executor;
use crate::effects::outlet::{self, Outlet};
use crate::effects::session::SessionStore;
use crate::root::Root;
use crate::views;
use crate::words::Language;
use controls::ElementControls;
use face::{ElementStatus, HostNotifier};
use values::{described, named_values, with_values};

/// Opens an AudioContext, suspended if the browser requires a gesture first. `latency`: `interactive`, `balanced`,
/// `playback` or seconds. `words` are those of a language, see www/words/.
///
/// # Errors
/// A message, if the page is not secure or the browser cannot make sound; an `Error` if a word is missing.
#[wasm_bindgen(js_name = openContext)]
pub fn open_context(latency: &JsValue, words: &JsValue) -> Result<AudioContext, JsValue> {
    let language = Language::new(words)?;
    outlet::open_context(latency).map_err(|error| language.error(&error).into())
}

/// One pad in a host page.
#[wasm_bindgen(js_name = Instrument)]
pub struct ElementInstrument {
    app: App,
    /// The host page's volume, after that of the panel, which is the visitor's.
    volume: GainNode,
}

#[wasm_bindgen(js_class = Instrument)]
impl ElementInstrument {
    /// Takes the elements inside of `root` and begins to load the files that `locate` finds by their names, see
    /// [`Assets`]. The sound goes to `output`; `tell` is called with a kind and its detail, see [`face`]; `words` are
    /// those of a language, see www/words/.
    ///
    /// # Errors
    /// A message, if an element is missing; an `Error` if a word is.
    #[wasm_bindgen(constructor)]
    pub fn new(
        root: HtmlElement,
        locate: Function,
        output: AudioNode,
        tell: Function,
        words: &JsValue,
    ) -> Result<ElementInstrument, JsValue> {
        let language = Language::new(words)?;
        let refused = |_| language.error(&AppError::ContextRefused);
        let outlet = Outlet::into(output);
        let volume = outlet.context().create_gain().map_err(refused)?;
        volume.connect_with_audio_node(outlet.node()).map_err(refused)?;
        let outlet = Some(Outlet::into(volume.clone().into()));
        let root = Root::embedded(root);
        let executor =
            Executor::new(root, language.clone(), Assets::new(locate, None), outlet, SessionStore::default());
        let app = App::new(Start { is_embedded: true, ..Start::default() }, executor, effects::execute);
        begin(&app, tell).map_err(|error| language.error(&error))?;
        Ok(Self { app, volume })
    }

    /// The current point from left to right, −4…4.
    #[wasm_bindgen(getter)]
    pub fn x(&self) -> f32 {
        self.app.state().point().x
    }

    /// The current point from bottom to top, −4…4.
    #[wasm_bindgen(getter)]
    pub fn y(&self) -> f32 {
        self.app.state().point().y
    }

    /// Goes to a point; beyond the plane, to its edge.
    #[wasm_bindgen(js_name = goTo)]
    pub fn go_to(&self, x: f32, y: f32) {
        self.app.dispatch(Action::Edit(Edit::MoveTo(Point::on_plane(x, y))));
        self.app.dispatch(Action::Edit(Edit::FinishStep));
    }

    /// The MIDI key that a touch plays, 0…127.
    #[wasm_bindgen(setter)]
    pub fn set_note(&self, key: u8) {
        self.set_notes(|notes| notes.root = key);
    }

    /// True if touched notes sound on until the next touch.
    #[wasm_bindgen(setter)]
    pub fn set_hold(&self, hold: bool) {
        self.set_notes(|notes| notes.latch = hold);
    }

    fn set_notes(&self, set: impl FnOnce(&mut Notes)) {
        let mut notes = *self.app.state().notes();
        set(&mut notes);
        self.app.dispatch(Action::Edit(Edit::SetNotes(notes, None)));
    }

    /// The layer that the map shows, by its name; with any other text, the map shows where presets are.
    #[wasm_bindgen(setter)]
    pub fn set_layer(&self, name: String) {
        self.app.dispatch(Action::Map(MapAction::WishLayer(name)));
    }

    /// The layer that the map shows, by its name; before the map is here, the layer that it is to show.
    #[wasm_bindgen(getter)]
    pub fn layer(&self) -> String {
        ElementStatus::of(&self.app.state()).layer
    }

    /// The volume as a factor of the amplitude, 0…1.
    #[wasm_bindgen(setter)]
    pub fn set_volume(&self, gain: f32) {
        let gain = if gain.is_nan() { 1.0 } else { gain.clamp(0.0, 1.0) };
        let (now, context) = (self.volume.gain(), self.volume.context());
        if context.state() == AudioContextState::Running {
            let _ = now.set_target_at_time(gain, context.current_time(), VOLUME_S);
        } else {
            // Else the first sound would fade to it.
            now.set_value(gain);
        }
    }

    /// The 41 stored values of the current patch, by name; null before the sound first ran.
    #[wasm_bindgen(getter)]
    pub fn patch(&self) -> JsValue {
        self.app.state().heard_patch().map_or(JsValue::NULL, |patch| named_values(&patch))
    }

    /// The 41 stored values set by [`ElementInstrument::set_patch`] that still play; null while the decoded patch
    /// plays.
    #[wasm_bindgen(getter, js_name = ownPatch)]
    pub fn own_patch(&self) -> JsValue {
        self.app.state().document().patch.as_deref().map_or(JsValue::NULL, named_values)
    }

    /// The indices of the parameters that locks hold.
    #[wasm_bindgen(getter)]
    pub fn locked(&self) -> Vec<u8> {
        self.app.state().document().locks.indices()
    }

    /// Plays these stored values, by name, until the current point moves; names that are left out keep theirs. False,
    /// and nothing changes, if those are not known yet: before the sound first ran.
    ///
    /// # Errors
    /// Names what is no parameter or no number; in English, for the developer of the host page.
    #[wasm_bindgen(js_name = setPatch)]
    pub fn set_patch(&self, named: &Object) -> Result<bool, Error> {
        let heard = self.app.state().heard_patch();
        let is_known = heard.is_some() || Object::keys(named).length() as usize >= PARAMETER_COUNT;
        let patch = with_values(heard.unwrap_or_default(), named)?;
        if is_known {
            self.app.dispatch(Action::Edit(Edit::SetPatch(Box::new(patch))));
        }
        Ok(is_known)
    }

    /// All parameters in amSynth's order: `{ name, label, group, min, max, step }` each, of stored values; step 0
    /// means continuous.
    pub fn parameters(&self) -> Vec<Object> {
        Parameter::ALL.into_iter().map(|parameter| described(parameter, self.app.language())).collect()
    }

    /// A stored value as text; empty for an unknown parameter.
    #[wasm_bindgen(js_name = textOf)]
    pub fn text_of(&self, name: &str, value: f32) -> String {
        let parameter = Parameter::from_name(name);
        parameter.map(|parameter| self.app.language().stored(parameter, value)).unwrap_or_default()
    }

    /// A key goes down at the current point: key 0…127, velocity 1…127, or comes up: velocity 0. Inside a gesture it
    /// also wakes the sound.
    #[wasm_bindgen(js_name = noteOn)]
    pub fn note_on(&self, key: u8, velocity: u8) {
        if velocity == 0 {
            return self.note_off(key);
        }
        let key = key.min(127);
        self.app.dispatch(Action::Key(KeyAction::Press(KeyHolder::Host(key), key, velocity), dom::now_ms()));
    }

    /// The key comes up.
    #[wasm_bindgen(js_name = noteOff)]
    pub fn note_off(&self, key: u8) {
        self.app.dispatch(Action::Key(KeyAction::Release(KeyHolder::Host(key.min(127))), dom::now_ms()));
    }

    /// Plays the current point until [`ElementInstrument::stop`], wherever it moves. Inside a gesture it also wakes the
    /// sound.
    pub fn play(&self) {
        self.app.dispatch(Action::Sound(SoundAction::Wake));
        self.app.dispatch(Action::Touch(TouchAction::Press(TouchSource::PlayButton, dom::now_ms())));
    }

    /// Stops every sound at once.
    pub fn stop(&self) {
        self.app.dispatch(Action::Sound(SoundAction::Panic));
    }

    /// Stops the sound and removes all listeners. The instrument must not be used afterwards.
    pub fn dispose(&self) {
        self.app.end();
        let _ = self.volume.disconnect();
    }
}

fn begin(app: &App, tell: Function) -> Result<(), AppError> {
    views::build_map(app)?;
    views::panels::build(app)?;
    app.add_view(ElementControls::build(app)?);
    app.add_view(HostNotifier::new(app, tell));
    effects::follow(app);
    Ok(())
}
