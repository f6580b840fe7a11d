//! What a frame does: the ghosts go on, the sound is led to the hand, then pad, words and tabs show
//! what is true now.

use play::Point;

use crate::ghost::Step;
use crate::hand::Finger;
use crate::here;
use crate::pad::{Scene, Seen};
use crate::page::{Page, Parts};
use crate::tabs::Now;

/// Your ring below this height, in latent units, would lie under the legend.
const LEGEND_TOP: f32 = -3.0;
/// Least time between two wordings of where a moving finger is, in milliseconds: nobody reads faster, and
/// each costs a layout of the page.
const WORDS_MS: f64 = 100.0;

impl Page {
    pub(super) fn show_frame(&self, now_ms: f64) {
        let kept = {
            let parts = &mut *self.parts();
            parts.frame_asked = false;
            parts.haunt(now_ms);
            parts.hand.settle();
            parts.follow_place();
            parts.perform();
            parts.lead_sound();
            let news = parts.tell(now_ms);
            parts.draw(now_ms);
            news
        };
        if kept {
            self.keep_soon();
        }
    }
}

impl Parts {
    /// A looping gesture or a walk at random moves its finger.
    fn haunt(&mut self, now_ms: f64) {
        let elapsed_s = (now_ms - self.last_frame_ms).clamp(0.0, 1000.0) / 1000.0;
        self.last_frame_ms = now_ms;
        let step = self.ghosts.advance(elapsed_s);
        match step {
            Some(Step { point: Some(point), landed: false }) if self.hand.holds(Finger::Ghost) => {
                self.hand.slide(Finger::Ghost, point);
            }
            Some(Step { point: Some(point), .. }) => self.hand.press(Finger::Ghost, point),
            Some(Step { point: None, .. }) => self.hand.lose(Finger::Ghost),
            None if self.hand.holds(Finger::Ghost) => self.hand.lose(Finger::Ghost),
            None => return,
        }
        self.drift();
    }

    /// Leads the sound's parts to where the fingers are.
    pub(super) fn lead_sound(&mut self) {
        if let Some(sound) = &mut self.sound {
            for (part, &point) in self.hand.points().iter().enumerate() {
                sound.glide_to(part, point);
            }
        }
        self.tell_patch();
    }

    /// Tells the tabs what is true now, as soon as each needs it; answers whether there was news, worth
    /// keeping.
    fn tell(&mut self, now_ms: f64) -> bool {
        let news = self.news;
        let changed = self.news || self.drifted;
        let due = self.news || self.drifted && now_ms - self.said_ms >= WORDS_MS;
        if due {
            (self.news, self.drifted, self.said_ms) = (false, false, now_ms);
            self.say();
        } else if self.drifted {
            // The last words are still to come.
            self.ask_frame();
        }
        if changed {
            let state = self.history.present();
            let patch = state.patch.as_deref().or(self.decoded.as_deref());
            for tab in &mut self.tabs {
                tab.follow(state, patch);
            }
        }
        news
    }

    /// Puts into words and into the tabs what is true now.
    fn say(&mut self) {
        let state = self.history.present();
        let moved = self.shown.replace(state.place).is_some_and(|shown| shown != state.place);
        let known = self.known.as_deref();
        let exact = here::exact(state, known, self.presets.as_deref());
        let now = Now {
            language: &self.language,
            place: state.place,
            state,
            patch: state.patch.as_deref().or(self.decoded.as_deref()),
            exact,
            known,
            has_presets: self.presets.is_some(),
            map: self.pad.map(),
            can_undo: self.history.can_undo(),
            can_redo: self.history.can_redo(),
            ghosts: &self.ghosts,
            layer: self.pad.layer(),
            options: self.pad.options,
            explore: self.pad.explore,
            is_zoomed: self.pad.is_zoomed(),
            is_sounding: self.hand.is_sounding(),
        };
        self.edited = now.is_edited();
        self.here.show(&now, moved);
        for tab in &mut self.tabs {
            tab.show(&now);
        }
    }

    fn draw(&mut self, now_ms: f64) {
        if self.hand.is_touching() {
            self.pad.extend_trail(self.hand.place(), now_ms);
        }
        let state = self.history.present();
        let marks: Vec<_> = self.hand.marks().collect();
        let touching = marks.iter().any(|mark| mark.touching);
        if !self.hand.is_audible() {
            self.notice.show_way_to_wake(touching);
        }
        // Nothing covers the map where it is played.
        let low = |point: Point| point.y < LEGEND_TOP;
        if self.known.is_some() {
            self.notice.show_legend(touching || low(state.place));
        }
        self.notice.show_touching(self.hand.is_pressed());
        let scene = Scene {
            place: state.place,
            seen: if self.edited && state.patch.is_some() { Seen::Edited } else { Seen::Unedited },
            marks: &marks,
            state,
            ghosts: &self.ghosts,
        };
        if self.pad.draw(&scene, now_ms) || self.ghosts.are_moving() {
            self.ask_frame();
        }
    }
}
