//! Fingers, pens and mice on the canvas, as pointer events. Handlers store where they are and strike
//! at once; everything else waits for the frame. A finger that is lost in any way counts as lifted.

use web_sys::{Event, PointerEvent, ResizeObserver};

use crate::dom::{self, listen};
use crate::hand::Finger;
use crate::pad::view::Point;
use crate::page::Page;

/// The mouse button that plays, and a touching finger: `PointerEvent.button`.
const MAIN_BUTTON: i16 = 0;

/// Follows the pointers on the pad from now on.
pub fn follow(page: &Page) {
    let canvas = page.canvas();
    on(page, "pointerdown", |page, event| {
        if event.button() != MAIN_BUTTON {
            return;
        }
        // A finger that slides off the pad still belongs to it. Refused for a pointer already gone.
        let _ = page.canvas().set_pointer_capture(event.pointer_id());
        page.press(finger(event), point(page, event));
    });
    on(page, "pointermove", |page, event| page.slide(finger(event), point(page, event)));
    on(page, "pointerup", |page, event| page.lift(finger(event)));
    on(page, "pointercancel", |page, event| page.lose(finger(event)));
    on(page, "lostpointercapture", |page, event| page.lose(finger(event)));
    listen(&canvas, "contextmenu", |event: Event| event.prevent_default());
    watch_size(page);
}

fn on(page: &Page, kind: &str, handle: impl Fn(&Page, &PointerEvent) + 'static) {
    let owned = page.clone();
    listen(&page.canvas(), kind, move |event: PointerEvent| handle(&owned, &event));
}

fn finger(event: &PointerEvent) -> Finger {
    Finger::Pointer(event.pointer_id())
}

fn point(page: &Page, event: &PointerEvent) -> Point {
    page.point_at(event.offset_x().into(), event.offset_y().into())
}

fn watch_size(page: &Page) {
    let owned = page.clone();
    let resized = dom::handler(move |_: Event| owned.resized());
    if let Ok(observer) = ResizeObserver::new(&resized) {
        observer.observe(&page.canvas());
    }
    let owned = page.clone();
    // Another pixel ratio (zoom, other screen) need not change the size.
    listen(&dom::window(), "resize", move |_: Event| owned.resized());
}
