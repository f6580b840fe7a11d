//! A white canvas for rectangles, dots, lines and text, antialiased.

use ab_glyph::{Font, FontRef, PxScale, ScaleFont, point};
use epaint_default_fonts::UBUNTU_LIGHT;
use tiny_skia::{
    Color, FillRule, LineJoin, Paint, PathBuilder, Pixmap, PremultipliedColorU8, Rect, Stroke, Transform,
};

/// Red, green, blue, alpha.
pub type Ink = [u8; 4];

/// Alignment of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Align {
    /// At its left end.
    Left,
    /// At its middle.
    Centre,
    /// At its right end.
    Right,
}

/// The canvas.
pub struct Canvas {
    pixels: Pixmap,
    font: FontRef<'static>,
}

impl Canvas {
    /// A white canvas; sides are at least one pixel.
    pub fn new(width: u32, height: u32) -> Self {
        let mut pixels = Pixmap::new(width.max(1), height.max(1)).expect("a sheet of at least one pixel");
        pixels.fill(Color::WHITE);
        let font = FontRef::try_from_slice(UBUNTU_LIGHT).expect("the font that the program carries");
        Self { pixels, font }
    }

    /// Fills the whole pixels of a rectangle, so that neighbours meet without a seam.
    pub fn rectangle(&mut self, [x, y]: [f32; 2], [width, height]: [f32; 2], ink: Ink) {
        if let Some(rectangle) = Rect::from_xywh(x, y, width, height) {
            let paint = Paint { anti_alias: false, ..paint(ink) };
            self.pixels.fill_rect(rectangle, &paint, Transform::identity(), None);
        }
    }

    /// Fills dots of one size as one shape: overlaps are not darker.
    pub fn dots(&mut self, centres: &[[f32; 2]], radius: f32, ink: Ink) {
        let mut path = PathBuilder::new();
        centres.iter().for_each(|&[x, y]| path.push_circle(x, y, radius));
        if let Some(path) = path.finish() {
            self.pixels.fill_path(&path, &paint(ink), FillRule::Winding, Transform::identity(), None);
        }
    }

    /// Draws a line through points, `width` in pixels.
    pub fn line(&mut self, points: &[[f32; 2]], width: f32, ink: Ink) {
        let mut path = PathBuilder::new();
        let Some((first, rest)) = points.split_first() else { return };
        path.move_to(first[0], first[1]);
        rest.iter().for_each(|&[x, y]| path.line_to(x, y));
        if let Some(path) = path.finish() {
            let stroke = Stroke { width, line_join: LineJoin::Round, ..Stroke::default() };
            self.pixels.stroke_path(&path, &paint(ink), &stroke, Transform::identity(), None);
        }
    }

    /// Writes one line; `y` is its base line, `size` its height in pixels.
    pub fn text(&mut self, text: &str, [x, y]: [f32; 2], size: f32, align: Align, ink: Ink) {
        let font = self.font.clone();
        let scaled = font.as_scaled(PxScale::from(size));
        let width: f32 = text.chars().map(|letter| scaled.h_advance(scaled.glyph_id(letter))).sum();
        let mut at = match align {
            Align::Left => x,
            Align::Centre => x - width / 2.0,
            Align::Right => x - width,
        };
        for letter in text.chars() {
            let id = scaled.glyph_id(letter);
            let glyph = id.with_scale_and_position(PxScale::from(size), point(at, y));
            at += scaled.h_advance(id);
            if let Some(outline) = font.outline_glyph(glyph) {
                let corner = outline.px_bounds().min;
                outline.draw(|column, row, cover| {
                    self.blend([corner.x as i32 + column as i32, corner.y as i32 + row as i32], cover, ink);
                });
            }
        }
    }

    /// The canvas as a PNG file.
    pub fn png(&self) -> Vec<u8> {
        self.pixels.encode_png().expect("a sheet in memory can always be encoded")
    }

    fn blend(&mut self, [x, y]: [i32; 2], cover: f32, [red, green, blue, opacity]: Ink) {
        let (width, height) = (self.pixels.width() as i32, self.pixels.height() as i32);
        if !(0..width).contains(&x) || !(0..height).contains(&y) {
            return;
        }
        let pixel = &mut self.pixels.pixels_mut()[(y * width + x) as usize];
        let share = cover.clamp(0.0, 1.0) * f32::from(opacity) / 255.0;
        let mix =
            |under: u8, over: u8| (f32::from(under) * (1.0 - share) + f32::from(over) * share).round() as u8;
        // The canvas is opaque everywhere, so premultiplied and plain colours are the same.
        let mixed = [mix(pixel.red(), red), mix(pixel.green(), green), mix(pixel.blue(), blue)];
        if let Some(mixed) = PremultipliedColorU8::from_rgba(mixed[0], mixed[1], mixed[2], 255) {
            *pixel = mixed;
        }
    }
}

fn paint([red, green, blue, opacity]: Ink) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, opacity);
    paint
}
