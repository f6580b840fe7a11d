//! Canvases that no one sees: made, sized and filled with pixels.

use play::error::AppError;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::dom;

/// A new canvas of this size, in pixels.
///
/// # Errors
/// If the browser has none.
pub fn new_canvas(width: u32, height: u32) -> Result<HtmlCanvasElement, AppError> {
    let canvas: HtmlCanvasElement = dom::create("canvas", "").dyn_into().map_err(|_| AppError::NoCanvas)?;
    canvas.set_width(width);
    canvas.set_height(height);
    Ok(canvas)
}

/// The drawing context of a canvas.
///
/// # Errors
/// If the browser gives none.
pub fn context_of(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d, AppError> {
    let context = canvas.get_context("2d").ok().flatten();
    context.and_then(|context| context.dyn_into().ok()).ok_or(AppError::NoCanvas)
}

/// Puts rows of pixels (red, green, blue, alpha) on a canvas.
///
/// # Errors
/// If they are no whole rows, or the browser gives no context.
pub fn put_pixels(canvas: &HtmlCanvasElement, pixels: &[u8], width: u32) -> Result<(), AppError> {
    let image = ImageData::new_with_u8_clamped_array(Clamped(pixels), width);
    let image = image.map_err(|_| AppError::NoCanvas)?;
    context_of(canvas)?.put_image_data(&image, 0.0, 0.0).map_err(|_| AppError::NoCanvas)
}
