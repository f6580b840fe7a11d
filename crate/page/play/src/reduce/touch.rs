//! Touches land, slide, lift and get lost: their notes, and the landmark or preset that they hit.

use plane::Point;

use crate::Notes;
use crate::action::{Action, TouchAction};
use crate::effect::AudioCommand;
use crate::held_keys::NoteEvent;
use crate::reduce::Reducer;
use crate::touches::{Touch, TouchId, TouchSource};

/// How far a touch must slide to leave the landmark or the dot where it stopped, in CSS pixels: no finger is still.
const SLIP_PX: f64 = 12.0;
/// How long a tap sounds, in milliseconds.
const TAP_MS: i32 = 400;
/// How long the first tap plays the sound of a link, in milliseconds: slow sounds need more than a tap.
const SHARED_TAP_MS: i32 = 2500;
/// How long a tap waits for the sound to wake, in milliseconds; a later sound would be unexpected. Chosen, not
/// measured: on a slow phone the sound may wake seconds after the first tap.
const WAKE_PATIENCE_MS: i32 = 5000;
/// The kind of undo step of moves: all moves of a touch are one step.
pub(super) const MOVE: &str = "move";
/// The kind of undo step of a random walk.
const WALK: &str = "walk";

impl Reducer<'_> {
    pub(crate) fn touch(&mut self, action: TouchAction) {
        match action {
            TouchAction::Press(source, now_ms) => {
                if self.state.page.onboarding.offers_loops() {
                    self.hear_shared(source, 0.0, now_ms);
                    return;
                }
                self.play_on(now_ms);
                self.press(source, self.state.point(), 0.0, 0.0, now_ms);
            }
            TouchAction::Lift(source, now_ms) => self.lift(source, now_ms),
            TouchAction::Lose(source) => self.lose(source),
            TouchAction::Sample(now_ms) => {
                if !self.state.is_sounding() {
                    self.tap(self.state.point(), 0.0, now_ms);
                }
            }
            TouchAction::HearShared(now_ms) => {
                if self.hear_shared(TouchSource::Tap, 0.0, now_ms) {
                    self.end_tap();
                }
            }
            TouchAction::Audition(row, is_hover) => self.audition(row, is_hover),
            TouchAction::EndAudition(id) => {
                self.end_touches(|touch| touch.id == id && touch.source == Some(TouchSource::Audition));
                self.mark_dirty();
            }
            TouchAction::EndTap(id, only_unheard) => {
                let is_it = self.state.touches.of(TouchSource::Tap).is_some_and(|touch| touch.id == id);
                if is_it && !(only_unheard && self.state.sound.is_audible) {
                    self.lose(TouchSource::Tap);
                    if let Some(shared) = &mut self.state.page.onboarding.shared {
                        shared.is_offered |= only_unheard && shared.is_first_tap;
                    }
                }
            }
            TouchAction::Unfreeze => self.unfreeze(),
        }
    }

    /// A touch lands: its note begins there, now. `reach_px` is how near a landmark or a dot must be to be hit; 0:
    /// hits none. `pressure`: that of a pointer, 0 without one.
    pub(crate) fn press(
        &mut self,
        source: TouchSource,
        landed: Point,
        reach_px: f64,
        pressure: f32,
        now_ms: f64,
    ) {
        self.unpin(source);
        let meant = self.meant(landed, reach_px);
        let point = meant.as_ref().map_or(landed, |location| location.point);
        self.finish_move();
        if let Some(part) = self.begin_touch(source, point) {
            self.set_velocity(source, landed, pressure);
            match meant {
                Some(location) => self.stop_at(source, location, landed),
                // The part may still have an older patch.
                None if part != 0 => self.audio(AudioCommand::Decode(part)),
                None => {}
            }
        }
        self.update_keys();
        self.record_touch(source, point, now_ms);
        self.mark_dirty();
    }

    /// A touch lands at a point and plays, without an undo step.
    pub(crate) fn land(&mut self, source: TouchSource, point: Point) {
        if let Some(part) = self.begin_touch(source, point).filter(|&part| part != 0) {
            // It may still have an older patch.
            self.audio(AudioCommand::Decode(part));
        }
        self.update_keys();
    }

    /// The first real touch ends taps, the play button and latched touches, also beside loops and a random walk. A
    /// person's touch takes the current point from a loop.
    fn begin_touch(&mut self, source: TouchSource, point: Point) -> Option<usize> {
        let is_alone = !self.state.touches.is_touched();
        self.end_touches(|touch| match touch.source {
            None => is_alone,
            Some(TouchSource::Loop(..)) => touch.part == 0 && !source.is_automatic(),
            Some(other) => other == source || matches!(other, TouchSource::Tap | TouchSource::PlayButton),
        });
        let Some(part) = self.state.touches.land(source).map(|touch| touch.part) else {
            self.state.gesture.has_refused = true;
            self.update_crowded();
            return None;
        };
        self.move_part(part, point, source == TouchSource::Walk);
        Some(part)
    }

    /// Sets how hard a touch at a point plays its next note.
    fn set_velocity(&mut self, source: TouchSource, point: Point, pressure: f32) {
        let viewport = &self.state.map.viewport;
        let [_, top, _, height] = viewport.window;
        let share = 1.0 - (viewport.to_screen(point).1 - top) / height;
        let velocity = self.state.notes().velocity_from.velocity(share as f32, pressure);
        if let Some(touch) = self.state.touches.of_mut(source) {
            touch.velocity = velocity;
        }
    }

    /// A touch moves; the next frame sends its point.
    pub(crate) fn slide(&mut self, source: TouchSource, point: Point, pressure: f32, now_ms: f64) {
        if self.state.page.onboarding.is_pinned(source) {
            return;
        }
        self.set_velocity(source, point, pressure);
        let Some(touch) = self.state.touches.of_mut(source) else { return };
        let part = touch.part;
        let anchor = touch.anchor;
        if anchor.is_some_and(|anchor| self.state.map.viewport.distance_px(anchor, point) < SLIP_PX) {
            return;
        }
        touch.anchor = None;
        let point = match self.dot_in_passing(point) {
            Some(location) => {
                let dot = location.point;
                self.stop_at(source, location, dot);
                dot
            }
            None => {
                if part != 0 && anchor.is_some() {
                    self.audio(AudioCommand::Decode(part));
                }
                self.move_touch(source, point);
                point
            }
        };
        self.record_touch(source, point, now_ms);
        self.mark_moved();
    }

    pub(crate) fn record_touch(&mut self, source: TouchSource, point: Point, now_ms: f64) {
        if let Some((velocity, part)) =
            self.state.touches.of(source).map(|touch| (touch.velocity, touch.part))
        {
            self.state.gesture.touched(source, point, velocity, now_ms);
            // Keys play the current point, which the first touch moves.
            if part == 0 {
                self.state.gesture.moved_keys(point, now_ms);
            }
        }
    }

    pub(crate) fn move_touch(&mut self, source: TouchSource, point: Point) {
        if let Some(part) = self.state.touches.of(source).map(|touch| touch.part) {
            self.move_part(part, point, source == TouchSource::Walk);
        }
    }

    /// The only function that moves a part's point for a touch. An edited patch does not move along.
    pub(crate) fn move_part(&mut self, part: usize, point: Point, is_walk: bool) {
        if part != 0 {
            self.state.touches.set_other_point(part, point);
        } else if self.state.point() != point {
            self.offer_discarded();
            // A drag beside a walk stays one step, to which the walk's moves belong. Taps and buttons of the tempo do
            // not end theirs.
            let open = || self.state.history.open_kind().filter(|&kind| kind != "bpm");
            let kind = if is_walk { open().unwrap_or(WALK) } else { MOVE };
            self.state.history.adjust(kind, |document| {
                document.point = point;
                document.patch = None;
            });
            self.mark_moved();
        }
    }

    /// Ends the undo step of moves. A slider that is dragged while a touch begins or ends, such as the tap that plays
    /// the sound after the drag before, goes on with its own step.
    fn finish_move(&mut self) {
        if self.state.history.is_open(MOVE) {
            self.state.history.finish_step();
        }
    }

    /// The current point moves without a touch on the map: by arrow keys, sliders or controllers.
    pub(crate) fn move_to(&mut self, point: Point) {
        self.move_part(0, point, false);
        self.follow_current_point();
        self.mark_dirty();
    }

    /// Makes the space key's touch follow the current point.
    pub(crate) fn follow_current_point(&mut self) {
        let point = self.state.point();
        self.move_touch(TouchSource::Keyboard, point);
    }

    /// A touch lifts: its notes end, or the latch keeps them. A tap while the sound was asleep plays now.
    pub(crate) fn lift(&mut self, source: TouchSource, now_ms: f64) {
        let sound = &self.state.sound;
        let is_unheard = sound.phase.plays() && self.state.touches.holds(source) && !sound.is_audible;
        let latches = self.state.notes().latch && sound.is_audible && source != TouchSource::Tap;
        match self.state.touches.of_mut(source) {
            Some(touch) if latches => (touch.source, touch.anchor) = (None, None),
            _ => self.end_touches(|touch| touch.source == Some(source)),
        }
        self.state.page.onboarding.release(source);
        self.state.gesture.lifted(source, now_ms);
        self.finish_move();
        self.mark_dirty();
        if is_unheard {
            self.press(TouchSource::Tap, self.state.point(), 0.0, 0.0, now_ms);
            self.end_tap();
        }
    }

    /// A touch is gone without having lifted: its notes end.
    pub(crate) fn lose(&mut self, source: TouchSource) {
        // A tap may have ended already, and the stroke that ended it must stay one undo step.
        if self.state.touches.holds(source) {
            self.end_touches(|touch| touch.source == Some(source));
            self.state.page.onboarding.release(source);
            self.state.gesture.lifted(source, self.state.frame.last_ms);
            self.finish_move();
            self.mark_dirty();
        }
    }

    /// Ends every touch by a person. Latched notes and loops keep sounding.
    pub(crate) fn lose_attended(&mut self) {
        self.end_touches(|touch| {
            touch.source.is_some_and(|source| source != TouchSource::PlayButton && !source.is_automatic())
        });
        self.state.gesture.lifted_all(self.state.frame.last_ms);
        self.state.map.is_frozen = false;
        self.state.history.finish_step();
        self.mark_dirty();
    }

    /// Ends all touches and latched notes, recording and walk. Loops play on, and what was recorded becomes one that
    /// does not play yet.
    pub(crate) fn lose_all_but_loops(&mut self) {
        self.leave_take();
        self.state.gesture.rest();
        self.end_touches(|touch| !touch.source.is_some_and(TouchSource::is_loop));
        self.state.map.is_frozen = false;
        self.state.history.finish_step();
        self.mark_dirty();
    }

    /// Ends all touches, latched notes and loops.
    pub(crate) fn lose_all(&mut self) {
        self.state.gesture.stop();
        self.end_touches(|_| true);
        self.sync_loops();
        self.state.map.is_frozen = false;
        self.state.history.finish_step();
        self.mark_dirty();
    }

    pub(crate) fn unfreeze(&mut self) {
        if std::mem::take(&mut self.state.map.is_frozen) {
            self.end_touches(|touch| touch.source == Some(TouchSource::Hover));
            self.state.gesture.lifted(TouchSource::Hover, self.state.frame.last_ms);
            self.mark_dirty();
        }
    }

    /// Plays a point for a moment.
    pub(crate) fn tap(&mut self, point: Point, reach_px: f64, now_ms: f64) {
        self.press(TouchSource::Tap, point, reach_px, 0.0, now_ms);
        self.end_tap();
    }

    /// Starts the time after which a tap ends: of its sound, or of its waiting for the sound to wake.
    pub(crate) fn end_tap(&mut self) {
        let only_unheard = !self.state.sound.is_audible;
        let shared = self.state.page.onboarding.shared.as_ref();
        let delay_ms = if only_unheard {
            WAKE_PATIENCE_MS
        } else if shared.is_some_and(|shared| shared.is_first_tap) {
            SHARED_TAP_MS
        } else {
            TAP_MS
        };
        let id: Option<TouchId> = self.state.touches.of(TouchSource::Tap).map(|touch| touch.id);
        if let Some(id) = id {
            self.after(delay_ms, Action::Touch(TouchAction::EndTap(id, only_unheard)));
        }
    }

    pub(crate) fn end_touches(&mut self, which: impl Fn(&Touch) -> bool) {
        let is_legato = self.state.notes().is_legato();
        for touch in self.state.touches.take(which) {
            let events = self.state.keys.set_touch(touch.id, touch.part, &[], touch.velocity, is_legato);
            self.send_touch_notes(touch.source, events, None);
        }
    }

    /// Updates the keys of every touch for its point, when one lands and once a frame.
    pub(crate) fn update_keys(&mut self) {
        if !self.state.sound.is_audible {
            return;
        }
        // A note begins with the patch of its point.
        self.sync_patch();
        let played = self.state.played_notes();
        for Touch { id, part, velocity, source, key, root, .. } in self.state.touches.all().to_vec() {
            if source.is_some_and(TouchSource::is_loop) {
                // The instrument plays these notes; here they only show.
                let keys =
                    key.map_or_else(|| played.keys_at(self.state.touches.other_point(part)), |key| vec![key]);
                let events = self.state.keys.set_touch(id, part, &keys, velocity, false);
                self.send_touch_notes(source, events, None);
                continue;
            }
            let point = self.state.point_of(part);
            let begins = !self.state.keys.holds_touch(id);
            let notes = Notes { root: self.root_of(id, root, point), ..played };
            let keys = notes.keys_at(point);
            let events = self.state.keys.set_touch(id, part, &keys, velocity, notes.is_legato());
            if begins && !events.is_empty() {
                self.state.sound.sent.points[part] = Some(point);
                self.audio(AudioCommand::JumpTo(part, point));
            }
            self.send_touch_notes(source, events, begins.then_some(point));
        }
    }

    /// The root that a touch plays at a point. Where the page chooses it, the touch keeps the one of its first note: a
    /// drag changes the sound, not the key.
    fn root_of(&mut self, id: TouchId, root: Option<u8>, point: Point) -> u8 {
        if !self.state.notes().follows_sound() {
            return self.state.notes().root;
        }
        root.unwrap_or_else(|| {
            let root = self.state.register_at(point);
            self.state.touches.set_root(id, Some(root));
            root
        })
    }

    /// The instrument itself plays a loop's notes. They come without end: they are shown in their time, and are no
    /// reason to store the session.
    fn send_touch_notes(
        &mut self,
        source: Option<TouchSource>,
        events: Vec<NoteEvent>,
        begins_at: Option<Point>,
    ) {
        if !source.is_some_and(TouchSource::is_loop) {
            return self.send_notes(events, begins_at);
        }
        if !events.is_empty() {
            self.mark_moved();
        }
    }

    /// `begins_at`: the point where these notes begin, if a touch begins with them.
    pub(crate) fn send_notes(&mut self, events: Vec<NoteEvent>, begins_at: Option<Point>) {
        if !events.is_empty() {
            self.claim_parts();
            self.mark_dirty();
            self.is_heard();
        }
        if events.iter().any(|event| matches!(event, NoteEvent::On { .. })) {
            self.rest_voice();
        }
        for event in events {
            self.audio(AudioCommand::Note(event, begins_at));
        }
    }
}
