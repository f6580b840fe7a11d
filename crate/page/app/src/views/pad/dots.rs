//! The known patches as dots. The family of the bank determines both colour and shape, so that either suffices. There
//! are 28 banks, and an eye tells apart about ten colours of a legend (C. Ware, Information Visualization, 2004,
//! chapter 4); so text names the bank (under the map, in the search results), and a chosen bank is highlighted.

use std::f64::consts::TAU;

use plane::{Coordinates, Point};
use play::dot_names::{Area, PlacedName};
use play::viewport::Viewport;
use web_sys::CanvasRenderingContext2d;

use crate::views::pad::colors::{Family, MapColors};
use crate::views::pad::draw::{self, Pen};

/// A dot's radius on a pad of this many CSS pixels, and its bounds: many dots on a small map must
/// stay dots.
const DOT_PER_PIXEL: f64 = 1.0 / 360.0;
const DOT_RADII: [f64; 2] = [1.3, 2.0];
/// Width of the dark line about a dot, half of it outside: thousands of dots must not hide the map.
const OUTLINE: f64 = 1.0;
/// The largest radius of a dot when zoomed in.
const LARGEST: f64 = 5.0;
/// The side of a faint dot.
const FAINT: f64 = 1.3;

/// Paints all dots, then rings about the found ones; with `all` off, the found ones alone.
pub fn paint(
    context: &CanvasRenderingContext2d,
    colors: &MapColors,
    viewport: &Viewport,
    known: &Coordinates,
    all: bool,
    found: &[usize],
) {
    let [.., width, height] = viewport.window;
    let plain = (width.min(height) * DOT_PER_PIXEL).clamp(DOT_RADII[0], DOT_RADII[1]);
    let radius = (plain * viewport.zoom().sqrt()).min(LARGEST);
    let families: Vec<Family> = known.banks.iter().map(|bank| Family::of(bank)).collect();
    let family = |row: usize| families[usize::from(known.bank[row])];
    let dim = if found.is_empty() { 1.0 } else { 0.35 };
    if all {
        for kind in Family::ALL {
            context.begin_path();
            for row in (0..known.len()).filter(|&row| family(row) == kind) {
                if let Some(at) = seen(viewport, known, row) {
                    trace(kind, context, at, radius);
                }
            }
            fill(context, colors, colors.family(kind), dim);
        }
    }
    for kind in Family::ALL {
        context.begin_path();
        for &row in found.iter().filter(|&&row| family(row) == kind) {
            if let Some(at) = seen(viewport, known, row) {
                trace(kind, context, at, (2.2 * radius).max(4.0));
            }
        }
        fill(context, colors, colors.family(kind), 1.2);
    }
}

/// Paints all dots small and faint.
pub fn paint_faint(
    context: &CanvasRenderingContext2d,
    colors: &MapColors,
    viewport: &Viewport,
    known: &Coordinates,
) {
    context.begin_path();
    for (x, y) in (0..known.len()).filter_map(|row| seen(viewport, known, row)) {
        context.rect(x - FAINT / 2.0, y - FAINT / 2.0, FAINT, FAINT);
    }
    context.set_global_alpha(0.42);
    context.set_fill_style_str(&colors.light);
    context.fill();
    context.set_global_alpha(1.0);
}

/// Paints names, and their dots in full.
pub fn paint_names(
    context: &CanvasRenderingContext2d,
    colors: &MapColors,
    viewport: &Viewport,
    known: &Coordinates,
    names: &[PlacedName],
) {
    let pen = Pen { context, colors, viewport };
    draw::set_name_font(context);
    for name in names {
        let family = Family::of(&known.banks[usize::from(known.bank[name.row])]);
        if let Some(at) = seen(viewport, known, name.row) {
            context.begin_path();
            trace(family, context, at, LARGEST);
            context.set_line_width(2.0);
            context.set_stroke_style_str(&colors.dark);
            context.stroke();
            context.set_fill_style_str(colors.family(family));
            context.fill();
        }
        let Area { left, top, width, height } = name.area;
        pen.outlined((left + width / 2.0, top + height / 2.0), known.name[name.row].trim());
    }
}

/// The visible dots and their pixels.
pub fn visible(viewport: &Viewport, known: &Coordinates) -> Vec<(usize, (f64, f64))> {
    (0..known.len()).filter_map(|row| Some((row, seen(viewport, known, row)?))).collect()
}

/// The pixel of a row's dot; none for presets that the encoder placed outside the plane.
fn seen(viewport: &Viewport, known: &Coordinates, row: usize) -> Option<(f64, f64)> {
    let point = Point { x: known.x[row], y: known.y[row] };
    let (x, y) = viewport.to_screen(point);
    let [left, top, width, height] = viewport.window;
    let inside = (left..=left + width).contains(&x) && (top..=top + height).contains(&y);
    (point.is_on_plane() && inside).then_some((x, y))
}

fn fill(context: &CanvasRenderingContext2d, colors: &MapColors, color: &str, strength: f64) {
    context.set_line_width(OUTLINE);
    context.set_global_alpha((0.4 * strength).min(1.0));
    context.set_stroke_style_str(&colors.dark);
    context.stroke();
    context.set_global_alpha((0.75 * strength).min(1.0));
    context.set_fill_style_str(color);
    context.fill();
    context.set_global_alpha(1.0);
}

/// Adds a dot to the path.
fn trace(family: Family, context: &CanvasRenderingContext2d, (x, y): (f64, f64), radius: f64) {
    let corners: &[(f64, f64)] = match family {
        Family::Brian => {
            context.move_to(x + radius, y);
            let _ = context.arc(x, y, radius, 0.0, TAU);
            return;
        }
        // About the same area as the circle.
        Family::Patrik => &[(0.0, -1.6), (1.5, 1.1), (-1.5, 1.1)],
        Family::Factory => &[(0.0, -1.6), (1.6, 0.0), (0.0, 1.6), (-1.6, 0.0)],
        Family::Other => &[(-1.2, -1.2), (1.2, -1.2), (1.2, 1.2), (-1.2, 1.2)],
    };
    for (number, (right, down)) in corners.iter().enumerate() {
        let (x, y) = (x + right * radius, y + down * radius);
        if number == 0 { context.move_to(x, y) } else { context.line_to(x, y) }
    }
    context.close_path();
}
