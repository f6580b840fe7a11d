//! The settings of an opened track: mute, solo, volume, note, instrument, sound, overdub, speed, direction,
//! shape, copy, delete.

use play::RecordedLoop;
use play::notes::Layout;
use play::tone_domain::ToneDomain;
use play::tracks::model::TrackModel;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::parts::{button, list, position, slider};
use crate::dom;
use crate::views::controls::{set_level, set_pressed, set_slider};
use crate::views::tools::AMSYNTH;
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
    layout: HtmlSelectElement,
    note: HtmlSelectElement,
    instrument: HtmlSelectElement,
    /// The name of the sound that it would take.
    mine: Element,
    overdub: HtmlElement,
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
        let layouts = [language.note.as_str(), language.melody.as_str()];
        let layout = list("layout-loop", layouts);
        let domains = ToneDomain::ALL.map(|domain| language.domain(domain));
        let instrument = list("instrument-loop", std::iter::once(AMSYNTH).chain(domains));
        let sound = button("sound-loop", &language.take_sound);
        let mine = dom::create("small", "");
        dom::append(&sound, &mine);
        let overdub: HtmlElement = button("overdub-loop", &language.overdub).unchecked_into();
        let shape = button("shape-loop", &language.shape);
        let (copy, delete) =
            (button("copy-loop", &language.copy_loop), button("delete", &language.delete_loop));
        let parts: [Element; 13] = [
            mute.clone(),
            solo.clone(),
            setting(&language.loop_volume, &[&level]),
            setting(&language.loop_plays, &[&layout]),
            setting(&language.root, &[&note]),
            setting(&language.instrument, &[&instrument]),
            sound,
            overdub.clone().into(),
            shape,
            copy,
            delete,
            setting(&language.speed, &[&speed, &speed_text]),
            setting(&language.direction, &[&direction]),
        ];
        parts.iter().for_each(|part| dom::append(&element, part));
        Self {
            element,
            mute,
            solo,
            level,
            layout,
            note,
            instrument,
            mine,
            overdub,
            speed,
            speed_text,
            direction,
        }
    }

    /// Shows the values of a loop, and the name of the sound that it would take.
    pub fn show(&self, own: &RecordedLoop, track: &TrackModel, mine: &str, language: &Language) {
        set_pressed(&self.mute, own.is_muted);
        set_pressed(&self.solo, track.is_soloed);
        self.level.set_value_as_number(f64::from(100.0 * own.level));
        set_level(&self.level, f64::from(100.0 * own.level));
        // A loop without a sound of its own plays as touches do.
        for list in [&self.layout, &self.note, &self.instrument] {
            if let Some(parent) = list.parent_element() {
                let _ = parent.toggle_attribute_with_force("hidden", own.sound.is_none());
            }
        }
        let layout = own.sound.as_ref().map(|sound| sound.notes.layout);
        self.layout.set_selected_index(i32::from(layout == Some(Layout::ScaleAcross)));
        self.note.set_selected_index(track.root.map_or(-1, i32::from));
        self.instrument.set_selected_index(i32::from(ToneDomain::number(track.domain)));
        self.mine.set_text_content(Some(mine));
        // One in free time has no bar line at which more could begin.
        self.overdub.set_hidden(own.beats.is_none());
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
