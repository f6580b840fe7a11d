//! What is heard, for the eye: the spectrum of the output, and the eight descriptors of the last
//! moments beside what the map predicts for the place. Nothing runs while the section is closed; the
//! descriptors are computed in the Worker, which is started by opening it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use plane::map::Layer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AnalyserNode, CanvasRenderingContext2d, Element, Event, HtmlCanvasElement, HtmlElement};

use crate::analysis::AnalysisClient;
use crate::bars;
use crate::dom::{self, listen};
use crate::page::Page;
use crate::recording::Recorder;
use crate::strings::Language;
use crate::tabs::Now;
use crate::trouble::Trouble;

/// How much of the sound is described, in seconds: attack and body of a note.
const WINDOW_S: f64 = 2.0;
/// Time between two descriptions, in milliseconds; the next begins when the last is done.
const EVERY_MS: i32 = 400;
/// Lowest and highest frequency that is drawn, in Hz: what is heard of an instrument.
const BAND_HZ: [f64; 2] = [40.0, 16_000.0];
/// Levels at the bottom and the top of the drawing, in dB of full scale.
const LEVELS_DB: [f32; 2] = [-90.0, -20.0];
/// Frames of the drawing a second where motion is reduced: it changes, it does not move.
const CALM_FPS: f64 = 4.0;
/// How much of the last spectrum stays in the next, so that the line is calm.
const SMOOTHING: f64 = 0.82;

/// The section. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Readout(Rc<Parts>);

struct Parts {
    page: Page,
    analysis: AnalysisClient,
    recorder: Recorder,
    section: HtmlElement,
    canvas: HtmlCanvasElement,
    list: HtmlElement,
    rows: RefCell<Vec<Row>>,
    analyser: RefCell<Option<AnalyserNode>>,
    sounding: Cell<bool>,
    drawing: Cell<bool>,
    describing: Cell<bool>,
}

/// One descriptor: what is heard as the bar, what the map says as a mark on it.
struct Row {
    language: Language,
    element: HtmlElement,
    text: Element,
    /// The map's layer of the same descriptor, without its values.
    layer: Layer,
    predicted: Option<String>,
    heard: Option<String>,
}

impl Readout {
    /// Finds its elements and waits to be opened.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(page: &Page, analysis: &AnalysisClient, recorder: &Recorder) -> Result<Self, Trouble> {
        let readout = Self(Rc::new(Parts {
            page: page.clone(),
            analysis: analysis.clone(),
            recorder: recorder.clone(),
            section: dom::element("readout")?,
            canvas: dom::element("spectrum")?,
            list: dom::element("heard")?,
            rows: RefCell::default(),
            analyser: RefCell::default(),
            sounding: Cell::default(),
            drawing: Cell::default(),
            describing: Cell::default(),
        }));
        let owned = readout.clone();
        listen(&readout.0.section, "toggle", move |_: Event| {
            // The next frame shows what the map says.
            owned.0.page.with_pad(|_| ());
            owned.begin();
        });
        Ok(readout)
    }

    /// Shows what the map says of the place.
    pub fn show(&self, now: &Now<'_>) {
        let parts = &*self.0;
        if !parts.section.has_attribute("open") {
            return;
        }
        let mut rows = parts.rows.borrow_mut();
        if let Some(map) = now.map.filter(|_| rows.is_empty()) {
            *rows = map
                .layers
                .iter()
                .take(DESCRIPTORS)
                .map(|layer| build(&parts.list, layer, now.language))
                .collect();
        }
        for row in rows.iter_mut() {
            // A model that was brought may have another map, or none.
            row.predict(now.map.and_then(|map| map.value(&row.layer.name, now.place.x, now.place.y)));
        }
    }

    /// Whether any voice sounds from now on.
    pub fn set_sounding(&self, sounding: bool) {
        self.0.sounding.set(sounding);
        if sounding {
            let owned = self.clone();
            // Not now: the page is telling, and what follows asks it.
            dom::after(0, move || owned.begin());
        }
    }

    fn is_open(&self) -> bool {
        // What a closed section hides may keep its extent (`::details-content`), and asking for that would
        // cost a layout each frame; a tab that is not seen has none inside.
        self.0.section.has_attribute("open") && self.0.canvas.client_width() > 0
    }

    fn begin(&self) {
        if !self.is_open() {
            return;
        }
        if !self.0.drawing.replace(true) {
            self.frame(0.0);
        }
        if !self.0.describing.replace(true) {
            let owned = self.clone();
            spawn_local(async move { owned.describe().await });
        }
    }

    /// Draws as long as the section is open and the sound runs.
    fn frame(&self, last_ms: f64) {
        let now_ms = dom::now_ms();
        let calm = dom::media_matches("(prefers-reduced-motion: reduce)");
        let due = !calm || now_ms - last_ms >= 1000.0 / CALM_FPS;
        let moving = !due || self.draw();
        if !self.is_open() || !moving {
            return self.0.drawing.set(false);
        }
        let owned = self.clone();
        let next = Closure::once_into_js(move || owned.frame(if due { now_ms } else { last_ms }));
        let _ = dom::window().request_animation_frame(next.unchecked_ref());
    }

    /// Draws the spectrum; answers whether anything is heard.
    fn draw(&self) -> bool {
        let parts = &*self.0;
        let Some(analyser) = self.analyser() else { return false };
        let mut levels = vec![0.0f32; analyser.frequency_bin_count() as usize];
        analyser.get_float_frequency_data(&mut levels);
        let ratio = dom::window().device_pixel_ratio().clamp(1.0, 2.0);
        let [width, height] =
            [parts.canvas.client_width(), parts.canvas.client_height()].map(|side| f64::from(side) * ratio);
        if [parts.canvas.width(), parts.canvas.height()] != [width as u32, height as u32] {
            parts.canvas.set_width(width as u32);
            parts.canvas.set_height(height as u32);
        }
        let context: Option<CanvasRenderingContext2d> =
            parts.canvas.get_context("2d").ok().flatten().map(JsCast::unchecked_into);
        let Some(context) = context else { return false };
        let line = curve(&levels, f64::from(analyser.context().sample_rate()), width as usize);
        context.clear_rect(0.0, 0.0, width, height);
        context.set_fill_style_str(&dom::token(&parts.canvas, "color"));
        context.begin_path();
        context.move_to(0.0, height);
        for (x, level) in line.iter().enumerate() {
            context.line_to(x as f64, height * (1.0 - f64::from(*level)));
        }
        context.line_to(width, height);
        context.fill();
        parts.sounding.get() || line.iter().any(|&level| level > 0.0)
    }

    /// The analyser of the sound that plays now; the one of a sound before is of no use.
    fn analyser(&self) -> Option<AnalyserNode> {
        let mut kept = self.0.analyser.borrow_mut();
        let made = self.0.page.with_sound(|sound| {
            let current =
                kept.take().filter(|analyser| js_sys::Object::is(&analyser.context(), sound.context()));
            current.or_else(|| sound.analyser(SMOOTHING))
        })?;
        kept.clone_from(&made);
        made
    }

    /// Describes the last moments again and again, as long as the section is open and something is played.
    async fn describe(&self) {
        let parts = &*self.0;
        while self.is_open() && parts.sounding.get() && parts.page.has_sound() {
            let sound = parts.recorder.recent(WINDOW_S).await;
            let described = parts.analysis.describe(sound.left, sound.right, sound.rate_hz);
            let Ok(values) = described.await else { break };
            for (row, value) in parts.rows.borrow_mut().iter_mut().zip(values) {
                row.hear(value as f32);
            }
            dom::wait(EVERY_MS).await;
        }
        parts.describing.set(false);
    }
}

/// Descriptors that can be heard as well as looked up: the map's first layers, in `timbre`'s order.
const DESCRIPTORS: usize = 8;

impl Row {
    fn hear(&mut self, value: f32) {
        let share = bars::share(&self.layer, value);
        let _ = self.element.style().set_property("--level", &format!("{share:.3}"));
        self.heard = Some(self.language.quality(value, &self.layer));
        self.tell();
    }

    fn predict(&mut self, value: Option<f32>) {
        let share = value.map(|value| format!("{:.3}", bars::share(&self.layer, value)));
        let _ = self.element.class_list().toggle_with_force("unpredicted", share.is_none());
        let _ = self.element.style().set_property("--map", share.as_deref().unwrap_or("0"));
        self.predicted = value.map(|value| self.language.quality(value, &self.layer));
        self.tell();
    }

    fn tell(&self) {
        let [heard, predicted] = [&self.heard, &self.predicted].map(Option::as_deref);
        self.text.set_text_content(Some(&self.language.heard_and_predicted(heard, predicted)));
    }
}

fn build(list: &HtmlElement, layer: &Layer, language: &Language) -> Row {
    let (element, text) = bars::add_row(list, "heard-row", &language.layer_title(layer));
    let layer = Layer { values: Vec::new(), ..layer.clone() };
    Row { language: language.clone(), element, text, layer, predicted: None, heard: None }
}

/// Levels of a spectrum, 0…1, at so many places from the lowest to the highest frequency that is
/// drawn, equally many to an octave.
fn curve(levels_db: &[f32], rate_hz: f64, places: usize) -> Vec<f32> {
    let bin_hz = rate_hz / 2.0 / levels_db.len().max(1) as f64;
    let octaves = (BAND_HZ[1] / BAND_HZ[0]).log2();
    let bin = |place: usize| BAND_HZ[0] * (octaves * place as f64 / places as f64).exp2() / bin_hz;
    let level = |place: usize| {
        let first = bin(place) as usize;
        let last = (bin(place + 1) as usize).max(first + 1);
        let loudest = levels_db.get(first..last.min(levels_db.len()))?.iter().copied().reduce(f32::max)?;
        Some(((loudest - LEVELS_DB[0]) / (LEVELS_DB[1] - LEVELS_DB[0])).clamp(0.0, 1.0))
    };
    (0..places).map(|place| level(place).unwrap_or(0.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_drawn_where_it_lies_and_silence_is_flat() {
        let mut levels = vec![f32::NEG_INFINITY; 1024];
        assert!(curve(&levels, 48_000.0, 300).iter().all(|&level| level == 0.0));
        // 800 Hz: half of the octaves between 40 Hz and 16 kHz.
        levels[(800.0 / (24_000.0 / 1024.0)) as usize] = -20.0;
        let line = curve(&levels, 48_000.0, 300);
        let highest = (0..300).max_by(|&one, &other| line[one].total_cmp(&line[other])).unwrap();
        assert!((145..155).contains(&highest), "{highest}");
        assert_eq!(line[highest], 1.0);
    }
}
