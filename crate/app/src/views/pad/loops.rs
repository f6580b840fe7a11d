//! The recorded loops on the map: each finger's path as a dotted line, the loop's mark at its beginning, and a dot for
//! each finger that plays. White, since amber is the person's own.

use js_sys::Array;
use plane::Point;
use play::RecordedLoop;
use wasm_bindgen::JsValue;

use crate::views::pad::draw::Pen;

/// Distance of the dots of a line, in CSS pixels.
const DOT_DISTANCE_PX: f64 = 7.0;
/// Radius of a playing finger's dot, in CSS pixels.
const FINGER_RADIUS_PX: f64 = 6.0;

impl Pen<'_> {
    /// A loop: its paths and its mark, such as L1.
    pub fn recorded_loop(&self, own: &RecordedLoop, mark: &str) {
        for path in &own.fingers {
            for line in path.lines() {
                self.dotted(line);
            }
        }
        let beginning = own.fingers.iter().find_map(|path| path.lines().next()?.next());
        if let Some(point) = beginning {
            self.badge(point, mark);
        }
    }

    /// A finger of a loop, where it plays now.
    pub fn loop_finger(&self, point: Point) {
        self.circle(self.viewport.to_screen(point), FINGER_RADIUS_PX);
        self.context.set_fill_style_str(&self.colors.light);
        self.context.fill();
        self.stroke(&self.colors.dark, 2.0, 1.0);
    }

    fn dotted(&self, points: impl Iterator<Item = Point>) {
        let Self { context, colors, viewport } = self;
        context.begin_path();
        for (number, point) in points.enumerate() {
            let (x, y) = viewport.to_screen(point);
            if number == 0 { context.move_to(x, y) } else { context.line_to(x, y) }
        }
        context.set_line_cap("round");
        context.set_line_join("round");
        // A dash of almost no length with round ends is a dot.
        let dots = Array::of2(&0.1.into(), &DOT_DISTANCE_PX.into());
        let _ = context.set_line_dash(&dots);
        for (color, width) in [(&colors.dark, 5.5), (&colors.light, 3.0)] {
            context.set_stroke_style_str(color);
            context.set_line_width(width);
            context.stroke();
        }
        let _ = context.set_line_dash(&JsValue::from(Array::new()));
        context.set_line_cap("butt");
    }
}
