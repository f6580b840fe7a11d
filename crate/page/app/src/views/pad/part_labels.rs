//! The numbers beside the rings of further fingers, painted once each: laying out a text takes longer than the rest of
//! its ring.

use play::touches::PART_COUNT;
use web_sys::HtmlCanvasElement;

use crate::views::pad::canvas::{context_of, new_canvas};
use crate::views::pad::draw::{self, Pen};

/// The side of a painted label, in CSS pixels.
const SIDE_PX: f64 = 24.0;

/// The painted labels.
#[derive(Default)]
pub struct PartLabels {
    /// Canvas pixels per CSS pixel.
    ratio: f64,
    bitmaps: [Option<HtmlCanvasElement>; PART_COUNT],
}

impl PartLabels {
    /// Labels for a canvas with so many pixels per CSS pixel.
    pub fn new(ratio: f64) -> Self {
        Self { ratio, ..Self::default() }
    }

    /// Draws the label of a part with its middle at a place.
    pub fn draw(&mut self, pen: &Pen<'_>, part: usize, (x, y): (f64, f64)) {
        let ratio = self.ratio;
        let bitmap = &mut self.bitmaps[part];
        if bitmap.is_none() {
            *bitmap = paint(pen, part, ratio);
        }
        let Some(bitmap) = bitmap else { return };
        // Between pixels it would be blurred.
        let [left, top] = [x, y].map(|middle| ((middle - SIDE_PX / 2.0) * ratio).round() / ratio);
        let _ = pen
            .context
            .draw_image_with_html_canvas_element_and_dw_and_dh(bitmap, left, top, SIDE_PX, SIDE_PX);
    }
}

fn paint(pen: &Pen<'_>, part: usize, ratio: f64) -> Option<HtmlCanvasElement> {
    let side = (SIDE_PX * ratio).ceil() as u32;
    let bitmap = new_canvas(side, side).ok()?;
    let context = context_of(&bitmap).ok()?;
    let scale = f64::from(side) / SIDE_PX;
    let _ = context.scale(scale, scale);
    draw::set_font(&context);
    let own = Pen { context: &context, ..*pen };
    own.label(
        (SIDE_PX / 2.0, SIDE_PX / 2.0),
        &(part + 1).to_string(),
        pen.colors.ring(part),
        &pen.colors.dark,
    );
    Some(bitmap)
}
