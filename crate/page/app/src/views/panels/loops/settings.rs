//! The settings of an opened track: mute, solo, volume, note, sound, speed, direction, shape, copy, delete.

use play::RecordedLoop;
use play::tracks::model::TrackModel;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::parts::{button, list, position, slider};
use crate::dom;
use crate::views::controls::{set_level, set_pressed, set_slider};
use crate::words::Language;

/// Octaves of speed to either side of the slider's middle: those of `play::loops::SPEEDS`.
const SPEED_OCTAVES: f64 = 3.0;
/// MIDI's keys.
const KEYS: u8 = 128;

/// The elements.
pub struct TrackSettings {
    /// The element that contains the others.
    pub element: HtmlElement,
    mute: Element,
    solo: Element,
    level: HtmlInputElement,
    note: HtmlSelectElement,
    speed: HtmlInputElement,
    speed_text: Element,
    direction: HtmlSelectElement,
}

impl TrackSettings {
    /// New settings, not yet in the page.
    pub fn new(language: &Language) -> Self {
        let element: HtmlElement = dom::create("div", "loop-settings").unchecked_into();
        element.set_hidden(true);
        let (mute, solo) = (button("mute-loop", &language.mute_loop), button("solo-loop", &language.solo));
        let level = slider("level-loop");
        let names: Vec<String> = (0..KEYS).map(|key| language.key_name(key)).collect();
        let note = list("note-loop", names.iter().map(String::as_str));
        let speed: HtmlInputElement = dom::create("input", "slider speed-loop").unchecked_into();
        for (attribute, value) in [("type", "range"), ("min", "-3"), ("max", "3"), ("step", "0.05")] {
            let _ = speed.set_attribute(attribute, value);
        }
        let speed_text = dom::create_value();
        let ways = [&language.as_drawn, &language.backwards, &language.there_and_back];
        let direction = list("direction-loop", ways.map(String::as_str));
        let sound = button("sound-loop", &language.take_sound);
        let shape = button("shape-loop", &language.shape);
        let (copy, delete) =
            (button("copy-loop", &language.copy_loop), button("delete", &language.delete_loop));
        let parts: [Element; 9] = [
            mute.clone(),
            solo.clone(),
            setting(&language.loop_volume, &[&level]),
            setting(&language.note_of_loop, &[&note]),
            setting(&language.speed, &[&speed, &speed_text]),
            setting(&language.direction, &[&direction]),
            sound,
            shape,
            copy,
        ];
        parts.iter().chain([&delete]).for_each(|part| dom::append(&element, part));
        Self { element, mute, solo, level, note, speed, speed_text, direction }
    }

    /// Shows the values of a loop.
    pub fn show(&self, own: &RecordedLoop, track: &TrackModel, language: &Language) {
        set_pressed(&self.mute, own.is_muted);
        set_pressed(&self.solo, track.is_soloed);
        self.level.set_value_as_number(f64::from(100.0 * own.level));
        set_level(&self.level, f64::from(100.0 * own.level));
        if let Some(parent) = self.note.parent_element() {
            let _ = parent.toggle_attribute_with_force("hidden", track.root.is_none());
        }
        self.note.set_selected_index(track.root.map_or(-1, i32::from));
        let (octaves, words) = (own.speed.log2(), language.tempo(own.speed));
        set_slider(&self.speed, octaves, 50.0 * (1.0 + octaves / SPEED_OCTAVES), &words);
        self.speed_text.set_text_content(Some(&words));
        self.direction.set_selected_index(position(own.direction) as i32);
    }
}

/// The factor of speed at a position of the slider, in octaves.
pub fn speed_at(octaves: f64) -> f64 {
    octaves.exp2()
}

/// A small label over its controls.
fn setting(name: &str, controls: &[&Element]) -> Element {
    let label = dom::create("label", "setting");
    let text = dom::create("span", "");
    text.set_text_content(Some(name));
    dom::append(&label, &text);
    controls.iter().for_each(|control| dom::append(&label, control));
    label
}
