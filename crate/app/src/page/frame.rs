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
            parts.draw_trail(now_ms);
            let news = std::mem::take(&mut parts.news);
            if news {
                parts.say();
            }
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
        self.change();
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

    fn draw_trail(&mut self, now_ms: f64) {
        let place = self.hand.place();
        if self.shown != Some(place) && self.hand.is_touching() {
            self.pad.extend_trail(place, now_ms);
        }
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
        self.here.show(&now, moved);
        for tab in &mut self.tabs {
            tab.show(&now);
        }
    }

    fn draw(&mut self, now_ms: f64) {
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
            seen: if state.patch.is_some() { Seen::Edited } else { Seen::Decoded },
            marks: &marks,
            state,
            ghosts: &self.ghosts,
        };
        if self.pad.draw(&scene, now_ms) || self.ghosts.are_moving() {
            self.ask_frame();
        }
    }
}
