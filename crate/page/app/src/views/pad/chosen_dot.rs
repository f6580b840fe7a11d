//! The dot that is chosen in the codebook of Places: a ring where it lies on the map, smaller than that of the current
//! point.

use play::State;

use crate::views::pad::draw::Pen;

/// Radius of the ring, in CSS pixels.
const RADIUS_PX: f64 = 11.5;
/// Width of its line, in CSS pixels.
const LINE_PX: f64 = 3.0;

/// Draws it.
pub fn draw(state: &State, pen: &Pen<'_>) {
    if let Some(point) = state.marked_dot() {
        pen.circle(pen.viewport.to_screen(point), RADIUS_PX);
        pen.stroke(&pen.colors.light, LINE_PX, 1.0);
    }
}
