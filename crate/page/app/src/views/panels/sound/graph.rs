//! A drawing whose points are dragged, or moved by the arrow keys. `play::graphs` has its geometry.

use std::cell::Cell;
use std::rc::Rc;

use ::patch::{Parameter, Patch};
use ::play::action::{Action, Edit};
use ::play::graphs::{Graph, GraphHandle, GraphPoint, filter, share, value_at};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};

use super::picture::{drawing, path};
use crate::app::App;
use crate::dom;
use crate::views::controls::plain_key;

/// A step of an arrow key as a share of the range, and with Shift.
const STEPS: [f32; 2] = [0.01, 0.1];

/// The drawing. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct GraphView(Rc<GraphParts>);

struct GraphParts {
    app: App,
    graph: Graph,
    area: Element,
    line: Element,
    handles: Vec<HtmlElement>,
    dragged: Cell<Option<DraggedHandle>>,
}

/// The handle that is dragged; further pointers drag nothing.
#[derive(Clone, Copy)]
struct DraggedHandle {
    pointer: i32,
    number: usize,
    /// Where it was then.
    at: GraphPoint,
    /// Where the pointer took it.
    taken: GraphPoint,
}

impl GraphView {
    /// Adds the drawing at the end of an element.
    pub fn build(app: &App, parent: &Element, graph: Graph) -> Self {
        let (frame, area) = (dom::create("div", "graph"), dom::create("div", "graph-area"));
        let (picture, line) = drawing("graph-line");
        dom::append(&area, &picture);
        if graph == Graph::Filter {
            for (x, name) in filter::marks().into_iter().zip(["100", "1k", "10k"]) {
                let mark: HtmlElement = dom::create("span", "graph-mark").unchecked_into();
                mark.set_text_content(Some(name));
                let _ = mark.set_attribute("aria-hidden", "true");
                let _ = mark.style().set_property("left", &format!("{:.1}%", 100.0 * x));
                dom::append(&area, &mark);
            }
        }
        let handles = graph.handles(&Patch::default());
        let handles = handles.iter().map(|handle| build_handle(app, &area, handle)).collect();
        dom::append(&frame, &area);
        dom::append(parent, &frame);
        let dragged = Cell::default();
        let view = Self(Rc::new(GraphParts { app: app.clone(), graph, area, line, handles, dragged }));
        for number in 0..view.0.handles.len() {
            view.follow(number);
        }
        view
    }

    /// Shows a patch.
    pub fn show(&self, patch: &Patch) {
        let parts = &*self.0;
        let _ = parts.line.set_attribute("d", &path(&parts.graph.curve(patch)));
        for (element, handle) in parts.handles.iter().zip(parts.graph.handles(patch)) {
            for (side, share) in [("left", handle.at.0), ("bottom", handle.at.1)] {
                let _ = element.style().set_property(side, &format!("{:.2}%", 100.0 * share));
            }
            let text = |parameter: Parameter| parts.app.language().stored(parameter, patch.get(parameter));
            let upward = handle.upward.map(|upward| format!(", {}", text(upward))).unwrap_or_default();
            let _ = element.set_attribute("aria-valuetext", &(text(handle.across) + &upward));
            let now = 100.0 * share(handle.across, patch.get(handle.across));
            let _ = element.set_attribute("aria-valuenow", &format!("{now:.0}"));
        }
    }

    fn follow(&self, number: usize) {
        let (root, handle) = (self.0.app.root(), &self.0.handles[number]);
        let owned = self.clone();
        root.listen(handle, "pointerdown", move |event: PointerEvent| owned.take(&event, number));
        let owned = self.clone();
        root.listen(handle, "pointermove", move |event: PointerEvent| owned.drag(&event));
        for kind in ["pointerup", "pointercancel", "lostpointercapture"] {
            let owned = self.clone();
            root.listen(handle, kind, move |event: PointerEvent| owned.finish(&event));
        }
        let owned = self.clone();
        root.listen(handle, "keydown", move |event: KeyboardEvent| owned.press(&event, number));
        let owned = self.clone();
        root.listen(handle, "keyup", move |_: KeyboardEvent| {
            owned.0.app.dispatch(Action::Edit(Edit::FinishStep));
        });
    }

    /// A pointer's place in the drawing.
    fn place(&self, event: &PointerEvent) -> GraphPoint {
        let area = self.0.area.get_bounding_client_rect();
        let x = (f64::from(event.client_x()) - area.left()) / area.width().max(1.0);
        let y = (area.bottom() - f64::from(event.client_y())) / area.height().max(1.0);
        (x as f32, y as f32)
    }

    /// Where handles overlap, the pointer takes the nearest one.
    fn take(&self, event: &PointerEvent, number: usize) {
        let Some(patch) = self.patch() else { return };
        // With Ctrl a Mac opens a menu.
        if event.button() != 0 || event.ctrl_key() || self.0.dragged.get().is_some() {
            return;
        }
        let (x, y) = self.place(event);
        let area = self.0.area.get_bounding_client_rect();
        let distance_px =
            |at: GraphPoint| (f64::from(at.0 - x) * area.width()).hypot(f64::from(at.1 - y) * area.height());
        let handles = self.0.graph.handles(&patch);
        let nearest = (0..handles.len())
            .min_by(|&one, &other| distance_px(handles[one].at).total_cmp(&distance_px(handles[other].at)))
            .unwrap_or(number);
        event.prevent_default();
        let _ = self.0.handles[nearest].focus();
        let _ = self.0.handles[nearest].set_pointer_capture(event.pointer_id());
        let (pointer, at, taken) = (event.pointer_id(), handles[nearest].at, (x, y));
        self.0.dragged.set(Some(DraggedHandle { pointer, number: nearest, at, taken }));
    }

    /// The handle that this pointer drags.
    fn dragged_by(&self, event: &PointerEvent) -> Option<DraggedHandle> {
        self.0.dragged.get().filter(|dragged| dragged.pointer == event.pointer_id())
    }

    fn drag(&self, event: &PointerEvent) {
        let (Some(dragged), Some(patch)) = (self.dragged_by(event), self.patch()) else { return };
        let DraggedHandle { number, at, taken, .. } = dragged;
        let (x, y) = self.place(event);
        let pace = self.0.graph.pace(self.0.area.get_bounding_client_rect().width() as f32);
        let to = (at.0 + pace * (x - taken.0), at.1 + y - taken.1);
        let values = self.0.graph.drag(&patch, number, to);
        self.0.app.dispatch(Action::Edit(Edit::SetParameters(values)));
    }

    fn finish(&self, event: &PointerEvent) {
        if self.dragged_by(event).is_some() {
            self.0.dragged.set(None);
            self.0.app.dispatch(Action::Edit(Edit::FinishStep));
        }
    }

    fn press(&self, event: &KeyboardEvent, number: usize) {
        let Some(patch) = self.patch() else { return };
        let handle = self.0.graph.handles(&patch)[number];
        let upward = handle.upward.unwrap_or(handle.across);
        let step = STEPS[usize::from(event.shift_key())];
        let (parameter, step) = match plain_key(event).as_str() {
            "ArrowLeft" => (handle.across, -step),
            "ArrowRight" => (handle.across, step),
            "ArrowDown" => (upward, -step),
            "ArrowUp" => (upward, step),
            "PageDown" => (upward, -STEPS[1]),
            "PageUp" => (upward, STEPS[1]),
            "Home" => (handle.across, -1.0),
            "End" => (handle.across, 1.0),
            _ => return,
        };
        // The arrow keys of the page move the current point.
        event.prevent_default();
        event.stop_propagation();
        let value = value_at(parameter, share(parameter, patch.get(parameter)) + step);
        self.0.app.dispatch(Action::Edit(Edit::SetParameters(vec![(parameter, value)])));
    }

    fn patch(&self) -> Option<Patch> {
        self.0.app.state().heard_patch()
    }
}

fn build_handle(app: &App, area: &Element, handle: &GraphHandle) -> HtmlElement {
    let element: HtmlElement = dom::create("div", "graph-handle").unchecked_into();
    let across = app.language().parameter(handle.across);
    let name = match handle.upward {
        Some(upward) => {
            let _ = element.set_attribute("aria-roledescription", &app.language().two_axes);
            format!("{across}, {}", app.language().parameter(upward))
        }
        None => across,
    };
    let attributes = [
        ("role", "slider"),
        ("tabindex", "0"),
        ("aria-valuemin", "0"),
        ("aria-valuemax", "100"),
        ("aria-label", &name),
    ];
    for (attribute, value) in attributes {
        let _ = element.set_attribute(attribute, value);
    }
    dom::append(area, &element);
    element
}
