//! Recording, starting and changing loops, and the walk, which moves a touch of its own.

use crate::action::GestureAction;
use crate::demo::Demo;
use crate::error::AppError;
use crate::reduce::Reducer;
use crate::touches::TouchSource;

/// The kind of undo step of a loop's speed: a dragged slider is one step.
const LOOP_SPEED: &str = "loop speed";

impl Reducer<'_> {
    pub(crate) fn gesture(&mut self, action: GestureAction) {
        let gesture = &mut self.state.gesture;
        match action {
            GestureAction::ToggleRecording(now_ms) if gesture.is_recording() => {
                return self.finish_recording(now_ms);
            }
            GestureAction::ToggleRecording(_) => {
                if !self.state.history.present().loops.are_full() {
                    gesture.record();
                }
            }
            GestureAction::ToggleLoop(number) if gesture.plays(number) => gesture.stop_loop(number),
            GestureAction::ToggleLoop(number) => self.play_loop(number),
            GestureAction::ToggleWalk(_) if gesture.is_walking() => gesture.stop_walk(),
            GestureAction::ToggleWalk(seed) => {
                let home = self.state.point();
                // Its moves do not join an edit from before.
                self.state.history.finish_step();
                self.state.gesture.walk(home, seed);
            }
            GestureAction::DeleteLoop(number) => self.change(|document| document.loops.delete(number)),
            GestureAction::SetLoopSpeed(number, speed) => self.adjust(LOOP_SPEED, |document| {
                document.loops.change(number, |own| own.speed = speed);
            }),
            GestureAction::SetLoopDirection(number, direction) => self.change(|document| {
                document.loops.change(number, |own| own.direction = direction);
            }),
            GestureAction::SetInBeats(in_beats) => self.change(|document| {
                document.loops.set_in_beats(in_beats, document.notes.bpm);
            }),
        }
        self.follow_document();
    }

    /// The new loop plays at once.
    fn finish_recording(&mut self, now_ms: f64) {
        if let Some(number) = self.keep_recording(now_ms) {
            self.play_loop(number);
            self.sync_loops();
        }
        self.mark_dirty();
    }

    /// Ends the recording, unless there is no room for it; returns the number of the new loop, if anything was drawn.
    pub(crate) fn keep_recording(&mut self, now_ms: f64) -> Option<u8> {
        if self.state.gesture.has_drawn() && self.state.document().loops.are_full() {
            self.report(AppError::LoopsFull);
            return None;
        }
        let recorded = self.state.gesture.finish_recording(now_ms)?;
        let mut number = None;
        self.state.history.finish_step();
        self.change(|document| {
            number = document.loops.add(recorded, document.notes.bpm, document.instrument);
        });
        number
    }

    fn play_loop(&mut self, number: u8) {
        if let Some(own) = self.state.history.present().loops.get(number) {
            self.state.gesture.play(own);
            // It sounds, so the first line has said enough.
            self.state.page.onboarding.is_welcome = false;
            self.state.page.onboarding.demo = Demo::Over;
        }
    }

    /// Advances the walk by this many seconds. It ends where a person has gone elsewhere or edited the patch, which it
    /// would undo.
    pub(crate) fn advance_walk(&mut self, elapsed_s: f64) {
        let document = self.state.document();
        let is_elsewhere =
            self.state.gesture.walk_place() != Some(document.point) || self.state.own_patch().is_some();
        if is_elsewhere && self.state.touches.of(TouchSource::Walk).is_some_and(|touch| touch.part == 0) {
            self.state.gesture.stop_walk();
        }
        match self.state.gesture.advance(elapsed_s) {
            Some(point) if self.state.touches.holds(TouchSource::Walk) => {
                self.move_touch(TouchSource::Walk, point);
            }
            Some(point) => {
                self.land(TouchSource::Walk, point);
            }
            None => self.end_touches(|touch| touch.source == Some(TouchSource::Walk)),
        }
    }
}
