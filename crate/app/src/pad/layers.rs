//! What lies still on the map: the density of the known patches and the patches as dots. Painted
//! once per size into a bitmap, which each frame copies.

use std::f64::consts::TAU;

use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::dom;
use crate::pad::context_of;
use crate::pad::density::{self, SIDE};
use crate::pad::draw::Inks;
use crate::pad::view::{Point, View};
use crate::trouble::Trouble;

/// A dot's radius on a pad of this many CSS pixels, and its bounds: many dots on a small map must
/// stay dots.
const DOT_PER_PIXEL: f64 = 1.0 / 360.0;
const DOT_RADII: [f64; 2] = [1.2, 2.0];

/// The still layers and the bitmap that they are painted into.
pub struct Layers {
    bitmap: HtmlCanvasElement,
    density: Option<HtmlCanvasElement>,
    known: Vec<Point>,
}

impl Layers {
    /// Layers of a map on which nobody is known yet.
    pub fn new() -> Result<Self, Trouble> {
        Ok(Self { bitmap: new_canvas(1, 1)?, density: None, known: Vec::new() })
    }

    /// Takes the known patches and draws the legend's scale.
    pub fn set_known(&mut self, known: Vec<Point>) {
        let map = density::density(known.iter().copied());
        self.density = image_canvas(&density::pixels(map.into_iter()), SIDE as u32).ok();
        if let Ok(scale) = dom::element::<HtmlCanvasElement>("scale") {
            let steps = scale.width();
            let ramp = (0..steps).map(|step| step as f32 / (steps - 1).max(1) as f32);
            let _ = put_pixels(&scale, &density::pixels(ramp), steps);
        }
        self.known = known;
    }

    /// Paints the bitmap for a canvas of this size; `ratio` is bitmap pixels per CSS pixel.
    pub fn paint(&mut self, inks: &Inks, view: &View, canvas: &HtmlCanvasElement, ratio: f64) {
        self.bitmap.set_width(canvas.width());
        self.bitmap.set_height(canvas.height());
        let Ok(context) = context_of(&self.bitmap) else { return };
        let _ = context.scale(ratio, ratio);
        context.set_fill_style_str(&inks.nobody);
        context.fill_rect(view.left, view.top, view.width, view.height);
        if let Some(density) = &self.density {
            context.set_image_smoothing_enabled(true);
            let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(
                density,
                view.left,
                view.top,
                view.width,
                view.height,
            );
        }
        self.dots(&context, inks, view);
    }

    fn dots(&self, context: &CanvasRenderingContext2d, inks: &Inks, view: &View) {
        let radius = (view.width.min(view.height) * DOT_PER_PIXEL).clamp(DOT_RADII[0], DOT_RADII[1]);
        context.begin_path();
        // Presets that the encoder put beyond the plane have no place on it.
        for &point in self.known.iter().filter(|point| point.is_on_plane()) {
            let (x, y) = view.to_screen(point);
            context.move_to(x + radius, y);
            let _ = context.arc(x, y, radius, 0.0, TAU);
        }
        context.set_line_width(1.0);
        context.set_global_alpha(0.45);
        context.set_stroke_style_str(&inks.dark);
        context.stroke();
        context.set_global_alpha(0.78);
        context.set_fill_style_str(&inks.light);
        context.fill();
        context.set_global_alpha(1.0);
    }

    /// Copies the bitmap to a canvas of the same size.
    pub fn blit(&self, context: &CanvasRenderingContext2d) {
        context.save();
        let _ = context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        let _ = context.draw_image_with_html_canvas_element(&self.bitmap, 0.0, 0.0);
        context.restore();
    }
}

fn new_canvas(width: u32, height: u32) -> Result<HtmlCanvasElement, Trouble> {
    let canvas: HtmlCanvasElement = dom::create("canvas", "").dyn_into().map_err(|_| Trouble::NoCanvas)?;
    canvas.set_width(width);
    canvas.set_height(height);
    Ok(canvas)
}

/// A canvas that holds these pixels in rows of `width`.
fn image_canvas(pixels: &[u8], width: u32) -> Result<HtmlCanvasElement, Trouble> {
    let canvas = new_canvas(width, pixels.len() as u32 / 4 / width)?;
    put_pixels(&canvas, pixels, width)?;
    Ok(canvas)
}

fn put_pixels(canvas: &HtmlCanvasElement, pixels: &[u8], width: u32) -> Result<(), Trouble> {
    let image = ImageData::new_with_u8_clamped_array(Clamped(pixels), width);
    let image = image.map_err(|_| Trouble::NoCanvas)?;
    context_of(canvas)?.put_image_data(&image, 0.0, 0.0).map_err(|_| Trouble::NoCanvas)
}
