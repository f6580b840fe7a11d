//! Curves over time on one pair of axes, distinguished by colour, by width and by their names at the right.

use super::canvas::{Align, Canvas, Ink};
use super::{FAINT, TEXT, number};

/// A curve: values at equal distances over the whole time.
pub struct Curve {
    /// Its name.
    pub name: &'static str,
    /// At least two values.
    pub values: Vec<f32>,
}

const SIZE: [f32; 2] = [760.0, 360.0];
const LEFT: f32 = 64.0;
const TOP: f32 = 48.0;
const RIGHT: f32 = 120.0;
const BOTTOM: f32 = 52.0;
const LABEL: f32 = 16.0;
const TITLE: f32 = 22.0;
/// Grey for the wide curve of the target, then violet and dark orange, which also differ in lightness (ColorBrewer,
/// PuOr).
const INKS: [Ink; 3] = [[0xb8, 0xb8, 0xc0, 255], [0x54, 0x27, 0x88, 255], [0xd9, 0x5f, 0x02, 255]];
const WIDTHS: [f32; 3] = [5.0, 1.4, 2.2];

/// Draws up to three curves as a PNG file.
pub fn curves(title: &str, unit: &str, seconds: f64, curves: &[Curve]) -> Vec<u8> {
    let [width, height] = SIZE;
    let mut canvas = Canvas::new((LEFT + width + RIGHT) as u32, (TOP + height + BOTTOM) as u32);
    let all = || curves.iter().flat_map(|curve| curve.values.iter().copied());
    let [low, high] = all()
        .fold([f32::INFINITY, f32::NEG_INFINITY], |[low, high], value| [low.min(value), high.max(value)]);
    let [low, high] = [(low / 10.0).floor() * 10.0, ((high / 10.0).ceil() * 10.0).max(low + 1.0)];
    let up = |value: f32| TOP + height * (1.0 - (value - low) / (high - low));
    canvas.text(title, [LEFT, 0.65 * TOP], TITLE, Align::Left, TEXT);
    for line in 0..=4 {
        let value = low + (high - low) * line as f32 / 4.0;
        canvas.rectangle([LEFT, up(value)], [width, 1.0], [0xe4, 0xe4, 0xe8, 255]);
        let at = [LEFT - 8.0, up(value) + 0.35 * LABEL];
        canvas.text(&number((value * 10.0).round() / 10.0), at, LABEL, Align::Right, FAINT);
        let share = line as f32 / 4.0;
        let time = number((seconds as f32 * share * 10.0).round() / 10.0);
        canvas.text(&time, [LEFT + width * share, TOP + height + 1.5 * LABEL], LABEL, Align::Centre, FAINT);
    }
    canvas.text("s", [LEFT + width + 24.0, TOP + height + 1.5 * LABEL], LABEL, Align::Left, FAINT);
    canvas.text(unit, [LEFT - 8.0, TOP - 0.8 * LABEL], LABEL, Align::Right, FAINT);
    for (number, curve) in curves.iter().take(INKS.len()).enumerate() {
        let last = (curve.values.len().max(2) - 1) as f32;
        let points: Vec<[f32; 2]> = curve
            .values
            .iter()
            .enumerate()
            .map(|(step, value)| [LEFT + width * step as f32 / last, up(*value)])
            .collect();
        canvas.line(&points, WIDTHS[number], INKS[number]);
        let row = TOP + LABEL * 1.6 * (number as f32 + 1.0);
        let left = LEFT + width + 12.0;
        canvas.line(&[[left, row - 5.0], [left + 20.0, row - 5.0]], WIDTHS[number], INKS[number]);
        canvas.text(curve.name, [left + 26.0, row], LABEL, Align::Left, TEXT);
    }
    canvas.png()
}
