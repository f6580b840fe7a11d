//! The colours under everything on the map: the shown quality as an image, in colours that span a range of its values,
//! and its contours.

use plane::{Coordinates, Map, Point};
use play::viewport::Viewport;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::views::pad::canvas::{new_canvas, put_pixels};
use crate::views::pad::colors::MapColors;
use crate::views::pad::density;
use crate::views::pad::field::{Field, IMAGE_SIDE, colored};

/// Colours of the image: more differ by less than one step of a screen.
const COLORS: usize = 512;
/// Widths and opacities of contours, dark and light: softly where they stand for the dots, clearly where a person has
/// asked for them.
const SOFT: [(f64, f64); 2] = [(2.0, 0.16), (1.0, 0.32)];
const CLEAR: [(f64, f64); 2] = [(2.5, 0.25), (1.0, 0.55)];

/// The image and the contours of a quality.
pub struct Backdrop {
    image: HtmlCanvasElement,
    /// The image in the colours of the whole range.
    whole: HtmlCanvasElement,
    samples: Vec<f32>,
    palette: Vec<[u8; 4]>,
    contours: Vec<(Point, Point)>,
    /// The values, 0…1, that the first and the last colour show; none before the image is painted.
    range: Option<[f32; 2]>,
}

impl Backdrop {
    /// The quality of a layer's number, or where the known patches lie; puts its colours on the legend's `scale`.
    pub fn new(
        map: Option<&Map>,
        layer: usize,
        known: Option<&Coordinates>,
        scale: &HtmlCanvasElement,
    ) -> Option<Self> {
        let field = field(map, layer, known)?;
        let _ = put_pixels(scale, &field.palette(scale.width() as usize).concat(), scale.width());
        let side = IMAGE_SIDE as u32;
        let (image, whole) = (new_canvas(side, side).ok()?, new_canvas(side, side).ok()?);
        let (samples, palette, contours) = (field.samples(), field.palette(COLORS), field.contours());
        let _ = put_pixels(&whole, &colored(&samples, &palette, [0.0, 1.0]), IMAGE_SIDE as u32);
        Some(Self { image, whole, samples, palette, contours, range: None })
    }

    /// Lets the colours span these values, 0…1.
    pub fn span(&mut self, range: [f32; 2]) {
        if self.range.replace(range) != Some(range) {
            let pixels = colored(&self.samples, &self.palette, range);
            // Fails only for an image of another size.
            let _ = put_pixels(&self.image, &pixels, IMAGE_SIDE as u32);
        }
    }

    /// Draws the visible part of the colours.
    pub fn draw(&self, context: &CanvasRenderingContext2d, viewport: &Viewport) {
        let Viewport { left, top, width, height, .. } = *viewport;
        context.set_image_smoothing_enabled(true);
        let _ =
            context.draw_image_with_html_canvas_element_and_dw_and_dh(&self.image, left, top, width, height);
    }

    /// Draws all of the plane in the colours of the whole range into a square.
    pub fn draw_whole(&self, context: &CanvasRenderingContext2d, side: f64) {
        let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(&self.whole, 0.0, 0.0, side, side);
    }

    /// Draws the contours.
    pub fn draw_contours(
        &self,
        context: &CanvasRenderingContext2d,
        colors: &MapColors,
        viewport: &Viewport,
        is_soft: bool,
    ) {
        context.begin_path();
        for &(from, to) in &self.contours {
            let ((from_x, from_y), (to_x, to_y)) = (viewport.to_screen(from), viewport.to_screen(to));
            context.move_to(from_x, from_y);
            context.line_to(to_x, to_y);
        }
        let lines = if is_soft { SOFT } else { CLEAR };
        for (color, (width, alpha)) in [&colors.dark, &colors.light].into_iter().zip(lines) {
            context.set_stroke_style_str(color);
            context.set_line_width(width);
            context.set_global_alpha(alpha);
            context.stroke();
        }
        context.set_global_alpha(1.0);
    }
}

/// The chosen quality, if it is loaded.
fn field(map: Option<&Map>, layer: usize, known: Option<&Coordinates>) -> Option<Field> {
    let shown = map.zip(layer.checked_sub(1));
    if let Some((map, number)) = shown
        && let Some(layer) = map.layers.get(number)
    {
        return Some(Field::of_layer(map, layer));
    }
    let known = known?;
    let points = known.x.iter().zip(&known.y).map(|(&x, &y)| Point { x, y });
    Some(Field::of_density(density::density(points)))
}
