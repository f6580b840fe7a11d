//! Dots on two axes, coloured by a value, and the histogram of the value beside them.

use super::canvas::{Align, Canvas};
use super::{FAINT, TEXT, colour};

/// Dots with the share 0…1 of their value.
pub struct DotSet {
    /// The places of the dots.
    pub places: Vec<[f32; 2]>,
    /// The share of each dot.
    pub shares: Vec<f32>,
}

const SIDE: f32 = 640.0;
const MARGIN: f32 = 48.0;
const BARS_WIDTH: f32 = 220.0;
const LABEL: f32 = 16.0;
const TITLE: f32 = 22.0;
const DOT: f32 = 2.2;

/// Draws the dots and the histogram as a PNG file.
pub fn scatter(title: &str, axes: &[String; 2], ends: [&str; 2], dots: &DotSet, counts: &[usize]) -> Vec<u8> {
    let size = [SIDE + 3.0 * MARGIN + BARS_WIDTH, SIDE + 2.5 * MARGIN];
    let mut canvas = Canvas::new(size[0] as u32, size[1] as u32);
    canvas.text(title, [MARGIN, 0.65 * MARGIN], TITLE, Align::Left, TEXT);
    let range = |axis: usize| {
        let values = || dots.places.iter().map(move |dot| dot[axis]);
        [values().fold(f32::INFINITY, f32::min), values().fold(f32::NEG_INFINITY, f32::max)]
    };
    let ranges = [range(0), range(1)];
    // One scale for both axes: distances are differences of sound.
    let scale = SIDE / ranges.map(|[least, most]| most - least).into_iter().fold(f32::MIN_POSITIVE, f32::max);
    let place = |dot: &[f32; 2]| {
        let along = |axis: usize| {
            let [least, most] = ranges[axis];
            (dot[axis] - (least + most) / 2.0) * scale + SIDE / 2.0
        };
        [MARGIN + along(0), MARGIN + SIDE - along(1)]
    };
    for (dot, share) in dots.places.iter().zip(&dots.shares) {
        canvas.dots(&[place(dot)], DOT, colour(*share));
    }
    canvas.text(&axes[0], [MARGIN + SIDE, MARGIN + SIDE + 1.6 * LABEL], LABEL, Align::Right, FAINT);
    canvas.text(&axes[1], [MARGIN, MARGIN + 0.2 * LABEL], LABEL, Align::Left, FAINT);
    let left = 2.0 * MARGIN + SIDE;
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f32;
    let height = SIDE / counts.len().max(1) as f32;
    for (bar, count) in counts.iter().enumerate() {
        let share = (bar as f32 + 0.5) / counts.len() as f32;
        let top = MARGIN + SIDE - (bar + 1) as f32 * height;
        let width = (BARS_WIDTH * *count as f32 / most).max(1.0);
        canvas.rectangle([left, top.round()], [width, height.floor() - 1.0], colour(share));
    }
    canvas.text(ends[1], [left, MARGIN - 0.4 * LABEL], LABEL, Align::Left, FAINT);
    canvas.text(ends[0], [left, MARGIN + SIDE + 1.6 * LABEL], LABEL, Align::Left, FAINT);
    canvas.png()
}
