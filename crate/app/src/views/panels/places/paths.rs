//! The part of Places that moves the current point by itself: a recorded gesture in a loop, a random walk nearby, a
//! surprise far from all known patches.

use play::action::{Action, Edit, GestureAction, TouchAction};
use play::error::AppError;
use play::{Direction, State};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{on_click, set_pressed, set_slider};

/// Room before the first button of a strip, in CSS pixels, as in sizes.css.
const STRIP_MARGIN: i32 = 16;
/// Octaves of tempo to either side of the slider's middle, as in index.html.
const TEMPO_OCTAVES: f64 = 3.0;

/// The buttons and sliders of what moves.
pub struct PathControls {
    app: App,
    record: Element,
    record_text: Element,
    repeat: HtmlElement,
    walk: Element,
    settings: HtmlElement,
    tempo: HtmlInputElement,
    tempo_text: Element,
    direction: HtmlSelectElement,
    shown: Option<ShownPaths>,
}

/// What the buttons and sliders show.
#[derive(Clone, Copy, PartialEq)]
struct ShownPaths {
    is_recording: bool,
    is_walking: bool,
    is_looping: bool,
    has_gesture: bool,
    tempo: f64,
    direction: Direction,
}

impl PathControls {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        on_click(app, "surprise", |app| {
            app.dispatch(Action::Edit(Edit::Surprise(seed())));
            app.dispatch(Action::Touch(TouchAction::Sample(dom::now_ms())));
        })?;
        on_click(app, "walk", |app| app.dispatch(Action::Gesture(GestureAction::ToggleWalk(seed()))))?;
        on_click(app, "record", |app| {
            app.dispatch(Action::Gesture(GestureAction::ToggleRecording(dom::now_ms())));
        })?;
        on_click(app, "repeat", |app| app.dispatch(Action::Gesture(GestureAction::ToggleLoop)))?;
        let tempo: HtmlInputElement = root.element("tempo")?;
        let (owned, source) = (app.clone(), tempo.clone());
        root.listen(&tempo, "input", move |_: Event| {
            // The slider is in octaves: its middle is the recorded tempo.
            let tempo = source.value_as_number().exp2();
            owned.dispatch(Action::Gesture(GestureAction::SetTempo(tempo)));
        });
        let direction: HtmlSelectElement = root.element("direction")?;
        let (owned, source) = (app.clone(), direction.clone());
        root.listen(&direction, "change", move |_: Event| {
            let chosen = Direction::ALL.get(source.selected_index().max(0) as usize);
            let direction = chosen.copied().unwrap_or_default();
            owned.dispatch(Action::Gesture(GestureAction::SetDirection(direction)));
        });
        Ok(Self {
            app: app.clone(),
            record: root.element("record")?,
            record_text: root.element("record-text")?,
            repeat: root.element("repeat")?,
            walk: root.element("walk")?,
            settings: root.element("gesture-settings")?,
            tempo,
            tempo_text: root.element("tempo-text")?,
            direction,
            shown: None,
        })
    }
}

impl View for PathControls {
    fn show(&mut self, state: &State) {
        let gesture = &state.gesture;
        let now = ShownPaths {
            is_recording: gesture.is_recording(),
            is_walking: gesture.is_walking(),
            is_looping: gesture.is_looping(),
            has_gesture: gesture.gesture().is_some(),
            tempo: gesture.tempo(),
            direction: gesture.direction(),
        };
        let before = self.shown.replace(now);
        if before == Some(now) {
            return;
        }
        let language = self.app.language();
        set_pressed(&self.record, now.is_recording);
        let words = if now.is_recording { &language.recording } else { &language.record };
        self.record_text.set_text_content(Some(words));
        set_pressed(&self.walk, now.is_walking);
        set_pressed(&self.repeat, now.is_looping);
        self.repeat.set_hidden(!now.has_gesture);
        self.settings.set_hidden(!now.has_gesture);
        let (octaves, words) = (now.tempo.log2(), language.tempo(now.tempo));
        set_slider(&self.tempo, octaves, 50.0 * (1.0 + octaves / TEMPO_OCTAVES), &words);
        self.tempo_text.set_text_content(Some(&words));
        let direction = Direction::ALL.iter().position(|&direction| direction == now.direction);
        self.direction.set_selected_index(direction.unwrap_or(0) as i32);
        if before.is_some_and(|before| before.is_recording != now.is_recording) {
            scroll_strip_to(&self.record);
        }
    }
}

/// Scrolls a sideways strip of buttons so that this one is first: its text says what to do next, and new buttons
/// appear beside it.
fn scroll_strip_to(button: &Element) {
    if let Some(strip) = button.parent_element() {
        let (own, around) = (button.get_bounding_client_rect(), strip.get_bounding_client_rect());
        strip.set_scroll_left(strip.scroll_left() + (own.left() - around.left()) as i32 - STRIP_MARGIN);
    }
}

/// A new random seed.
fn seed() -> u64 {
    (js_sys::Math::random() * (1u64 << 53) as f64) as u64
}
