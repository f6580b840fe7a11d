//! The fingers on the pad, and what the five parts of the instrument have to do about them. Pure: it
//! stores and decides; it knows no events, no sound and no pixels.
//!
//! Each finger has a part of its own, with its own point of the plane: the first finger part 0, which
//! is *the place*, the next ones 1 to 4. With hold, what was touched together sounds on until the
//! next touch.

use play::{Notes, Point};

pub use protocol::constants::PART_COUNT;

/// Who touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finger {
    /// A pointer event's pointerId: finger, pen or mouse.
    Pointer(i32),
    /// The space key, at the keyboard's point.
    Keyboard,
    /// The echo of a tap that came while the sound was asleep.
    WakeTap,
    /// A mouse that plays without being pressed.
    Hover,
    /// A gesture, repeated, or a walk at random.
    Ghost,
    /// A button that plays at the place until something else is touched.
    PlayButton,
}

/// What a part has to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// Its point is there at once: a note begins.
    Stand(usize, Point),
    /// A key (0…127) goes down.
    NoteOn(usize, u8),
    /// A key comes up.
    NoteOff(usize, u8),
}

/// One finger and what it holds.
struct Touch {
    /// None: it lifted, and what it held is held for it.
    finger: Option<Finger>,
    part: usize,
    point: Point,
    keys: Vec<u8>,
}

/// What is seen of a touch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Its part.
    pub part: usize,
    /// Where it is.
    pub point: Point,
    /// Whether a finger is down there; otherwise it is held.
    pub touching: bool,
    /// Whether it sounds.
    pub sounding: bool,
}

/// All fingers, in the order in which they landed.
#[derive(Default)]
pub struct Hand {
    touches: Vec<Touch>,
    points: [Point; PART_COUNT],
    notes: Notes,
    audible: bool,
    acts: Vec<Act>,
}

impl Hand {
    /// What the parts have to do since this was last asked, in order.
    pub fn take_acts(&mut self) -> Vec<Act> {
        std::mem::take(&mut self.acts)
    }

    /// A finger lands. The echo of a tap ends with the first true touch, and so does what a button
    /// plays or what was held for fingers that are gone. A sixth finger finds no part.
    pub fn press(&mut self, finger: Finger, point: Point) {
        let alone = !self.is_touching();
        self.release(|touch| match touch.finger {
            None => alone,
            Some(other) => other == finger || matches!(other, Finger::WakeTap | Finger::PlayButton),
        });
        let taken = |part: &usize| self.touches.iter().any(|touch| touch.part == *part);
        let Some(part) = (0..PART_COUNT).find(|part| !taken(part)) else { return };
        self.points[part] = point;
        self.touches.push(Touch { finger: Some(finger), part, point, keys: Vec::new() });
        self.settle();
    }

    /// A finger moves. One that is not down moves nothing. Its keys follow at [`Hand::settle`].
    pub fn slide(&mut self, finger: Finger, point: Point) {
        if let Some(touch) = self.touches.iter_mut().find(|touch| touch.finger == Some(finger)) {
            touch.point = point;
            self.points[touch.part] = point;
        }
    }

    /// The place moves without a touch: by arrow keys, a landmark, undo. What is held there follows.
    pub fn step_to(&mut self, point: Point) {
        self.points[0] = point;
        for touch in &mut self.touches {
            if touch.part == 0 || touch.finger == Some(Finger::Keyboard) {
                touch.point = point;
                self.points[touch.part] = point;
            }
        }
    }

    /// A finger lifts: what it held ends, or is held for it. Nothing happens for one that is not down.
    pub fn lift(&mut self, finger: Finger) {
        let hold = self.notes.hold && self.audible && finger != Finger::WakeTap;
        match self.touches.iter_mut().find(|touch| touch.finger == Some(finger)) {
            Some(touch) if hold => touch.finger = None,
            _ => self.lose(finger),
        }
    }

    /// A finger is gone without having lifted: what it held ends.
    pub fn lose(&mut self, finger: Finger) {
        self.release(|touch| touch.finger == Some(finger));
    }

    /// Every finger is gone: lost focus. What is held sounds on, and so does what no finger plays.
    pub fn lose_all(&mut self) {
        let is_unattended = |finger| matches!(finger, Finger::PlayButton | Finger::Ghost);
        self.release(|touch| touch.finger.is_some_and(|finger| !is_unattended(finger)));
    }

    /// Nothing is touched nor held: panic, hidden page.
    pub fn let_go(&mut self) {
        self.release(|_| true);
    }

    /// Other notes from now on; without hold, what was held ends.
    pub fn set_notes(&mut self, notes: Notes) {
        if self.notes.hold && !notes.hold {
            self.release(|touch| touch.finger.is_none());
        }
        self.notes = notes;
        self.settle();
    }

    /// The sound falls asleep or wakes; a finger that is down when it wakes is heard.
    pub fn set_audible(&mut self, audible: bool) {
        if self.audible == audible {
            return;
        }
        self.audible = audible;
        for touch in &mut self.touches {
            let part = touch.part;
            self.acts.extend(touch.keys.drain(..).map(|key| Act::NoteOff(part, key)));
        }
        self.touches.retain(|touch| audible || touch.finger.is_some());
        self.settle();
    }

    /// What plays from now on knows of no key: what is down is struck once more.
    pub fn strike_again(&mut self) {
        for touch in &mut self.touches {
            touch.keys.clear();
        }
        self.settle();
    }

    /// Brings the keys of every touch to those of its point: at a landing, and once a frame.
    pub fn settle(&mut self) {
        if !self.audible {
            return;
        }
        for touch in &mut self.touches {
            let keys = self.notes.keys_at(touch.point);
            if touch.keys == keys {
                continue;
            }
            if touch.keys.is_empty() {
                self.acts.push(Act::Stand(touch.part, touch.point));
            }
            let part = touch.part;
            let (old, new) = (touch.keys.iter(), keys.iter());
            let left = old.filter(|key| !keys.contains(key)).map(|&key| Act::NoteOff(part, key));
            let struck = new.filter(|key| !touch.keys.contains(key)).map(|&key| Act::NoteOn(part, key));
            if self.notes.binds() {
                self.acts.extend(struck.chain(left));
            } else {
                self.acts.extend(left.chain(struck));
            }
            touch.keys = keys;
        }
    }

    /// Whether what is played now is heard.
    pub fn is_audible(&self) -> bool {
        self.audible
    }

    /// Where part 0 is: under the first finger, or where the last one was.
    pub fn place(&self) -> Point {
        self.points[0]
    }

    /// Where each part is.
    pub fn points(&self) -> &[Point; PART_COUNT] {
        &self.points
    }

    /// Whether anything is held, by a finger or for one.
    pub fn is_sounding(&self) -> bool {
        self.touches.iter().any(|touch| !touch.keys.is_empty())
    }

    /// Whether a touch of this part sounds this key.
    pub fn plays(&self, part: usize, key: u8) -> bool {
        self.touches.iter().any(|touch| touch.part == part && touch.keys.contains(&key))
    }

    /// Whether this finger is down.
    pub fn holds(&self, finger: Finger) -> bool {
        self.touches.iter().any(|touch| touch.finger == Some(finger))
    }

    /// The part of a finger that is down.
    pub fn part_of(&self, finger: Finger) -> Option<usize> {
        self.touches.iter().find(|touch| touch.finger == Some(finger)).map(|touch| touch.part)
    }

    /// Whether any finger is down.
    pub fn is_touching(&self) -> bool {
        self.touches.iter().any(|touch| touch.finger.is_some())
    }

    /// Whether a finger, pen or mouse presses the pad.
    pub fn is_pressed(&self) -> bool {
        self.touches.iter().any(|touch| matches!(touch.finger, Some(Finger::Pointer(_))))
    }

    /// What is seen of the touches.
    pub fn marks(&self) -> impl Iterator<Item = Mark> {
        self.touches.iter().map(|touch| Mark {
            part: touch.part,
            point: touch.point,
            touching: touch.finger.is_some(),
            sounding: !touch.keys.is_empty(),
        })
    }

    fn release(&mut self, which: impl Fn(&Touch) -> bool) {
        let acts = &mut self.acts;
        self.touches.retain(|touch| {
            let stays = !which(touch);
            if !stays {
                acts.extend(touch.keys.iter().map(|&key| Act::NoteOff(touch.part, key)));
            }
            stays
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use play::notes::{Layout, MIDDLE_C, Manner};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

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

    fn holding() -> Hand {
        let mut hand = awake();
        hand.set_notes(Notes { hold: true, ..Notes::default() });
        hand
    }

    #[test]
    fn a_finger_strikes_slides_and_releases() {
        let mut hand = awake();
        hand.press(A, at(1.0));
        assert_eq!(hand.take_acts(), [Act::Stand(0, at(1.0)), Act::NoteOn(0, MIDDLE_C)]);
        hand.slide(A, at(2.0));
        assert_eq!(hand.place(), at(2.0));
        hand.lift(A);
        assert_eq!(hand.take_acts(), [Act::NoteOff(0, MIDDLE_C)]);
        assert_eq!(hand.place(), at(2.0), "you are still where you were");
    }

    #[test]
    fn each_finger_has_a_part_and_the_sixth_none() {
        let mut hand = awake();
        for id in 0..6 {
            hand.press(Finger::Pointer(id), at(id as f32 * 0.5));
        }
        let parts: Vec<usize> = hand.marks().map(|mark| mark.part).collect();
        assert_eq!(parts, [0, 1, 2, 3, 4]);
        hand.lift(Finger::Pointer(2));
        hand.press(Finger::Pointer(9), at(3.0));
        assert_eq!(hand.points()[2], at(3.0), "a part that is free is taken again");
        assert_eq!(hand.place(), at(0.0));
    }

    #[test]
    fn over_a_scale_a_sliding_finger_changes_its_key() {
        for (mode, manner, is_bound) in
            [(0.0, Manner::Drone, false), (2.0, Manner::Drone, true), (0.0, Manner::ArpeggioUp, true)]
        {
            let mut hand = awake();
            let layout = Layout::ScaleAcross;
            hand.set_notes(Notes { layout, keyboard_mode: mode, manner, ..Notes::default() });
            hand.press(A, at(-3.9));
            hand.take_acts();
            hand.slide(A, at(3.9));
            hand.settle();
            let acts = hand.take_acts();
            let begins = matches!(acts.first(), Some(Act::NoteOn(..)));
            let ends = matches!(acts.last(), Some(Act::NoteOff(..)));
            assert_eq!((begins, ends), (is_bound, is_bound), "{acts:?}");
        }
    }

    #[test]
    fn what_is_held_sounds_until_the_next_touch_or_until_hold_ends() {
        let mut hand = holding();
        hand.press(A, at(1.0));
        hand.press(B, at(2.0));
        hand.lift(A);
        hand.lift(B);
        assert!(hand.is_sounding() && !hand.is_touching() && !hand.is_pressed());
        hand.press(A, at(3.0));
        assert_eq!(hand.marks().count(), 1, "a new touch, a new sound");
        hand.lift(A);
        hand.set_notes(Notes::default());
        assert!(!hand.is_sounding());
    }

    #[test]
    fn a_finger_that_is_lost_is_not_held() {
        let mut hand = holding();
        hand.press(A, at(1.0));
        hand.lose(A);
        assert!(!hand.is_sounding());
    }

    #[test]
    fn asleep_nothing_is_struck_and_waking_strikes_what_is_touched() {
        let mut hand = Hand::default();
        hand.press(Finger::WakeTap, at(1.0));
        assert_eq!(hand.take_acts(), []);
        hand.set_audible(true);
        assert_eq!(hand.take_acts(), [Act::Stand(0, at(1.0)), Act::NoteOn(0, MIDDLE_C)]);
        hand.set_audible(false);
        assert_eq!(hand.take_acts(), [Act::NoteOff(0, MIDDLE_C)]);
        hand.lift(Finger::WakeTap);
        assert_eq!(hand.take_acts(), []);
    }

    #[test]
    fn what_is_held_is_struck_once_more_for_an_instrument_that_is_made_anew() {
        let mut hand = holding();
        hand.press(A, at(1.0));
        hand.lift(A);
        hand.take_acts();
        hand.strike_again();
        assert_eq!(hand.take_acts(), [Act::Stand(0, at(1.0)), Act::NoteOn(0, MIDDLE_C)]);
        hand.set_audible(false);
        hand.take_acts();
        hand.strike_again();
        assert_eq!(hand.take_acts(), [], "asleep nothing is struck");
    }

    #[test]
    fn a_true_touch_ends_the_echo_of_the_waking_tap_and_what_a_button_plays() {
        for finger in [Finger::WakeTap, Finger::PlayButton] {
            let mut hand = awake();
            hand.press(finger, at(1.0));
            hand.press(A, at(3.0));
            assert_eq!(hand.marks().count(), 1);
            assert_eq!(hand.place(), at(3.0));
        }
    }

    #[test]
    fn arrow_keys_move_the_held_space_key() {
        let mut hand = awake();
        hand.press(Finger::Keyboard, at(0.0));
        hand.step_to(at(0.5));
        assert_eq!((hand.place(), hand.points()[0]), (at(0.5), at(0.5)));
    }

    proptest! {
        /// Whatever fingers do: a key sounds exactly while a touch has it, and no part is used twice.
        #[test]
        fn no_note_is_ever_stuck(steps in prop::collection::vec((0u8..11, 0i32..7), 0..80)) {
            let mut hand = Hand::default();
            let mut down = BTreeSet::new();
            for (step, id) in steps {
                let finger = Finger::Pointer(id);
                match step {
                    0 | 1 => hand.press(finger, at(id as f32 - 3.0)),
                    2 | 3 => hand.lift(finger),
                    4 => hand.lose(finger),
                    5 => hand.slide(finger, at(3.0 - id as f32)),
                    6 => hand.lose_all(),
                    7 => hand.let_go(),
                    8 => hand.set_audible(id > 0),
                    9 => hand.set_notes(Notes { hold: id > 3, ..Notes::default() }),
                    _ => hand.set_notes(Notes { layout: Layout::ScaleAcross, hold: id > 3, ..Notes::default() }),
                }
                hand.settle();
                for act in hand.take_acts() {
                    match act {
                        Act::NoteOn(part, key) => prop_assert!(down.insert((part, key))),
                        Act::NoteOff(part, key) => prop_assert!(down.remove(&(part, key))),
                        Act::Stand(..) => {}
                    }
                }
                let parts: BTreeSet<usize> = hand.marks().map(|mark| mark.part).collect();
                prop_assert_eq!(parts.len(), hand.marks().count());
                let sounding: BTreeSet<usize> = down.iter().map(|&(part, _)| part).collect();
                prop_assert_eq!(sounding, if hand.is_audible() { parts } else { BTreeSet::new() });
            }
            hand.let_go();
            for act in hand.take_acts() {
                if let Act::NoteOff(part, key) = act {
                    down.remove(&(part, key));
                }
            }
            prop_assert!(down.is_empty());
        }
    }
}
