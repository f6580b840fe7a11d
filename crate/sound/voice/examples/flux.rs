//! Draws the spectral flux of sweeps that crossfade, that jump, and without changes of category, as
//! `tests/all/morph.rs` compares them. `cargo run --release -p voice --example flux > crate/sound/voice/flux.svg`
//! (about 20 s). Prints an SVG; never fails a comparison.

#[path = "../tests/all/flux.rs"]
mod flux;

use std::fmt::Write;

use patch::Patch;
use voice::Synthesizer;

/// Sweep and key: middle C for each sweep, and the key with the highest flux if that is another.
const PANELS: [(usize, u8); 6] = [(0, 60), (1, 60), (2, 60), (3, 60), (0, 45), (2, 45)];
const NAMES: [&str; 4] =
    ["(−3, −2) → (3, 2)", "(−3, 2) → (3, −2)", "(0, −3.5) → (0.5, 3.5)", "(−3.5, 0.3) → (3.5, −0.4)"];
const WIDTH: f32 = 360.0;
const HEIGHT: f32 = 150.0;
const MARGIN: f32 = 40.0;
/// Top of the axis of the flux.
const MOST: f32 = 200.0;
/// Jumping is drawn first, behind the others.
const COLOURS: [&str; 3] = ["#d9a441", "#8a8f98", "#1f6feb"];
const LABELS: [&str; 3] =
    ["jumping", "without borders: the loudest combination, and its peak", "crossfading"];

fn curve(sweep: &[Patch], key: u8, follow: fn(&mut Synthesizer, &Patch)) -> Vec<f32> {
    flux::curve(&flux::play(sweep, key, follow))
}

fn peak(curve: &[f32]) -> f32 {
    curve.iter().copied().fold(0.0, f32::max)
}

fn line(svg: &mut String, curve: &[f32], colour: &str) {
    let points: String = curve
        .iter()
        .enumerate()
        .map(|(hop, flux)| {
            let (x, y) = (hop as f32 / curve.len() as f32 * WIDTH, HEIGHT * (1.0 - flux.min(MOST) / MOST));
            format!("{x:.0},{y:.0} ")
        })
        .collect();
    let _ = writeln!(svg, "<polyline fill='none' stroke='{colour}' points='{}'/>", points.trim_end());
}

fn panel(svg: &mut String, sweep: &[Patch], key: u8) -> [f32; 3] {
    let held = flux::held(sweep).into_iter().map(|sweep| curve(&sweep, key, Synthesizer::morph_to));
    let reference = held.max_by(|one, other| peak(one).total_cmp(&peak(other))).unwrap_or_default();
    let curves =
        [curve(sweep, key, flux::without_crossfade), reference, curve(sweep, key, Synthesizer::morph_to)];
    curves.iter().zip(COLOURS).for_each(|(curve, colour)| line(svg, curve, colour));
    let below = HEIGHT + 14.0;
    let level = HEIGHT * (1.0 - peak(&curves[1]) / MOST);
    let _ = writeln!(
        svg,
        "<path d='M0 {level:.0}H{WIDTH}' stroke='{}' stroke-dasharray='4 3'/>\n\
         <path d='M0 0V{HEIGHT}H{WIDTH}' fill='none' stroke='#333'/>\n\
         <text x='-6' y='8' text-anchor='end'>{MOST}</text><text x='-6' y='{HEIGHT}' text-anchor='end'>0</text>\n\
         <text y='{below:.0}'>0</text><text x='{WIDTH}' y='{below:.0}' text-anchor='end'>1 s</text>",
        COLOURS[1]
    );
    curves.map(|curve| peak(&curve))
}

fn main() {
    let sweeps = flux::sweeps();
    let (columns, rows) = (2, PANELS.len() / 2);
    let (step_x, step_y) = (WIDTH + 1.5 * MARGIN, HEIGHT + 1.5 * MARGIN);
    let size = [columns as f32 * step_x + MARGIN, rows as f32 * step_y + 1.5 * MARGIN];
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {} {}' font-family='sans-serif' font-size='11'>\n\
         <rect width='100%' height='100%' fill='#fff'/>\n",
        size[0], size[1]
    );
    for (number, (sweep, key)) in PANELS.into_iter().enumerate() {
        let (x, y) =
            (MARGIN + (number % columns) as f32 * step_x, MARGIN + (number / columns) as f32 * step_y);
        let _ = writeln!(svg, "<g transform='translate({x} {y})'>");
        let [jumping, without, crossing] = panel(&mut svg, &sweeps[sweep], key);
        let _ = writeln!(
            svg,
            "<text y='-8'>{}, key {key}: {jumping:.1} · {without:.1} · {crossing:.1}</text>\n</g>",
            NAMES[sweep]
        );
    }
    let mut x = MARGIN;
    for (label, colour) in LABELS.iter().zip(COLOURS) {
        let y = size[1] - 20.0;
        let _ = writeln!(
            svg,
            "<path d='M{x} {y}h24' stroke='{colour}' stroke-width='2'/><text x='{}' y='{}'>{label}</text>",
            x + 30.0,
            y + 4.0
        );
        x += 70.0 + 6.0 * label.len() as f32;
    }
    println!("{svg}</svg>");
}
