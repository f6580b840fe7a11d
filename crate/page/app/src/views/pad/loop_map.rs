//! The loops on the map as a small picture: the colours of the layer that is shown, and the paths over them.

use play::State;
use play::viewport::Viewport;
use web_sys::HtmlCanvasElement;

use crate::dom;
use crate::views::pad::MAX_PIXEL_RATIO;
use crate::views::pad::backdrop::Backdrop;
use crate::views::pad::canvas::{context_of, new_canvas};
use crate::views::pad::colors::MapColors;
use crate::views::pad::draw::{self, Pen};

/// Draws all of the plane with the loops of the shown instrument on a canvas, whose style gives its size. An error of
/// the browser leaves it empty.
pub fn draw(state: &State, canvas: &HtmlCanvasElement) {
    let ratio = dom::window().device_pixel_ratio().clamp(1.0, MAX_PIXEL_RATIO);
    let [width, height] = [canvas.client_width(), canvas.client_height()].map(f64::from);
    canvas.set_width((width * ratio).round() as u32);
    canvas.set_height((height * ratio).round() as u32);
    let (Ok(context), Ok(scale)) = (context_of(canvas), new_canvas(1, 1)) else { return };
    let _ = context.scale(ratio, ratio);
    draw::set_font(&context);
    let colors = MapColors::of(canvas);
    let library = &state.library;
    let backdrop = Backdrop::new(library.map.as_deref(), state.map.layer, library.known.as_deref(), &scale);
    // A picture of the loops may stretch the plane more than the map may.
    let window = [0.0, 0.0, width, height];
    let viewport = Viewport { width, height, window, ..Viewport::default() };
    if let Some(mut backdrop) = backdrop {
        backdrop.span([0.0, 1.0]);
        backdrop.draw(&context, &viewport);
    }
    let pen = Pen { context: &context, colors: &colors, viewport: &viewport };
    for own in state.loops_here() {
        pen.recorded_loop(own, true);
    }
}
