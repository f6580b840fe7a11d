//! What a person sees and touches. A view reads the state, shows it, and dispatches actions; it may do so at any time,
//! since actions wait in a queue until the view is done. It finds its elements below the root that it is given, so
//! that any view can stand in a page of ours or in an element of somebody else's. It decides nothing.

pub mod bars;
pub mod controls;
pub mod element;
pub mod legend;
pub mod location;
pub mod notice;
pub mod pad;
pub mod panels;
pub mod readout;
pub mod second_touch;
pub mod shortcuts;
pub mod tools;

use play::State;
use play::effect::Event;

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
    fn notify(&mut self, _state: &State, _event: &Event) {}
}
