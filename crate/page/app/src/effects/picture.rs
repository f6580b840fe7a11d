//! The map as a picture to download: what the map shows now, with its legend and the current point in words, drawn on a
//! canvas of its own.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};

use crate::dom;

/// Width of the picture, in pixels.
const WIDTH: f64 = 1600.0;
/// Height of the text band below the map.
const BAND: f64 = 132.0;
/// Margin around text.
const MARGIN: f64 = 44.0;
/// Size of the scale of colours.
const SCALE: [f64; 2] = [360.0, 20.0];
/// As on the page: background, text, muted text.
const COLOURS: [&str; 3] = ["#0f1217", "#eef1f5", "#98a3b0"];

/// The text below the map.
pub struct PictureText {
    /// Where the current point is.
    pub location: String,
    /// The meanings of the first and the last colour, in words.
    pub ends: [String; 2],
}

/// The picture as a PNG file; none if the browser cannot draw or encode it.
pub async fn png(
    layers: &[HtmlCanvasElement; 2],
    scale: &HtmlCanvasElement,
    text: &PictureText,
) -> Option<Blob> {
    let canvas = draw(layers, scale, text).ok()??;
    let encoded = Promise::new(&mut |resolve, _| {
        let take = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
        });
        let _ = canvas.to_blob(take.unchecked_ref());
    });
    JsFuture::from(encoded).await.ok()?.dyn_into().ok()
}

fn draw(
    layers: &[HtmlCanvasElement; 2],
    scale: &HtmlCanvasElement,
    text: &PictureText,
) -> Result<Option<HtmlCanvasElement>, JsValue> {
    let (map_width, map_height) = (f64::from(layers[0].width()), f64::from(layers[0].height()));
    if map_width == 0.0 || map_height == 0.0 {
        return Ok(None);
    }
    let height = (WIDTH * map_height / map_width).round();
    let canvas: HtmlCanvasElement = dom::create("canvas", "").unchecked_into();
    canvas.set_width(WIDTH as u32);
    canvas.set_height((height + BAND) as u32);
    let Some(context) = canvas.get_context("2d")? else { return Ok(None) };
    let context: CanvasRenderingContext2d = context.unchecked_into();
    let [background, foreground, muted] = COLOURS;
    context.set_fill_style_str(background);
    context.fill_rect(0.0, 0.0, WIDTH, height + BAND);
    for layer in layers {
        context.draw_image_with_html_canvas_element_and_dw_and_dh(layer, 0.0, 0.0, WIDTH, height)?;
    }

    let middle = height + BAND / 2.0;
    context.set_text_baseline("middle");
    context.set_fill_style_str(foreground);
    context.set_font("600 34px system-ui, sans-serif");
    context.fill_text_with_max_width(&text.location, MARGIN, middle, WIDTH / 2.0 - MARGIN)?;
    context.set_font("26px system-ui, sans-serif");
    context.set_fill_style_str(muted);
    context.set_text_align("right");
    context.fill_text(&text.ends[1], WIDTH - MARGIN, middle)?;
    let end = WIDTH - MARGIN - context.measure_text(&text.ends[1])?.width() - 16.0;
    let start = end - SCALE[0];
    context.draw_image_with_html_canvas_element_and_dw_and_dh(
        scale,
        start,
        middle - SCALE[1] / 2.0,
        SCALE[0],
        SCALE[1],
    )?;
    context.fill_text(&text.ends[0], start - 16.0, middle)?;
    Ok(Some(canvas))
}
