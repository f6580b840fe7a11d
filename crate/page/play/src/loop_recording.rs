//! A loop in recording: the path of every finger and of every key that is played, from the first landing to the last
//! lift. It reads no clock: the caller passes the time.

use path::conversion::FINGER_LIMIT;
use path::strokes::{CLOSEST_S, PATH_LIMIT_S, Path, rounded_s};

use crate::Point;
use crate::held_keys::KeyHolder;
use crate::loops::Recorded;
use crate::touches::TouchSource;

/// The touch or the key that draws a path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Hand {
    Touch(TouchSource),
    Key(KeyHolder),
}

/// The path of a finger, and which hand draws it now.
#[derive(Clone, Debug)]
struct Drawing {
    path: Path,
    hand: Option<Hand>,
}

/// Time begins with the first touch, unless it begins at a given time.
#[derive(Clone, Debug, Default)]
pub struct LoopRecording {
    start_s: Option<f64>,
    /// A touch that is so much early belongs to the beginning, in seconds.
    early_s: f64,
    drawings: Vec<Drawing>,
}

impl LoopRecording {
    /// One that begins at a time; a touch that is up to `early_s` before that belongs to the beginning.
    pub fn starting_at(start_s: f64, early_s: f64) -> Self {
        Self { start_s: Some(start_s), early_s, drawings: Vec::new() }
    }

    /// A touch lands or moves. One that lands continues the path of a finger that has lifted, or begins another; beyond
    /// [`FINGER_LIMIT`] fingers at the same time it is not recorded.
    pub fn touch(&mut self, source: TouchSource, now_s: f64, point: Point, velocity: u8) {
        let Some(time_s) = self.time_of(now_s) else { return };
        let hand = Hand::Touch(source);
        if let Some(own) = self.drawings.iter_mut().find(|drawing| drawing.hand.as_ref() == Some(&hand)) {
            return own.path.slide(time_s, point);
        }
        if let Some(free) = self.free_drawing(time_s) {
            free.hand = Some(hand);
            free.path.land(time_s, point, velocity);
        }
    }

    /// A key goes down, where the sound is at a point; the key that its holder held before goes up.
    pub fn press(&mut self, holder: &KeyHolder, now_s: f64, point: Point, key: u8, velocity: u8) {
        self.release(holder, now_s);
        let Some(time_s) = self.time_of(now_s) else { return };
        if let Some(free) = self.free_drawing(time_s) {
            free.hand = Some(Hand::Key(holder.clone()));
            free.path.strike(time_s, point, key, velocity);
        }
    }

    /// The point moves that the keys play.
    pub fn move_keys(&mut self, now_s: f64, point: Point) {
        let Some(time_s) = self.time_of(now_s) else { return };
        for drawing in self.drawings.iter_mut().filter(|drawing| matches!(drawing.hand, Some(Hand::Key(_)))) {
            drawing.path.slide(time_s, point);
        }
    }

    /// The time of a touch in seconds from the beginning; none if it is too early or too late.
    fn time_of(&mut self, now_s: f64) -> Option<f64> {
        let time_s = rounded_s(now_s - *self.start_s.get_or_insert(now_s));
        (-self.early_s..=PATH_LIMIT_S).contains(&time_s).then_some(time_s.max(0.0))
    }

    /// A path that no hand draws; none while there are as many as a loop can play.
    fn free_drawing(&mut self, time_s: f64) -> Option<&mut Drawing> {
        let is_free = |drawing: &Drawing| drawing.hand.is_none() && drawing.path.end_s() < time_s;
        let at = match self.drawings.iter().position(is_free) {
            Some(free) => free,
            None if self.drawings.len() == FINGER_LIMIT => return None,
            None => {
                self.drawings.push(Drawing { path: Path::default(), hand: None });
                self.drawings.len() - 1
            }
        };
        self.drawings.get_mut(at)
    }

    /// A touch lifts.
    pub fn lift(&mut self, source: TouchSource, now_s: f64) {
        self.lift_hand(&Hand::Touch(source), now_s);
    }

    /// A key goes up.
    pub fn release(&mut self, holder: &KeyHolder, now_s: f64) {
        self.lift_hand(&Hand::Key(holder.clone()), now_s);
    }

    fn lift_hand(&mut self, hand: &Hand, now_s: f64) {
        let time_s = self.time_s(now_s);
        if let Some(own) = self.drawings.iter_mut().find(|drawing| drawing.hand.as_ref() == Some(hand)) {
            own.hand = None;
            own.path.lift(time_s);
        }
    }

    /// Every touch and every key is gone.
    pub fn lift_all(&mut self, now_s: f64) {
        let hands: Vec<Hand> = self.drawings.iter().filter_map(|drawing| drawing.hand.clone()).collect();
        hands.iter().for_each(|hand| self.lift_hand(hand, now_s));
    }

    /// The end of the last stroke that has lifted, in seconds; 0 without one.
    pub fn lifted_s(&self) -> f64 {
        self.drawings.iter().map(|drawing| drawing.path.end_s()).fold(0.0, f64::max)
    }

    /// Seconds from the beginning; 0 before it.
    pub fn passed_s(&self, now_s: f64) -> f64 {
        self.time_s(now_s)
    }

    /// True if a hand is down.
    pub fn is_held(&self) -> bool {
        self.drawings.iter().any(|drawing| drawing.hand.is_some())
    }

    /// The paths up to now, as if every hand lifted.
    pub fn so_far(&self, now_s: f64) -> Vec<Path> {
        let mut copy = self.clone();
        copy.lift_all(now_s);
        copy.drawings.into_iter().map(|drawing| drawing.path).collect()
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
    fn keys_are_recorded_with_their_keys_and_follow_the_point() {
        let mut recording = LoopRecording::starting_at(10.0, 0.25);
        recording.press(&KeyHolder::Midi(48), 9.9, at(1.0), 48, 90);
        recording.press(&KeyHolder::Midi(55), 10.0, at(1.0), 55, 90);
        recording.move_keys(10.5, at(2.0));
        recording.release(&KeyHolder::Midi(48), 11.0);
        recording.release(&KeyHolder::Midi(55), 11.0);
        recording.press(&KeyHolder::Midi(50), 11.5, at(2.0), 50, 90);
        let Recorded { fingers, .. } = recording.finish(12.0).unwrap();
        let keys: Vec<Vec<_>> =
            fingers.iter().map(|path| path.notes().map(|note| note.key.unwrap()).collect()).collect();
        assert_eq!(keys, [vec![48, 50], vec![55]]);
        let first = fingers[0].notes().next().unwrap();
        assert_eq!((first.start_s, first.length_s), (0.0, 1.0), "an early key belongs to the beginning");
        assert_eq!(fingers[1].at(0.8).unwrap().point, at(2.0));
    }

    #[test]
    fn a_touch_that_is_too_early_is_not_recorded() {
        let mut recording = LoopRecording::starting_at(10.0, 0.25);
        recording.touch(ONE, 9.7, at(1.0), 100);
        recording.lift(ONE, 9.72);
        assert!(recording.is_empty());
        recording.touch(ONE, 9.8, at(1.0), 100);
        recording.lift(ONE, 10.3);
        assert_eq!(recording.so_far(11.0)[0].end_s(), 0.3);
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
