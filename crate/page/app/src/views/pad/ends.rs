//! The sounds A, B, C and D, between which the current sound is chosen: a badge for each, and lines along which the
//! current point goes. Its ring shows the position.

use play::State;

use crate::views::pad::draw::Pen;

/// The lines: from A to B, and around four.
const LINES: [[usize; 2]; 4] = [[0, 1], [1, 3], [3, 2], [2, 0]];

/// Draws those that are chosen.
pub fn draw(state: &State, pen: &Pen<'_>) {
    let ends = state.marked_ends();
    for [from, to] in LINES {
        let Some((from, to)) = ends[from].zip(ends[to]) else { continue };
        let [from, to] = [from, to].map(|end| pen.viewport.to_screen(end));
        pen.context.begin_path();
        pen.context.move_to(from.0, from.1);
        pen.context.line_to(to.0, to.1);
        pen.stroke(&pen.colors.light, 2.0, 0.7);
    }
    for (end, letter) in ends.into_iter().zip(["A", "B", "C", "D"]) {
        if let Some(end) = end {
            pen.badge(end, letter);
        }
    }
}
