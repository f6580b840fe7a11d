//! What the page around is told, as `tell(kind, detail)`:
//!
//! - `patch`, `{ x, y, values }`: the place or its sound changed. `values`: the 41 stored values by name;
//!   null before the sound first ran.
//! - `state`, `{ state, sounding, hold, note, layer }`: `state` is `loading`, `asleep` (the next
//!   press wakes the sound), `awake` or `error`.
//! - `playing`, whether anything is heard: keys of the page around and what dies away, too.
//! - `error`, a sentence.
//!
//! Each call comes after all work of ours: whoever hears it may call us at once.

use std::rc::Rc;

use ::patch::Patch;
use js_sys::{Function, Object};
use play::Point;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::element::controls::{Wish, chosen};
use crate::element::{named_values, object};
use crate::page::{Page, with_held};
use crate::root::Root;
use crate::strings::Language;
use crate::tabs::{Now, Tab};
use crate::trouble::Trouble;

/// What the map's first layer is called outside: where presets are.
const PRESETS: &str = "presets";

/// What was told last.
pub struct Face {
    root: Root,
    language: Language,
    tell: Function,
    wish: Wish,
    state: Option<State>,
    playing: bool,
    sound: Option<(Point, Option<Patch>)>,
}

#[derive(Clone, PartialEq)]
struct State {
    name: &'static str,
    sounding: bool,
    hold: bool,
    note: u8,
    layer: String,
}

impl Face {
    /// Tells `tell` from now on.
    pub fn new(page: &Page, wish: &Wish, tell: Function) -> Self {
        Self {
            root: page.root(),
            language: page.language(),
            tell,
            wish: Rc::clone(wish),
            state: None,
            playing: false,
            sound: None,
        }
    }

    fn tell(&self, kind: &'static str, detail: impl Into<JsValue>) {
        let (tell, detail) = (self.tell.clone(), detail.into());
        spawn_local(async move {
            // What the hearer throws is reported by the hearer.
            let _ = tell.call2(&JsValue::NULL, &kind.into(), &detail);
        });
    }

    fn state_name(&self) -> &'static str {
        match self.root.data("state").as_deref() {
            Some("error") => "error",
            Some("ready") if self.root.data("sound").as_deref() == Some("awake") => "awake",
            Some("ready") => "asleep",
            _ => "loading",
        }
    }
}

impl Tab for Face {
    fn show(&mut self, now: &Now<'_>) {
        let notes = &now.state.notes;
        let shown = || chosen(now).map_or_else(|| PRESETS.to_owned(), |layer| layer.name.clone());
        let layer = self.wish.borrow().clone().unwrap_or_else(shown);
        let (sounding, hold, note) = (now.is_sounding, notes.hold, notes.root);
        let state = State { name: self.state_name(), sounding, hold, note, layer };
        if self.state.as_ref() != Some(&state) {
            self.tell("state", describe(&state));
            self.state = Some(state);
        }
    }

    fn follow(&mut self, state: &play::State, patch: Option<&Patch>) {
        let patch = patch.map(|patch| with_held(patch, &state.notes));
        let sound = (state.place, patch);
        if self.sound.as_ref() != Some(&sound) {
            let values = patch.as_ref().map_or(JsValue::NULL, named_values);
            let (x, y) = (state.place.x.into(), state.place.y.into());
            self.tell("patch", object([("x", x), ("y", y), ("values", values)]));
            self.sound = Some(sound);
        }
    }

    fn set_sounding(&mut self, playing: bool) {
        if std::mem::replace(&mut self.playing, playing) != playing {
            self.tell("playing", playing);
        }
    }

    fn report(&mut self, trouble: &Trouble) {
        self.tell("error", self.language.trouble(trouble));
    }
}

fn describe(state: &State) -> Object {
    object([
        ("state", state.name.into()),
        ("sounding", state.sounding.into()),
        ("hold", state.hold.into()),
        ("note", state.note.into()),
        ("layer", (&state.layer).into()),
    ])
}
