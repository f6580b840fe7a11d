//! What lies still on the map: the chosen quality as colours and contours, and the known patches as
//! dots. Painted into a bitmap when something of it changed, and shown on a canvas of its own, which a
//! frame in which only fingers move leaves alone.

use std::rc::Rc;

use plane::coordinates::Coordinates;
use plane::map::Map;
use play::{Options, Point};
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmapRenderingContext, ImageData, OffscreenCanvas,
};

use crate::dom;
use crate::pad::draw::Inks;
use crate::pad::field::Field;
use crate::pad::view::View;
use crate::pad::{context_of, density, dots};
use crate::trouble::AppError;

/// The still layers and the bitmap that they are painted into.
pub struct Layers {
    /// The colours of the legend.
    scale: HtmlCanvasElement,
    /// Where they are seen. Not drawn on but given whole images: a canvas that is drawn on is copied by
    /// Chromium without a graphics card each frame, whether or not it changed.
    canvas: HtmlCanvasElement,
    context: ImageBitmapRenderingContext,
    /// What such images are drawn on.
    sheet: OffscreenCanvas,
    bitmap: HtmlCanvasElement,
    /// The view that the bitmap was painted for.
    painted: View,
    /// The view that the canvas shows the bitmap for.
    shown: Option<View>,
    chosen: usize,
    /// The chosen layer's colours and contours, made when first painted.
    quality: Option<Quality>,
    known: Option<Rc<Coordinates>>,
    map: Option<Map>,
    found: Vec<usize>,
}

struct Quality {
    image: HtmlCanvasElement,
    contours: Vec<(Point, Point)>,
}

impl Layers {
    /// Layers of a map on which nobody is known yet, to be seen on `canvas`; `scale` is to show what the
    /// colours mean.
    pub fn new(canvas: HtmlCanvasElement, scale: HtmlCanvasElement) -> Result<Self, AppError> {
        let context = canvas.get_context("bitmaprenderer").ok().flatten();
        let context = context.and_then(|context| context.dyn_into().ok()).ok_or(AppError::NoCanvas)?;
        let sheet = OffscreenCanvas::new(1, 1).map_err(|_| AppError::NoCanvas)?;
        let bitmap = new_canvas(1, 1)?;
        let (painted, shown) = (View::default(), None);
        let (quality, known, map, found) = (None, None, None, Vec::new());
        let chosen = 0;
        Ok(Self { scale, canvas, context, sheet, bitmap, painted, shown, chosen, quality, known, map, found })
    }

    /// Where they are seen.
    pub fn canvas(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    /// Takes the known patches.
    pub fn set_known(&mut self, known: Rc<Coordinates>) {
        // What was brought may have been sent away.
        self.found.retain(|&row| row < known.len());
        self.known = Some(known);
        self.quality = None;
    }

    /// The known patches.
    pub fn known(&self) -> Option<&Coordinates> {
        self.known.as_deref()
    }

    /// Takes the timbral map.
    pub fn set_map(&mut self, map: Option<Map>) {
        self.map = map;
        self.quality = None;
    }

    /// The timbral map.
    pub fn map(&self) -> Option<&Map> {
        self.map.as_ref()
    }

    /// Chooses the layer, see [`crate::pad::Pad::set_layer`].
    pub fn set_chosen(&mut self, chosen: usize) {
        self.chosen = chosen;
        self.quality = None;
    }

    /// The chosen layer; the first one where the map has no such.
    pub fn chosen(&self) -> usize {
        self.chosen
    }

    /// The colours are gone from their surfaces.
    pub fn set_lost(&mut self) {
        self.quality = None;
    }

    /// Marks rows as found.
    pub fn set_found(&mut self, found: Vec<usize>) {
        self.found = found;
    }

    /// The canvas has another size, in pixels.
    pub fn resize(&mut self, width: u32, height: u32) {
        for canvas in [&self.canvas, &self.bitmap] {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        self.sheet.set_width(width);
        self.sheet.set_height(height);
    }

    /// Paints the bitmap; `ratio` is bitmap pixels per CSS pixel.
    pub fn paint(&mut self, inks: &Inks, view: &View, ratio: f64, options: Options) {
        self.painted = *view;
        self.shown = None;
        // Setting the size clears it.
        self.bitmap.set_width(self.bitmap.width());
        let Ok(context) = context_of(&self.bitmap) else { return };
        let _ = context.scale(ratio, ratio);
        let [left, top, width, height] = view.window;
        context.begin_path();
        context.rect(left, top, width, height);
        context.clip();
        context.set_fill_style_str(&inks.nobody);
        context.fill_rect(left, top, width, height);
        if self.quality.is_none() {
            self.quality = self.field().and_then(|field| quality(&field, &self.scale));
        }
        if let Some(Quality { image, contours }) = &self.quality {
            context.set_image_smoothing_enabled(true);
            draw_stretched(&context, image, [view.left, view.top, view.width, view.height]);
            if options.contours {
                draw_contours(&context, inks, view, contours);
            }
        }
        if let Some(known) = self.known.as_deref().filter(|_| options.dots || !self.found.is_empty()) {
            dots::paint(&context, inks, view, known, options.dots, &self.found);
        }
    }

    /// The chosen quality, as far as it is here.
    fn field(&self) -> Option<Field> {
        let layer = self.map.as_ref().zip(self.chosen.checked_sub(1));
        if let Some((map, number)) = layer
            && let Some(layer) = map.layers.get(number)
        {
            return Some(Field::of_layer(map, layer));
        }
        let known = self.known.as_ref()?;
        let points = known.x.iter().zip(&known.y).map(|(&x, &y)| Point { x, y });
        Some(Field::of_density(density::density(points)))
    }

    /// What [`Layers::show`] marks has changed.
    pub fn outdate(&mut self) {
        self.shown = None;
    }

    /// Shows the bitmap on the canvas, unless it is there, and over it what `mark` draws in CSS pixels; for
    /// another view than the one that it was painted for, stretched to where its places are now.
    pub fn show(&mut self, view: &View, ratio: f64, mark: impl FnOnce(&CanvasRenderingContext2d)) {
        if self.shown.replace(*view) == Some(*view) {
            return;
        }
        let Some(context) = self.sheet.get_context("2d").ok().flatten() else { return };
        // Another type, with the same methods.
        let context: CanvasRenderingContext2d = context.unchecked_into();
        context.save();
        if self.painted == *view {
            let _ = context.draw_image_with_html_canvas_element(&self.bitmap, 0.0, 0.0);
            let _ = context.scale(ratio, ratio);
        } else {
            let _ = context.scale(ratio, ratio);
            self.draw_looked_at(&context, view, ratio);
        }
        mark(&context);
        context.restore();
        // The sheet is empty again. Fails for a pad without size, where nothing is seen.
        if let Ok(image) = self.sheet.transfer_to_image_bitmap() {
            self.context.transfer_from_image_bitmap(&image);
        }
    }

    fn draw_looked_at(&self, context: &CanvasRenderingContext2d, view: &View, ratio: f64) {
        let [left, top, width, height] = view.window;
        context.save();
        context.begin_path();
        context.rect(left, top, width, height);
        context.clip();
        // What was out of sight has no dots yet, but its colours.
        if let Some(Quality { image, .. }) = &self.quality {
            draw_stretched(context, image, [view.left, view.top, view.width, view.height]);
        }
        let scale = view.width / self.painted.width;
        let bitmap = &self.bitmap;
        let [width, height] = [bitmap.width(), bitmap.height()].map(|side| f64::from(side) / ratio * scale);
        let left = view.left - self.painted.left * scale;
        let top = view.top - self.painted.top * scale;
        draw_stretched(context, bitmap, [left, top, width, height]);
        context.restore();
    }
}

/// Makes a field's picture, and puts its colours into the legend.
fn quality(field: &Field, scale: &HtmlCanvasElement) -> Option<Quality> {
    let _ = put_pixels(scale, &field.scale(scale.width()), scale.width());
    let (pixels, width) = field.image();
    let image = new_canvas(width, pixels.len() as u32 / 4 / width).ok()?;
    put_pixels(&image, &pixels, width).ok()?;
    Some(Quality { image, contours: field.contours() })
}

fn draw_stretched(
    context: &CanvasRenderingContext2d,
    image: &HtmlCanvasElement,
    [left, top, width, height]: [f64; 4],
) {
    let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(image, left, top, width, height);
}

fn draw_contours(context: &CanvasRenderingContext2d, inks: &Inks, view: &View, contours: &[(Point, Point)]) {
    context.begin_path();
    for &(from, to) in contours {
        let ((from_x, from_y), (to_x, to_y)) = (view.to_screen(from), view.to_screen(to));
        context.move_to(from_x, from_y);
        context.line_to(to_x, to_y);
    }
    for (ink, width, alpha) in [(&inks.dark, 2.5, 0.25), (&inks.light, 1.0, 0.55)] {
        context.set_stroke_style_str(ink);
        context.set_line_width(width);
        context.set_global_alpha(alpha);
        context.stroke();
    }
    context.set_global_alpha(1.0);
}

fn new_canvas(width: u32, height: u32) -> Result<HtmlCanvasElement, AppError> {
    let canvas: HtmlCanvasElement = dom::create("canvas", "").dyn_into().map_err(|_| AppError::NoCanvas)?;
    canvas.set_width(width);
    canvas.set_height(height);
    Ok(canvas)
}

fn put_pixels(canvas: &HtmlCanvasElement, pixels: &[u8], width: u32) -> Result<(), AppError> {
    let image = ImageData::new_with_u8_clamped_array(Clamped(pixels), width);
    let image = image.map_err(|_| AppError::NoCanvas)?;
    context_of(canvas)?.put_image_data(&image, 0.0, 0.0).map_err(|_| AppError::NoCanvas)
}
