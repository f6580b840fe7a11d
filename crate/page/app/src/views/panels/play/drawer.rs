//! The handle of the drawer with the keys: a drag down closes it.

use std::cell::Cell;
use std::rc::Rc;

use play::action::{Action, PageAction};
use play::error::AppError;
use web_sys::{HtmlElement, PointerEvent};

use crate::app::App;
use crate::dom;

/// A pointer that moves less than this, in CSS pixels, presses a button of the handle.
const TAP_PX: f64 = 6.0;

/// A pointer on the handle.
#[derive(Clone, Copy)]
struct DrawerGrip {
    pointer: i32,
    /// Where it was pressed, in CSS pixels from the top of the page.
    start_px: f64,
    is_drag: bool,
}

/// Listens to the handle.
///
/// # Errors
/// If the page lacks it.
pub fn follow(app: &App) -> Result<(), AppError> {
    let root = app.root();
    let handle: HtmlElement = root.element("keys-row")?;
    let grip: Rc<Cell<Option<DrawerGrip>>> = Rc::default();
    let held = Rc::clone(&grip);
    root.listen(&handle, "pointerdown", move |event: PointerEvent| {
        if event.button() == 0 && held.get().is_none() {
            let start_px = f64::from(event.client_y());
            held.set(Some(DrawerGrip { pointer: event.pointer_id(), start_px, is_drag: false }));
        }
    });
    let (owned, held, source) = (app.clone(), Rc::clone(&grip), handle.clone());
    root.listen(&handle, "pointermove", move |event: PointerEvent| {
        let Some(grip) = held.get().filter(|grip| grip.pointer == event.pointer_id()) else { return };
        let down_px = f64::from(event.client_y()) - grip.start_px;
        if !grip.is_drag && down_px < TAP_PX {
            return;
        }
        if !grip.is_drag {
            // Only now, so that a tap still presses a button.
            let _ = source.set_pointer_capture(event.pointer_id());
            held.set(Some(DrawerGrip { is_drag: true, ..grip }));
        }
        let height = dom::window().inner_height().ok().and_then(|height| height.as_f64());
        let share = down_px / height.unwrap_or(1.0).max(1.0);
        owned.dispatch(Action::Page(PageAction::DragKeys(share)));
    });
    for kind in ["pointerup", "pointercancel", "lostpointercapture"] {
        let (owned, held) = (app.clone(), Rc::clone(&grip));
        root.listen(&handle, kind, move |event: PointerEvent| {
            if held.get().is_some_and(|grip| grip.pointer == event.pointer_id()) {
                held.set(None);
                owned.dispatch(Action::Page(PageAction::DropKeys));
            }
        });
    }
    Ok(())
}
