//! The first seconds: the first visit's preset, line and demonstration, the hints, and a link's sound, which the first
//! touch anywhere plays.

use crate::History;
use crate::action::{Action, GestureAction, PageAction};
use crate::compare::Location;
use crate::demo::Demo;
use crate::effect::{AudioCommand, Effect};
use crate::hints::{Hint, LEAVES_MS};
use crate::onboarding::{LoopInvitation, SharedSound, first_document, first_row};
use crate::page::Tab;
use crate::reduce::Reducer;
use crate::tone_domain::ToneDomain;
use crate::touches::TouchSource;

impl Reducer<'_> {
    /// Once names and values of the presets are loaded, a first visit that has changed nothing yet plays its preset's
    /// own patch. No undo step: nobody did it.
    pub(crate) fn begin_at_first_preset(&mut self) {
        let state = &mut *self.state;
        let (Some(known), Some(presets)) = (&state.library.known, &state.library.presets) else { return };
        let is_unchanged = state.document().here() == first_document().here() && !state.history.can_undo();
        if !std::mem::take(&mut state.page.onboarding.awaits_preset) || !is_unchanged {
            return;
        }
        let Some(row) = first_row(known) else { return };
        let point = crate::Point::on_plane(known.x[row], known.y[row]);
        let patch = Some(Box::new(presets.patch(row)));
        let mut document = state.document().clone();
        document.go(Location { patch, ..point.into() });
        state.history = History::new(document);
        self.sync_sound();
        self.mark_dirty();
    }

    /// A touch or a key of a person: the first line and the demonstration go, and a hint that was read.
    pub(crate) fn play_on(&mut self, now_ms: f64) {
        let onboarding = &mut self.state.page.onboarding;
        onboarding.is_welcome = false;
        onboarding.demo = Demo::Over;
        onboarding.hints.play_on(now_ms);
    }

    /// A person has done one of the first steps: its hint is not shown any more.
    pub(crate) fn learn_step(&mut self, action: &Action) {
        let step = match action {
            Action::Gesture(GestureAction::ToggleRecording(_)) => Hint::Record,
            Action::Gesture(GestureAction::NextBeat(_)) => Hint::Beat,
            _ => return,
        };
        self.state.page.onboarding.hints.learn(step);
    }

    /// The answer to a first press of a tool.
    pub(crate) fn answer(&mut self, hint: Hint) {
        if !self.state.page.is_embedded && self.state.page.onboarding.hints.offer(hint, true) {
            self.show_hint();
        }
    }

    /// A frame: begins and ends the demonstration, and shows the hint whose moment it is.
    pub(crate) fn advance_onboarding(&mut self, now_ms: f64) {
        let (point, is_ready) =
            (self.state.point(), self.state.is_complete() && !self.state.sound.instruments.has_tones());
        let has_colours = self.state.shown_layer().is_some();
        let is_near_dot = self.is_near_dot();
        // The first steps are named where their buttons are.
        let is_playing = self.state.page.tab == Tab::Play;
        let onboarding = &mut self.state.page.onboarding;
        if onboarding.demo == Demo::Waiting && is_ready && has_colours {
            onboarding.demo = Demo::Running(now_ms, point);
        }
        if onboarding.demo != Demo::Waiting && onboarding.demo.at(now_ms).is_none() {
            onboarding.demo = Demo::Over;
        }
        let is_demonstrating = matches!(onboarding.demo, Demo::Running(..));
        let mut is_new = false;
        let has_begun = !onboarding.is_welcome && !onboarding.is_offered();
        if !self.state.page.is_embedded && is_ready && has_begun {
            let hints = &mut onboarding.hints;
            is_new = is_playing && Hint::STEPS.into_iter().any(|step| hints.offer(step, false));
            is_new |= has_colours && hints.offer(Hint::Colours, false);
            is_new |= is_near_dot && hints.offer(Hint::Dots, false);
        }
        onboarding.hints.frame(now_ms);
        if is_new {
            self.show_hint();
        }
        if is_demonstrating {
            self.request_frame();
        }
    }

    /// A hint is new.
    fn show_hint(&mut self) {
        if let Some(hint) = self.state.page.onboarding.hints.shown() {
            self.after(LEAVES_MS, Action::Page(PageAction::LeaveHint(hint)));
        }
        self.mark_dirty();
    }

    /// True if a touch or the mouse is near a visible dot.
    fn is_near_dot(&self) -> bool {
        /// How near, in CSS pixels: half a fingertip.
        const NEAR_PX: f64 = 12.0;
        let state = &*self.state;
        if !state.overlays().dots || state.page.onboarding.hints.seen.dots {
            return false;
        }
        let pressed = state.touches.is_pressed().then(|| state.point());
        let at = pressed.or(state.map.hover);
        at.is_some_and(|point| state.dot_near(point, NEAR_PX).is_some())
    }

    /// A link was opened: its sound waits to be heard.
    pub(crate) fn offer_shared(&mut self) {
        if self.state.page.is_embedded {
            return;
        }
        let document = self.state.document().clone();
        let onboarding = &mut self.state.page.onboarding;
        onboarding.is_welcome = false;
        onboarding.awaits_preset = false;
        onboarding.demo = Demo::Over;
        onboarding.shared =
            Some(SharedSound { document, is_offered: true, is_first_tap: false, pinned: None });
        self.mark_dirty();
    }

    /// The first touch anywhere plays the link's sound where it is, and does not move it. Returns whether this touch
    /// is taken.
    pub(crate) fn hear_shared(&mut self, source: TouchSource, pressure: f32, now_ms: f64) -> bool {
        if !self.state.page.onboarding.is_offered() {
            return false;
        }
        // Before the sound has loaded a touch is inaudible, and the next one is still the first.
        if self.state.sound.phase.plays() && self.state.sound.instruments.wanted.is_none() {
            if !self.state.document().loops.all().is_empty() {
                self.hear_shared_loops(now_ms);
                return true;
            }
            self.press(source, self.state.point(), 0.0, pressure, now_ms);
            if let Some(shared) = &mut self.state.page.onboarding.shared {
                (shared.is_offered, shared.is_first_tap, shared.pinned) = (false, true, Some(source));
            }
        }
        true
    }

    /// All loops of a link start together.
    fn hear_shared_loops(&mut self, now_ms: f64) {
        self.audio(AudioCommand::Wake);
        self.play_all(now_ms);
    }

    /// Loops begin to play: if they are those of a link, a person hears them now, and may add one.
    pub(crate) fn shared_loops_play(&mut self, now_ms: f64) {
        let loops = self.state.document().loops.all().len();
        let onboarding = &mut self.state.page.onboarding;
        if onboarding.offers_loops() {
            onboarding.invitation = Some(LoopInvitation { loops, heard_ms: now_ms });
            onboarding.hear();
            self.mark_dirty();
        }
    }

    /// A touch lands: if it is not the one that plays a link's sound first, it is free to move.
    pub(crate) fn unpin(&mut self, source: TouchSource) {
        self.state.page.onboarding.release(source);
        if let Some(shared) = &mut self.state.page.onboarding.shared {
            shared.is_first_tap &= source == TouchSource::Tap;
        }
    }

    /// A note sounds: nothing waits to be heard any more.
    pub(crate) fn is_heard(&mut self) {
        self.state.page.onboarding.hear();
    }

    /// The instrument that is shown, and the number of its landmarks.
    pub(crate) fn shown_landmarks(&self) -> (Option<ToneDomain>, usize) {
        (self.state.sound.instruments.domain, self.state.document().landmarks.all().len())
    }

    /// After every action: what is said of a landmark ends with the landmark, and with its instrument.
    pub(crate) fn leave_landmarks(&mut self, (domain, count): (Option<ToneDomain>, usize)) {
        let (own_domain, own_count) = self.shown_landmarks();
        if own_domain != domain || own_count < count {
            self.state.page.onboarding.hints.withdraw(Hint::Landmark);
        }
    }

    /// After every action: once the document differs from its link, the page's address is not this link any more.
    pub(crate) fn leave_link(&mut self) {
        let state = &*self.state;
        let left = |shared: &SharedSound| shared.document != *state.document();
        if state.page.onboarding.shared.as_ref().is_some_and(left) {
            self.state.page.onboarding.shared = None;
            self.effects.push(Effect::ClearLink);
            self.mark_dirty();
        }
    }
}
