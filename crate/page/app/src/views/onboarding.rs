//! The first seconds: the first line, the hints, the demonstration, and the offer of a link's sound or loops. Style
//! sheets read `data-first` (welcome, shared, loops, or nothing) and `data-ring`: where the current point's ring lies,
//! so that no note covers it (top, upper, lower).

use std::fmt::Write;

use play::State;
use play::action::{Action, TouchAction};
use play::demo::DemoFrame;
use play::error::AppError;
use play::hints::Hint;
use play::viewport::RingPlace;
use web_sys::{Element, HtmlElement};

use crate::app::App;
use crate::dom;
use crate::root::Root;
use crate::view::View;
use crate::views::controls::on_click;
use crate::words::Language;

/// The number of lines that draw the demonstration's path.
const DEMO_LINES: u16 = 48;

/// The elements of the first seconds.
pub struct OnboardingView {
    root: Root,
    language: Language,
    /// The first line, and hints.
    note: HtmlElement,
    offer: HtmlElement,
    offer_name: Element,
    /// Over and under the name, for loops alone.
    offer_from: Element,
    offer_about: Element,
    /// The tracks, which nobody touches before they were heard.
    tracks: Element,
    demo: Element,
    demo_path: Element,
    demo_hand: Element,
    /// One of the two sliders that stand for the pad on a keyboard.
    across: HtmlElement,
    shown: Option<FirstWords>,
    /// Where the ring lies; none before it is shown.
    ring: Option<RingPlace>,
    has_demo: bool,
}

/// The texts that the elements show; an element without a text shows nothing.
#[derive(Clone, PartialEq)]
struct FirstWords {
    note: Option<String>,
    offer: Option<String>,
    /// The number and tempo of the offered loops, whose title the offer's text is; none for another offer.
    loops: Option<String>,
    is_welcome: bool,
}

impl FirstWords {
    fn of(state: &State, language: &Language) -> Self {
        let onboarding = &state.page.onboarding;
        // Its dots are presets of amSynth.
        let fits = |hint: &Hint| *hint != Hint::Dots || !state.sound.instruments.has_tones();
        let hint = onboarding.hints.shown().filter(fits).map(|hint| language.hint(hint, state.shown_layer()));
        let is_ready = state.library.known.is_some();
        let document = state.document();
        let loops = onboarding.offers_loops();
        let offer = match loops {
            true if document.title.is_empty() => Some(language.untitled_loops.clone()),
            true => Some(document.title.clone()),
            false => onboarding.is_offered().then(|| language.shared(state.shared_name())),
        };
        let loops = loops.then(|| language.loops_about(document.loops.all().len(), document.notes.bpm));
        let is_welcome = hint.is_none() && onboarding.is_welcome && is_ready;
        let note = hint.or_else(|| is_welcome.then(|| language.welcome.clone()));
        Self { note, offer, loops, is_welcome }
    }
}

impl OnboardingView {
    /// Finds its elements and listens to the offer's button.
    ///
    /// # Errors
    /// If one is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        on_click(app, "hear-shared", |app| {
            app.dispatch(Action::Touch(TouchAction::HearShared(dom::now_ms())))
        })?;
        Ok(Self {
            root: root.clone(),
            language: app.language().clone(),
            note: root.element("hint")?,
            offer: root.element("shared")?,
            offer_name: root.element("shared-name")?,
            offer_from: root.element("shared-from")?,
            offer_about: root.element("shared-about")?,
            tracks: root.element("tracks")?,
            demo: root.element("demo")?,
            demo_path: root.element("demo-path")?,
            demo_hand: root.element("demo-hand")?,
            across: root.element("across")?,
            shown: None,
            ring: None,
            has_demo: false,
        })
    }

    fn show_demo(&self, frame: &DemoFrame, state: &State) {
        let at = |share: f32| state.map.viewport.to_screen(frame.point(share));
        let mut path = String::new();
        for line in 0..=DEMO_LINES {
            let (x, y) = at(frame.drawn * f32::from(line) / f32::from(DEMO_LINES));
            let _ = write!(path, "{}{x:.1} {y:.1}", if line == 0 { 'M' } else { 'L' });
        }
        let (x, y) = at(frame.drawn);
        let _ = self.demo_path.set_attribute("d", &path);
        let _ = self.demo_hand.set_attribute("transform", &format!("translate({x:.1} {y:.1})"));
        let _ = self.demo.set_attribute("opacity", &format!("{:.2}", frame.opacity));
    }

    fn show_ring(&mut self, state: &State) {
        let ring = state.map.viewport.ring_place(state.point());
        if self.ring.replace(ring) != Some(ring) {
            let name = match ring {
                RingPlace::Top => "top",
                RingPlace::Upper => "upper",
                RingPlace::Lower => "lower",
            };
            self.root.set_data("ring", name);
        }
    }
}

impl View for OnboardingView {
    fn show(&mut self, state: &State) {
        let words = FirstWords::of(state, &self.language);
        if self.shown.as_ref() == Some(&words) {
            return;
        }
        self.note.set_hidden(words.note.is_none());
        self.note.set_text_content(words.note.as_deref());
        self.offer_name.set_text_content(words.offer.as_deref());
        self.offer_about.set_text_content(words.loops.as_deref());
        for own in [&self.offer_from, &self.offer_about] {
            let _ = own.toggle_attribute_with_force("hidden", words.loops.is_none());
        }
        let _ = self.tracks.toggle_attribute_with_force("inert", words.loops.is_some());
        dom::set_hidden(&self.offer, words.offer.is_none(), &self.across);
        let first = match &words {
            FirstWords { loops: Some(_), .. } => "loops",
            FirstWords { offer: Some(_), .. } => "shared",
            FirstWords { is_welcome: true, .. } => "welcome",
            _ => "",
        };
        self.root.set_data("first", first);
        self.shown = Some(words);
    }

    fn draw(&mut self, state: &State, now_ms: f64) -> bool {
        self.show_ring(state);
        let frame = state.page.onboarding.demo.at(now_ms);
        if let Some(frame) = &frame {
            self.show_demo(frame, state);
        }
        if std::mem::replace(&mut self.has_demo, frame.is_some()) != frame.is_some() {
            let _ = self.demo.toggle_attribute_with_force("hidden", frame.is_none());
        }
        false
    }
}
