//! The recorded loops on the map: each finger's path as a line in the loop's colour, its number at its beginning, and a
//! dot for each finger that plays. From the fifth on the colours repeat, with dashes.

use js_sys::Array;
use plane::Point;
use play::RecordedLoop;
use wasm_bindgen::JsValue;

use crate::views::pad::draw::Pen;

/// Points of a line at most: more take longer than a frame and show nothing more.
const MOST_POINTS: usize = 600;
/// Width of a line within its outline, in CSS pixels.
const WIDTH_PX: f64 = 3.5;
/// Opacity of the line of a loop that rests.
const RESTING: f64 = 0.45;
/// Radius of a playing finger's dot, in CSS pixels.
const FINGER_RADIUS_PX: f64 = 7.0;
/// The loops of this number and less have a colour of their own.
const PLAIN: u8 = 4;
/// The dashes in the lines of the others, in CSS pixels.
const DASHES_PX: [f64; 2] = [5.0, 5.0];

impl Pen<'_> {
    /// A loop: its paths, and its number. One that rests is dim.
    pub fn recorded_loop(&self, own: &RecordedLoop, plays: bool) {
        let color = self.colors.of_loop(own.number);
        for line in own.fingers.iter().flat_map(|path| path.lines()) {
            let line: Vec<Point> = line.collect();
            self.trace(&line);
            self.stroke(color, WIDTH_PX, if plays { 1.0 } else { RESTING });
            if own.number > PLAIN {
                let dashes: Array = DASHES_PX.into_iter().map(JsValue::from).collect();
                let _ = self.context.set_line_dash(&dashes);
                self.context.set_stroke_style_str(&self.colors.dark);
                self.context.set_line_width(1.0);
                self.context.stroke();
                let _ = self.context.set_line_dash(&Array::new());
            }
        }
        let beginning = own.fingers.iter().find_map(|path| path.lines().next()?.next());
        if let Some(point) = beginning {
            let number = own.number.to_string();
            self.label(self.viewport.to_screen(point), &number, color, &self.colors.dark);
        }
    }

    /// A finger of the loop of a number, where it plays now.
    pub fn loop_finger(&self, point: Point, number: u8) {
        self.circle(self.viewport.to_screen(point), FINGER_RADIUS_PX);
        self.context.set_fill_style_str(self.colors.of_loop(number));
        self.context.fill();
        self.stroke(&self.colors.dark, 2.0, 1.0);
    }

    /// Begins a line through points, with few enough of them.
    fn trace(&self, line: &[Point]) {
        self.context.begin_path();
        self.context.set_line_join("round");
        self.context.set_line_cap("round");
        for point in thinned(line) {
            let (x, y) = self.viewport.to_screen(point);
            self.context.line_to(x, y);
        }
    }
}

/// At most [`MOST_POINTS`] points of a line, evenly chosen, and its last one.
fn thinned(line: &[Point]) -> impl Iterator<Item = Point> {
    let step = line.len().div_ceil(MOST_POINTS).max(1);
    line.iter().step_by(step).chain(line.last()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_keeps_its_ends_and_few_points() {
        let line: Vec<Point> = (0..60_000).map(|step| Point { x: step as f32 / 1e4, y: 0.0 }).collect();
        let thin: Vec<Point> = thinned(&line).collect();
        assert!(thin.len() <= MOST_POINTS + 1);
        assert_eq!((thin.first(), thin.last()), (line.first(), line.last()));
        assert_eq!(thinned(&[]).count(), 0);
    }
}
