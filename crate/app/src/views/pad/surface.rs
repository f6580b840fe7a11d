//! What the browser does to the canvases: it changes their size, or loses what was drawn. Remembers it until the next
//! frame; the size is an action besides, since pointers depend on it.

use std::cell::Cell;
use std::rc::Rc;

use play::action::{Action, MapAction};
use web_sys::{Event, HtmlCanvasElement, ResizeObserver};

use crate::app::App;
use crate::dom;

/// What has happened since the last frame. All clones are the same.
#[derive(Clone, Default)]
pub struct Surface(Rc<SurfaceChanges>);

#[derive(Default)]
struct SurfaceChanges {
    is_resized: Cell<bool>,
    is_lost: Cell<bool>,
}

impl Surface {
    /// Watches a canvas from now on. It has its first size at once.
    pub fn watch(app: &App, canvas: &HtmlCanvasElement) -> Self {
        let (surface, root) = (Self::default(), app.root());
        let (owned, watched, source) = (app.clone(), surface.clone(), canvas.clone());
        let resized = dom::handler(move |_: Event| watched.resize(&owned, &source));
        if let Ok(observer) = ResizeObserver::new(&resized) {
            observer.observe(canvas);
            root.at_end(move || observer.disconnect());
        }
        let (owned, watched, source) = (app.clone(), surface.clone(), canvas.clone());
        // Another pixel ratio (zoom, other screen) need not change the size.
        root.listen(&dom::window(), "resize", move |_: Event| watched.resize(&owned, &source));
        let (owned, watched) = (app.clone(), surface.clone());
        // The graphics process of the browser may have ended, for instance.
        root.listen(canvas, "contextrestored", move |_: Event| {
            watched.0.is_lost.set(true);
            owned.dispatch(Action::Animate);
        });
        surface.resize(app, canvas);
        surface
    }

    /// Whether the canvas has another size, or another pixel ratio, than when this was last asked.
    pub fn take_resized(&self) -> bool {
        self.0.is_resized.take()
    }

    /// Whether what was drawn has been lost since this was last asked.
    pub fn take_lost(&self) -> bool {
        self.0.is_lost.take()
    }

    fn resize(&self, app: &App, canvas: &HtmlCanvasElement) {
        self.0.is_resized.set(true);
        let [width, height] = [canvas.client_width(), canvas.client_height()].map(f64::from);
        app.dispatch(Action::Map(MapAction::Resize(width, height)));
        // The ratio alone may have changed, which the state does not know.
        app.dispatch(Action::Animate);
    }
}
