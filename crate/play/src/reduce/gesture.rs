//! Loops and walks: they move touches of their own.

use plane::Point;

use crate::action::GestureAction;
use crate::effect::AudioCommand;
use crate::loop_player::Played;
use crate::reduce::Reducer;
use crate::touches::TouchSource;

/// The kind of undo step of a loop's speed: a dragged slider is one step.
const LOOP_SPEED: &str = "loop speed";

impl Reducer<'_> {
    pub(super) fn gesture(&mut self, action: GestureAction) {
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
        if let Some(recorded) = self.state.gesture.finish_recording(now_ms) {
            let mut number = None;
            self.state.history.finish_step();
            self.change(|document| number = document.loops.add(recorded, document.notes.bpm));
            number.into_iter().for_each(|number| self.play_loop(number));
        }
        self.mark_dirty();
    }

    fn play_loop(&mut self, number: u8) {
        if let Some(own) = self.state.history.present().loops.get(number) {
            self.state.gesture.play(own);
        }
    }

    /// Advances loops and walk by this many seconds.
    pub(super) fn advance_gesture(&mut self, elapsed_s: f64) {
        let document = self.state.history.present();
        let (loops, bpm) = (document.loops.all(), document.notes.bpm);
        let played = self.state.gesture.advance(loops, bpm, elapsed_s);
        let goes_on = |source: TouchSource| {
            let own = played.iter().find(|(other, _)| *other == source);
            own.is_some_and(|(_, Played { now, landed })| now.is_some() && !landed)
        };
        self.end_touches(|touch| {
            touch.source.is_some_and(|source| source.is_automatic() && !goes_on(source))
        });
        let was_crowded = self.state.gesture.is_crowded;
        if !self.state.touches.are_full() {
            self.state.gesture.is_crowded = false;
        }
        for (source, Played { now, .. }) in played {
            let Some((point, velocity)) = now else { continue };
            if self.state.touches.holds(source) {
                self.move_touch(source, point);
            } else if source.is_loop() {
                self.land_loop(source, point, velocity);
            } else {
                self.land(source, point);
            }
        }
        if self.state.gesture.is_crowded != was_crowded {
            self.mark_dirty();
        }
    }

    /// A finger of a loop lands; the frame begins its note.
    fn land_loop(&mut self, source: TouchSource, point: Point, velocity: u8) {
        let Some(touch) = self.state.touches.land_loop(source) else {
            self.state.gesture.is_crowded = true;
            return;
        };
        touch.velocity = velocity;
        let part = touch.part;
        self.move_part(part, point);
        if part != 0 {
            // The part may still have an older patch.
            self.audio(AudioCommand::Decode(part));
        }
    }
}
