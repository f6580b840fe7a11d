//! The canvases of the plane: one for static layers, one over it for what moves. Reads the state and never makes
//! sound; `pointer` and `surface` handle events.

mod backdrop;
mod breed;
mod canvas;
mod chosen_dot;
mod colors;
mod density;
mod dots;
mod draw;
mod ease;
mod ends;
mod field;
mod ground;
mod layers;
pub mod loop_map;
mod loops;
mod minimap;
mod names;
mod part_labels;
mod pointer;
mod regions;
mod scene;
mod strands;
mod surface;
mod trail;

use plane::Point;
use play::State;
use play::error::AppError;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use canvas::context_of;
use colors::MapColors;
use draw::Pen;
use ground::{Ground, Paper};
use part_labels::PartLabels;
use scene::MovingMarks;
use surface::Surface;
use trail::{Trail, TrailInput};

/// More than two pixels per CSS pixel cost time without a visible difference.
const MAX_PIXEL_RATIO: f64 = 2.0;
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
    ground: Ground,
    labels: PartLabels,
    trail: Trail,
    /// The input of the trail in the last frame.
    trail_input: TrailInput,
    /// True if the trail is to be drawn: not with reduced motion.
    has_trail: bool,
    /// True if the patch was edited when the state was last shown. Not computed each frame, since it compares
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
        let ground = Ground::build(app)?;
        let context = context_of(&canvas)?;
        pointer::follow(app, &canvas);
        Ok(Self {
            colors: MapColors::of(&canvas),
            surface: Surface::watch(app, &canvas),
            canvas,
            context,
            ratio: 1.0,
            ground,
            labels: PartLabels::default(),
            trail: Trail::default(),
            trail_input: TrailInput::default(),
            has_trail: true,
            is_edited: false,
        })
    }

    fn follow_surface(&mut self) {
        let is_lost = self.surface.take_lost();
        if is_lost {
            self.ground.set_lost();
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
        self.ground.resize(pixels, lines, ratio);
        self.labels = PartLabels::new(ratio);
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
        let paper = Paper { canvas: &self.canvas, context: &self.context, colors: &self.colors };
        self.ground.show(state, &paper, now_ms);
        self.extend_trail(state, now_ms);
        let (width, height) = (f64::from(self.canvas.width()), f64::from(self.canvas.height()));
        self.context.clear_rect(0.0, 0.0, width, height);
        let pen = Pen { context: &self.context, colors: &self.colors, viewport: &state.map.viewport };
        // The edited patch may have gone since the state was last shown.
        let is_edited = self.is_edited && state.document().patch.is_some();
        // With reduced motion neither trail nor pulse.
        let level = if self.has_trail { f64::from(state.sound.level) } else { 0.5 };
        let mut moving = MovingMarks {
            is_edited,
            trail: &self.trail,
            near: self.ground.near_label(state),
            taken: self.ground.taken(),
            level,
            labels: &mut self.labels,
        };
        scene::draw_moving(state, &mut moving, &pen, now_ms);
        if let Some(point) = state.map.hover.filter(|_| !state.touches.is_touching()) {
            pen.hover(point, name_near(state, point));
        }
        !self.trail.is_empty() || self.ground.is_moving()
    }
}

/// The name of the dot under the mouse.
fn name_near(state: &State, point: Point) -> Option<&str> {
    let (row, _) = state.dot_near(point, HOVER_PX)?;
    state.library.known.as_deref().map(|known| known.name[row].as_str())
}
