//! Lets a result of the search sound without going there: while a mouse is over it, while a finger holds it, or while
//! the space key is down on it.

use std::cell::Cell;
use std::rc::Rc;

use play::action::{Action, TouchAction};
use play::touches::TouchSource;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlElement, KeyboardEvent, PointerEvent};

use crate::app::App;
use crate::dom;

/// How long a mouse rests on a result before it sounds, in milliseconds: one that passes by plays nothing.
const REST_MS: i32 = 120;
/// How long a finger holds a result before it sounds, in milliseconds: as long as a browser's long press.
const HOLD_MS: i32 = 400;

/// The pointer or key on a result. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Auditions(Rc<AuditionState>);

struct AuditionState {
    app: App,
    /// The number of pointers that came or went, so that a timer acts only for its own.
    changes: Cell<u32>,
    /// The row that a mouse is over.
    hovered: Cell<Option<usize>>,
    is_sounding: Cell<bool>,
    /// True if the press that ends now was an audition.
    was_held: Cell<bool>,
}

impl Auditions {
    /// Listens to a list of results.
    pub fn follow(app: &App, list: &HtmlElement) -> Self {
        let auditions = Self(Rc::new(AuditionState {
            app: app.clone(),
            changes: Cell::default(),
            hovered: Cell::default(),
            is_sounding: Cell::default(),
            was_held: Cell::default(),
        }));
        auditions.follow_pointers(list);
        auditions.follow_keys(list);
        auditions
    }

    /// True if the press that ends now was an audition; asked once.
    pub fn take_press(&self) -> bool {
        self.0.was_held.take()
    }

    fn follow_pointers(&self, list: &HtmlElement) {
        let root = self.0.app.root();
        let owned = self.clone();
        root.listen(list, "pointerover", move |event: PointerEvent| {
            let row = row_of(event.target()).map(|(_, row)| row);
            if event.pointer_type() == "mouse" && owned.0.hovered.replace(row) != row {
                owned.end();
                if let Some(row) = row {
                    owned.begin_after(REST_MS, row, true);
                }
            }
        });
        let owned = self.clone();
        root.listen(list, "pointerdown", move |event: PointerEvent| {
            owned.0.was_held.set(false);
            let pressed =
                row_of(event.target()).filter(|(target, _)| target.closest(".go").ok().flatten().is_some());
            if let Some((_, row)) = pressed.filter(|_| event.pointer_type() != "mouse") {
                owned.begin_after(HOLD_MS, row, false);
            }
        });
        for kind in ["pointerup", "pointercancel", "pointerleave"] {
            let owned = self.clone();
            root.listen(list, kind, move |event: PointerEvent| {
                if event.pointer_type() != "mouse" || event.type_() == "pointerleave" {
                    owned.0.hovered.set(None);
                    owned.end();
                }
            });
        }
        // A long press would open the browser's menu.
        let owned = self.clone();
        root.listen(list, "contextmenu", move |event: Event| {
            if owned.0.is_sounding.get() {
                event.prevent_default();
            }
        });
    }

    fn follow_keys(&self, list: &HtmlElement) {
        let root = self.0.app.root();
        let owned = self.clone();
        root.listen(list, "keydown", move |event: KeyboardEvent| {
            let line = row_of(event.target()).filter(|(target, _)| target.matches(".go").unwrap_or(false));
            if let (" ", Some((_, row))) = (event.key().as_str(), line) {
                event.prevent_default();
                if !event.repeat() {
                    owned.begin(row, false);
                }
            }
        });
        let owned = self.clone();
        root.listen(list, "keyup", move |event: KeyboardEvent| {
            if event.key() == " " && owned.0.is_sounding.get() {
                // The space key presses no button here.
                event.prevent_default();
                owned.end();
            }
        });
        let owned = self.clone();
        root.listen(list, "focusout", move |_: Event| owned.end());
    }

    fn begin_after(&self, delay_ms: i32, row: usize, is_hover: bool) {
        let change = self.0.changes.get() + 1;
        self.0.changes.set(change);
        let owned = self.clone();
        dom::after(delay_ms, move || {
            if owned.0.changes.get() == change {
                owned.0.was_held.set(!is_hover);
                owned.begin(row, is_hover);
            }
        });
    }

    fn begin(&self, row: usize, is_hover: bool) {
        self.0.is_sounding.set(true);
        self.0.app.dispatch(Action::Touch(TouchAction::Audition(row, is_hover)));
    }

    fn end(&self) {
        self.0.changes.set(self.0.changes.get() + 1);
        if self.0.is_sounding.take() {
            self.0.app.dispatch(Action::Touch(TouchAction::Lose(TouchSource::Audition)));
        }
    }
}

/// The row of the line in which an event happens.
pub(super) fn row_of(target: Option<EventTarget>) -> Option<(Element, usize)> {
    number_of(target, "data-row")
}

/// The number that an element about the target has as this attribute.
pub(super) fn number_of(target: Option<EventTarget>, attribute: &str) -> Option<(Element, usize)> {
    let target = target?.dyn_into::<Element>().ok()?;
    let owner = target.closest(&format!("[{attribute}]")).ok().flatten()?;
    Some((target, owner.get_attribute(attribute)?.parse().ok()?))
}
