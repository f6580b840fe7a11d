//! The line between two landmarks on which the morph is, with the letters of its ends. The ring of the current point shows
//! the position.

use play::State;

use crate::views::pad::draw::Pen;

/// Draws the line while the current point is on it.
pub fn draw(state: &State, pen: &Pen<'_>) {
    let Some(ends) = state.morph_line() else { return };
    let [from, to] = ends.map(|end| pen.viewport.to_screen(end));
    pen.context.begin_path();
    pen.context.move_to(from.0, from.1);
    pen.context.line_to(to.0, to.1);
    pen.stroke(&pen.colors.light, 2.0, 0.7);
    for (end, letter) in ends.into_iter().zip(["A", "B"]) {
        pen.badge(end, letter);
    }
}
