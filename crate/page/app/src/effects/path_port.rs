//! What `codebook.js` may do: read what is known of the plane, and go to a sound; read and change the patch. Each change is
//! an action.

use patch::Parameter;
use play::Point;
use play::action::{Action, Edit, TouchAction};
use play::touches::TouchSource;
use wasm_bindgen::prelude::*;

use crate::app::App;
use crate::dom;

/// The page, as these scripts see it.
#[wasm_bindgen]
pub struct PathPort {
    app: App,
}

impl PathPort {
    /// The port of a page.
    pub fn new(app: &App) -> Self {
        Self { app: app.clone() }
    }
}

#[wasm_bindgen]
impl PathPort {
    /// The map of the model that plays in place of the page's own, as JSON; empty if it came without one.
    pub fn model_map(&self) -> Option<String> {
        self.app.executor().imported_files().model_map()
    }

    /// Ends a continuous edit: the next change is another undo step.
    pub fn finish(&self) {
        self.app.dispatch(Action::Edit(Edit::FinishStep));
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
    /// and pixels for each unit to the right and down; then x and y of the current point.
    pub fn now(&self) -> Vec<f64> {
        let state = self.app.state();
        let at = |x, y| state.map.viewport.to_screen(Point { x, y });
        let ((x, y), (right, down)) = (at(0.0, 0.0), at(1.0, -1.0));
        let here = state.point();
        vec![f64::from(state.notes().bpm), x, y, right - x, down - y, here.x.into(), here.y.into()]
    }
}
