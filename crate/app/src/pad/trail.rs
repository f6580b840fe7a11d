//! Where the finger has just been: points with their times, fading by age. Plain data, no web types.

use play::Point;

/// How long a place stays visible, in milliseconds: long enough to see a stroke's way, short enough
/// not to be taken for a path that is kept.
pub const FADE_MS: f64 = 700.0;

/// The last places of the finger, oldest first.
#[derive(Default)]
pub struct Trail {
    places: Vec<(Point, f64)>,
}

impl Trail {
    /// The finger came to a place.
    pub fn push(&mut self, point: Point, now_ms: f64) {
        self.places.push((point, now_ms));
    }

    /// The finger landed anew: no line leads here from where it was before.
    pub fn clear(&mut self) {
        self.places.clear();
    }

    /// Forgets what has faded.
    pub fn fade(&mut self, now_ms: f64) {
        self.places.retain(|&(_, time_ms)| now_ms - time_ms < FADE_MS);
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The lines to draw, oldest first: start, end and strength (0 = gone … 1 = now).
    pub fn lines(&self, now_ms: f64) -> impl Iterator<Item = (Point, Point, f64)> {
        self.places.windows(2).map(move |pair| {
            let age = (now_ms - pair[1].1) / FADE_MS;
            (pair[0].0, pair[1].0, (1.0 - age).clamp(0.0, 1.0))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked() -> Trail {
        let mut trail = Trail::default();
        for step in 0..5 {
            trail.push(Point { x: step as f32, y: 0.0 }, 100.0 * f64::from(step));
        }
        trail
    }

    #[test]
    fn newer_lines_are_stronger_and_all_fade_away() {
        let mut trail = walked();
        let strengths: Vec<f64> = trail.lines(400.0).map(|(.., strength)| strength).collect();
        assert_eq!(strengths.len(), 4);
        assert!(strengths.is_sorted() && strengths[3] == 1.0);
        trail.fade(400.0 + FADE_MS);
        assert!(trail.is_empty());
    }

    #[test]
    fn a_new_landing_is_not_joined_to_the_last_place() {
        let mut trail = walked();
        trail.clear();
        trail.push(Point { x: -3.0, y: -3.0 }, 500.0);
        assert_eq!(trail.lines(500.0).count(), 0);
    }
}
