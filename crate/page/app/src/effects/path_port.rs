//! What `codebook.js` and the parts of the editor of paths may do: read the loops, change one, play one, and ask where
//! it is; read what is known of the plane, and go to a sound; read and change the patch. Each change is an action.

use std::cell::RefCell;
use std::rc::Rc;

use patch::Parameter;
use play::action::{Action, Edit, GestureAction, TouchAction};
use play::loops::LOOP_LIMIT;
use play::touches::TouchSource;
use play::{Point, RecordedLoop};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

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

    /// The number of known presets and where the map ends; x of each preset, then y; and layer by layer of the map its
    /// values in tenths, see `plane::Layer`. Undefined until both are loaded.
    pub fn sounds(&self) -> Option<Vec<f32>> {
        let library = &self.app.state().library;
        let (known, map) = library.known.as_ref().zip(library.map.as_ref())?;
        let mut sounds = [&[known.len() as f32, map.limit], &known.x[..], &known.y].concat();
        for layer in &map.layers {
            sounds.extend(layer.values.iter().map(|value| f32::from(*value)));
        }
        Some(sounds)
    }

    /// Their texts, a line each: of each layer its unit, its name and the words for its ends; then the names of the
    /// presets.
    pub fn texts(&self) -> String {
        let (library, language) = (&self.app.state().library, self.app.language());
        let mut texts = String::new();
        for layer in library.map.iter().flat_map(|map| &map.layers) {
            let [least, greatest] = language.ends(layer, layer.range());
            for text in [&layer.unit, &language.layer_title(layer), &least.word, &greatest.word] {
                texts = texts + text + "\n";
            }
        }
        texts + &library.known.as_ref().map_or_else(String::new, |known| known.name.join("\n"))
    }

    /// Goes to a known preset with its exact patch, or to a point if there is no such preset, and plays it for a
    /// moment.
    pub fn go(&self, row: usize, x: f32, y: f32) {
        let is_known = self.app.state().library.known.as_ref().is_some_and(|known| row < known.len());
        let here = self.app.state().location(Point { x, y }, None);
        self.app.dispatch(Action::Edit(match is_known {
            true => Edit::GoToPreset(row),
            false => Edit::GoTo(here),
        }));
        self.sample();
    }

    /// The 41 stored values of the audible patch; undefined until it is known.
    pub fn patch(&self) -> Option<Vec<f32>> {
        Some(self.app.state().heard_patch()?.values().to_vec())
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

    /// Plays the audible patch for a moment, unless it sounds.
    pub fn sample(&self) {
        self.app.dispatch(Action::Touch(TouchAction::Sample(dom::now_ms())));
    }

    /// Plays a known preset with its exact patch beside the current point, instead of one that it plays already.
    pub fn audition(&self, row: usize) {
        self.app.dispatch(Action::Touch(TouchAction::Audition(row, false)));
    }

    /// Ends it.
    pub fn hush(&self) {
        self.app.dispatch(Action::Touch(TouchAction::Lose(TouchSource::Audition)));
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
