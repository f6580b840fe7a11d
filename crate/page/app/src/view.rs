//! The interface of a view to the app. `views` has the views.

use play::State;
use play::effect::AppEvent;

/// A view.
pub trait View {
    /// Shows the state. Called in the first frame after a change, and ten times a second while the current point
    /// moves. Must not write what has not changed.
    fn show(&mut self, state: &State);

    /// Passes the current point and its patch on to others, in every frame in which they may have changed. Writes
    /// nothing on the page.
    fn follow(&mut self, _state: &State) {}

    /// Draws what moves, in every frame; `now_ms` is the frame clock. Returns whether something still moves.
    fn draw(&mut self, _state: &State, _now_ms: f64) -> bool {
        false
    }

    /// Receives a transient event.
    fn notify(&mut self, _state: &State, _event: &AppEvent) {}
}
