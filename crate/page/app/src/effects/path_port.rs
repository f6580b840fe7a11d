//! What scripts that show themselves, such as `live.js`, may do: read the loops, change one, play one, and ask where it is;
//! read and change the patch; and play what a voice sings. Each change is an action.

use std::cell::RefCell;
use std::rc::Rc;

use patch::Parameter;
use play::action::{Action, Edit, GestureAction, KeyAction, PageAction, TouchAction};
use play::held_keys::KeyHolder;
use play::instruments::{InstrumentAction, Instruments};
use play::loops::LOOP_LIMIT;
use play::midi::MidiMessage;
use play::tone_domain::ToneDomain;
use play::touches::TouchSource;
use play::{Point, RecordedLoop};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use web_sys::AudioWorkletNode;

use crate::app::App;
use crate::dom;

/// The page, as these scripts see it.
#[wasm_bindgen]
pub struct PathPort {
    app: App,
    /// The loops that the script knows.
    known: RefCell<Option<Vec<Rc<RecordedLoop>>>>,
}

impl PathPort {
    /// The port of a page.
    pub fn new(app: &App) -> Self {
        Self { app: app.clone(), known: RefCell::default() }
    }
}

#[wasm_bindgen]
impl PathPort {
    /// The loops as the session stores them, if they have changed since the last call; else undefined.
    pub fn changed(&self) -> JsValue {
        let state = self.app.state();
        let loops = &state.document().loops;
        let is_same = |known: &Vec<Rc<RecordedLoop>>| {
            known.len() == loops.all().len()
                && known.iter().zip(loops.all()).all(|(one, other)| Rc::ptr_eq(one, other))
        };
        if self.known.borrow().as_ref().is_some_and(is_same) {
            return JsValue::UNDEFINED;
        }
        self.known.replace(Some(loops.all().to_vec()));
        loops.serialize(&Serializer::json_compatible()).unwrap_or_default()
    }

    /// The map of the model that plays in place of the page's own, as JSON; empty if it came without one.
    pub fn model_map(&self) -> Option<String> {
        self.app.executor().imported_files().model_map()
    }

    /// Replaces the loop of the same number by this one, or adds one of number 0, as part of a continuous edit.
    /// Returns its number; 0 if it is none or there is no room.
    pub fn put(&self, own: JsValue) -> u8 {
        let Ok(mut own) = serde_wasm_bindgen::from_value::<RecordedLoop>(own) else { return 0 };
        if own.number == 0 {
            own.number = self.app.state().document().loops.free_number().unwrap_or_default();
        }
        let number = own.number;
        self.app.dispatch(Action::Edit(Edit::PutLoop(Box::new(own))));
        number
    }

    /// Ends a continuous edit: the next change is another undo step.
    pub fn finish(&self) {
        self.app.dispatch(Action::Edit(Edit::FinishStep));
    }

    /// Plays a loop from its beginning, or stops it.
    pub fn toggle(&self, number: u8) {
        self.app.dispatch(Action::Gesture(GestureAction::ToggleLoop(number)));
    }

    /// The 41 stored values of the audible patch; undefined until it is known.
    pub fn patch(&self) -> Option<Vec<f32>> {
        Some(self.app.state().heard_patch()?.values().to_vec())
    }

    /// A live voice begins a note in place of its last one; without a key it ends.
    pub fn sing(&self, key: Option<u8>, velocity: u8) {
        self.app.dispatch(Action::Key(match key {
            Some(key) => KeyAction::Press(KeyHolder::Voice, key, velocity),
            None => KeyAction::Release(KeyHolder::Voice),
        }));
    }

    /// Bends what is played: −8192…8191.
    pub fn bend(&self, value: i16) {
        self.app.dispatch(Action::Key(KeyAction::Midi(MidiMessage::PitchBend(value))));
    }

    /// Plays everything at a share of its amplitude, 0…1; undefined: at its own, with its own pitch.
    pub fn loudness(&self, gain: Option<f32>) {
        self.app.dispatch(Action::Key(KeyAction::VoiceGain(gain)));
    }

    /// On a phone, opens the sheet: a panel may lie below its edge.
    #[wasm_bindgen(js_name = openSheet)]
    pub fn open_sheet(&self) {
        self.app.dispatch(Action::Page(PageAction::OpenSheet));
    }

    /// The indices of the parameters that locks hold.
    pub fn locked(&self) -> Vec<u8> {
        self.app.state().document().locks.indices()
    }

    /// Gives the audible patch other values, as part of a continuous edit.
    pub fn change(&self, values: &[f32]) {
        let Some(patch) = self.app.state().heard_patch() else { return };
        let changed = Parameter::ALL.into_iter().zip(values.iter().copied());
        let changed = changed.filter(|&(parameter, value)| patch.get(parameter) != value).collect();
        self.app.dispatch(Action::Edit(Edit::SetParameters(changed)));
    }

    /// The number of the instrument, 0 for amSynth; then a domain's axes beyond the plane, −1…1 each.
    pub fn tones(&self) -> Vec<f32> {
        let state = self.app.state();
        let instruments: &Instruments = &state.sound.instruments;
        [&[ToneDomain::number(instruments.domain).into()], &instruments.own_offsets()[..]].concat()
    }

    /// Moves a domain's tones along those axes.
    #[wasm_bindgen(js_name = offsetTones)]
    pub fn offset_tones(&self, offsets: &[f32]) {
        if let Ok(offsets) = offsets.try_into() {
            self.app.dispatch(Action::Instrument(InstrumentAction::SetOffsets(offsets)));
        }
    }

    /// The node of the sound, for a live one; undefined without a sound.
    pub fn node(&self) -> Option<AudioWorkletNode> {
        self.app.executor().with_audio(|audio| audio.node().cloned()).flatten()
    }

    /// Plays the current sound while a slider is pressed, unless it sounds already; ends it.
    pub fn hold(&self, is_down: bool) {
        let is_sounding = self.app.state().is_sounding();
        self.app.dispatch(Action::Touch(match is_down {
            true if is_sounding => return,
            true => TouchAction::Press(TouchSource::Slider, dom::now_ms()),
            false => TouchAction::Lose(TouchSource::Slider),
        }));
    }

    /// What the scripts show in every frame: the tempo in beats a minute; on the map the pixel of the plane's middle,
    /// and pixels for each unit to the right and down; x and y of the current point; then where each loop is in
    /// seconds of its recording, from number 1 on; not-a-number for one that does not play; last the root note, which
    /// notes without a key play.
    pub fn now(&self) -> Vec<f64> {
        let state = self.app.state();
        let at = |x, y| state.map.viewport.to_screen(Point { x, y });
        let ((x, y), (right, down)) = (at(0.0, 0.0), at(1.0, -1.0));
        let here = state.point();
        let head = [f64::from(state.notes().bpm), x, y, right - x, down - y, here.x.into(), here.y.into()];
        let loops = (1..=LOOP_LIMIT as u8).map(|number| state.gesture.time_s(number).unwrap_or(f64::NAN));
        head.into_iter().chain(loops).chain([state.notes().root.into()]).collect()
    }
}
