//! Pictures: spectrograms, curves over time, and maps of the plane. A map has a value at each point of a grid in a
//! perceptually uniform colour (viridis, as on the page), the known patches as dots, and a scale with its unit and
//! extremes.

mod canvas;
mod curves;
mod macro_curve;
mod scatter;
mod spectrogram;

pub use curves::{Curve, curves};
pub use macro_curve::{MacroPicture, macro_picture};
pub use scatter::{DotSet, scatter};
pub use spectrogram::spectrograms;

use plane::Point;

use canvas::{Align, Canvas, Ink};

const TEXT: Ink = [0x22, 0x22, 0x28, 255];
const FAINT: Ink = [0x66, 0x66, 0x70, 255];
/// Dots must be visible on violet and on yellow alike: white within a dark rim.
const DOT: Ink = [255, 255, 255, 235];
const DOT_RIM: Ink = [0, 0, 0, 150];

/// A name with a capital letter, for a title; names of an imported map may begin with any letter.
pub fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The positions of the axes' labels, in latent units.
const TICKS: [f32; 5] = [-4.0, -2.0, 0.0, 2.0, 4.0];

/// One map.
pub struct Panel {
    /// The title.
    pub title: String,
    /// Unit of the values.
    pub unit: String,
    /// Words for the least and the greatest values, which stand beside the extremes.
    pub ends: [String; 2],
    /// Points along each side.
    pub grid: usize,
    /// The axes run from -`limit` to `limit`.
    pub limit: f32,
    /// The values, row by row from the bottom, `grid` × `grid`.
    pub values: Vec<f32>,
}

/// Sizes of a picture, in pixels.
#[derive(Clone, Copy)]
struct Sizes {
    side: f32,
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
    bar: f32,
    title: f32,
    label: f32,
    dot: f32,
}

impl Sizes {
    const LARGE: Self = Self {
        side: 600.0,
        left: 46.0,
        top: 44.0,
        right: 128.0,
        bottom: 52.0,
        bar: 18.0,
        title: 24.0,
        label: 16.0,
        dot: 1.3,
    };
    const SMALL: Self = Self {
        side: 250.0,
        left: 30.0,
        top: 30.0,
        right: 76.0,
        bottom: 28.0,
        bar: 10.0,
        title: 17.0,
        label: 13.0,
        dot: 0.0,
    };

    fn panel(self) -> [f32; 2] {
        [self.left + self.side + self.right, self.top + self.side + self.bottom]
    }
}

/// Draws one map on a sheet of its own, with the known patches, as a PNG file.
pub fn single(panel: &Panel, patches: &[Point]) -> Vec<u8> {
    let sizes = Sizes::LARGE;
    let [width, height] = sizes.panel();
    let mut canvas = Canvas::new(width as u32, height as u32);
    draw(&mut canvas, panel, patches, sizes, [0.0, 0.0]);
    if !patches.is_empty() {
        let note = format!("dots: {} known patches", patches.len());
        let at = [sizes.left + sizes.side, sizes.top + sizes.side + sizes.bottom - 10.0];
        canvas.text(&note, at, sizes.label, Align::Right, FAINT);
    }
    canvas.png()
}

/// Draws several maps on one sheet, `columns` beside each other, as a PNG file.
pub fn sheet(panels: &[Panel], columns: usize) -> Vec<u8> {
    let sizes = Sizes::SMALL;
    let [width, height] = sizes.panel();
    let rows = panels.len().div_ceil(columns.max(1));
    let mut canvas = Canvas::new((width * columns as f32) as u32, (height * rows as f32) as u32);
    for (index, panel) in panels.iter().enumerate() {
        let corner = [(index % columns) as f32 * width, (index / columns) as f32 * height];
        draw(&mut canvas, panel, &[], sizes, corner);
    }
    canvas.png()
}

fn draw(canvas: &mut Canvas, panel: &Panel, patches: &[Point], sizes: Sizes, [x, y]: [f32; 2]) {
    let (left, top, side) = (x + sizes.left, y + sizes.top, sizes.side);
    let finite = || panel.values.iter().copied().filter(|value| value.is_finite());
    let (low, high) = (finite().fold(f32::INFINITY, f32::min), finite().fold(f32::NEG_INFINITY, f32::max));
    let share = |value: f32| if high > low { (value - low) / (high - low) } else { 0.5 };

    canvas.text(&panel.title, [left, top - 0.45 * sizes.title], sizes.title, Align::Left, TEXT);
    let cell = side / panel.grid as f32;
    for (index, &value) in panel.values.iter().enumerate() {
        let (column, row) = (index % panel.grid, index / panel.grid);
        let corner = [left + column as f32 * cell, top + (panel.grid - 1 - row) as f32 * cell];
        canvas.rectangle(corner, [cell, cell], colour(share(value)));
    }
    // A cell is drawn about its point, so the outermost points lie half a cell within the square.
    let across = |at: f32| left + cell * (0.5 + (at / panel.limit + 1.0) * 0.5 * (panel.grid - 1) as f32);
    let up = |at: f32| top + side - (across(at) - left);
    let inside = |&Point { x, y }: &Point| x.abs() <= panel.limit && y.abs() <= panel.limit;
    let dots: Vec<[f32; 2]> =
        patches.iter().copied().filter(inside).map(|Point { x, y }| [across(x), up(y)]).collect();
    canvas.dots(&dots, sizes.dot + 0.7, DOT_RIM);
    canvas.dots(&dots, sizes.dot, DOT);

    for at in TICKS.into_iter().filter(|at| at.abs() <= panel.limit) {
        let text = at.to_string().replace('-', "−");
        canvas.text(&text, [across(at), top + side + 1.3 * sizes.label], sizes.label, Align::Centre, FAINT);
        let beside = [left - 0.4 * sizes.label, up(at) + 0.35 * sizes.label];
        canvas.text(&text, beside, sizes.label, Align::Right, FAINT);
    }

    let bar = left + side + sizes.bar;
    let steps = side as usize;
    for step in 0..steps {
        let share = 1.0 - (step as f32 + 0.5) / steps as f32;
        canvas.rectangle([bar, top + step as f32], [sizes.bar, 1.0], colour(share));
    }
    let beside = bar + 1.5 * sizes.bar;
    let [lowest, highest] = [low, high].map(|value| number(value).replace('-', "−"));
    let line = 1.25 * sizes.label;
    let below = top + side;
    canvas.text(&highest, [beside, top + 0.8 * sizes.label], sizes.label, Align::Left, TEXT);
    canvas.text(&panel.ends[1], [beside, top + 0.8 * sizes.label + line], sizes.label, Align::Left, FAINT);
    canvas.text(&panel.unit, [beside, top + side / 2.0], sizes.label, Align::Left, FAINT);
    canvas.text(&panel.ends[0], [beside, below - line], sizes.label, Align::Left, FAINT);
    canvas.text(&lowest, [beside, below], sizes.label, Align::Left, TEXT);
}

/// One decimal, unless the number is whole.
fn number(value: f32) -> String {
    if value.fract() == 0.0 { format!("{value}") } else { format!("{value:.1}") }
}

fn colour(share: f32) -> Ink {
    let colorous::Color { r, g, b } = colorous::VIRIDIS.eval_continuous(f64::from(share.clamp(0.0, 1.0)));
    [r, g, b, 255]
}

#[cfg(test)]
mod tests {
    use super::capitalised;

    #[test]
    fn a_title_begins_with_a_capital_whatever_the_alphabet() {
        let titles = ["brightness", "élan", "яркость", "明るさ", ""].map(capitalised);
        assert_eq!(titles, ["Brightness", "Élan", "Яркость", "明るさ", ""]);
    }
}
