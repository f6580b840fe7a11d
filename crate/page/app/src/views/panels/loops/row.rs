//! A row of the list of loops: play or stop, a picture of its paths, its name and length, delete; and below them, when
//! opened, its speed and direction.

use std::rc::Rc;

use play::{Direction, Loops, RecordedLoop, State};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::dom;
use crate::views::controls::{add_option, set_pressed, set_slider};
use crate::views::tools::AMSYNTH;
use crate::words::Language;

/// Octaves of speed to either side of the slider's middle: those of `play::loops::SPEEDS`.
const SPEED_OCTAVES: f64 = 3.0;
/// Points of a stroke in its picture: enough for its shape.
const PICTURE_POINTS: usize = 40;
/// Namespace of SVG.
const SVG: &str = "http://www.w3.org/2000/svg";

/// The elements of a row.
pub struct LoopRow {
    /// The number of its loop.
    pub number: u8,
    /// The row.
    pub item: Element,
    play: Element,
    icon: Element,
    title: Element,
    length: Element,
    more: Element,
    delete: Element,
    picture: Element,
    /// The loop that its name and its picture show.
    own: Rc<RecordedLoop>,
    speed: HtmlInputElement,
    speed_text: Element,
    direction: HtmlSelectElement,
    /// The shown values: whether it plays, the tempo, whether it was made on another instrument, and its own values.
    shown: Option<(bool, f32, bool, Option<u16>, f64, Direction)>,
}

impl LoopRow {
    /// A new row, not yet in the page.
    pub fn new(own: &Rc<RecordedLoop>, language: &Language) -> Self {
        let item = dom::create("li", &format!("loop loop-{}", own.number));
        let _ = item.set_attribute("data-number", &own.number.to_string());
        let (play, icon) = icon_button("start", "icon-play");
        let (more, _) = icon_button("more", "icon-down");
        let (delete, _) = icon_button("delete", "icon-close");
        let _ = more.set_attribute("aria-expanded", "false");
        let heading = dom::create("div", "loop-title");
        let title = dom::create("b", "");
        let length = dom::create("span", "hint");
        dom::append(&heading, &title);
        dom::append(&heading, &length);
        let settings: HtmlElement = dom::create("div", "loop-settings").unchecked_into();
        settings.set_hidden(true);
        let speed: HtmlInputElement = dom::create("input", "slider").unchecked_into();
        for (attribute, value) in [("type", "range"), ("min", "-3"), ("max", "3"), ("step", "0.05")] {
            let _ = speed.set_attribute(attribute, value);
        }
        let speed_text = dom::create_value();
        let direction: HtmlSelectElement = dom::create("select", "").unchecked_into();
        for words in [&language.as_drawn, &language.backwards, &language.there_and_back] {
            add_option(&direction, words);
        }
        dom::append(&settings, &setting(&language.speed, &[&speed, &speed_text]));
        dom::append(&settings, &setting(&language.direction, &[&direction]));
        let picture = picture(own);
        for part in [&play, &picture, &heading, &more, &delete, settings.as_ref()] {
            dom::append(&item, part);
        }
        let (number, own, shown) = (own.number, Rc::clone(own), None);
        let row = Self {
            number,
            item,
            play,
            icon,
            title,
            length,
            more,
            delete,
            picture,
            own,
            speed,
            speed_text,
            direction,
            shown,
        };
        row.show_name(language);
        row
    }

    fn name(&self, language: &Language) -> String {
        self.own.name.clone().unwrap_or_else(|| language.loop_name(self.number))
    }

    fn show_name(&self, language: &Language) {
        let name = self.name(language);
        self.title.set_text_content(Some(&name));
        let _ = self.play.set_attribute("aria-label", &language.play_loop(&name));
        let _ = self.more.set_attribute("aria-label", &language.loop_settings(&name));
        let _ = self.delete.set_attribute("aria-label", &language.delete(&name));
    }

    /// Shows what has changed.
    pub fn show(&mut self, state: &State, loops: &Loops, language: &Language) {
        let Some(own) = loops.all().iter().find(|own| own.number == self.number) else { return };
        if !Rc::ptr_eq(own, &self.own) {
            self.own = Rc::clone(own);
            self.shown = None;
            self.show_name(language);
            let picture = picture(own);
            let _ = self.picture.replace_with_with_node_1(&picture);
            self.picture = picture;
        }
        let (plays, bpm) = (state.gesture.plays(self.number), state.notes().bpm);
        let is_foreign = own.domain() != state.sound.instruments.domain;
        let now = (plays, bpm, is_foreign, own.beats, own.speed, own.direction);
        if self.shown.replace(now) == Some(now) {
            return;
        }
        set_pressed(&self.play, plays);
        let _ = self.icon.set_attribute("href", if plays { "#icon-pause" } else { "#icon-play" });
        let mut length = language.loop_length(own.beats, own.duration_s(bpm));
        if is_foreign {
            let instrument = own.domain().map_or(AMSYNTH, |domain| language.domain(domain));
            length = length + " · " + &language.loop_made_on(instrument);
        }
        self.length.set_text_content(Some(&length));
        let (octaves, words) = (own.speed.log2(), language.tempo(own.speed));
        set_slider(&self.speed, octaves, 50.0 * (1.0 + octaves / SPEED_OCTAVES), &words);
        self.speed_text.set_text_content(Some(&words));
        let position = Direction::ALL.iter().position(|&direction| direction == own.direction);
        self.direction.set_selected_index(position.unwrap_or(0) as i32);
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

/// A button with an icon, and the element that refers to the icon.
fn icon_button(class: &str, icon: &str) -> (Element, Element) {
    let button = dom::create("button", class);
    let _ = button.set_attribute("type", "button");
    let (picture, reference) = (svg("svg"), svg("use"));
    let _ = picture.set_attribute("aria-hidden", "true");
    let _ = reference.set_attribute("href", &format!("#{icon}"));
    dom::append(&picture, &reference);
    dom::append(&button, &picture);
    (button, reference)
}

/// The lines of a loop, in the frame of their own extent.
fn picture(own: &RecordedLoop) -> Element {
    let (picture, drawn) = (svg("svg"), svg("path"));
    let _ = picture.set_attribute("class", "loop-picture");
    let _ = picture.set_attribute("aria-hidden", "true");
    let mut lines = String::new();
    let (mut low, mut high) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
    for line in own.fingers.iter().flat_map(|path| path.lines()) {
        let points: Vec<_> = line.collect();
        let step = points.len().div_ceil(PICTURE_POINTS).max(1);
        for (number, point) in points.iter().step_by(step).chain(points.last()).enumerate() {
            // The plane's y points up, the picture's down.
            let at = [point.x, -point.y];
            for (axis, value) in at.into_iter().enumerate() {
                (low[axis], high[axis]) = (low[axis].min(value), high[axis].max(value));
            }
            lines += &format!("{}{:.2} {:.2}", if number == 0 { 'M' } else { 'L' }, at[0], at[1]);
        }
    }
    let margin = 0.4;
    let [width, height] = [0, 1].map(|axis| high[axis] - low[axis] + 2.0 * margin);
    let frame = format!("{:.2} {:.2} {width:.2} {height:.2}", low[0] - margin, low[1] - margin);
    let _ = picture.set_attribute("viewBox", &frame);
    let _ = drawn.set_attribute("d", &lines);
    dom::append(&picture, &drawn);
    picture
}

fn svg(tag: &str) -> Element {
    dom::document().create_element_ns(Some(SVG), tag).expect("a fixed tag name is valid")
}
