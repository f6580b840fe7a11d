//! The sheet that holds the panel on an upright phone: shows where it rests, and its handle, which pointers drag and
//! keys move. The style sheet has its sizes.

use std::cell::Cell;
use std::rc::Rc;

use play::State;
use play::action::{Action, PageAction};
use play::error::AppError;
use play::page::SheetStop;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MediaQueryList, PointerEvent};

use crate::app::App;
use crate::dom;
use crate::effects::link;
use crate::effects::sheet_history::HistoryMove;
use crate::view::View;
use crate::views::controls::{is_typed, plain_key};

/// The pages that have a sheet, as in www/sheet.css.
const SHEET_PAGES: &str = "(orientation: portrait) and (max-width: 699px)";
/// A pointer that moves less than this, in CSS pixels, taps.
const TAP_PX: f64 = 6.0;

/// The sheet and its handle.
pub struct Sheet {
    app: App,
    sheet: HtmlElement,
    handle: Element,
    shown: Option<(SheetStop, Option<f64>)>,
}

/// A pointer on the handle.
#[derive(Clone, Copy)]
struct Grip {
    pointer: i32,
    /// Where it was pressed, in CSS pixels from the top of the page.
    start_px: f64,
    is_drag: bool,
}

impl Sheet {
    /// Finds the sheet and listens to its handle.
    ///
    /// # Errors
    /// If an element is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let (sheet, handle): (HtmlElement, HtmlElement) = (root.element("sheet")?, root.element("handle")?);
        follow_page_size(app);
        follow_handle(app, &handle);
        // Where a person types, the system's keyboard takes the lower part of the page.
        let owned = app.clone();
        root.listen(&sheet, "focusin", move |event: Event| {
            if is_typed(&event) {
                owned.dispatch(Action::Page(PageAction::OpenSheet));
            }
        });
        let owned = app.clone();
        root.listen(&dom::window(), "popstate", move |_: Event| {
            let (is_open, is_offered) = {
                let page = &owned.state().page;
                (page.stop > SheetStop::Rest, page.onboarding.shared.is_some())
            };
            let moved = owned.executor().sheet_history().moved(is_open);
            // The entry before the sheet has the address of the visit's beginning: a link that was opened then is not
            // to be opened again.
            if moved != HistoryMove::Other && (link::to_path().is_some() || !is_offered) {
                link::clear_address();
            }
            if moved == HistoryMove::Back {
                owned.dispatch(Action::Page(PageAction::GoneBack));
            }
        });
        Ok(Self { app: app.clone(), sheet, handle: handle.into(), shown: None })
    }
}

impl View for Sheet {
    fn show(&mut self, state: &State) {
        let now = (state.page.stop, state.page.drag);
        if self.shown.replace(now) == Some(now) {
            return;
        }
        let (stop, drag) = now;
        let (root, language) = (self.app.root(), self.app.language());
        let (name, word) = match stop {
            SheetStop::Rest => ("rest", &language.sheet_rest),
            SheetStop::Half => ("half", &language.sheet_half),
            SheetStop::Full => ("full", &language.sheet_full),
        };
        root.set_data("sheet", name);
        root.set_data("drag", drag.map_or("", |share| if share < 0.0 { "down" } else { "up" }));
        // By CSSOM, since a strict style-src blocks the style attribute.
        let _ = self.sheet.style().set_property("--drag", &format!("{:.2}dvh", 100.0 * drag.unwrap_or(0.0)));
        let _ = self.handle.set_attribute("aria-valuenow", &(stop as u8).to_string());
        let _ = self.handle.set_attribute("aria-valuetext", word);
    }
}

fn follow_page_size(app: &App) {
    let Ok(Some(list)) = dom::window().match_media(SHEET_PAGES) else { return };
    let (owned, source): (App, MediaQueryList) = (app.clone(), list.clone());
    app.root().listen(&list, "change", move |_: Event| {
        owned.dispatch(Action::Page(PageAction::SetSheet(source.matches())));
    });
    app.dispatch(Action::Page(PageAction::SetSheet(list.matches())));
}

fn follow_handle(app: &App, handle: &HtmlElement) {
    let root = app.root();
    let grip: Rc<Cell<Option<Grip>>> = Rc::default();
    // The browser reports a click after a drag, too.
    let was_drag: Rc<Cell<bool>> = Rc::default();
    let (held, source, dragged) = (Rc::clone(&grip), handle.clone(), Rc::clone(&was_drag));
    root.listen(handle, "pointerdown", move |event: PointerEvent| {
        dragged.set(false);
        if event.button() == 0 && held.get().is_none() {
            let _ = source.set_pointer_capture(event.pointer_id());
            let start_px = f64::from(event.client_y());
            held.set(Some(Grip { pointer: event.pointer_id(), start_px, is_drag: false }));
        }
    });
    let (owned, held) = (app.clone(), Rc::clone(&grip));
    root.listen(handle, "pointermove", move |event: PointerEvent| {
        let Some(grip) = held.get().filter(|grip| grip.pointer == event.pointer_id()) else { return };
        let up_px = grip.start_px - f64::from(event.client_y());
        if grip.is_drag || up_px.abs() >= TAP_PX {
            held.set(Some(Grip { is_drag: true, ..grip }));
            let height = dom::window().inner_height().ok().and_then(|height| height.as_f64());
            let share = up_px / height.unwrap_or(1.0).max(1.0);
            owned.dispatch(Action::Page(PageAction::DragSheet(share)));
        }
    });
    for kind in ["pointerup", "pointercancel", "lostpointercapture"] {
        let (owned, held, dragged) = (app.clone(), Rc::clone(&grip), Rc::clone(&was_drag));
        root.listen(handle, kind, move |event: PointerEvent| {
            if held.get().is_some_and(|grip| grip.pointer == event.pointer_id()) {
                dragged.set(held.take().is_some_and(|grip| grip.is_drag));
                owned.dispatch(Action::Page(PageAction::DropSheet));
            }
        });
    }
    let (owned, dragged) = (app.clone(), Rc::clone(&was_drag));
    root.listen(handle, "click", move |_: Event| {
        if !dragged.take() {
            owned.dispatch(Action::Page(PageAction::CycleSheet));
        }
    });
    let owned = app.clone();
    root.listen(handle, "keydown", move |event: KeyboardEvent| {
        // A finger's drag has no click: the next one is that of this key.
        was_drag.set(false);
        let steps = match plain_key(&event).as_str() {
            "ArrowUp" | "ArrowRight" => 1,
            "ArrowDown" | "ArrowLeft" => -1,
            "End" => 2,
            "Home" => -2,
            _ => return,
        };
        event.prevent_default();
        owned.dispatch(Action::Page(PageAction::StepSheet(steps)));
    });
}
