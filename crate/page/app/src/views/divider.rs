//! The divider between the map and the work area of a wide page, which pointers drag and keys move, and the titles of
//! tools, which a double click lets fill the page. The style sheet has the widths that no person has chosen.

use std::cell::Cell;
use std::rc::Rc;

use play::State;
use play::action::{Action, PageAction};
use play::error::AppError;
use play::page::Tab;
use play::work_area::{DividerMove, LEAST_PX, WorkKind, limits};
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MediaQueryList, MouseEvent, PointerEvent};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{is_within, plain_key};

/// The pages that have a work area beside the map, as in www/desktop.css.
const WIDE_PAGES: &str = "(orientation: landscape) and (min-width: 900px) and (min-height: 561px)";
/// The titles of tools.
const TITLES: &str = ".panel :is(h2, h3), .loops-head, .sound-head, .path-title, .between-head, .breed-head";
/// Their parts with a use of their own.
const NO_TITLES: &str = "button, a, input, select, summary, label";

/// The divider.
pub struct Divider {
    app: App,
    divider: HtmlElement,
    side: HtmlElement,
    /// The element whose style has the width of the work area.
    page: Option<HtmlElement>,
    shown: Option<ShownDivider>,
}

/// The values that decide how wide the work area is.
#[derive(Clone, Copy, PartialEq)]
struct ShownDivider {
    own: Option<f64>,
    kind: WorkKind,
    tab: Tab,
    is_filled: bool,
    is_wide: bool,
}

impl Divider {
    /// Finds the divider and listens to it.
    ///
    /// # Errors
    /// If an element is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let (divider, side): (HtmlElement, HtmlElement) = (root.element("divider")?, root.element("side")?);
        follow_page_size(app);
        follow_pointer(app, &divider, &side);
        follow_keys(app, &divider, &side);
        let owned = app.clone();
        root.listen(&side, "dblclick", move |event: MouseEvent| {
            if is_within(&event, TITLES) && !is_within(&event, NO_TITLES) {
                owned.dispatch(Action::Page(PageAction::ToggleFill));
            }
        });
        // A window whose size has changed has other shares.
        let (source, own) = (divider.clone(), side.clone());
        root.listen(&divider, "focus", move |_: Event| write_value(&source, &own));
        let page = divider.closest(".app").ok().flatten();
        let page = page.and_then(|page| wasm_bindgen::JsCast::dyn_into(page).ok());
        Ok(Self { app: app.clone(), divider, side, page, shown: None })
    }
}

impl View for Divider {
    fn show(&mut self, state: &State) {
        let (page, kind) = (&state.page, state.work_kind());
        let now = ShownDivider {
            own: state.map.options.work_widths.of(kind),
            kind,
            tab: page.tab,
            is_filled: page.is_filled,
            is_wide: page.is_wide,
        };
        if self.shown.replace(now) == Some(now) {
            return;
        }
        self.app.root().set_data("fill", if now.is_filled { "yes" } else { "" });
        if let Some(page) = &self.page {
            // By CSSOM, since a strict style-src blocks the style attribute.
            let style = page.style();
            let _ = match now.own {
                Some(share) => style.set_property("--work", &width(share)),
                None => style.remove_property("--work").map(drop),
            };
        }
        if now.is_wide {
            write_value(&self.divider, &self.side);
        }
    }
}

/// A width of the work area as the style sheet reads it, within the limits also after the window has changed its size.
fn width(share: f64) -> String {
    let [work, map] = LEAST_PX;
    format!("clamp({work}px, {:.2}vw, calc(100vw - {map}px))", 100.0 * share)
}

fn page_px() -> f64 {
    dom::window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(1.0).max(1.0)
}

/// The width of the work area as a share of that of the page.
fn share_of(side: &Element) -> f64 {
    side.get_bounding_client_rect().width() / page_px()
}

/// Says how wide the work area is, and how wide it may be, in hundredths of the page.
fn write_value(divider: &Element, side: &Element) {
    let [least, greatest] = limits(page_px());
    let parts = [("aria-valuemin", least), ("aria-valuemax", greatest), ("aria-valuenow", share_of(side))];
    for (name, share) in parts {
        let _ = divider.set_attribute(name, &format!("{:.0}", 100.0 * share));
    }
}

fn follow_page_size(app: &App) {
    let Ok(Some(list)) = dom::window().match_media(WIDE_PAGES) else { return };
    let (owned, source): (App, MediaQueryList) = (app.clone(), list.clone());
    app.root().listen(&list, "change", move |_: Event| {
        owned.dispatch(Action::Page(PageAction::SetWide(source.matches())));
    });
    app.dispatch(Action::Page(PageAction::SetWide(list.matches())));
}

fn move_by(app: &App, side: &Element, step: DividerMove) {
    app.dispatch(Action::Page(PageAction::MoveDivider(step, share_of(side), page_px())));
}

fn follow_pointer(app: &App, divider: &HtmlElement, side: &HtmlElement) {
    let root = app.root();
    // The pointer that drags, and how far right of it the work area begins, in CSS pixels.
    let grip: Rc<Cell<Option<(i32, f64)>>> = Rc::default();
    let (held, source, own) = (Rc::clone(&grip), divider.clone(), side.clone());
    root.listen(divider, "pointerdown", move |event: PointerEvent| {
        if event.button() == 0 && held.get().is_none() {
            let _ = source.set_pointer_capture(event.pointer_id());
            let offset_px = own.get_bounding_client_rect().left() - f64::from(event.client_x());
            held.set(Some((event.pointer_id(), offset_px)));
        }
    });
    let (owned, held, own) = (app.clone(), Rc::clone(&grip), side.clone());
    root.listen(divider, "pointermove", move |event: PointerEvent| {
        let Some((_, offset_px)) = held.get().filter(|(pointer, _)| *pointer == event.pointer_id()) else {
            return;
        };
        let work_px = own.get_bounding_client_rect().right() - f64::from(event.client_x()) - offset_px;
        move_by(&owned, &own, DividerMove::To(work_px / page_px()));
    });
    for kind in ["pointerup", "pointercancel", "lostpointercapture"] {
        let held = Rc::clone(&grip);
        root.listen(divider, kind, move |event: PointerEvent| {
            if held.get().is_some_and(|(pointer, _)| pointer == event.pointer_id()) {
                held.set(None);
            }
        });
    }
    let (owned, own) = (app.clone(), side.clone());
    root.listen(divider, "dblclick", move |_: Event| move_by(&owned, &own, DividerMove::Back));
}

fn follow_keys(app: &App, divider: &HtmlElement, side: &HtmlElement) {
    let (owned, own) = (app.clone(), side.clone());
    app.root().listen(divider, "keydown", move |event: KeyboardEvent| {
        let step = match plain_key(&event).as_str() {
            "ArrowLeft" | "ArrowUp" => DividerMove::By(1),
            "ArrowRight" | "ArrowDown" => DividerMove::By(-1),
            "Home" => DividerMove::ToLeast,
            "End" => DividerMove::ToGreatest,
            "Enter" => {
                event.prevent_default();
                return owned.dispatch(Action::Page(PageAction::ToggleFill));
            }
            _ => return,
        };
        event.prevent_default();
        move_by(&owned, &own, step);
    });
}
