//! Gestures and walks: they move a touch of their own.

use crate::action::GestureAction;
use crate::gesture::Played;
use crate::reduce::Reducer;
use crate::touches::TouchSource;

impl Reducer<'_> {
    pub(super) fn gesture(&mut self, action: GestureAction) {
        self.state.history.finish_step();
        let point = self.state.point();
        let gesture = &mut self.state.gesture;
        match action {
            GestureAction::ToggleRecording(now_ms) if gesture.is_recording() => {
                gesture.finish_recording(now_ms)
            }
            GestureAction::ToggleRecording(_) => gesture.record(),
            GestureAction::ToggleLoop if gesture.is_looping() => gesture.stop(),
            GestureAction::ToggleLoop => gesture.play(),
            GestureAction::ToggleWalk(_) if gesture.is_walking() => gesture.stop(),
            GestureAction::ToggleWalk(seed) => gesture.walk(point, seed),
            GestureAction::SetTempo(tempo) => gesture.set_tempo(tempo),
            GestureAction::SetDirection(direction) => gesture.set_direction(direction),
        }
        self.mark_dirty();
    }

    /// Advances a gesture or a walk by this many seconds.
    pub(super) fn advance_gesture(&mut self, elapsed_s: f64) {
        let source = TouchSource::Gesture;
        let is_down = self.state.touches.holds(source);
        match self.state.gesture.advance(elapsed_s) {
            Some(Played { point: Some(point), landed: false }) if is_down => self.move_touch(source, point),
            Some(Played { point: Some(point), .. }) => drop(self.land(source, point)),
            Some(Played { point: None, .. }) => self.end_touches(|touch| touch.source == Some(source)),
            None if is_down => self.end_touches(|touch| touch.source == Some(source)),
            None => return,
        }
        self.mark_moved();
    }
}
