//! The canvases that show the plane, one for what lies still and one over it for what moves: their size,
//! their view, the layers and what is drawn over them. It is told where the fingers are; it never listens
//! (that is `pointer`) and never makes sound.

pub mod density;
mod dots;
mod draw;
pub mod explore;
mod field;
mod layers;
pub mod pointer;
mod scene;
pub mod trail;
pub mod view;

use std::rc::Rc;

use plane::coordinates::Coordinates;
use plane::map::Map;
use play::{Landmark, Options, Point};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::dom;
use crate::root::Root;
use crate::trouble::AppError;
use draw::{Inks, Pen};
use layers::Layers;
use scene::Placed;
pub use scene::{Scene, Seen};
use trail::Trail;
use view::View;

/// More pixels than two per CSS pixel are not seen, but cost time.
const MAX_PIXEL_RATIO: f64 = 2.0;
/// How long the view must rest before the dots are painted anew, in milliseconds: until then what was
/// painted is stretched, which costs next to nothing.
const REST_MS: f64 = 120.0;
/// How near the mouse must be to a dot to read its name, in CSS pixels.
const HOVER_PX: f64 = 10.0;

/// The canvases and everything that is drawn on them.
pub struct Pad {
    /// What moves.
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    inks: Inks,
    layers: Layers,
    /// What is marked on the still layers.
    placed: Option<Placed>,
    trail: Trail,
    /// Whether the person wants motion to be seen.
    trails: bool,
    view: View,
    /// Canvas pixels per CSS pixel.
    ratio: f64,
    resized: bool,
    repaint: bool,
    /// When the view last changed, while the bitmap is not painted for it.
    looked_ms: Option<f64>,
    hover: Option<Point>,
    /// What is switched on; whoever changes it calls [`Pad::redraw`].
    pub options: Options,
    /// Fingers look around instead of playing.
    pub explore: bool,
}

impl Pad {
    /// Finds the canvases and the legend.
    pub fn find(root: &Root) -> Result<Self, AppError> {
        let canvas: HtmlCanvasElement = root.element("pad")?;
        let inks = Inks::of(&canvas);
        let layers = Layers::new(root.element("map")?, root.element("scale")?)?;
        let context = context_of(&canvas)?;
        let (trail, view) = (Trail::default(), View::default());
        let (options, explore) = (Options::default(), false);
        let (resized, repaint, hover) = (true, true, None);
        let trails = true;
        Ok(Self {
            canvas,
            context,
            inks,
            layers,
            placed: None,
            trail,
            trails,
            view,
            ratio: 1.0,
            resized,
            repaint,
            looked_ms: None,
            hover,
            options,
            explore,
        })
    }

    /// The canvas, to listen on.
    pub fn canvas(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    /// What is seen, from what is behind to what is in front: canvases of the same size.
    pub fn pictures(&self) -> [HtmlCanvasElement; 2] {
        [self.layers.canvas(), &self.canvas].map(HtmlCanvasElement::clone)
    }

    /// The point under a pixel of the canvas (CSS pixels from its corner).
    pub fn point_at(&self, x: f64, y: f64) -> Point {
        self.view.to_plane(x, y)
    }

    /// The canvas has another size from the next frame on.
    pub fn set_resized(&mut self) {
        self.resized = true;
    }

    /// The browser has lost what was drawn: everything is painted anew in the next frame.
    pub fn set_lost(&mut self) {
        self.layers.set_lost();
        self.resized = true;
    }

    /// The still layers are painted anew in the next frame.
    pub fn redraw(&mut self) {
        self.repaint = true;
    }

    // ---- Layers ----

    /// The known patches, for the map's layers.
    pub fn set_known(&mut self, known: Rc<Coordinates>) {
        self.layers.set_known(known);
        self.repaint = true;
    }

    /// What the plane sounds like, for the map's layers; none where nobody has listened.
    pub fn set_map(&mut self, map: Option<Map>) {
        self.layers.set_map(map);
        self.repaint = true;
    }

    /// What the plane sounds like, if it is here.
    pub fn map(&self) -> Option<&Map> {
        self.layers.map()
    }

    /// Chooses the layer: 0 shows where the known patches lie, n the map's n-th.
    pub fn set_layer(&mut self, layer: usize) {
        self.layers.set_chosen(layer);
        self.repaint = true;
    }

    /// The chosen layer.
    pub fn layer(&self) -> usize {
        self.layers.chosen()
    }

    /// Marks these rows of the known patches as found; none marks nothing.
    pub fn set_found(&mut self, rows: Vec<usize>) {
        self.layers.set_found(rows);
        self.repaint = true;
    }

    /// The dot that a press at a point means, with its place, where snapping is on.
    pub fn snap(&self, point: Point, reach_px: f64) -> Option<(usize, Point)> {
        if self.options.snap && self.options.dots { self.dot_near(point, reach_px) } else { None }
    }

    /// The dot nearest to a point, within so many pixels.
    pub fn dot_near(&self, point: Point, reach_px: f64) -> Option<(usize, Point)> {
        let known = self.layers.known()?;
        let nearest = known.nearest(point.x, point.y, 1).into_iter().next()?.position;
        let dot = Point { x: known.x[nearest], y: known.y[nearest] };
        (dot.is_on_plane() && self.apart_px(point, dot) < reach_px).then_some((nearest, dot))
    }

    /// The landmark whose flag is at a point, or within so many pixels of it; of several the nearest.
    pub fn flag_near<'a>(
        &self,
        point: Point,
        landmarks: &'a [Landmark],
        reach_px: f64,
    ) -> Option<&'a Landmark> {
        let (x, y) = self.view.to_screen(point);
        let apart = |landmark: &&Landmark| {
            let (flag_x, flag_y) = draw::middle_of_flag(&self.view, landmark.point);
            (x - flag_x).hypot(y - flag_y)
        };
        let within = landmarks.iter().filter(|landmark| apart(landmark) < reach_px);
        within.min_by(|one, other| apart(one).total_cmp(&apart(other)))
    }

    /// How far two points are from each other on the screen, in CSS pixels.
    pub fn apart_px(&self, one: Point, other: Point) -> f64 {
        let ((x, y), (other_x, other_y)) = (self.view.to_screen(one), self.view.to_screen(other));
        (x - other_x).hypot(y - other_y)
    }

    // ---- View ----

    /// Closer by a factor; the point under the pixel stays.
    pub fn zoom(&mut self, factor: f64, x: f64, y: f64) {
        self.view = self.view.zoomed(factor, x, y);
        self.looked_ms = Some(dom::now_ms());
    }

    /// Moves the map under the fingers.
    pub fn pan(&mut self, right: f64, down: f64) {
        self.view = self.view.panned(right, down);
        self.looked_ms = Some(dom::now_ms());
    }

    /// Shows all of the plane again.
    pub fn show_all(&mut self) {
        let (left, top) = (0.0, 0.0);
        self.zoom(0.0, left, top);
    }

    /// Whether only a part of the plane is seen.
    pub fn is_zoomed(&self) -> bool {
        self.view.is_zoomed()
    }

    /// Brings a point into the window, where the view is zoomed.
    pub fn look_at(&mut self, point: Point) {
        let [left, top, width, height] = self.view.window;
        let (x, y) = self.view.to_screen(point);
        let inside = (left..left + width).contains(&x) && (top..top + height).contains(&y);
        if self.is_zoomed() && !inside {
            self.pan(left + width / 2.0 - x, top + height / 2.0 - y);
        }
    }

    // ---- What moves ----

    /// You landed: the trail begins anew.
    pub fn begin_trail(&mut self) {
        self.trail.clear();
        self.trails = !dom::media_matches("(prefers-reduced-motion: reduce)");
    }

    /// You went to a place by touch.
    pub fn extend_trail(&mut self, place: Point, now_ms: f64) {
        if self.trails {
            self.trail.reach(place, now_ms);
        }
    }

    /// The mouse is over this point, without being pressed; none: it left.
    pub fn set_hover(&mut self, hover: Option<Point>) {
        self.hover = hover;
    }

    /// Draws one frame; answers whether something still moves.
    pub fn draw(&mut self, scene: &Scene<'_>, now_ms: f64) -> bool {
        if std::mem::take(&mut self.resized) {
            self.resize();
        }
        let rested = self.looked_ms.is_some_and(|looked_ms| now_ms - looked_ms >= REST_MS);
        if std::mem::take(&mut self.repaint) || rested {
            self.looked_ms = None;
            self.layers.paint(&self.inks, &self.view, self.ratio, self.options);
        }
        if !self.placed.as_ref().is_some_and(|placed| placed.is_of(scene)) {
            self.placed = Some(Placed::of(scene));
            self.layers.outdate();
        }
        self.layers.show(&self.view, self.ratio, |context| {
            let pen = Pen { context, inks: &self.inks, view: &self.view };
            draw::set_font(context);
            self.placed.iter().for_each(|placed| placed.draw(&pen));
        });
        self.trail.fade(now_ms);
        let (width, height) = (f64::from(self.canvas.width()), f64::from(self.canvas.height()));
        self.context.clear_rect(0.0, 0.0, width, height);
        let pen = Pen { context: &self.context, inks: &self.inks, view: &self.view };
        scene.draw(&pen, &self.trail, now_ms);
        if let Some(point) = self.hover.filter(|_| !scene.is_touched()) {
            let name = self.dot_near(point, HOVER_PX).map(|(row, _)| row).zip(self.layers.known());
            pen.hover(point, name.map(|(row, known)| known.name[row].as_str()));
        }
        !self.trail.is_empty() || self.looked_ms.is_some()
    }

    fn resize(&mut self) {
        let (width, height) = (f64::from(self.canvas.client_width()), f64::from(self.canvas.client_height()));
        let ratio = dom::window().device_pixel_ratio().clamp(1.0, MAX_PIXEL_RATIO);
        self.ratio = ratio;
        self.view = self.view.refit(width, height);
        let [pixels, lines] = [width, height].map(|side| (side * ratio).round() as u32);
        self.canvas.set_width(pixels);
        self.canvas.set_height(lines);
        // Setting the size forgets the scale and the font.
        let _ = self.context.scale(ratio, ratio);
        draw::set_font(&self.context);
        self.layers.resize(pixels, lines);
        self.repaint = true;
    }
}

/// The drawing context of a canvas.
fn context_of(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d, AppError> {
    let context = canvas.get_context("2d").ok().flatten();
    context.and_then(|context| context.dyn_into().ok()).ok_or(AppError::NoCanvas)
}
