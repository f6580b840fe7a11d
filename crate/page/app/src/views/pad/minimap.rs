//! The whole map small in a corner of a zoomed one, with the visible part; a press moves the visible part there.

use plane::{LATENT_LIMIT, Point};
use play::action::{Action, MapAction};
use play::error::AppError;
use play::viewport::Viewport;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, PointerEvent};

use crate::app::App;
use crate::root::Root;
use crate::views::pad::backdrop::Backdrop;
use crate::views::pad::canvas::context_of;
use crate::views::pad::colors::MapColors;

/// Pixels along each side of its canvas: twice its CSS pixels.
const SIDE: f64 = 128.0;

/// The small map.
pub struct Minimap {
    root: Root,
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    /// The viewport that it shows; none while it is hidden.
    shown: Option<Viewport>,
    is_zoomed: Option<bool>,
}

impl Minimap {
    /// Finds its canvas and listens to presses on it.
    ///
    /// # Errors
    /// If it is missing, or the browser gives no drawing context.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let canvas: HtmlCanvasElement = root.element("minimap")?;
        for kind in ["pointerdown", "pointermove"] {
            let (owned, source) = (app.clone(), canvas.clone());
            root.listen(&canvas, kind, move |event: PointerEvent| {
                if event.buttons() & 1 == 1 {
                    let share = |at: i32, size: i32| f64::from(at) / f64::from(size.max(1)) * 2.0 - 1.0;
                    let x = share(event.offset_x(), source.client_width());
                    let y = -share(event.offset_y(), source.client_height());
                    let [x, y] = [x, y].map(|share| share as f32 * LATENT_LIMIT);
                    owned.dispatch(Action::Map(MapAction::Center(Point::on_plane(x, y))));
                }
            });
        }
        let context = context_of(&canvas)?;
        Ok(Self { root: root.clone(), canvas, context, shown: None, is_zoomed: None })
    }

    /// Shows the visible part, or nothing while all is visible.
    pub fn show(&mut self, viewport: &Viewport, backdrop: Option<&Backdrop>, colors: &MapColors) {
        let is_zoomed = viewport.is_zoomed();
        if self.is_zoomed.replace(is_zoomed) != Some(is_zoomed) {
            self.root.set_data("zoomed", if is_zoomed { "on" } else { "off" });
            self.shown = None;
        }
        if !is_zoomed || self.shown.replace(*viewport) == Some(*viewport) {
            return;
        }
        self.canvas.set_width(SIDE as u32);
        self.canvas.set_height(SIDE as u32);
        if let Some(backdrop) = backdrop {
            backdrop.draw_whole(&self.context, SIDE);
        }
        let side = f64::from(2.0 * LATENT_LIMIT);
        let pixel = |point: Point| {
            let share = [point.x + LATENT_LIMIT, LATENT_LIMIT - point.y].map(|way| f64::from(way) / side);
            share.map(|share| share * SIDE)
        };
        let [[left, top], [right, bottom]] = viewport.visible().map(pixel);
        for (color, width) in [(&colors.dark, 8.0), (&colors.light, 4.0)] {
            self.context.set_stroke_style_str(color);
            self.context.set_line_width(width);
            self.context.stroke_rect(left, top, right - left, bottom - top);
        }
    }
}
