//! The controls of the recorded gesture: record, repeat, tempo and direction.

use play::action::{Action, GestureAction};
use play::error::AppError;
use play::{Direction, State};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{on_click, set_pressed, set_slider};

/// Octaves of tempo to either side of the slider's middle, as in index.html.
const TEMPO_OCTAVES: f64 = 3.0;

/// The buttons and sliders of the gesture.
pub struct GestureControls {
    app: App,
    record: Element,
    record_text: Element,
    repeat: HtmlElement,
    settings: HtmlElement,
    tempo: HtmlInputElement,
    tempo_text: Element,
    direction: HtmlSelectElement,
    shown: Option<ShownGesture>,
}

/// What the buttons and sliders show.
#[derive(Clone, Copy, PartialEq)]
struct ShownGesture {
    is_recording: bool,
    is_looping: bool,
    has_gesture: bool,
    tempo: f64,
    direction: Direction,
}

impl GestureControls {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
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
            settings: root.element("gesture-settings")?,
            tempo,
            tempo_text: root.element("tempo-text")?,
            direction,
            shown: None,
        })
    }
}

impl View for GestureControls {
    fn show(&mut self, state: &State) {
        let gesture = &state.gesture;
        let now = ShownGesture {
            is_recording: gesture.is_recording(),
            is_looping: gesture.is_looping(),
            has_gesture: gesture.gesture().is_some(),
            tempo: gesture.tempo(),
            direction: gesture.direction(),
        };
        if self.shown.replace(now) == Some(now) {
            return;
        }
        let language = self.app.language();
        set_pressed(&self.record, now.is_recording);
        let words = if now.is_recording { &language.recording } else { &language.record };
        self.record_text.set_text_content(Some(words));
        set_pressed(&self.repeat, now.is_looping);
        self.repeat.set_hidden(!now.has_gesture);
        self.settings.set_hidden(!now.has_gesture);
        let (octaves, words) = (now.tempo.log2(), language.tempo(now.tempo));
        set_slider(&self.tempo, octaves, 50.0 * (1.0 + octaves / TEMPO_OCTAVES), &words);
        self.tempo_text.set_text_content(Some(&words));
        let direction = Direction::ALL.iter().position(|&direction| direction == now.direction);
        self.direction.set_selected_index(direction.unwrap_or(0) as i32);
    }
}
