//! The demonstration of a first visit: a pointer draws one short path over the map, without sound. Here are its path
//! and its timing.

use std::f32::consts::TAU;

use plane::Point;

/// How long the pointer draws, in milliseconds: slowly enough to be followed.
const DRAW_MS: f64 = 2400.0;
/// How long the finished path stays, in milliseconds.
const STAY_MS: f64 = 1200.0;
/// How long the path fades, in milliseconds.
const FADE_MS: f64 = 500.0;

/// How far the path leads, in latent units: across and down, or towards the middle where that is.
const REACH: Point = Point { x: 1.7, y: 3.0 };
/// How far the path swings to each side, in latent units.
const SWING: f32 = 0.5;

/// True if the demonstration runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Demo {
    /// It begins once the map is loaded.
    Waiting,
    /// Since when it runs, in milliseconds on the clock of the frames, and where it began.
    Running(f64, Point),
    /// It is over, or does not come.
    #[default]
    Over,
}

/// The picture of the demonstration at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DemoFrame {
    /// Where the path begins.
    pub from: Point,
    /// The drawn share of the path, 0…1.
    pub drawn: f32,
    /// 0 (invisible) … 1.
    pub opacity: f32,
}

impl Demo {
    /// The picture to show now; none before and after the demonstration.
    pub fn at(self, now_ms: f64) -> Option<DemoFrame> {
        let Self::Running(since_ms, from) = self else { return None };
        let elapsed_ms = (now_ms - since_ms).max(0.0);
        let share = (elapsed_ms / DRAW_MS).min(1.0) as f32;
        let fading = (elapsed_ms - DRAW_MS - STAY_MS) / FADE_MS;
        // Slow at both ends, as a hand moves.
        let drawn = share * share * (3.0 - 2.0 * share);
        (fading < 1.0).then_some(DemoFrame { from, drawn, opacity: 1.0 - fading.max(0.0) as f32 })
    }
}

impl DemoFrame {
    /// A point of the path, by its share 0…1: an S towards the middle of the plane.
    pub fn point(&self, share: f32) -> Point {
        let (across, upward) = (-self.from.x.signum() * REACH.x, -self.from.y.signum() * REACH.y);
        let swing = SWING * (TAU * share).sin();
        Point::on_plane(self.from.x + across * share + swing * across.signum(), self.from.y + upward * share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_draws_stays_and_fades_once() {
        let demo = Demo::Running(1000.0, Point::default());
        let at = |elapsed_ms: f64| demo.at(1000.0 + elapsed_ms);
        assert_eq!(at(0.0).unwrap().drawn, 0.0);
        assert_eq!(at(DRAW_MS).unwrap(), DemoFrame { from: Point::default(), drawn: 1.0, opacity: 1.0 });
        assert!(at(DRAW_MS + STAY_MS + FADE_MS / 2.0).unwrap().opacity < 1.0);
        assert_eq!(at(DRAW_MS + STAY_MS + FADE_MS), None);
        assert_eq!((Demo::Waiting.at(0.0), Demo::Over.at(0.0)), (None, None));
    }

    proptest! {
        #[test]
        fn the_path_begins_at_the_point_and_stays_on_the_plane(
            x in -4.0f32..=4.0, y in -4.0f32..=4.0, share in 0.0f32..=1.0,
        ) {
            let from = Point { x, y };
            let frame = Demo::Running(0.0, from).at(0.0).unwrap();
            prop_assert_eq!(frame.point(0.0), from);
            prop_assert!(frame.point(share).is_on_plane());
            prop_assert!(frame.point(1.0).distance(from) > 2.0, "it is long enough to be seen");
        }
    }
}
