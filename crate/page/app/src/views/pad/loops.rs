//! The recorded loops on the map: each finger's path as a dotted line, the loop's mark at its beginning, and a dot for
//! each finger that plays. White, since amber is the person's own.

use std::f64::consts::TAU;

use plane::Point;
use play::RecordedLoop;

use crate::views::pad::draw::Pen;

/// Distance of the dots of a line, in CSS pixels.
const DOT_DISTANCE_PX: f64 = 7.0;
/// Dots of a line at most: more would be one stain, and take longer than a frame.
const MOST_DOTS: f64 = 1000.0;
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
        let line: Vec<(f64, f64)> = points.map(|point| viewport.to_screen(point)).collect();
        let dots = dots(&line);
        for (color, radius) in [(&colors.dark, 2.75), (&colors.light, 1.5)] {
            context.begin_path();
            for &(x, y) in &dots {
                context.move_to(x + radius, y);
                let _ = context.arc(x, y, radius, 0.0, TAU);
            }
            context.set_fill_style_str(color);
            context.fill();
        }
    }
}

/// Dots along a line, from its beginning, in pixels. The browser's own dashes take seconds for a path of ten minutes.
fn dots(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let length = |pair: &[(f64, f64)]| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
    let whole: f64 = line.windows(2).map(length).sum();
    let distance = DOT_DISTANCE_PX.max(whole / MOST_DOTS);
    let mut dots: Vec<(f64, f64)> = line.first().copied().into_iter().collect();
    let mut next = distance;
    for pair in line.windows(2) {
        let length = length(pair);
        while next <= length {
            let share = next / length;
            dots.push((
                pair[0].0 + share * (pair[1].0 - pair[0].0),
                pair[0].1 + share * (pair[1].1 - pair[0].1),
            ));
            next += distance;
        }
        next -= length;
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_evenly_apart_along_the_line_and_not_too_many() {
        let corner = dots(&[(0.0, 0.0), (10.0, 0.0), (10.0, 11.0)]);
        assert_eq!(corner, [(0.0, 0.0), (7.0, 0.0), (10.0, 4.0), (10.0, 11.0)]);
        assert_eq!(dots(&[(3.0, 4.0)]), [(3.0, 4.0)]);
        let long: Vec<(f64, f64)> = (0..60_000).map(|step| (f64::from(step % 100), 0.0)).collect();
        assert!(dots(&long).len() <= MOST_DOTS as usize + 1);
        assert!(dots(&[]).is_empty());
    }
}
