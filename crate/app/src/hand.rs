//! The fingers on the pad, and what the one voice has to do about them. Pure: it stores and decides;
//! it knows no events, no sound and no pixels.
//!
//! One note at a time: the newest finger has it. A second finger strikes anew where it lands, so that
//! two fingers can play in turn; when it lifts, the note goes on under the finger that stayed.

use crate::pad::view::Point;

/// Who touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finger {
    /// A pointer event's pointerId: finger, pen or mouse.
    Pointer(i32),
    /// The space key, at the keyboard's point.
    Keyboard,
    /// The echo of a tap that came while the sound was asleep.
    WakeTap,
}

/// What the voice has to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// A new note at this point; the one before ends.
    Strike(Point),
    /// The note ends.
    Release,
}

/// One finger and where it is now.
#[derive(Clone, Copy)]
struct Touch {
    finger: Finger,
    point: Point,
}

/// All fingers, in the order in which they landed.
#[derive(Default)]
pub struct Hand {
    touches: Vec<Touch>,
    place: Point,
    audible: bool,
    sounding: bool,
}

impl Hand {
    /// A finger lands. The echo of a tap ends with the first true touch.
    pub fn press(&mut self, finger: Finger, point: Point) -> Option<Act> {
        self.touches.retain(|touch| touch.finger != finger && touch.finger != Finger::WakeTap);
        self.touches.push(Touch { finger, point });
        self.place = point;
        self.strike()
    }

    /// A finger moves. One that is not down moves nothing.
    pub fn slide(&mut self, finger: Finger, point: Point) {
        if let Some(touch) = self.touches.iter_mut().find(|touch| touch.finger == finger) {
            touch.point = point;
        }
        self.follow();
    }

    /// The place moves without a touch: by arrow keys. A held space key moves with it.
    pub fn step_to(&mut self, point: Point) {
        self.place = point;
        self.slide(Finger::Keyboard, point);
    }

    /// A finger lifts. Nothing happens for one that is not down.
    pub fn lift(&mut self, finger: Finger) -> Option<Act> {
        self.touches.retain(|touch| touch.finger != finger);
        self.follow();
        if self.touches.is_empty() { self.release() } else { None }
    }

    /// Every finger counts as lifted: panic, lost focus, hidden page.
    pub fn lift_all(&mut self) -> Option<Act> {
        self.touches.clear();
        self.release()
    }

    /// The sound falls asleep or wakes; a finger that is down when it wakes is heard.
    pub fn set_audible(&mut self, audible: bool) -> Option<Act> {
        if self.audible == audible {
            return None;
        }
        self.audible = audible;
        if !audible {
            return self.release();
        }
        if self.touches.is_empty() { None } else { self.strike() }
    }

    /// Whether what is played now is heard.
    pub fn is_audible(&self) -> bool {
        self.audible
    }

    /// Where the sound is: under the newest finger, or where the last one was.
    pub fn place(&self) -> Point {
        self.place
    }

    /// Whether a note is held.
    pub fn is_sounding(&self) -> bool {
        self.sounding
    }

    /// Whether this finger is down.
    pub fn holds(&self, finger: Finger) -> bool {
        self.touches.iter().any(|touch| touch.finger == finger)
    }

    /// Whether any finger is down.
    pub fn is_touching(&self) -> bool {
        !self.touches.is_empty()
    }

    fn follow(&mut self) {
        if let Some(newest) = self.touches.last() {
            self.place = newest.point;
        }
    }

    fn strike(&mut self) -> Option<Act> {
        self.sounding = self.audible;
        self.audible.then_some(Act::Strike(self.place))
    }

    fn release(&mut self) -> Option<Act> {
        std::mem::take(&mut self.sounding).then_some(Act::Release)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const A: Finger = Finger::Pointer(1);
    const B: Finger = Finger::Pointer(2);

    fn at(x: f32) -> Point {
        Point { x, y: 0.0 }
    }

    fn awake() -> Hand {
        let mut hand = Hand::default();
        hand.set_audible(true);
        hand
    }

    #[test]
    fn a_finger_strikes_slides_and_releases() {
        let mut hand = awake();
        assert_eq!(hand.press(A, at(1.0)), Some(Act::Strike(at(1.0))));
        hand.slide(A, at(2.0));
        assert_eq!(hand.place(), at(2.0));
        assert_eq!(hand.lift(A), Some(Act::Release));
        assert_eq!(hand.place(), at(2.0), "you are still where you were");
    }

    #[test]
    fn the_newest_finger_has_the_note_and_gives_it_back() {
        let mut hand = awake();
        hand.press(A, at(1.0));
        assert_eq!(hand.press(B, at(3.0)), Some(Act::Strike(at(3.0))));
        hand.slide(A, at(1.5));
        assert_eq!(hand.place(), at(3.0));
        assert_eq!(hand.lift(B), None, "the first finger still holds");
        assert_eq!(hand.place(), at(1.5));
        assert_eq!(hand.lift(A), Some(Act::Release));
    }

    #[test]
    fn asleep_nothing_is_struck_and_waking_strikes_what_is_held() {
        let mut hand = Hand::default();
        assert_eq!(hand.press(Finger::WakeTap, at(1.0)), None);
        assert_eq!(hand.set_audible(true), Some(Act::Strike(at(1.0))));
        assert_eq!(hand.set_audible(true), None);
        assert_eq!(hand.set_audible(false), Some(Act::Release));
        assert_eq!(hand.lift(Finger::WakeTap), None);
    }

    #[test]
    fn a_true_touch_ends_the_echo_of_the_waking_tap() {
        let mut hand = awake();
        hand.press(Finger::WakeTap, at(1.0));
        assert_eq!(hand.press(A, at(3.0)), Some(Act::Strike(at(3.0))));
        assert_eq!(hand.lift(A), Some(Act::Release));
        assert_eq!(hand.place(), at(3.0));
    }

    #[test]
    fn strangers_change_nothing() {
        let mut hand = awake();
        hand.press(A, at(1.0));
        hand.slide(B, at(4.0));
        assert_eq!(hand.lift(B), None);
        assert_eq!((hand.place(), hand.is_sounding()), (at(1.0), true));
    }

    #[test]
    fn arrow_keys_move_the_held_space_key_but_no_finger() {
        let mut hand = awake();
        hand.press(Finger::Keyboard, at(0.0));
        hand.step_to(at(0.5));
        assert_eq!(hand.place(), at(0.5));
        hand.press(A, at(-1.0));
        hand.step_to(at(0.6));
        assert_eq!(hand.place(), at(-1.0));
    }

    proptest! {
        /// Whatever fingers do, the note sounds exactly while one is down and the sound is awake.
        #[test]
        fn no_note_is_ever_stuck(steps in prop::collection::vec((0u8..6, 0i32..3), 0..60)) {
            let mut hand = Hand::default();
            let mut note = false;
            for (step, id) in steps {
                let finger = Finger::Pointer(id);
                let act = match step {
                    0 | 1 => hand.press(finger, at(id as f32)),
                    2 => hand.lift(finger),
                    3 => hand.lift_all(),
                    4 => hand.set_audible(true),
                    _ => hand.set_audible(false),
                };
                match act {
                    Some(Act::Strike(_)) => note = true,
                    Some(Act::Release) => note = false,
                    None => {}
                }
                prop_assert_eq!(note, hand.is_audible() && hand.is_touching());
                prop_assert_eq!(note, hand.is_sounding());
            }
        }
    }
}
