//! What happens to the state, and what has to be done outside of it, when an action is dispatched. Pure: the same
//! state and action give the same outcome; time, chance and words come with the action.

mod edit;
mod frame;
mod gesture;
mod keys;
mod load;
mod map;
mod pointer;
mod sound;
mod touch;

#[cfg(test)]
mod tests;

use crate::action::Action;
use crate::effect::{AudioCommand, Effect, Effects};
use crate::state::State;

/// Changes the state by an action; answers what is to be done.
pub fn reduce(state: &mut State, action: Action) -> Effects {
    let mut reducer = Reducer { state, effects: Effects::new() };
    match action {
        Action::Pointer(action) => reducer.pointer(action),
        Action::Touch(action) => reducer.touch(action),
        Action::Key(action) => reducer.key(action),
        Action::Edit(edit) => reducer.edit(edit),
        Action::Map(action) => reducer.map(action),
        Action::Gesture(action) => reducer.gesture(action),
        Action::Sound(action) => reducer.sound(action),
        Action::Load(action) => reducer.load(action),
        Action::Frame(now_ms) => reducer.frame(now_ms),
        Action::Animate => reducer.request_frame(),
    }
    reducer.effects
}

/// The state and the effects of one action. Its methods stand in one module for each kind of action.
struct Reducer<'a> {
    state: &'a mut State,
    effects: Effects,
}

impl Reducer<'_> {
    fn audio(&mut self, command: AudioCommand) {
        self.effects.push(Effect::Audio(command));
    }

    fn after(&mut self, delay_ms: i32, action: Action) {
        self.effects.push(Effect::After(delay_ms, Box::new(action)));
    }

    /// Something changed that a person waits to see.
    fn mark_dirty(&mut self) {
        self.state.frame.is_dirty = true;
        self.request_frame();
    }

    /// The current point or its sound moved on: the next frame draws it, the words follow as fast as one can read.
    fn mark_moved(&mut self) {
        self.state.frame.has_moved = true;
        self.request_frame();
    }

    /// The state of loading or sound changed: it is shown at once, since a hidden page has no frames.
    fn show_now(&mut self) {
        self.effects.push(Effect::ShowViews);
        self.request_frame();
    }

    fn request_frame(&mut self) {
        if !std::mem::replace(&mut self.state.frame.is_requested, true) {
            self.effects.push(Effect::RequestFrame);
        }
    }
}
