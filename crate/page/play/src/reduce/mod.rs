//! The reducer: how an action changes the state, and which effects it has. Pure: the same state and action give the
//! same result; actions carry time, seeds and texts.

mod audition;
mod edit;
mod editing;
mod find;
mod frame;
mod gesture;
mod instruments;
mod kept_work;
mod keys;
mod level;
mod load;
mod loops;
mod map;
mod onboarding;
mod page;
mod pointer;
mod snapping;
mod sound;
mod takes;
mod touch;

#[cfg(test)]
mod tests;

use crate::action::Action;
use crate::effect::{AudioCommand, Effect, Effects};
use crate::state::State;

/// Applies an action to the state; returns its effects.
pub fn reduce(state: &mut State, action: Action) -> Effects {
    let mut reducer = Reducer { state, effects: Effects::new() };
    let landmarks = reducer.shown_landmarks();
    reducer.learn_step(&action);
    match action {
        Action::Pointer(action) => reducer.pointer(action),
        Action::Touch(action) => reducer.touch(action),
        Action::Key(action, now_ms) => reducer.key_at(action, now_ms),
        Action::Edit(edit) => reducer.edit(edit),
        Action::Map(action) => reducer.map(action),
        Action::Find(action) => reducer.find(action),
        Action::Gesture(action) => reducer.gesture(action),
        Action::Editing(action) => reducer.editing(action),
        Action::Sound(action) => reducer.sound(action),
        Action::Instrument(action) => reducer.instrument(action),
        Action::Load(action) => reducer.load(action),
        Action::Page(action) => reducer.page(action),
        Action::Panel(action, now_ms) => reducer.panel(action, now_ms),
        Action::Job(number, action) => reducer.job(number, action),
        Action::Frame(now_ms) => reducer.frame(now_ms),
        Action::Animate => reducer.request_frame(),
    }
    reducer.leave_link();
    reducer.leave_landmarks(landmarks);
    reducer.effects
}

/// The state and the effects of one action. One module for each kind of action has its methods, and one in
/// [`crate::panels`] for each panel.
pub(crate) struct Reducer<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) effects: Effects,
}

impl Reducer<'_> {
    pub(crate) fn audio(&mut self, command: AudioCommand) {
        self.effects.push(Effect::Audio(command));
    }

    pub(crate) fn after(&mut self, delay_ms: i32, action: Action) {
        self.effects.push(Effect::After(delay_ms, Box::new(action)));
    }

    /// Marks a visible change, to show in the next frame.
    pub(crate) fn mark_dirty(&mut self) {
        self.state.frame.is_dirty = true;
        self.request_frame();
    }

    /// Marks a move of the current point or its sound: the next frame draws it, its words follow at a readable rate.
    pub(crate) fn mark_moved(&mut self) {
        self.state.frame.has_moved = true;
        self.request_frame();
    }

    /// Shows a change of loading or sound at once, since a hidden page has no frames.
    pub(crate) fn show_now(&mut self) {
        self.effects.push(Effect::ShowViews);
        self.request_frame();
    }

    pub(crate) fn request_frame(&mut self) {
        if !std::mem::replace(&mut self.state.frame.is_requested, true) {
            self.effects.push(Effect::RequestFrame);
        }
    }
}
