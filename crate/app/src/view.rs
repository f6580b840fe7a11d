//! What a view is to the app. The views stand in `views`.

use play::State;
use play::effect::AppEvent;

/// A view.
pub trait View {
    /// Shows what is true now: called in the first frame that has something new, and ten times a second while the
    /// current point moves. A view leaves alone what has not changed.
    fn show(&mut self, state: &State);

    /// Passes the current point and its patch on to others, in every frame in which they may have changed. Writes
    /// nothing on the page.
    fn follow(&mut self, _state: &State) {}

    /// Draws what moves, in every frame; the clock of the frames, in milliseconds. Answers whether something still
    /// moves.
    fn draw(&mut self, _state: &State, _now_ms: f64) -> bool {
        false
    }

    /// Hears of something that passes.
    fn notify(&mut self, _state: &State, _event: &AppEvent) {}
}
