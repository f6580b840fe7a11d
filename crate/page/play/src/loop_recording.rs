//! A loop in recording: every finger's path from the first landing to the last lift. It reads no clock: the caller
//! passes the time.

use path::conversion::FINGER_LIMIT;
use path::strokes::{CLOSEST_S, PATH_LIMIT_S, Path, rounded_s};

use crate::Point;
use crate::loops::Recorded;
use crate::touches::TouchSource;

/// The path of a finger, and which touch draws it now.
#[derive(Clone, Debug)]
struct Drawing {
    path: Path,
    source: Option<TouchSource>,
}

/// Time begins with the first touch.
#[derive(Clone, Debug, Default)]
pub struct LoopRecording {
    start_s: Option<f64>,
    drawings: Vec<Drawing>,
}

impl LoopRecording {
    /// A touch lands or moves. One that lands continues the path of a finger that has lifted, or begins another; beyond
    /// [`FINGER_LIMIT`] fingers at the same time it is not recorded.
    pub fn touch(&mut self, source: TouchSource, now_s: f64, point: Point, velocity: u8) {
        let time_s = rounded_s(now_s - *self.start_s.get_or_insert(now_s));
        if !(0.0..=PATH_LIMIT_S).contains(&time_s) {
            return;
        }
        if let Some(own) = self.drawings.iter_mut().find(|drawing| drawing.source == Some(source)) {
            return own.path.slide(time_s, point);
        }
        let is_full = self.drawings.len() == FINGER_LIMIT;
        let is_free = |drawing: &&mut Drawing| drawing.source.is_none() && drawing.path.end_s() < time_s;
        match self.drawings.iter_mut().find(is_free) {
            Some(free) => {
                free.source = Some(source);
                free.path.land(time_s, point, velocity);
            }
            // A loop with more fingers could not be played.
            None if is_full => {}
            None => {
                let mut path = Path::default();
                path.land(time_s, point, velocity);
                self.drawings.push(Drawing { path, source: Some(source) });
            }
        }
    }

    /// A touch lifts.
    pub fn lift(&mut self, source: TouchSource, now_s: f64) {
        let time_s = self.time_s(now_s);
        if let Some(own) = self.drawings.iter_mut().find(|drawing| drawing.source == Some(source)) {
            own.source = None;
            own.path.lift(time_s);
        }
    }

    /// Every touch is gone.
    pub fn lift_all(&mut self, now_s: f64) {
        let sources: Vec<TouchSource> = self.drawings.iter().filter_map(|drawing| drawing.source).collect();
        sources.into_iter().for_each(|source| self.lift(source, now_s));
    }

    /// True if no finger has drawn yet.
    pub fn is_empty(&self) -> bool {
        self.drawings.is_empty()
    }

    /// True if it is as long as a path can be.
    pub fn is_full(&self, now_s: f64) -> bool {
        self.time_s(now_s) >= PATH_LIMIT_S
    }

    fn time_s(&self, now_s: f64) -> f64 {
        self.start_s.map_or(0.0, |start_s| rounded_s(now_s - start_s).clamp(0.0, PATH_LIMIT_S))
    }

    /// Ends the recording: the loop ends with the last lift, or now if a finger is still down. None if nothing was
    /// drawn.
    pub fn finish(mut self, now_s: f64) -> Option<Recorded> {
        self.lift_all(now_s);
        let fingers: Vec<Path> = self.drawings.into_iter().map(|drawing| drawing.path).collect();
        // A single tap has no duration, but a round must have one.
        let length_s = fingers.iter().map(Path::end_s).reduce(f64::max)?.max(CLOSEST_S);
        Some(Recorded { fingers, length_s })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: TouchSource = TouchSource::Pointer(1);
    const TWO: TouchSource = TouchSource::Pointer(2);

    fn at(x: f32) -> Point {
        Point { x, y: 0.0 }
    }

    #[test]
    fn every_finger_has_its_path_and_the_loop_ends_with_the_last_lift() {
        let mut recording = LoopRecording::default();
        recording.touch(ONE, 7.0, at(0.0), 100);
        recording.touch(TWO, 7.5, at(-3.0), 80);
        recording.touch(ONE, 8.0, at(1.0), 100);
        recording.lift(ONE, 8.0);
        recording.touch(TWO, 8.5, at(-2.0), 80);
        recording.lift(TWO, 9.0);
        let Recorded { fingers, length_s } = recording.finish(30.0).unwrap();
        assert_eq!((fingers.len(), length_s), (2, 2.0), "not at the press of the button");
        assert_eq!(fingers[0].at(1.0).unwrap().point, at(1.0));
        assert_eq!((fingers[0].at(1.1), fingers[1].at(0.4)), (None, None));
        assert_eq!(fingers[1].at(1.5).map(|now| (now.point, now.velocity)), Some((at(-2.0), 80)));
    }

    #[test]
    fn a_finger_that_lands_again_continues_its_path() {
        let mut recording = LoopRecording::default();
        for (pointer, start_s) in [(1, 0.0), (2, 1.0), (3, 2.0)] {
            recording.touch(TouchSource::Pointer(pointer), start_s, at(start_s as f32), 100);
            recording.lift(TouchSource::Pointer(pointer), start_s + 0.5);
        }
        let Recorded { fingers, length_s } = recording.finish(9.0).unwrap();
        assert_eq!((fingers.len(), length_s), (1, 2.5));
        assert_eq!(fingers[0].at(2.2).map(|now| (now.stroke, now.point)), Some((2, at(2.0))));
    }

    #[test]
    fn a_finger_that_is_down_at_the_end_lifts_there() {
        let mut recording = LoopRecording::default();
        recording.touch(ONE, 1.0, at(1.0), 100);
        assert_eq!(recording.finish(3.0).unwrap().length_s, 2.0);
    }

    #[test]
    fn an_empty_recording_is_no_loop_and_a_tap_is_one() {
        assert_eq!(LoopRecording::default().finish(1.0), None);
        let mut recording = LoopRecording::default();
        recording.touch(ONE, 5.0, at(1.0), 100);
        recording.lift(ONE, 5.0);
        assert_eq!(recording.finish(5.0).unwrap().length_s, CLOSEST_S);
    }

    #[test]
    fn more_touches_than_a_loop_has_fingers_are_not_recorded() {
        let mut recording = LoopRecording::default();
        for pointer in 0..12 {
            recording.touch(TouchSource::Pointer(pointer), 1.0, at(0.0), 100);
        }
        for pointer in 0..12 {
            recording.lift(TouchSource::Pointer(pointer), 2.0);
        }
        recording.touch(TouchSource::Pointer(11), 3.0, at(1.0), 100);
        let Recorded { fingers, .. } = recording.finish(4.0).unwrap();
        assert_eq!((fingers.len(), fingers[0].at(2.5).map(|now| now.point)), (10, Some(at(1.0))));
    }

    #[test]
    fn the_limit_ends_a_recording() {
        let mut recording = LoopRecording::default();
        recording.touch(ONE, 0.0, at(0.0), 100);
        recording.touch(ONE, PATH_LIMIT_S + 0.1, at(2.0), 100);
        let Recorded { fingers, length_s } = recording.finish(1000.0).unwrap();
        assert_eq!(length_s, PATH_LIMIT_S);
        assert_eq!(fingers[0].at(PATH_LIMIT_S).unwrap().point, at(0.0));
    }
}
