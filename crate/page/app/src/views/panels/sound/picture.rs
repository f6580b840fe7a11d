//! The small picture of a group: its envelope, its filter or its waveform.

use ::patch::{Group, Patch};
use ::play::graphs::{Graph, GraphPoint, Shape, shape};
use web_sys::Element;

use crate::dom;

/// The coordinates of a picture: a square, stretched by its style.
const SIDE: f32 = 100.0;

/// A curve as an SVG path in a square of 100 × 100.
pub fn path(points: &[GraphPoint]) -> String {
    let steps = points.iter().enumerate().map(|(index, (x, y))| {
        let command = if index == 0 { 'M' } else { 'L' };
        format!("{command}{:.1} {:.1}", SIDE * x, SIDE * (1.0 - y))
    });
    steps.collect()
}

/// A drawing with one line; its class says which.
pub fn drawing(class: &str) -> (Element, Element) {
    let (drawing, line) = (dom::create_svg("svg"), dom::create_svg("path"));
    for (name, value) in [
        ("viewBox", "0 0 100 100"),
        ("preserveAspectRatio", "none"),
        ("aria-hidden", "true"),
        ("class", class),
    ] {
        let _ = drawing.set_attribute(name, value);
    }
    dom::append(&drawing, &line);
    (drawing, line)
}

/// The curve that stands for a group; none for a group of numbers.
pub fn of(group: Group, patch: &Patch) -> Option<Vec<GraphPoint>> {
    match group {
        Group::Oscillators => Some(shape(Shape::Oscillator, patch)),
        Group::Lfo => Some(shape(Shape::Lfo, patch)),
        _ => Graph::of(group).map(|graph| graph.curve(patch)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_begins_below_and_goes_up() {
        assert_eq!(path(&[(0.0, 0.0), (0.5, 1.0)]), "M0.0 100.0L50.0 0.0");
    }
}
