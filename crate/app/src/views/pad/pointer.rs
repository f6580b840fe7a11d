//! Fingers, pens and mice on the canvas, as pointer events. Handlers store where they are and strike
//! at once; everything else waits for the frame. A finger that is lost in any way counts as lifted.

use std::cell::RefCell;
use std::rc::Rc;

use play::Point;
use web_sys::{Event, PointerEvent, ResizeObserver, WheelEvent};

use crate::dom;
use crate::hand::TouchSource;
use crate::pad::explore::{Explorer, Lifted};
use crate::page::Page;
use crate::root::ListenOptions;

/// The mouse button that plays, and a touching finger: `PointerEvent.button`.
const MAIN_BUTTON: i16 = 0;
/// How near a dot must be to be meant, in CSS pixels: a fingertip is less exact than a mouse.
const FINGER_REACH_PX: f64 = 18.0;
const MOUSE_REACH_PX: f64 = 10.0;
/// How much closer a notch of a wheel (100 pixels) or of a pinched trackpad leads.
const ZOOM_PER_PIXEL: f64 = 0.002;
const ZOOM_PER_PINCHED_PIXEL: f64 = 0.01;

/// Follows the pointers on the pad from now on.
pub fn follow(page: &Page) {
    let explorer = Rc::new(RefCell::new(Explorer::default()));
    let exploring = Rc::clone(&explorer);
    on(page, "pointerdown", move |page, event| {
        if event.button() != MAIN_BUTTON {
            return;
        }
        // A finger that slides off the pad still belongs to it. Refused for a pointer already gone.
        let _ = page.canvas().set_pointer_capture(event.pointer_id());
        let (options, explore) = page.with_pad(|pad| (pad.options, pad.explore));
        if explore {
            exploring.borrow_mut().press(event.pointer_id(), pixel(event), event.time_stamp());
        } else if options.free_mouse && is_mouse(event) {
            page.freeze_or_free(point(page, event));
        } else {
            page.press(finger(event), point(page, event), reach_px(event));
        }
    });
    let exploring = Rc::clone(&explorer);
    on(page, "pointermove", move |page, event| {
        let look = exploring.borrow_mut().slide(event.pointer_id(), pixel(event));
        if let Some(look) = look {
            page.with_pad(|pad| {
                pad.zoom(look.factor, look.middle.0, look.middle.1);
                pad.pan(look.pan.0, look.pan.1);
            });
        } else if is_mouse(event) && event.buttons() == 0 {
            page.hover(Some(point(page, event)));
        } else {
            page.slide(finger(event), point(page, event));
        }
    });
    let exploring = Rc::clone(&explorer);
    on(page, "pointerup", move |page, event| {
        let lifted = exploring.borrow_mut().lift(event.pointer_id(), event.time_stamp());
        match lifted {
            Lifted::Tap => page.echo(point(page, event), reach_px(event)),
            Lifted::DoubleTap => page.with_pad(super::Pad::show_all),
            Lifted::Nothing => page.lift(finger(event)),
        }
    });
    for kind in ["pointercancel", "lostpointercapture"] {
        let exploring = Rc::clone(&explorer);
        on(page, kind, move |page, event| {
            exploring.borrow_mut().lift(event.pointer_id(), f64::INFINITY);
            page.lose(finger(event));
        });
    }
    on(page, "pointerleave", |page, event| {
        if is_mouse(event) {
            page.hover(None);
        }
    });
    let root = page.root();
    root.listen(&dom::window(), "blur", move |_: Event| explorer.borrow_mut().clear());
    root.listen(&page.canvas(), "contextmenu", |event: Event| event.prevent_default());
    follow_wheel(page);
    watch_size(page);
    watch_surface(page);
}

fn on(page: &Page, kind: &str, handle: impl Fn(&Page, &PointerEvent) + 'static) {
    let owned = page.clone();
    page.root().listen(&page.canvas(), kind, move |event: PointerEvent| handle(&owned, &event));
}

fn finger(event: &PointerEvent) -> TouchSource {
    TouchSource::Pointer(event.pointer_id())
}

fn is_mouse(event: &PointerEvent) -> bool {
    event.pointer_type() == "mouse"
}

fn reach_px(event: &PointerEvent) -> f64 {
    if is_mouse(event) { MOUSE_REACH_PX } else { FINGER_REACH_PX }
}

fn pixel(event: &PointerEvent) -> (f64, f64) {
    (event.offset_x().into(), event.offset_y().into())
}

fn point(page: &Page, event: &PointerEvent) -> Point {
    let (x, y) = pixel(event);
    page.point_at(x, y)
}

/// The wheel zooms; a browser calls a pinched trackpad a wheel with Ctrl. In somebody else's page the
/// wheel alone is left to the page, which scrolls.
fn follow_wheel(page: &Page) {
    let owned = page.clone();
    let root = page.root();
    let embedded = root.is_embedded();
    // Else the browser would zoom or scroll the page.
    let preventing = ListenOptions { preventing: true, ..ListenOptions::default() };
    root.listen_as(preventing, &page.canvas(), "wheel", move |event: WheelEvent| {
        if embedded && !event.ctrl_key() {
            return;
        }
        event.prevent_default();
        let per_pixel = if event.ctrl_key() { ZOOM_PER_PINCHED_PIXEL } else { ZOOM_PER_PIXEL };
        let lines = event.delta_mode() == WheelEvent::DOM_DELTA_LINE;
        let delta_px = event.delta_y() * if lines { 33.0 } else { 1.0 };
        let (x, y) = (event.offset_x().into(), event.offset_y().into());
        owned.with_pad(|pad| pad.zoom((-delta_px * per_pixel).exp(), x, y));
    });
}

fn watch_size(page: &Page) {
    let owned = page.clone();
    let root = page.root();
    let resized = dom::handler(move |_: Event| owned.with_pad(super::Pad::set_resized));
    if let Ok(observer) = ResizeObserver::new(&resized) {
        observer.observe(&page.canvas());
        root.at_end(move || observer.disconnect());
    }
    let owned = page.clone();
    // Another pixel ratio (zoom, other screen) need not change the size.
    root.listen(&dom::window(), "resize", move |_: Event| owned.with_pad(super::Pad::set_resized));
}

/// A browser may lose what is drawn, with its graphics process for instance.
fn watch_surface(page: &Page) {
    let owned = page.clone();
    page.root().listen(&page.canvas(), "contextrestored", move |_: Event| {
        owned.with_pad(super::Pad::set_lost);
    });
}
