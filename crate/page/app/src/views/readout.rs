//! The readout of the output: its spectrum, and the eight measured descriptors beside the map's prediction for the
//! current point. Nothing runs while the section is closed; the analysis worker, which opening it starts, computes
//! the descriptors.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Object;
use plane::Layer;
use play::State;
use play::effect::AppEvent;
use play::error::AppError;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AnalyserNode, CanvasRenderingContext2d, Element, Event, HtmlCanvasElement, HtmlElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::add_row;
use crate::words::Language;

/// The analyzed duration, in seconds: attack and body of a note.
const WINDOW_S: f64 = 2.0;
/// Pause between two analyses, in milliseconds.
const INTERVAL_MS: i32 = 400;
/// Pause after a failure of the worker, in milliseconds.
const RETRY_MS: i32 = 5000;
/// Lowest and highest frequency in the drawing, in Hz.
const BAND_HZ: [f64; 2] = [40.0, 16_000.0];
/// Levels at the bottom and the top of the drawing, in dB of full scale.
const LEVELS_DB: [f32; 2] = [-90.0, -20.0];
/// Frame rate of the drawing with reduced motion, in Hz.
const REDUCED_FPS: f64 = 4.0;
/// Share of the last spectrum in the next, so that the line does not flicker.
const SMOOTHING: f64 = 0.82;

/// The section. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Readout(Rc<ReadoutParts>);

struct ReadoutParts {
    app: App,
    section: HtmlElement,
    canvas: HtmlCanvasElement,
    list: HtmlElement,
    rows: RefCell<Vec<ReadoutRow>>,
    analyser: RefCell<Option<AnalyserNode>>,
    is_drawing: Cell<bool>,
    is_describing: Cell<bool>,
}

/// One descriptor: the measured value as a bar, the map's prediction as a mark on it.
struct ReadoutRow {
    language: Language,
    element: HtmlElement,
    text: Element,
    /// The map's layer of the same descriptor, without its values.
    layer: Layer,
    predicted: Option<String>,
    heard: Option<String>,
}

impl Readout {
    /// Finds its elements and listens for the section to open.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let readout = Self(Rc::new(ReadoutParts {
            app: app.clone(),
            section: root.element("readout")?,
            canvas: root.element("spectrum")?,
            list: root.element("heard")?,
            rows: RefCell::default(),
            analyser: RefCell::default(),
            is_drawing: Cell::default(),
            is_describing: Cell::default(),
        }));
        let owned = readout.clone();
        root.listen(&readout.0.section, "toggle", move |_: Event| {
            owned.predict(&owned.0.app.state());
            owned.begin();
        });
        Ok(readout)
    }

    /// Shows the map's prediction for the current point.
    fn predict(&self, state: &State) {
        let parts = &*self.0;
        if !parts.section.has_attribute("open") {
            return;
        }
        let map = state.library.map.as_deref();
        let mut rows = parts.rows.borrow_mut();
        // Not the map of tones, which has no reverb.
        let own = state.amsynth_library().map.as_deref();
        if let Some(map) = own.filter(|_| rows.is_empty()) {
            let layers = map.layers.iter().take(DESCRIPTORS);
            *rows = layers.map(|layer| build(&parts.list, layer, parts.app.language())).collect();
        }
        let point = state.point();
        for row in rows.iter_mut() {
            // An imported model may have another map, or none.
            row.predict(map.and_then(|map| map.value(&row.layer.name, point.x, point.y)));
        }
    }

    fn is_sounding(&self) -> bool {
        self.0.app.state().sound.voices_sounding > 0
    }

    fn is_open(&self) -> bool {
        // The contents of a closed section may keep their size (`::details-content`), whose query costs a layout each
        // frame; contents of a hidden tab have no size.
        self.0.section.has_attribute("open") && self.0.canvas.client_width() > 0
    }

    fn begin(&self) {
        let (is_drawing, is_describing) = (self.0.is_drawing.get(), self.0.is_describing.get());
        if is_drawing && is_describing || !self.is_open() {
            return;
        }
        if !self.0.is_drawing.replace(true) {
            self.request_frame(0.0);
        }
        if !self.0.is_describing.replace(true) {
            let owned = self.clone();
            spawn_local(async move { owned.describe().await });
        }
    }

    /// A separate frame loop, for the spectrum alone.
    fn request_frame(&self, last_ms: f64) {
        let owned = self.clone();
        let next = Closure::once_into_js(move || owned.frame(last_ms));
        let _ = dom::window().request_animation_frame(next.unchecked_ref());
    }

    /// Draws as long as the section is open and the sound runs.
    fn frame(&self, last_ms: f64) {
        let now_ms = dom::now_ms();
        let is_reduced = dom::media_matches("(prefers-reduced-motion: reduce)");
        let is_due = !is_reduced || now_ms - last_ms >= 1000.0 / REDUCED_FPS;
        let is_moving = !is_due || self.draw_spectrum();
        if is_moving && self.is_open() {
            self.request_frame(if is_due { now_ms } else { last_ms });
        } else {
            self.0.is_drawing.set(false);
        }
    }

    /// Draws the spectrum; returns whether anything sounds.
    fn draw_spectrum(&self) -> bool {
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
        self.is_sounding() || line.iter().any(|&level| level > 0.0)
    }

    /// The analyser of the current context; drops one of an earlier context.
    fn analyser(&self) -> Option<AnalyserNode> {
        let mut kept = self.0.analyser.borrow_mut();
        let made = self.0.app.executor().with_audio(|audio| {
            let is_current = |analyser: &AnalyserNode| Object::is(&analyser.context(), audio.context());
            kept.take().filter(is_current).or_else(|| audio.analyser(SMOOTHING))
        })?;
        kept.clone_from(&made);
        made
    }

    /// Analyzes the last moments repeatedly, as long as the section is open and something plays.
    async fn describe(&self) {
        let ReadoutParts { app, rows, is_describing, .. } = &*self.0;
        while self.is_open() && self.is_sounding() && app.state().sound.phase.is_well() {
            let sound = app.executor().recorder().recent(WINDOW_S).await;
            let Ok(values) = app.executor().analysis().describe(sound.left, sound.right, sound.rate_hz).await
            else {
                // Nothing else would begin it again while a note is held.
                dom::wait(RETRY_MS).await;
                continue;
            };
            // Reverberation is measured in decays, which a held note does not have.
            let is_held = app.state().keys.is_any_down();
            for (row, value) in rows.borrow_mut().iter_mut().zip(values) {
                match row.layer.is_likelihood() {
                    true if is_held => row.show_heard(None),
                    true => row.show_heard(Some(100.0 * value as f32)),
                    false => row.show_heard(Some(value as f32)),
                }
            }
            dom::wait(INTERVAL_MS).await;
        }
        is_describing.set(false);
    }
}

impl View for Readout {
    fn show(&mut self, state: &State) {
        self.predict(state);
        if state.sound.voices_sounding > 0 {
            self.begin();
        }
    }

    fn notify(&mut self, _state: &State, event: &AppEvent) {
        if *event == AppEvent::Sounding(true) {
            self.begin();
        }
    }
}

/// The number of descriptors: the map's first layers, in `timbre`'s order.
const DESCRIPTORS: usize = 8;

impl ReadoutRow {
    /// Shows a measured value, or that there is none.
    fn show_heard(&mut self, value: Option<f32>) {
        let share = value.map_or(0.0, |value| self.layer.share(value));
        let _ = self.element.style().set_property("--level", &format!("{share:.3}"));
        self.heard = value.map(|value| self.language.quality(value, &self.layer));
        self.show_text();
    }

    fn predict(&mut self, value: Option<f32>) {
        let share = value.map(|value| format!("{:.3}", self.layer.share(value)));
        let _ = self.element.class_list().toggle_with_force("unpredicted", share.is_none());
        let _ = self.element.style().set_property("--map", share.as_deref().unwrap_or("0"));
        self.predicted = value.map(|value| self.language.quality(value, &self.layer));
        self.show_text();
    }

    fn show_text(&self) {
        let [heard, predicted] = [&self.heard, &self.predicted].map(Option::as_deref);
        self.text.set_text_content(Some(&self.language.heard_and_predicted(heard, predicted)));
    }
}

fn build(list: &HtmlElement, layer: &Layer, language: &Language) -> ReadoutRow {
    let (element, text) = add_row(list, "heard-row", &language.layer_title(layer));
    let layer = Layer { values: Vec::new(), ..layer.clone() };
    ReadoutRow { language: language.clone(), element, text, layer, predicted: None, heard: None }
}

/// Levels of a spectrum, 0…1, in this many columns over [`BAND_HZ`], spaced logarithmically.
fn curve(levels_db: &[f32], rate_hz: f64, columns: usize) -> Vec<f32> {
    let bin_hz = rate_hz / 2.0 / levels_db.len().max(1) as f64;
    let octaves = (BAND_HZ[1] / BAND_HZ[0]).log2();
    let bin = |column: usize| BAND_HZ[0] * (octaves * column as f64 / columns as f64).exp2() / bin_hz;
    let level = |column: usize| {
        let first = bin(column) as usize;
        let last = (bin(column + 1) as usize).max(first + 1);
        let loudest = levels_db.get(first..last.min(levels_db.len()))?.iter().copied().reduce(f32::max)?;
        Some(((loudest - LEVELS_DB[0]) / (LEVELS_DB[1] - LEVELS_DB[0])).clamp(0.0, 1.0))
    };
    (0..columns).map(|column| level(column).unwrap_or(0.0)).collect()
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
