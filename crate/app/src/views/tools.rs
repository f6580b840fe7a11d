//! The tools on the pad and the menu “More”: hold, undo, redo, landmark, A/B, explore, and what is
//! needed less often.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use crate::dom::{self, listen};
use crate::hand::TouchSource;
use crate::page::Page;
use crate::tabs::{Now, Tab};
use crate::trouble::AppError;
use play::compare::Side;

/// The buttons whose looks tell a state.
pub struct Tools {
    hold: Element,
    undo: HtmlElement,
    redo: HtmlElement,
    compare: Element,
    side: Element,
    explore: Element,
    show_all: HtmlElement,
    free: HtmlInputElement,
    shown: Option<Looks>,
}

/// What the buttons look like.
#[derive(Clone, Copy, PartialEq)]
struct Looks {
    hold: bool,
    explore: bool,
    free_mouse: bool,
    can_undo: bool,
    can_redo: bool,
    zoomed: bool,
    /// The side that is heard, during a comparison.
    heard: Option<Side>,
}

impl Tools {
    /// Finds them and follows them from now on.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(page: &Page) -> Result<Self, AppError> {
        on_click(page, "tool-hold", |page| page.change(|state| state.notes.latch ^= true))?;
        on_click(page, "tool-undo", Page::undo)?;
        on_click(page, "tool-redo", Page::redo)?;
        on_click(page, "tool-mark", Page::mark)?;
        on_click(page, "tool-compare", |page| page.change(play::State::switch_sides))?;
        on_click(page, "tool-all", |page| page.with_pad(crate::pad::Pad::show_all))?;
        on_click(page, "tool-explore", |page| {
            page.lose_all();
            page.with_pad(|pad| pad.explore ^= true);
        })?;
        on_click(page, "more-panic", Page::panic)?;
        let owned = page.clone();
        let free: HtmlInputElement = dom::element("more-free")?;
        let source = free.clone();
        listen(&free, "change", move |_: Event| {
            owned.free();
            owned.lose(TouchSource::Hover);
            owned.with_pad(|pad| pad.options.free_mouse = source.checked());
        });
        let compare: HtmlElement = dom::element("tool-compare")?;
        let side = compare.query_selector("b").ok().flatten();
        Ok(Self {
            hold: dom::element("tool-hold")?,
            undo: dom::element("tool-undo")?,
            redo: dom::element("tool-redo")?,
            side: side.ok_or(AppError::ElementMissing("tool-compare"))?,
            compare: compare.unchecked_into(),
            explore: dom::element("tool-explore")?,
            show_all: dom::element("tool-all")?,
            free,
            shown: None,
        })
    }
}

impl Tab for Tools {
    fn show(&mut self, now: &Now<'_>) {
        let comparison = &now.state.comparison;
        let looks = Looks {
            hold: now.state.notes.latch,
            explore: now.explore,
            free_mouse: now.options.free_mouse,
            can_undo: now.can_undo,
            can_redo: now.can_redo,
            zoomed: now.is_zoomed,
            heard: comparison.other.is_some().then_some(comparison.heard),
        };
        if self.shown.replace(looks) == Some(looks) {
            return;
        }
        set_pressed(&self.hold, looks.hold);
        set_pressed(&self.explore, looks.explore);
        set_enabled(&self.undo, looks.can_undo);
        self.free.set_checked(looks.free_mouse);
        dom::set_hidden(&self.redo, !looks.can_redo, &self.undo);
        dom::set_hidden(&self.show_all, !looks.zoomed, &self.undo);
        set_pressed(&self.compare, looks.heard.is_some());
        let letter = looks.heard.map(|heard| if heard == Side::A { "A" } else { "B" });
        self.side.set_text_content(Some(letter.unwrap_or("AB")));
        let _ = self.compare.set_attribute("aria-label", &now.language.compare(letter));
        dom::set_root_data("explore", if looks.explore { "on" } else { "off" });
    }
}

/// Calls `act` whenever the button of this id is pressed.
pub fn on_click(page: &Page, id: &'static str, act: fn(&Page)) -> Result<(), AppError> {
    let page = page.clone();
    listen(&dom::element(id)?, "click", move |_: Event| act(&page));
    Ok(())
}

/// Says whether a button is pressed in.
pub fn set_pressed(button: &Element, pressed: bool) {
    let _ = button.set_attribute("aria-pressed", if pressed { "true" } else { "false" });
}

/// A button that does nothing now says so, but keeps its focus.
pub fn set_enabled(button: &Element, enabled: bool) {
    let _ = button.set_attribute("aria-disabled", if enabled { "false" } else { "true" });
}
