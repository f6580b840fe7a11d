//! Changes that the browser makes to the canvases: a new size, or lost contents. Records them until the next frame;
//! the size is also an action, since pointers depend on it and on what the tools cover.

use std::cell::Cell;
use std::rc::Rc;

use play::action::{Action, MapAction};
use web_sys::{Event, HtmlCanvasElement, ResizeObserver};

use crate::app::App;
use crate::dom;
use crate::views::pad::names::{TOOLS, area_on_map};

/// The changes of the map's canvas since the last frame. All clones are the same.
#[derive(Clone, Default)]
pub struct Surface(Rc<SurfaceChanges>);

#[derive(Default)]
struct SurfaceChanges {
    is_resized: Cell<bool>,
    /// The last size, and the pixel ratio.
    size: Cell<[f64; 3]>,
    is_lost: Cell<bool>,
}

impl Surface {
    /// Watches a canvas; records its first size at once.
    pub fn watch(app: &App, canvas: &HtmlCanvasElement) -> Self {
        let (surface, root) = (Self::default(), app.root());
        let (owned, watched, source) = (app.clone(), surface.clone(), canvas.clone());
        let resized = dom::handler(move |_: Event| watched.resize(&owned, &source));
        if let Ok(observer) = ResizeObserver::new(&resized) {
            observer.observe(canvas);
            // One of them is hidden at times.
            let pad = canvas.parent_element();
            if let Some(tools) = pad.and_then(|pad| pad.query_selector(TOOLS).ok()?) {
                observer.observe(&tools);
            }
            root.at_end(move || observer.disconnect());
        }
        let (owned, watched, source) = (app.clone(), surface.clone(), canvas.clone());
        // Another pixel ratio (zoom, other screen) need not change the size.
        root.listen(&dom::window(), "resize", move |_: Event| watched.resize(&owned, &source));
        let (owned, watched) = (app.clone(), surface.clone());
        // For instance after a crash of the browser's graphics process.
        root.listen(canvas, "contextrestored", move |_: Event| {
            watched.0.is_lost.set(true);
            owned.dispatch(Action::Animate);
        });
        surface.resize(app, canvas);
        surface
    }

    /// True if the size or pixel ratio has changed since the last call.
    pub fn take_resized(&self) -> bool {
        self.0.is_resized.take()
    }

    /// True if the contents were lost since the last call.
    pub fn take_lost(&self) -> bool {
        self.0.is_lost.take()
    }

    fn resize(&self, app: &App, canvas: &HtmlCanvasElement) {
        let [width, height] = [canvas.client_width(), canvas.client_height()].map(f64::from);
        let size = [width, height, dom::window().device_pixel_ratio()];
        if self.0.size.replace(size) != size {
            self.0.is_resized.set(true);
        }
        let tools = area_on_map(canvas, TOOLS).unwrap_or_default();
        let tools = [tools.left, tools.top + tools.height];
        app.dispatch(Action::Map(MapAction::Resize([width, height], tools)));
        // The pixel ratio alone may have changed, which is not in the state.
        app.dispatch(Action::Animate);
    }
}
