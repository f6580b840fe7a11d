//! The part of Places that moves by itself: a gesture that is recorded and repeated, a walk near
//! here, a surprise far from all that is known.

use play::{Direction, Point};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::dom::{self, listen};
use crate::page::Page;
use crate::tabs::Now;
use crate::tools::{on_click, set_pressed};
use crate::trouble::AppError;

/// Room before the first button of a strip, in CSS pixels, as in sizes.css.
const STRIP_MARGIN: i32 = 16;

/// The buttons and sliders of what moves.
pub struct Paths {
    record: Element,
    record_text: Element,
    repeat: HtmlElement,
    walk: Element,
    settings: HtmlElement,
    tempo: HtmlInputElement,
    tempo_text: Element,
    direction: HtmlSelectElement,
    shown: Option<Looks>,
}

/// What the buttons and sliders say.
#[derive(Clone, Copy, PartialEq)]
struct Looks {
    recording: bool,
    walking: bool,
    looping: bool,
    recorded: bool,
    tempo: f64,
    direction: Direction,
}

impl Paths {
    /// Finds them and follows them from now on.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(page: &Page) -> Result<Self, AppError> {
        on_click(page, "surprise", surprise)?;
        on_click(page, "walk", |page| {
            let (home, walking) = (page.place(), page.with_ghosts(|ghosts| ghosts.is_walking()));
            page.with_ghosts(|ghosts| if walking { ghosts.stop() } else { ghosts.walk(home, seed()) });
        })?;
        on_click(page, "record", |page| {
            page.with_ghosts(|ghosts| match ghosts.is_recording() {
                true => ghosts.finish_recording(dom::now_ms()),
                false => ghosts.record(),
            });
        })?;
        on_click(page, "repeat", |page| {
            page.with_ghosts(|ghosts| if ghosts.is_looping() { ghosts.stop() } else { ghosts.play() });
        })?;
        let tempo: HtmlInputElement = dom::element("tempo")?;
        let (owned, source) = (page.clone(), tempo.clone());
        listen(&tempo, "input", move |_: Event| {
            // The slider counts octaves: the middle is the tempo as it was drawn.
            owned.with_ghosts(|ghosts| ghosts.set_tempo(source.value_as_number().exp2()));
        });
        let direction: HtmlSelectElement = dom::element("direction")?;
        let (owned, source) = (page.clone(), direction.clone());
        listen(&direction, "change", move |_: Event| {
            let chosen = Direction::ALL.get(source.selected_index().max(0) as usize);
            owned.with_ghosts(|ghosts| ghosts.set_direction(chosen.copied().unwrap_or_default()));
        });
        Ok(Self {
            record: dom::element("record")?,
            record_text: dom::element("record-text")?,
            repeat: dom::element("repeat")?,
            walk: dom::element("walk")?,
            settings: dom::element("gesture-settings")?,
            tempo,
            tempo_text: dom::element("tempo-text")?,
            direction,
            shown: None,
        })
    }

    /// Shows what moves.
    pub fn show(&mut self, now: &Now<'_>) {
        let ghosts = now.ghosts;
        let looks = Looks {
            recording: ghosts.is_recording(),
            walking: ghosts.is_walking(),
            looping: ghosts.is_looping(),
            recorded: ghosts.gesture().is_some(),
            tempo: ghosts.tempo(),
            direction: ghosts.direction(),
        };
        let before = self.shown.replace(looks);
        if before == Some(looks) {
            return;
        }
        set_pressed(&self.record, looks.recording);
        let words = if looks.recording { &now.language.recording } else { &now.language.record };
        self.record_text.set_text_content(Some(words));
        set_pressed(&self.walk, looks.walking);
        set_pressed(&self.repeat, looks.looping);
        self.repeat.set_hidden(!looks.recorded);
        self.settings.set_hidden(!looks.recorded);
        let octaves = looks.tempo.log2();
        self.tempo.set_value_as_number(octaves);
        let _ = self.tempo.style().set_property("--level", &format!("{:.1}%", (octaves + 3.0) / 0.06));
        let words = now.language.tempo(looks.tempo);
        let _ = self.tempo.set_attribute("aria-valuetext", &words);
        self.tempo_text.set_text_content(Some(&words));
        let direction = Direction::ALL.iter().position(|&direction| direction == looks.direction);
        self.direction.set_selected_index(direction.unwrap_or(0) as i32);
        if before.is_some_and(|before| before.recording != looks.recording) {
            lead_across(&self.record);
        }
    }
}

/// Goes to an empty region, far from all known presets, and lets it be heard.
fn surprise(page: &Page) {
    let known: Vec<Point> = page
        .known()
        .map_or(Vec::new(), |known| known.x.iter().zip(&known.y).map(|(&x, &y)| Point { x, y }).collect());
    let point = play::chance::surprise(&known, page.place(), seed());
    page.go(play::compare::Location { point, patch: None });
    page.sample();
}

/// Where the buttons are one strip that scrolls sideways, this one is led to its beginning: it says what
/// to do next, and beside it appears what it makes.
fn lead_across(button: &Element) {
    if let Some(strip) = button.parent_element() {
        let rects = (button.get_bounding_client_rect(), strip.get_bounding_client_rect());
        strip.set_scroll_left(strip.scroll_left() + (rects.0.left() - rects.1.left()) as i32 - STRIP_MARGIN);
    }
}

/// Another number each time.
fn seed() -> u64 {
    (js_sys::Math::random() * (1u64 << 53) as f64) as u64
}
