//! The static layers of the map: the chosen quality as colours and contours, and the known patches as dots. Painted
//! into a bitmap after a change, and shown on a separate canvas, which stays untouched while only touches move.

use std::rc::Rc;

use plane::{Coordinates, Map, Point};
use play::State;
use play::error::AppError;
use play::viewport::Viewport;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmapRenderingContext, ImageData, OffscreenCanvas,
};

use crate::dom;
use crate::views::pad::colors::MapColors;
use crate::views::pad::field::Field;
use crate::views::pad::{context_of, density, dots};

/// The static layers and the bitmap that caches them.
pub struct Layers {
    /// The colours of the legend.
    scale: HtmlCanvasElement,
    /// The visible canvas. It gets whole images, because without a GPU Chromium copies a canvas with drawing commands
    /// each frame, changed or not.
    canvas: HtmlCanvasElement,
    context: ImageBitmapRenderingContext,
    /// The canvas on which those images are drawn.
    sheet: OffscreenCanvas,
    bitmap: HtmlCanvasElement,
    /// Whether nothing has been painted since the last resize.
    is_blank: bool,
    /// What was last painted.
    content: Option<MapContent>,
    /// The viewport that the bitmap was painted for.
    painted: Viewport,
    /// The viewport of the image on the canvas.
    shown: Option<Viewport>,
    /// The chosen layer's colours and contours, made when first painted.
    quality: Option<Quality>,
}

/// The part of the state that the layers paint.
#[derive(Clone)]
struct MapContent {
    layer: usize,
    has_dots: bool,
    has_contours: bool,
    known: Option<Rc<Coordinates>>,
    map: Option<Rc<Map>>,
    found: Rc<Vec<usize>>,
}

impl MapContent {
    fn of(state: &State) -> Self {
        let (map, library) = (&state.map, &state.library);
        Self {
            layer: map.layer,
            has_dots: map.options.dots,
            has_contours: map.options.contours,
            known: library.known.clone(),
            map: library.map.clone(),
            found: Rc::clone(&map.found),
        }
    }

    /// Whether both show the same quality.
    fn has_quality_of(&self, other: &Self) -> bool {
        self.layer == other.layer && is_same(&self.known, &other.known) && is_same(&self.map, &other.map)
    }

    fn is_same(&self, other: &Self) -> bool {
        self.has_quality_of(other)
            && (self.has_dots, self.has_contours) == (other.has_dots, other.has_contours)
            && Rc::ptr_eq(&self.found, &other.found)
    }

    /// The chosen quality, if it is loaded.
    fn field(&self) -> Option<Field> {
        let layer = self.map.as_deref().zip(self.layer.checked_sub(1));
        if let Some((map, number)) = layer
            && let Some(layer) = map.layers.get(number)
        {
            return Some(Field::of_layer(map, layer));
        }
        let known = self.known.as_deref()?;
        let points = known.x.iter().zip(&known.y).map(|(&x, &y)| Point { x, y });
        Some(Field::of_density(density::density(points)))
    }
}

/// Whether both are the same allocation, not only equal.
fn is_same<T>(one: &Option<Rc<T>>, other: &Option<Rc<T>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Rc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    }
}

struct Quality {
    image: HtmlCanvasElement,
    contours: Vec<(Point, Point)>,
}

impl Layers {
    /// Layers with nothing painted yet, shown on `canvas`; `scale` shows the colours of the legend.
    ///
    /// # Errors
    /// If the browser gives no drawing context.
    pub fn new(canvas: HtmlCanvasElement, scale: HtmlCanvasElement) -> Result<Self, AppError> {
        let context = canvas.get_context("bitmaprenderer").ok().flatten();
        let context = context.and_then(|context| context.dyn_into().ok()).ok_or(AppError::NoCanvas)?;
        let sheet = OffscreenCanvas::new(1, 1).map_err(|_| AppError::NoCanvas)?;
        let bitmap = new_canvas(1, 1)?;
        let (content, painted, shown, quality) = (None, Viewport::default(), None, None);
        let is_blank = true;
        Ok(Self { scale, canvas, context, sheet, bitmap, is_blank, content, painted, shown, quality })
    }

    /// The browser has lost the contents of the canvases.
    pub fn set_lost(&mut self) {
        self.quality = None;
    }

    /// The canvas has another size, in pixels.
    pub fn resize(&mut self, width: u32, height: u32) {
        for canvas in [&self.canvas, &self.bitmap] {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        self.sheet.set_width(width);
        self.sheet.set_height(height);
        self.is_blank = true;
    }

    /// Whether the bitmap shows something else than the state has.
    pub fn are_outdated(&self, state: &State) -> bool {
        self.is_blank || !self.content.as_ref().is_some_and(|content| content.is_same(&MapContent::of(state)))
    }

    /// Paints the bitmap; `ratio` is bitmap pixels per CSS pixel.
    pub fn paint(&mut self, colors: &MapColors, state: &State, ratio: f64) {
        let (content, viewport) = (MapContent::of(state), &state.map.viewport);
        self.painted = *viewport;
        self.shown = None;
        self.is_blank = false;
        // Setting the size clears it.
        self.bitmap.set_width(self.bitmap.width());
        let Ok(context) = context_of(&self.bitmap) else { return };
        let _ = context.scale(ratio, ratio);
        let [left, top, width, height] = viewport.window;
        context.begin_path();
        context.rect(left, top, width, height);
        context.clip();
        context.set_fill_style_str(&colors.empty);
        context.fill_rect(left, top, width, height);
        if !self.content.as_ref().is_some_and(|painted| painted.has_quality_of(&content)) {
            self.quality = None;
        }
        if self.quality.is_none() {
            self.quality = content.field().and_then(|field| quality(&field, &self.scale));
        }
        if let Some(Quality { image, contours }) = &self.quality {
            context.set_image_smoothing_enabled(true);
            draw_stretched(&context, image, [viewport.left, viewport.top, viewport.width, viewport.height]);
            if content.has_contours {
                draw_contours(&context, colors, viewport, contours);
            }
        }
        if let Some(known) = content.known.as_deref() {
            let found: Vec<usize> = content.found.iter().copied().filter(|&row| row < known.len()).collect();
            dots::paint(&context, colors, viewport, known, content.has_dots, &found);
        }
        self.content = Some(content);
    }

    /// The marks that [`Layers::show`] draws have changed.
    pub fn outdate(&mut self) {
        self.shown = None;
    }

    /// Shows the bitmap on the canvas, unless it is there, and over it what `mark` draws in CSS pixels. Stretches a
    /// bitmap that was painted for another viewport.
    pub fn show(&mut self, viewport: &Viewport, ratio: f64, mark: impl FnOnce(&CanvasRenderingContext2d)) {
        if self.shown.replace(*viewport) == Some(*viewport) {
            return;
        }
        let Some(context) = self.sheet.get_context("2d").ok().flatten() else { return };
        // A different type with the same methods.
        let context: CanvasRenderingContext2d = context.unchecked_into();
        context.save();
        if self.painted == *viewport {
            let _ = context.draw_image_with_html_canvas_element(&self.bitmap, 0.0, 0.0);
            let _ = context.scale(ratio, ratio);
        } else {
            let _ = context.scale(ratio, ratio);
            self.draw_stretched_bitmap(&context, viewport, ratio);
        }
        mark(&context);
        context.restore();
        // Leaves the sheet empty. Fails for a pad of size 0.
        if let Ok(image) = self.sheet.transfer_to_image_bitmap() {
            self.context.transfer_from_image_bitmap(&image);
        }
    }

    fn draw_stretched_bitmap(&self, context: &CanvasRenderingContext2d, viewport: &Viewport, ratio: f64) {
        let [left, top, width, height] = viewport.window;
        context.save();
        context.begin_path();
        context.rect(left, top, width, height);
        context.clip();
        // Areas that were out of sight have no dots yet, but colours.
        if let Some(Quality { image, .. }) = &self.quality {
            draw_stretched(context, image, [viewport.left, viewport.top, viewport.width, viewport.height]);
        }
        let scale = viewport.width / self.painted.width;
        let bitmap = &self.bitmap;
        let [width, height] = [bitmap.width(), bitmap.height()].map(|side| f64::from(side) / ratio * scale);
        let left = viewport.left - self.painted.left * scale;
        let top = viewport.top - self.painted.top * scale;
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

fn draw_contours(
    context: &CanvasRenderingContext2d,
    colors: &MapColors,
    viewport: &Viewport,
    contours: &[(Point, Point)],
) {
    context.begin_path();
    for &(from, to) in contours {
        let ((from_x, from_y), (to_x, to_y)) = (viewport.to_screen(from), viewport.to_screen(to));
        context.move_to(from_x, from_y);
        context.line_to(to_x, to_y);
    }
    for (color, width, alpha) in [(&colors.dark, 2.5, 0.25), (&colors.light, 1.0, 0.55)] {
        context.set_stroke_style_str(color);
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
