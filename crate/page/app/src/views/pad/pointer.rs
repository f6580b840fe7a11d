//! Fingers, pens and mice on the canvas: pointer events become actions. Decides nothing.

use play::action::{Action, MapAction, Pointer, PointerAction};
use web_sys::{Event, HtmlCanvasElement, PointerEvent, WheelEvent};

use crate::app::App;
use crate::root::ListenOptions;

/// The mouse button that plays, and a touching finger: `PointerEvent.button`.
const MAIN_BUTTON: i16 = 0;
/// The zoom exponent per pixel of wheel (a notch has 100) or of trackpad pinch.
const ZOOM_PER_PIXEL: f64 = 0.002;
const ZOOM_PER_PINCHED_PIXEL: f64 = 0.01;
/// The height of a line, where a wheel counts lines, in pixels.
const LINE_PX: f64 = 33.0;

/// Installs the listeners for pointers on the canvas.
pub fn follow(app: &App, canvas: &HtmlCanvasElement) {
    let source = canvas.clone();
    on(app, canvas, "pointerdown", move |event| {
        if event.button() != MAIN_BUTTON {
            return None;
        }
        // Keeps a pointer that slides off the pad. Fails for a pointer that is already gone.
        let _ = source.set_pointer_capture(event.pointer_id());
        Some(PointerAction::Down(pointer(event)))
    });
    on(app, canvas, "pointermove", |event| {
        let is_hovering = is_mouse(event) && event.buttons() == 0;
        let kind = if is_hovering { PointerAction::Hover } else { PointerAction::Move };
        Some(kind(pointer(event)))
    });
    on(app, canvas, "pointerup", |event| Some(PointerAction::Up(pointer(event))));
    // A pointer that is lost in any way counts as lifted.
    for kind in ["pointercancel", "lostpointercapture"] {
        on(app, canvas, kind, |event| Some(PointerAction::Lost(event.pointer_id())));
    }
    on(app, canvas, "pointerleave", |event| {
        is_mouse(event).then(|| PointerAction::Leave(event.time_stamp()))
    });
    app.root().listen(canvas, "contextmenu", |event: Event| event.prevent_default());
    follow_wheel(app, canvas);
}

fn on(
    app: &App,
    canvas: &HtmlCanvasElement,
    kind: &str,
    read: impl Fn(&PointerEvent) -> Option<PointerAction> + 'static,
) {
    let owned = app.clone();
    app.root().listen(canvas, kind, move |event: PointerEvent| {
        if let Some(action) = read(&event) {
            owned.dispatch(Action::Pointer(action));
        }
    });
}

fn pointer(event: &PointerEvent) -> Pointer {
    Pointer {
        id: event.pointer_id(),
        is_mouse: is_mouse(event),
        at_px: (event.offset_x().into(), event.offset_y().into()),
        pressure: event.pressure(),
        now_ms: event.time_stamp(),
    }
}

fn is_mouse(event: &PointerEvent) -> bool {
    event.pointer_type() == "mouse"
}

/// The wheel zooms; a browser calls a pinched trackpad a wheel with Ctrl. In a host page the plain wheel scrolls that
/// page.
fn follow_wheel(app: &App, canvas: &HtmlCanvasElement) {
    let owned = app.clone();
    // Otherwise the browser would zoom or scroll the page.
    let preventing = ListenOptions { preventing: true, ..ListenOptions::default() };
    app.root().listen_as(preventing, canvas, "wheel", move |event: WheelEvent| {
        if owned.root().is_embedded() && !event.ctrl_key() {
            return;
        }
        event.prevent_default();
        let per_pixel = if event.ctrl_key() { ZOOM_PER_PINCHED_PIXEL } else { ZOOM_PER_PIXEL };
        let is_in_lines = event.delta_mode() == WheelEvent::DOM_DELTA_LINE;
        let delta_px = event.delta_y() * if is_in_lines { LINE_PX } else { 1.0 };
        let at_px = (event.offset_x().into(), event.offset_y().into());
        owned.dispatch(Action::Map(MapAction::Zoom((-delta_px * per_pixel).exp(), at_px)));
    });
}
