//! The transport: play or stop, the beat, the loops in their colours, Record with its states, Sing, and the drawer of
//! the keys. One line on a phone outside of Play and Loops.

mod beat;

use play::State;
use play::action::{Action, GestureAction, PageAction};
use play::error::AppError;
use play::page::{SheetStop, Tab};
use play::panels::PanelId;
use play::tracks::beat::Beat;
use play::tracks::model::{RecordState, TracksModel};
use web_sys::{Element, HtmlElement};

use crate::app::App;
use crate::dom;
use crate::effects::panels;
use crate::view::View;
use crate::views::controls::{on_click, set_pressed};
use crate::words::Language;

/// The icons of the button that plays or stops.
const ICONS: [&str; 2] = ["#icon-hear", "#icon-square"];

/// The buttons that show a state.
pub struct TransportView {
    app: App,
    play: HtmlElement,
    play_icon: Element,
    play_text: Element,
    bpm: Element,
    beat: Element,
    beat_text: Element,
    strip: Element,
    keys: Element,
    record: RecordView,
    shown: Option<ShownTransport>,
    /// The beat in the bar whose dot is lit; 0: none.
    lit: u8,
}

/// The values that the buttons show.
#[derive(Clone, PartialEq)]
struct ShownTransport {
    is_playing: bool,
    bpm: f32,
    beat: Beat,
    are_keys_open: bool,
    /// The numbers of the loops, and whether each is heard.
    loops: Vec<(u8, bool)>,
}

impl ShownTransport {
    fn of(state: &State, model: &TracksModel) -> Self {
        Self {
            is_playing: state.is_sounding() || model.is_playing,
            bpm: model.bpm,
            beat: model.beat,
            are_keys_open: state.page.are_keys_open,
            loops: model.tracks.iter().map(|track| (track.own.number, track.is_heard)).collect(),
        }
    }
}

/// Finds its buttons and listens to them.
///
/// # Errors
/// If the page lacks one.
pub fn build(app: &App) -> Result<(), AppError> {
    on_click(app, "play-stop", |app| {
        app.dispatch(Action::Gesture(GestureAction::TogglePlay(dom::now_ms())));
    })?;
    beat::follow(app)?;
    on_click(app, "record", record_pressed)?;
    on_click(app, "sing", sing)?;
    on_click(app, "keys-open", |app| app.dispatch(Action::Page(PageAction::ToggleKeys)))?;
    let root = app.root();
    let play: HtmlElement = root.element("play-stop")?;
    let play_icon = play.query_selector("use").ok().flatten();
    app.add_view(TransportView {
        app: app.clone(),
        play_icon: play_icon.ok_or(AppError::ElementMissing("play-stop"))?,
        play,
        play_text: root.element("play-stop-text")?,
        bpm: root.element("beat-bpm")?,
        beat: root.element("beat")?,
        beat_text: root.element("beat-text")?,
        strip: root.element("strip")?,
        keys: root.element("keys-open")?,
        record: RecordView::build(app)?,
        shown: None,
        lit: 0,
    });
    Ok(())
}

impl TransportView {
    /// The loops in their colours; those that nobody hears are dim.
    fn show_strip(&self, loops: &[(u8, bool)]) {
        self.strip.set_text_content(None);
        for (number, is_heard) in loops {
            let line = dom::create("i", &format!("loop-{number}"));
            let _ = line.toggle_attribute_with_force("data-rests", !is_heard);
            dom::append(&self.strip, &line);
        }
    }

    fn show_moving(&mut self, model: &TracksModel) {
        let lit = model.bar.map_or(0, |bar| bar.beat);
        if std::mem::replace(&mut self.lit, lit) != lit {
            let _ = self.beat.set_attribute("data-beat", &lit.to_string());
        }
        self.record.show(&model.record, self.app.language());
    }
}

impl View for TransportView {
    fn show(&mut self, state: &State) {
        let model = TracksModel::new(state, dom::now_ms());
        self.show_moving(&model);
        let now = ShownTransport::of(state, &model);
        if self.shown.as_ref() == Some(&now) {
            return;
        }
        let language = self.app.language();
        set_pressed(&self.play, now.is_playing);
        let _ = self.play_icon.set_attribute("href", ICONS[usize::from(now.is_playing)]);
        let (text, name) = if now.is_playing {
            (&language.stop_all, &language.stop_all_name)
        } else {
            (&language.start, &language.start_name)
        };
        self.play_text.set_text_content(Some(text));
        // A place of the page is called Play, too.
        let _ = self.play.set_attribute("aria-label", name);
        self.bpm.set_text_content(Some(&language.bpm(now.bpm)));
        set_pressed(&self.beat, now.beat != Beat::Off);
        self.beat_text.set_text_content(Some(language.beat_name(now.beat)));
        let _ = self.keys.set_attribute("aria-expanded", if now.are_keys_open { "true" } else { "false" });
        if self.shown.as_ref().map(|shown| &shown.loops) != Some(&now.loops) {
            self.show_strip(&now.loops);
        }
        self.shown = Some(now);
    }

    fn draw(&mut self, state: &State, now_ms: f64) -> bool {
        let is_moving = state.gesture.take.is_some() || state.gesture.transport.is_running();
        if is_moving || self.lit > 0 {
            self.show_moving(&TracksModel::new(state, now_ms));
        }
        is_moving
    }
}

/// The button that records, the header while it does, and the count on the map.
struct RecordView {
    app: App,
    button: HtmlElement,
    text: Element,
    count: Element,
    head: HtmlElement,
    head_name: Element,
    head_bar: Element,
    large: HtmlElement,
    /// The state and the hundredths of it that it shows.
    shown: Option<(RecordState, i32)>,
}

impl RecordView {
    fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        Ok(Self {
            app: app.clone(),
            button: root.element("record")?,
            text: root.element("record-text")?,
            count: root.element("record-count")?,
            head: root.element("take-head")?,
            head_name: root.element("take-name")?,
            head_bar: root.element("take-bar")?,
            large: root.element("take-count")?,
            shown: None,
        })
    }

    fn show(&mut self, record: &RecordState, language: &Language) {
        let share = if let RecordState::Recording { share, .. } = record { *share } else { 0.0 };
        let now = (*record, (100.0 * share) as i32);
        if self.shown.replace(now) == Some(now) {
            return;
        }
        let (name, text, count) = match record {
            RecordState::Idle => ("idle", &language.record, String::new()),
            RecordState::Armed => ("ready", &language.recording_empty, String::new()),
            RecordState::CountIn { beats_left, .. } => {
                ("ready", &language.recording_empty, beats_left.to_string())
            }
            RecordState::Free => ("recording", &language.recording, String::new()),
            RecordState::Recording { bar, is_closing: false, .. } => {
                ("recording", &language.recording, bar.to_string())
            }
            RecordState::Recording { bar, .. } => ("closing", &language.tap_to_drop, bar.to_string()),
        };
        let is_taken = *record != RecordState::Idle;
        set_pressed(&self.button, is_taken);
        self.text.set_text_content(Some(text));
        self.count.set_text_content(Some(&count));
        let _ = self.button.style().set_property("--taken", &format!("{:.0}%", 100.0 * share));
        self.head.set_hidden(!is_taken);
        let head = if name == "ready" { &language.get_ready } else { &language.recording_now };
        self.head_name.set_text_content(is_taken.then_some(head.as_str()));
        self.head_bar.set_text_content(Some(&language.take_bar(record)));
        let is_large = matches!(record, RecordState::CountIn { is_alone: true, .. });
        self.large.set_hidden(!is_large);
        self.large.set_text_content(is_large.then_some(count.as_str()));
        self.app.root().set_data("take", name);
    }
}

/// Begins a take, or ends it.
pub fn record_pressed(app: &App) {
    app.dispatch(Action::Gesture(GestureAction::ToggleRecording(dom::now_ms())));
    // A strip of the map is too little to draw on.
    if app.state().page.stop == SheetStop::Full {
        app.dispatch(Action::Page(PageAction::StepSheet(-1)));
    }
}

/// Shows “Sing a loop” in Play.
fn sing(app: &App) {
    app.dispatch(Action::Page(PageAction::ShowTab(Tab::Play)));
    panels::open(app, PanelId::Sing);
}
