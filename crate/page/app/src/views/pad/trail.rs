//! The trail of the current point: timed points that fade by age, and the ends of strokes. Plain data, no web types.

use plane::Point;

/// How long a point stays visible, in milliseconds: long enough to see a stroke, short enough not to look like a
/// stored path.
pub const FADE_MS: f64 = 700.0;

/// The number of opacity levels, one drawn path each: too fine to see, and few enough to draw fast.
const LEVELS: f64 = 8.0;

/// The last points of a touch, oldest first.
#[derive(Default)]
pub struct Trail {
    points: Vec<(Point, f64)>,
    /// The last point, even after it has faded.
    end: Option<Point>,
}

/// The part of the state that decides whether a stroke begins.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TrailInput {
    /// The current point.
    pub point: Point,
    /// How many touches have landed.
    pub landings: u32,
    /// True if anything touches.
    pub is_touching: bool,
}

impl TrailInput {
    /// True if a new stroke begins after the last frame: a touch landed, or the point jumped without a touch. (A
    /// touch that moved and lifted between two frames made no jump.)
    pub fn begins_after(&self, last: &Self) -> bool {
        let has_jumped = self.point != last.point && !self.is_touching && !last.is_touching;
        self.landings != last.landings || has_jumped
    }
}

impl Trail {
    /// Adds a point, unless it is the last one.
    pub fn reach(&mut self, point: Point, now_ms: f64) {
        if self.end.replace(point) != Some(point) {
            self.points.push((point, now_ms));
        }
    }

    /// Begins a new stroke, not joined to the last one.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Drops faded points.
    pub fn fade(&mut self, now_ms: f64) {
        self.points.retain(|&(_, time_ms)| now_ms - time_ms < FADE_MS);
    }

    /// True if there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// The strokes to draw, oldest first: their points and their strength (0 = gone … 1 = now). Each ends
    /// where the next begins.
    pub fn strokes(&self, now_ms: f64) -> impl Iterator<Item = (impl Iterator<Item = Point>, f64)> {
        let level = move |time_ms: f64| {
            let strength = (1.0 - (now_ms - time_ms) / FADE_MS).clamp(0.0, 1.0);
            (strength * LEVELS).ceil() as usize
        };
        let same = move |one: &(Point, f64), other: &(Point, f64)| level(one.1) == level(other.1);
        let mut end = 0;
        let strokes = self.points.get(1..).unwrap_or_default().chunk_by(same);
        strokes.map(move |stroke| {
            let start = end;
            end += stroke.len();
            let points = self.points[start..=end].iter().map(|&(point, _)| point);
            (points, level(stroke[0].1) as f64 / LEVELS)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked() -> Trail {
        let mut trail = Trail::default();
        for step in 0..5 {
            trail.reach(Point { x: step as f32, y: 0.0 }, 100.0 * f64::from(step));
        }
        trail
    }

    #[test]
    fn newer_lines_are_stronger_and_all_fade_away() {
        let mut trail = walked();
        let strokes: Vec<(Vec<Point>, f64)> =
            trail.strokes(400.0).map(|(points, strength)| (points.collect(), strength)).collect();
        assert_eq!(strokes.len(), 4);
        assert!(strokes.is_sorted_by(|(_, older), (_, newer)| older < newer) && strokes[3].1 == 1.0);
        assert!(strokes.windows(2).all(|pair| pair[0].0.last() == pair[1].0.first()));
        trail.fade(400.0 + FADE_MS);
        assert!(trail.is_empty());
    }

    #[test]
    fn a_new_landing_is_not_joined_to_the_last_point() {
        let mut trail = walked();
        trail.clear();
        trail.reach(Point { x: -3.0, y: -3.0 }, 500.0);
        assert_eq!(trail.strokes(500.0).count(), 0);
    }

    #[test]
    fn a_resting_touch_leaves_nothing_to_draw() {
        let mut trail = walked();
        trail.reach(Point { x: 4.0, y: 0.0 }, 800.0);
        trail.fade(400.0 + FADE_MS);
        trail.reach(Point { x: 4.0, y: 0.0 }, 400.0 + FADE_MS);
        assert!(trail.is_empty());
    }

    #[test]
    fn a_stroke_begins_with_a_landing_or_with_a_jump_that_no_touch_made() {
        let last = TrailInput { point: Point { x: 1.0, y: 0.0 }, landings: 3, is_touching: true };
        let moved = TrailInput { point: Point { x: 2.0, y: 0.0 }, ..last };
        assert!(!moved.begins_after(&last), "a touch that slides");
        assert!(TrailInput { landings: 4, ..last }.begins_after(&last));
        let lifted = TrailInput { is_touching: false, ..moved };
        assert!(!lifted.begins_after(&last), "it slid, then lifted");
        let jumped = TrailInput { point: Point::default(), ..lifted };
        assert!(jumped.begins_after(&lifted));
    }
}
