//! What fingers do to the page: land, slide, lift, get lost. Each lands in the hand, which decides;
//! the sound performs at once.

use play::Point;
use play::compare::Place;
use protocol::Command;

use crate::dom;
use crate::ghost::Ghosts;
use crate::hand::{Act, Finger, Hand};
use crate::page::{Page, Parts};

/// How far a finger must slide to leave the landmark or the dot that it landed on, in CSS pixels.
const SLIP_PX: f64 = 12.0;
/// How long the tap that wakes the sound is heard, in milliseconds.
const WAKE_TAP_MS: i32 = 400;
/// How long such a tap waits for the sound to wake, in milliseconds; later it would surprise.
const WAKE_PATIENCE_MS: i32 = 1500;

impl Page {
    /// A finger lands: the note starts there, now. `reach_px` is how near a landmark or a dot must be to
    /// be meant; 0 means the point alone.
    pub fn press(&self, finger: Finger, landed: Point, reach_px: f64) {
        let parts = &mut *self.parts();
        let meant = parts.meant(landed, reach_px);
        let point = meant.as_ref().map_or(landed, |place| place.point);
        parts.history.settle();
        parts.hand.press(finger, point);
        parts.follow_place();
        if let Some(part) = parts.hand.part_of(finger) {
            parts.resting.retain(|(resting, _)| *resting != finger);
            match meant {
                Some(place) => {
                    parts.resting.push((finger, landed));
                    parts.sound_exactly(part, place);
                }
                // The part may have another patch from before.
                None if part != 0 => parts.sound_exactly(part, Place { point, patch: None }),
                None => {}
            }
        }
        parts.perform();
        parts.ghosts.touched(finger, point, dom::now_ms());
        parts.pad.begin_trail();
        parts.change();
    }

    /// A finger moves: the next frame follows.
    pub fn slide(&self, finger: Finger, point: Point) {
        let parts = &mut *self.parts();
        if parts.hand.holds(finger) && !parts.rests(finger, point) {
            parts.hand.slide(finger, point);
            parts.ghosts.touched(finger, point, dom::now_ms());
            parts.ask_frame();
        }
    }

    /// A finger lifts: the note ends. If it tapped while the sound was asleep, the tap is heard now.
    pub fn lift(&self, finger: Finger) {
        let unheard = {
            let parts = &mut *self.parts();
            let unheard = parts.prepared && parts.hand.holds(finger) && !parts.hand.is_audible();
            parts.hand.lift(finger);
            parts.ended(finger);
            unheard
        };
        if unheard {
            let place = self.place();
            self.press(Finger::WakeTap, place, 0.0);
            self.lose_after(Finger::WakeTap, WAKE_PATIENCE_MS, |hand| !hand.is_audible());
        }
    }

    /// A tap that is no touch (in explore mode, a preset of the list): it is heard for a moment.
    pub fn echo(&self, point: Point, reach_px: f64) {
        self.press(Finger::WakeTap, point, reach_px);
        self.lose_after(Finger::WakeTap, WAKE_TAP_MS, |_| true);
    }

    /// Whether a touch sounds.
    pub fn is_sounding(&self) -> bool {
        self.parts().hand.is_sounding()
    }

    /// Lets your place be heard for a moment, if nothing sounds there yet.
    pub fn sample(&self) {
        if !self.is_sounding() {
            self.echo(self.place(), 0.0);
        }
    }

    /// Does something with what moves by itself.
    pub fn with_ghosts<T>(&self, act: impl FnOnce(&mut Ghosts) -> T) -> T {
        let parts = &mut *self.parts();
        parts.history.settle();
        parts.change();
        act(&mut parts.ghosts)
    }

    /// The point under a pixel of the canvas (CSS pixels from its corner).
    pub fn point_at(&self, x: f64, y: f64) -> Point {
        self.parts().pad.point_at(x, y)
    }

    /// The mouse moves over the pad without being pressed, or leaves it. It shows what is there; where
    /// the mouse is free, it plays.
    pub fn hover(&self, point: Option<Point>) {
        let parts = &mut *self.parts();
        if !parts.pad.options.free_mouse {
            parts.pad.set_hover(point);
        } else if !parts.frozen {
            match point {
                Some(point) if parts.hand.holds(Finger::Hover) => parts.hand.slide(Finger::Hover, point),
                Some(point) => parts.hand.press(Finger::Hover, point),
                None => parts.hand.lose(Finger::Hover),
            }
        }
        parts.ask_frame();
    }

    /// A click of the free mouse: the place stays and sounds on, or it follows again.
    pub fn freeze_or_free(&self, point: Point) {
        let frozen = {
            let parts = &mut *self.parts();
            parts.frozen ^= true;
            parts.history.settle();
            parts.frozen
        };
        if !frozen {
            self.hover(Some(point));
        }
    }

    /// Frees what a click froze.
    pub fn free(&self) {
        let parts = &mut *self.parts();
        if std::mem::take(&mut parts.frozen) {
            parts.hand.lose(Finger::Hover);
            parts.perform();
        }
    }

    /// A finger is gone without having lifted.
    pub fn lose(&self, finger: Finger) {
        let parts = &mut *self.parts();
        // The echo of a tap may have ended already, by a stroke that must stay one step.
        if parts.hand.holds(finger) {
            parts.hand.lose(finger);
            parts.ended(finger);
        }
    }

    /// All fingers are gone: lost focus. What is held sounds on.
    pub fn lose_all(&self) {
        let parts = &mut *self.parts();
        parts.hand.lose_all();
        parts.frozen = false;
        parts.history.settle();
        parts.perform();
        parts.change();
    }

    /// Nothing is touched nor held any more: the page is hidden.
    pub fn let_go(&self) {
        let parts = &mut *self.parts();
        parts.ghosts.stop();
        parts.hand.let_go();
        parts.frozen = false;
        parts.history.settle();
        parts.perform();
        parts.change();
    }

    /// Ends every sound at once.
    pub fn panic(&self) {
        self.let_go();
        let parts = &mut *self.parts();
        parts.keys.clear();
        if let Some(sound) = &mut parts.sound {
            sound.send(&Command::AllSoundOff {});
        }
    }

    /// Moves without a touch: keys and sliders. Steps that follow each other are undone as one.
    pub fn step_to(&self, point: Point) {
        let parts = &mut *self.parts();
        parts.hand.step_to(point);
        parts.follow_place();
        parts.change();
    }

    /// Where you are.
    pub fn place(&self) -> Point {
        self.parts().hand.place()
    }

    pub(super) fn lose_after(
        &self,
        finger: Finger,
        milliseconds: i32,
        still: impl FnOnce(&Hand) -> bool + 'static,
    ) {
        let page = self.clone();
        dom::after(milliseconds, move || {
            if still(&page.parts().hand) {
                page.lose(finger);
            }
        });
    }

    pub(super) const fn wake_tap_ms() -> i32 {
        WAKE_TAP_MS
    }
}

impl Parts {
    /// Whether a finger that landed on a landmark or a dot still rests there: no finger is quite still.
    fn rests(&mut self, finger: Finger, point: Point) -> bool {
        let Some(&(_, landed)) = self.resting.iter().find(|(resting, _)| *resting == finger) else {
            return false;
        };
        let rests = self.pad.apart_px(landed, point) < SLIP_PX;
        if !rests {
            self.resting.retain(|(resting, _)| *resting != finger);
        }
        rests
    }

    fn ended(&mut self, finger: Finger) {
        self.ghosts.lifted(finger, dom::now_ms());
        self.follow_place();
        self.history.settle();
        self.perform();
        self.change();
    }

    /// The sound does what the hand decided.
    pub(super) fn perform(&mut self) {
        let acts = self.hand.take_acts();
        if acts.is_empty() {
            return;
        }
        // A note that begins elsewhere must not begin with the patch of before.
        self.tell_patch();
        if let Some(sound) = &mut self.sound {
            // A key of your place that somebody holds, too, ends with him.
            let lasts = |act: &Act| matches!(act, Act::NoteOff(0, key) if self.keys.contains_key(key));
            for act in acts.into_iter().filter(|act| !lasts(act)) {
                sound.perform(act);
            }
        }
        self.change();
    }
}
