//! The canvas that shows the plane: its size, its layers and what is drawn over them. It is told
//! where the finger is; it never listens (that is `pointer`) and never makes sound.

pub mod density;
mod draw;
mod layers;
pub mod pointer;
pub mod trail;
pub mod view;

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::dom;
use crate::trouble::Trouble;
use draw::Inks;
use layers::Layers;
use trail::Trail;
use view::{Point, View};

/// More pixels than two per CSS pixel are not seen, but cost time.
const MAX_PIXEL_RATIO: f64 = 2.0;

/// What a frame shows of you.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct You {
    /// Where you are.
    pub place: Point,
    /// Whether a finger is down.
    pub touching: bool,
    /// Whether the note sounds.
    pub sounding: bool,
}

/// The canvas and everything that is drawn on it.
pub struct Pad {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    inks: Inks,
    layers: Layers,
    trail: Trail,
    view: View,
    resized: bool,
}

impl Pad {
    /// Finds the canvas.
    pub fn find() -> Result<Self, Trouble> {
        let canvas: HtmlCanvasElement = dom::element("pad")?;
        let inks = Inks::of(&canvas);
        let layers = Layers::new()?;
        let context = context_of(&canvas)?;
        let (trail, view) = (Trail::default(), View::default());
        Ok(Self { canvas, context, inks, layers, trail, view, resized: true })
    }

    /// The canvas, to listen on.
    pub fn canvas(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    /// The point under a pixel of the canvas (CSS pixels from its corner).
    pub fn point_at(&self, x: f64, y: f64) -> Point {
        self.view.to_plane(x, y)
    }

    /// The canvas has another size from the next frame on.
    pub fn set_resized(&mut self) {
        self.resized = true;
    }

    /// The known patches, for the map's layers.
    pub fn set_known(&mut self, points: Vec<Point>) {
        self.layers.set_known(points);
        self.resized = true;
    }

    /// You landed: the trail begins anew.
    pub fn begin_trail(&mut self) {
        self.trail.clear();
    }

    /// You went to a place by touch.
    pub fn extend_trail(&mut self, place: Point, now_ms: f64) {
        self.trail.push(place, now_ms);
    }

    /// Draws one frame; answers whether something still moves.
    pub fn draw(&mut self, you: &You, now_ms: f64) -> bool {
        if std::mem::take(&mut self.resized) {
            self.resize();
        }
        self.trail.fade(now_ms);
        let (width, height) = (f64::from(self.canvas.width()), f64::from(self.canvas.height()));
        self.context.clear_rect(0.0, 0.0, width, height);
        self.layers.blit(&self.context);
        draw::trail(&self.context, &self.inks, &self.view, &self.trail, now_ms);
        draw::you(&self.context, &self.inks, &self.view, you);
        !self.trail.is_empty()
    }

    fn resize(&mut self) {
        let (width, height) = (f64::from(self.canvas.client_width()), f64::from(self.canvas.client_height()));
        let ratio = dom::window().device_pixel_ratio().clamp(1.0, MAX_PIXEL_RATIO);
        self.view = View::fit(width, height);
        self.canvas.set_width((width * ratio).round() as u32);
        self.canvas.set_height((height * ratio).round() as u32);
        // Setting the size forgets the scale.
        let _ = self.context.scale(ratio, ratio);
        self.layers.paint(&self.inks, &self.view, &self.canvas, ratio);
    }
}

/// The drawing context of a canvas.
fn context_of(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d, Trouble> {
    let context = canvas.get_context("2d").ok().flatten();
    context.and_then(|context| context.dyn_into().ok()).ok_or(Trouble::NoCanvas)
}
