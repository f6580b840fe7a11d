//! The known patches as dots, coloured by the family of their bank, and shaped by it, so that neither
//! colour nor shape is needed alone. There are 28 banks, and an eye tells apart about ten colours of a
//! legend (C. Ware, Information Visualization, 2004, chapter 4); so the bank itself is a word (under the
//! map where you are on a preset, in the list of what was found), and a chosen bank stands out.

use std::f64::consts::TAU;

use plane::coordinates::Coordinates;
use play::Point;
use web_sys::CanvasRenderingContext2d;

use crate::pad::draw::Inks;
use crate::pad::view::View;

/// A dot's radius on a pad of this many CSS pixels, and its bounds: many dots on a small map must
/// stay dots.
const DOT_PER_PIXEL: f64 = 1.0 / 360.0;
const DOT_RADII: [f64; 2] = [1.3, 2.0];
/// Width of the dark line about a dot, half of it outside: thousands of dots must not hide the map.
const OUTLINE: f64 = 1.0;
/// Zoomed in, a dot grows to at most this radius.
const LARGEST: f64 = 5.0;

/// Whose bank a preset is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Brian's banks, most of all: round.
    Brian,
    /// Patrik's banks: a triangle.
    Patrik,
    /// amSynth's factory bank: a lozenge.
    Factory,
    /// Any other, such as one's own: a square.
    Other,
}

impl Family {
    /// All, those of the most presets first.
    pub const ALL: [Self; 4] = [Self::Brian, Self::Patrik, Self::Factory, Self::Other];

    /// The family of a bank's file, by the names that Debian's package gives them.
    pub fn of(bank: &str) -> Self {
        match bank {
            _ if bank.starts_with("Brian") => Self::Brian,
            _ if bank.starts_with("Patrik") => Self::Patrik,
            _ if bank.contains("factory") => Self::Factory,
            _ => Self::Other,
        }
    }

    /// Adds a dot to the path.
    fn trace(self, context: &CanvasRenderingContext2d, (x, y): (f64, f64), radius: f64) {
        let corners: &[(f64, f64)] = match self {
            Self::Brian => {
                context.move_to(x + radius, y);
                let _ = context.arc(x, y, radius, 0.0, TAU);
                return;
            }
            // About as much ink as the round one has.
            Self::Patrik => &[(0.0, -1.6), (1.5, 1.1), (-1.5, 1.1)],
            Self::Factory => &[(0.0, -1.6), (1.6, 0.0), (0.0, 1.6), (-1.6, 0.0)],
            Self::Other => &[(-1.2, -1.2), (1.2, -1.2), (1.2, 1.2), (-1.2, 1.2)],
        };
        for (number, (right, down)) in corners.iter().enumerate() {
            let (x, y) = (x + right * radius, y + down * radius);
            if number == 0 { context.move_to(x, y) } else { context.line_to(x, y) }
        }
        context.close_path();
    }
}

/// Paints all dots, then rings about the found ones; with `all` off, the found ones alone.
pub fn paint(
    context: &CanvasRenderingContext2d,
    inks: &Inks,
    view: &View,
    known: &Coordinates,
    all: bool,
    found: &[usize],
) {
    let [.., width, height] = view.window;
    let plain = (width.min(height) * DOT_PER_PIXEL).clamp(DOT_RADII[0], DOT_RADII[1]);
    let radius = (plain * view.zoom().sqrt()).min(LARGEST);
    let families: Vec<Family> = known.banks.iter().map(|bank| Family::of(bank)).collect();
    let family = |row: usize| families[usize::from(known.bank[row])];
    let dim = if found.is_empty() { 1.0 } else { 0.35 };
    if all {
        for kind in Family::ALL {
            context.begin_path();
            for row in (0..known.len()).filter(|&row| family(row) == kind) {
                if let Some(at) = seen(view, known, row) {
                    kind.trace(context, at, radius);
                }
            }
            fill(context, inks, inks.family(kind), dim);
        }
    }
    for kind in Family::ALL {
        context.begin_path();
        for &row in found.iter().filter(|&&row| family(row) == kind) {
            if let Some(at) = seen(view, known, row) {
                kind.trace(context, at, (2.2 * radius).max(4.0));
            }
        }
        fill(context, inks, inks.family(kind), 1.2);
    }
}

/// Where a row is seen. Presets that the encoder put beyond the plane have no place on it.
fn seen(view: &View, known: &Coordinates, row: usize) -> Option<(f64, f64)> {
    let point = Point { x: known.x[row], y: known.y[row] };
    let (x, y) = view.to_screen(point);
    let [left, top, width, height] = view.window;
    let inside = (left..=left + width).contains(&x) && (top..=top + height).contains(&y);
    (point.is_on_plane() && inside).then_some((x, y))
}

fn fill(context: &CanvasRenderingContext2d, inks: &Inks, ink: &str, strength: f64) {
    context.set_line_width(OUTLINE);
    context.set_global_alpha((0.4 * strength).min(1.0));
    context.set_stroke_style_str(&inks.dark);
    context.stroke();
    context.set_global_alpha((0.75 * strength).min(1.0));
    context.set_fill_style_str(ink);
    context.fill();
    context.set_global_alpha(1.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_banks_are_known_by_their_names() {
        assert_eq!(Family::of("BriansBank07.amSynth.bank"), Family::Brian);
        assert_eq!(Family::of("PatriksBank02.bank"), Family::Patrik);
        assert_eq!(Family::of("amsynth_factory.bank"), Family::Factory);
        assert_eq!(Family::of("mine.bank"), Family::Other);
    }
}
