//! The transport: play or stop, the beat, the loops in their colours, Record, Sing, and the drawer of the keys. One line
//! on a phone outside of Play.

use play::State;
use play::action::{Action, GestureAction, PageAction, SoundAction, TouchAction};
use play::error::AppError;
use play::page::{SheetStop, Tab};
use play::panels::sound_match::{MatchAction, MatchKind};
use play::panels::{OwnAction, PanelAction, PanelId};
use play::touches::TouchSource;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};

use crate::app::App;
use crate::dom;
use crate::effects::panels;
use crate::view::View;
use crate::views::controls::{on_click, set_enabled, set_pressed};

/// The icons of the button that plays or stops.
const ICONS: [&str; 2] = ["#icon-hear", "#icon-square"];

/// The buttons that show a state.
pub struct Transport {
    app: App,
    play: HtmlElement,
    play_icon: Element,
    play_text: Element,
    bpm: Element,
    record: HtmlElement,
    record_text: Element,
    strip: Element,
    keys: Element,
    /// The header while a loop is recorded, and what it says.
    head: HtmlElement,
    head_name: Element,
    shown: Option<TransportState>,
}

/// The values that the buttons show.
#[derive(Clone, PartialEq)]
struct TransportState {
    is_sounding: bool,
    bpm: f32,
    is_recording: bool,
    has_drawn: bool,
    can_record: bool,
    are_keys_open: bool,
    /// The numbers of the loops, and whether each plays.
    loops: Vec<(u8, bool)>,
}

impl TransportState {
    fn of(state: &State) -> Self {
        let (gesture, loops) = (&state.gesture, &state.document().loops);
        let is_recording = gesture.is_recording();
        Self {
            is_sounding: state.is_sounding() || !gesture.playing().is_empty(),
            bpm: state.notes().bpm,
            is_recording,
            has_drawn: gesture.has_drawn(),
            can_record: is_recording || !loops.are_full(),
            are_keys_open: state.page.are_keys_open,
            loops: loops.all().iter().map(|own| (own.number, gesture.plays(own.number))).collect(),
        }
    }
}

/// Finds its buttons and listens to them.
///
/// # Errors
/// If the page lacks one.
pub fn build(app: &App) -> Result<(), AppError> {
    on_click(app, "play-stop", play_or_stop)?;
    on_click(app, "beat", beat_pressed)?;
    on_click(app, "record", record_pressed)?;
    on_click(app, "sing", sing)?;
    on_click(app, "keys-open", |app| app.dispatch(Action::Page(PageAction::ToggleKeys)))?;
    let root = app.root();
    let play: HtmlElement = root.element("play-stop")?;
    let play_icon = play.query_selector("use").ok().flatten();
    app.add_view(Transport {
        app: app.clone(),
        play_icon: play_icon.ok_or(AppError::ElementMissing("play-stop"))?,
        play,
        play_text: root.element("play-stop-text")?,
        bpm: root.element("beat-bpm")?,
        record: root.element("record")?,
        record_text: root.element("record-text")?,
        strip: root.element("strip")?,
        keys: root.element("keys-open")?,
        head: root.element("take-head")?,
        head_name: root.element("take-name")?,
        shown: None,
    });
    Ok(())
}

impl Transport {
    /// The loops in their colours; those that rest are dim.
    fn show_strip(&self, loops: &[(u8, bool)]) {
        self.strip.set_text_content(None);
        for (number, plays) in loops {
            let line = dom::create("i", &format!("loop-{number}"));
            let _ = line.toggle_attribute_with_force("data-rests", !plays);
            dom::append(&self.strip, &line);
        }
    }
}

impl View for Transport {
    fn show(&mut self, state: &State) {
        let now = TransportState::of(state);
        if self.shown.as_ref() == Some(&now) {
            return;
        }
        let language = self.app.language();
        set_pressed(&self.play, now.is_sounding);
        let _ = self.play_icon.set_attribute("href", ICONS[usize::from(now.is_sounding)]);
        self.play_text.set_text_content(Some(if now.is_sounding {
            &language.stop_all
        } else {
            &language.start
        }));
        self.bpm.set_text_content(Some(&language.bpm(now.bpm)));
        set_pressed(&self.record, now.is_recording);
        set_enabled(&self.record, now.can_record);
        self.record_text.set_text_content(Some(match (now.is_recording, now.has_drawn) {
            (false, _) => &language.record,
            (true, false) => &language.recording_empty,
            (true, true) => &language.recording,
        }));
        let _ = self.keys.set_attribute("aria-expanded", if now.are_keys_open { "true" } else { "false" });
        if self.shown.as_ref().map(|shown| &shown.loops) != Some(&now.loops) {
            self.show_strip(&now.loops);
        }
        self.head.set_hidden(!now.is_recording);
        self.head_name.set_text_content(now.is_recording.then_some(language.recording_now.as_str()));
        self.app.root().set_data("take", if now.is_recording { "recording" } else { "idle" });
        self.shown = Some(now);
    }
}

/// Stops every sound; if there is none, plays the current point.
fn play_or_stop(app: &App) {
    let is_sounding = TransportState::of(&app.state()).is_sounding;
    app.dispatch(match is_sounding {
        true => Action::Sound(SoundAction::Panic),
        false => Action::Touch(TouchAction::Press(TouchSource::PlayButton, dom::now_ms())),
    });
}

/// Opens the tempo.
fn beat_pressed(app: &App) {
    if let Ok(menu) = app.root().element::<HtmlElement>("tempo-menu") {
        // Fails only for a menu that is open.
        let _ = menu.show_popover();
    }
}

fn record_pressed(app: &App) {
    app.dispatch(Action::Gesture(GestureAction::ToggleRecording(dom::now_ms())));
    // A strip of the map is too little to draw on.
    if app.state().page.stop == SheetStop::Full {
        app.dispatch(Action::Page(PageAction::StepSheet(-1)));
    }
}

/// Shows the search for a sound and records a voice for it.
fn sing(app: &App) {
    app.dispatch(Action::Page(PageAction::ShowTab(Tab::Sound)));
    let app = app.clone();
    spawn_local(async move {
        // A task whose script is not loaded would not begin. If it cannot be loaded, opening the panel says so.
        let is_built = panels::build(&app, PanelId::SoundMatch).await.is_ok();
        let act = |action| PanelAction::Act(OwnAction::SoundMatch(action));
        let recording = [act(MatchAction::Choose { kind: MatchKind::Voice }), act(MatchAction::Record)];
        let recording = recording.into_iter().filter(|_| is_built);
        for action in [PanelAction::Open(PanelId::SoundMatch)].into_iter().chain(recording) {
            app.dispatch(Action::Panel(action, dom::now_ms()));
        }
    });
}
