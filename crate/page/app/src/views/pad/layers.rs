//! The static layers of the map, shown on a separate canvas, which stays untouched while only touches move: the colours
//! of the chosen quality, and over them two cached bitmaps that fade into each other: dots with their names, and for
//! the map at rest faint dots with contours.

use std::rc::Rc;

use plane::{Coordinates, Map};
use play::State;
use play::dot_names::PlacedName;
use play::error::AppError;
use play::viewport::Viewport;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmapRenderingContext, OffscreenCanvas};

use crate::views::pad::backdrop::Backdrop;
use crate::views::pad::canvas::{context_of, new_canvas};
use crate::views::pad::colors::MapColors;
use crate::views::pad::dots;

/// The static layers.
pub struct Layers {
    /// The colours of the legend.
    scale: HtmlCanvasElement,
    /// The visible canvas. It gets whole images, because without a GPU Chromium copies a canvas with drawing commands
    /// each frame, changed or not.
    canvas: HtmlCanvasElement,
    context: ImageBitmapRenderingContext,
    /// The canvas on which those images are drawn.
    sheet: OffscreenCanvas,
    /// The dots in full.
    dots: Overlay,
    /// The faint dots and the contours that stand for them while the map rests.
    rest: Overlay,
    /// The part of the state that the layers show.
    content: Option<MapContent>,
    /// The chosen layer's colours and contours.
    backdrop: Option<Backdrop>,
    /// The view that the canvas shows; none after a change.
    shown: Option<LayersView>,
}

/// A cached bitmap.
struct Overlay {
    bitmap: HtmlCanvasElement,
    /// The viewport that it was painted for; none after a change.
    painted: Option<Viewport>,
}

/// The visible part of the layers, and how strongly they are painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayersView {
    /// The visible part of the plane.
    pub viewport: Viewport,
    /// Canvas pixels per CSS pixel.
    pub ratio: f64,
    /// How much of the dots is there, 0…1.
    pub presence: f32,
    /// The values, 0…1, that the colours span.
    pub range: [f32; 2],
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
    /// How many of the first found ones are marked: those with all words, if there are any.
    found_count: usize,
}

impl MapContent {
    fn of(state: &State) -> Self {
        let (map, library) = (&state.map, &state.library);
        Self {
            layer: map.layer,
            has_dots: state.overlays().dots,
            has_contours: map.options.contours,
            known: library.known.clone(),
            map: library.map.clone(),
            found: Rc::clone(&map.found),
            found_count: if map.found_whole > 0 { map.found_whole } else { map.found.len() },
        }
    }

    /// True if both show the same quality.
    fn has_quality_of(&self, other: &Self) -> bool {
        self.layer == other.layer && is_same(&self.known, &other.known) && is_same(&self.map, &other.map)
    }

    fn is_same(&self, other: &Self) -> bool {
        self.has_quality_of(other)
            && (self.has_dots, self.has_contours) == (other.has_dots, other.has_contours)
            && Rc::ptr_eq(&self.found, &other.found)
            && self.found_count == other.found_count
    }
}

/// True if both are the same allocation, not only equal.
fn is_same<T>(one: &Option<Rc<T>>, other: &Option<Rc<T>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Rc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    }
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
        let (dots, rest) = (Overlay::new()?, Overlay::new()?);
        Ok(Self { scale, canvas, context, sheet, dots, rest, content: None, backdrop: None, shown: None })
    }

    /// The browser has lost the contents of the canvases.
    pub fn set_lost(&mut self) {
        self.content = None;
    }

    /// The canvas has another size, in pixels.
    pub fn resize(&mut self, width: u32, height: u32) {
        for canvas in [&self.canvas, &self.dots.bitmap, &self.rest.bitmap] {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        self.sheet.set_width(width);
        self.sheet.set_height(height);
        self.repaint();
    }

    /// The bitmaps no longer match the viewport.
    pub fn repaint(&mut self) {
        (self.dots.painted, self.rest.painted, self.shown) = (None, None, None);
    }

    /// The marks that [`Layers::show`] draws have changed.
    pub fn outdate(&mut self) {
        self.shown = None;
    }

    /// True if the dots and their names are to be painted.
    pub fn lacks_dots(&self) -> bool {
        self.dots.painted.is_none()
    }

    /// Takes what the state shows; returns whether the quality has changed.
    pub fn take(&mut self, state: &State) -> bool {
        let content = MapContent::of(state);
        if self.content.as_ref().is_some_and(|shown| shown.is_same(&content)) {
            return false;
        }
        self.repaint();
        let has_other_quality = !self.content.as_ref().is_some_and(|shown| shown.has_quality_of(&content));
        if has_other_quality {
            let (map, known) = (content.map.as_deref(), content.known.as_deref());
            self.backdrop = Backdrop::new(map, content.layer, known, &self.scale);
        }
        self.content = Some(content);
        has_other_quality
    }

    /// The colours, to draw them elsewhere.
    pub fn backdrop(&self) -> Option<&Backdrop> {
        self.backdrop.as_ref()
    }

    /// Paints the dots for a viewport, with these names.
    pub fn paint_dots(
        &mut self,
        colors: &MapColors,
        view: &LayersView,
        known: Option<&Coordinates>,
        names: &[PlacedName],
    ) {
        let Some(content) = &self.content else { return };
        let Some(context) = self.dots.begin(view) else { return };
        let viewport = &view.viewport;
        if let Some(backdrop) = self.backdrop.as_ref().filter(|_| content.has_contours) {
            backdrop.draw_contours(&context, colors, viewport, false);
        }
        if let Some(known) = known {
            let found: Vec<usize> = content
                .found
                .iter()
                .copied()
                .take(content.found_count)
                .filter(|&row| row < known.len())
                .collect();
            dots::paint(&context, colors, viewport, known, content.has_dots, &found);
            if content.has_dots {
                dots::paint_names(&context, colors, viewport, known, names);
            }
        }
    }

    /// Paints the map at rest.
    fn paint_rest(&mut self, colors: &MapColors, view: &LayersView) {
        let Some(content) = &self.content else { return };
        let Some(context) = self.rest.begin(view) else { return };
        if let Some(backdrop) = self.backdrop.as_ref().filter(|_| content.has_contours || content.has_dots) {
            backdrop.draw_contours(&context, colors, &view.viewport, !content.has_contours);
        }
        if let Some(known) = content.known.as_deref().filter(|_| content.has_dots) {
            dots::paint_faint(&context, colors, &view.viewport, known);
        }
    }

    /// Shows the layers, unless the canvas shows just that, and over them what `mark` draws in CSS pixels. Stretches
    /// bitmaps that were painted for another viewport.
    pub fn show(
        &mut self,
        colors: &MapColors,
        view: &LayersView,
        mark: impl FnOnce(&CanvasRenderingContext2d),
    ) {
        if view.presence < 1.0 && self.rest.painted.is_none() {
            self.paint_rest(colors, view);
        }
        if self.shown.replace(*view) == Some(*view) {
            return;
        }
        let Some(context) = self.sheet.get_context("2d").ok().flatten() else { return };
        // A different type with the same methods.
        let context: CanvasRenderingContext2d = context.unchecked_into();
        context.save();
        let _ = context.scale(view.ratio, view.ratio);
        context.save();
        let [left, top, width, height] = view.viewport.window;
        context.begin_path();
        context.rect(left, top, width, height);
        context.clip();
        context.set_fill_style_str(&colors.empty);
        context.fill_rect(left, top, width, height);
        if let Some(backdrop) = &mut self.backdrop {
            backdrop.span(view.range);
            backdrop.draw(&context, &view.viewport);
        }
        self.rest.draw(&context, view, 1.0 - view.presence);
        self.dots.draw(&context, view, view.presence);
        context.restore();
        mark(&context);
        context.restore();
        // Leaves the sheet empty. Fails for a pad of size 0.
        if let Ok(image) = self.sheet.transfer_to_image_bitmap() {
            self.context.transfer_from_image_bitmap(&image);
        }
    }
}

impl Overlay {
    fn new() -> Result<Self, AppError> {
        Ok(Self { bitmap: new_canvas(1, 1)?, painted: None })
    }

    /// Clears it and returns its context, in CSS pixels.
    fn begin(&mut self, view: &LayersView) -> Option<CanvasRenderingContext2d> {
        self.painted = Some(view.viewport);
        // Setting the size clears it.
        self.bitmap.set_width(self.bitmap.width());
        let context = context_of(&self.bitmap).ok()?;
        let _ = context.scale(view.ratio, view.ratio);
        Some(context)
    }

    /// Draws it with this opacity where it belongs in the viewport.
    fn draw(&self, context: &CanvasRenderingContext2d, view: &LayersView, alpha: f32) {
        let Some(painted) = self.painted.filter(|_| alpha > 0.0) else { return };
        let scale = view.viewport.width / painted.width;
        let [width, height] =
            [self.bitmap.width(), self.bitmap.height()].map(|side| f64::from(side) / view.ratio * scale);
        let left = view.viewport.left - painted.left * scale;
        let top = view.viewport.top - painted.top * scale;
        context.set_global_alpha(alpha.into());
        let _ =
            context.draw_image_with_html_canvas_element_and_dw_and_dh(&self.bitmap, left, top, width, height);
        context.set_global_alpha(1.0);
    }
}
