//! The canvases of the plane: one for static layers, one over it for what moves. Reads the state and never makes
//! sound; `pointer` and `surface` handle events.

mod colors;
mod density;
mod dots;
mod draw;
mod field;
mod layers;
mod loops;
mod pointer;
mod scene;
mod surface;
mod trail;

use plane::Point;
use play::State;
use play::error::AppError;
use play::viewport::Viewport;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::words::Language;
use colors::MapColors;
use draw::Pen;
use layers::Layers;
use scene::StillMarks;
use surface::Surface;
use trail::{Trail, TrailInput};

/// More than two pixels per CSS pixel cost time without a visible difference.
const MAX_PIXEL_RATIO: f64 = 2.0;
/// How long the viewport must rest before the dots are painted again, in milliseconds: stretching the bitmap until
/// then costs little.
const REST_MS: f64 = 120.0;
/// How near the mouse must be to a dot to read its name, in CSS pixels.
const HOVER_PX: f64 = 10.0;

/// The canvases and everything that is drawn on them.
pub struct Pad {
    /// The canvas of what moves.
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    surface: Surface,
    /// Canvas pixels per CSS pixel.
    ratio: f64,
    colors: MapColors,
    layers: Layers,
    /// The marks on the static layers.
    still_marks: Option<StillMarks>,
    trail: Trail,
    /// Of the last frame.
    trail_input: TrailInput,
    /// Whether to draw the trail; not with reduced motion.
    has_trail: bool,
    /// Of the last frame.
    viewport: Viewport,
    /// When the viewport last changed, while the bitmap is not painted for it.
    looked_ms: Option<f64>,
    language: Language,
    /// Whether the patch was edited when the state was last shown. Not computed each frame, since it compares
    /// patches.
    is_edited: bool,
}

impl Pad {
    /// Finds the canvases and listens to the pointers on them.
    ///
    /// # Errors
    /// If one is missing, or the browser gives no drawing context.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let canvas: HtmlCanvasElement = root.element("pad")?;
        let layers = Layers::new(root.element("map")?, root.element("scale")?)?;
        let context = context_of(&canvas)?;
        pointer::follow(app, &canvas);
        Ok(Self {
            colors: MapColors::of(&canvas),
            surface: Surface::watch(app, &canvas),
            canvas,
            context,
            ratio: 1.0,
            layers,
            still_marks: None,
            trail: Trail::default(),
            trail_input: TrailInput::default(),
            has_trail: true,
            viewport: Viewport::default(),
            looked_ms: None,
            language: app.language().clone(),
            is_edited: false,
        })
    }

    fn follow_surface(&mut self) {
        let is_lost = self.surface.take_lost();
        if is_lost {
            self.layers.set_lost();
        }
        if self.surface.take_resized() || is_lost {
            self.resize();
        }
    }

    fn resize(&mut self) {
        let [width, height] = [self.canvas.client_width(), self.canvas.client_height()].map(f64::from);
        let ratio = dom::window().device_pixel_ratio().clamp(1.0, MAX_PIXEL_RATIO);
        self.ratio = ratio;
        let [pixels, lines] = [width, height].map(|side| (side * ratio).round() as u32);
        self.canvas.set_width(pixels);
        self.canvas.set_height(lines);
        // Setting the size resets the scale and the font.
        let _ = self.context.scale(ratio, ratio);
        draw::set_font(&self.context);
        self.layers.resize(pixels, lines);
    }

    /// Paints the static layers if they changed, or if the viewport has changed and rests.
    fn paint_layers(&mut self, state: &State, now_ms: f64) {
        if self.viewport != state.map.viewport {
            self.viewport = state.map.viewport;
            self.looked_ms = Some(now_ms);
        }
        let has_rested = self.looked_ms.is_some_and(|looked_ms| now_ms - looked_ms >= REST_MS);
        if has_rested || self.layers.are_outdated(state) {
            self.looked_ms = None;
            self.layers.paint(&self.colors, state, self.ratio);
        }
        if !self.still_marks.as_ref().is_some_and(|marks| marks.are_of(state)) {
            self.still_marks = Some(StillMarks::of(state, &self.language));
            self.layers.outdate();
        }
        self.layers.show(&self.viewport, self.ratio, |context| {
            let pen = Pen { context, colors: &self.colors, viewport: &self.viewport };
            draw::set_font(context);
            self.still_marks.iter().for_each(|marks| marks.draw(&pen));
        });
    }

    fn extend_trail(&mut self, state: &State, now_ms: f64) {
        let touches = &state.touches;
        let (point, landings) = (state.point(), touches.landings());
        let input = TrailInput { point, landings, is_touching: touches.is_touching() };
        if input.begins_after(&self.trail_input) {
            self.trail.clear();
            self.has_trail = !dom::media_matches("(prefers-reduced-motion: reduce)");
        }
        self.trail_input = input;
        if input.is_touching && self.has_trail {
            self.trail.reach(point, now_ms);
        }
        self.trail.fade(now_ms);
    }
}

impl View for Pad {
    fn show(&mut self, state: &State) {
        self.is_edited = state.is_edited();
    }

    fn draw(&mut self, state: &State, now_ms: f64) -> bool {
        self.follow_surface();
        self.paint_layers(state, now_ms);
        self.extend_trail(state, now_ms);
        let (width, height) = (f64::from(self.canvas.width()), f64::from(self.canvas.height()));
        self.context.clear_rect(0.0, 0.0, width, height);
        let pen = Pen { context: &self.context, colors: &self.colors, viewport: &self.viewport };
        // The edited patch may have gone since the state was last shown.
        let is_edited = self.is_edited && state.document().patch.is_some();
        scene::draw_moving(state, is_edited, &pen, &self.trail, now_ms);
        if let Some(point) = state.map.hover.filter(|_| !state.touches.is_touching()) {
            pen.hover(point, name_near(state, point));
        }
        !self.trail.is_empty() || self.looked_ms.is_some()
    }
}

/// The name of the dot under the mouse.
fn name_near(state: &State, point: Point) -> Option<&str> {
    let (row, _) = state.dot_near(point, HOVER_PX)?;
    state.library.known.as_deref().map(|known| known.name[row].as_str())
}

/// The drawing context of a canvas.
fn context_of(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d, AppError> {
    let context = canvas.get_context("2d").ok().flatten();
    context.and_then(|context| context.dyn_into().ok()).ok_or(AppError::NoCanvas)
}
