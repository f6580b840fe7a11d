//! The children of Breed: numbered clockwise around the current sound, as in the panel's grid.

use js_sys::Array;
use play::State;
use wasm_bindgen::JsValue;

use crate::views::pad::draw::Pen;

/// The dashes of the lines to the children, in CSS pixels.
const DASH_PX: [f64; 2] = [2.0, 5.0];

/// Draws them, while a person sees the panel.
pub fn draw(state: &State, pen: &Pen<'_>) {
    let Some(wheel) = state.breed_wheel() else { return };
    let middle = pen.viewport.to_screen(wheel.middle);
    let dash: Array = DASH_PX.into_iter().map(JsValue::from).collect();
    let _ = pen.context.set_line_dash(&dash);
    for &child in &wheel.children {
        let at = pen.viewport.to_screen(child);
        pen.context.begin_path();
        pen.context.move_to(middle.0, middle.1);
        pen.context.line_to(at.0, at.1);
        pen.stroke(&pen.colors.light, 1.5, 0.6);
    }
    let _ = pen.context.set_line_dash(&Array::new());
    for (child, &point) in wheel.children.iter().enumerate() {
        let is_chosen = wheel.chosen == Some(child);
        let ground = if is_chosen { pen.colors.ring(0) } else { &pen.colors.light };
        let number = (child + 1).to_string();
        pen.label(pen.viewport.to_screen(point), &number, ground, &pen.colors.dark);
    }
}
