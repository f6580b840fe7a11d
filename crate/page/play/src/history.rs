//! Undo and redo of any cloneable state. A continuous edit (a dragged slider) is one step, however many values it
//! has.

use std::collections::VecDeque;

/// The most undo steps: more than anyone needs, at some kilobytes each.
const DEPTH: usize = 200;

/// A present state with its past and, after an undo, its future.
#[derive(Clone, Debug, Default)]
pub struct History<S> {
    past: VecDeque<S>,
    present: S,
    future: Vec<S>,
    /// The future that the last step has ended: it returns if that step turns out to be none.
    ended: Vec<S>,
    /// The kind of the last step if it is continuous: the next one of the same kind joins it.
    open: Option<&'static str>,
    /// True if the last step was an undo.
    is_undone: bool,
}

impl<S: Clone + PartialEq> History<S> {
    /// A history without steps.
    pub fn new(present: S) -> Self {
        Self {
            past: VecDeque::new(),
            present,
            future: Vec::new(),
            ended: Vec::new(),
            open: None,
            is_undone: false,
        }
    }

    /// A history with these steps; the last one of each list is the nearest.
    pub fn restored(past: Vec<S>, present: S, future: Vec<S>) -> Self {
        Self { past: past.into(), present, future, ended: Vec::new(), open: None, is_undone: false }
    }

    /// The state that the last change, undo or redo has left.
    pub fn left(&self) -> Option<&S> {
        if self.is_undone { self.future.last() } else { self.past.back() }
    }

    /// The states that undo and redo return to; the last one of each list is the nearest.
    pub fn steps(&self) -> (Vec<S>, Vec<S>) {
        (self.past.iter().cloned().collect(), self.future.clone())
    }

    /// The current state.
    pub fn present(&self) -> &S {
        &self.present
    }

    /// Applies one undoable change. A change without effect is no step.
    pub fn change(&mut self, act: impl FnOnce(&mut S)) {
        self.step(None, act);
    }

    /// Applies part of a continuous edit: it joins the previous step of the same kind.
    pub fn adjust(&mut self, kind: &'static str, act: impl FnOnce(&mut S)) {
        self.step(Some(kind), act);
    }

    /// Translates every state, those of undo and redo, too. It is no step.
    pub fn translate(&mut self, mut act: impl FnMut(&S) -> S) {
        let all =
            self.past.iter_mut().chain([&mut self.present]).chain(&mut self.future).chain(&mut self.ended);
        all.for_each(|state| *state = act(state));
    }

    /// Ends a continuous edit (the slider is released): the next one is a new step. One that ends where it began is no
    /// step.
    pub fn finish_step(&mut self) {
        if self.open.take().is_some() && self.past.back() == Some(&self.present) {
            self.past.pop_back();
            std::mem::swap(&mut self.future, &mut self.ended);
        }
    }

    /// Takes a continuous edit back that can still go on: it is no step. Returns whether there was one.
    pub fn cancel_step(&mut self) -> bool {
        let Some(before) = self.open.take().and_then(|_| self.past.pop_back()) else { return false };
        self.present = before;
        std::mem::swap(&mut self.future, &mut self.ended);
        true
    }

    /// How many steps can be undone.
    pub fn depth(&self) -> usize {
        self.past.len()
    }

    /// The state before the continuous edit that can still go on.
    pub fn before_edit(&self) -> Option<&S> {
        self.open.and(self.past.back())
    }

    /// The kind of the continuous edit that can still go on.
    pub fn open_kind(&self) -> Option<&'static str> {
        self.open
    }

    /// True if the last step is a continuous edit of this kind that can still go on.
    pub fn is_open(&self, kind: &'static str) -> bool {
        self.open == Some(kind)
    }

    fn step(&mut self, kind: Option<&'static str>, act: impl FnOnce(&mut S)) {
        if kind.is_some() && self.open == kind {
            // It joins the step before, whether or not it changes anything.
            return act(&mut self.present);
        }
        self.finish_step();
        let mut next = self.present.clone();
        act(&mut next);
        if next == self.present {
            return;
        }
        let before = std::mem::replace(&mut self.present, next);
        std::mem::swap(&mut self.future, &mut self.ended);
        self.future.clear();
        (self.open, self.is_undone) = (kind, false);
        if self.past.len() == DEPTH {
            self.past.pop_front();
        }
        self.past.push_back(before);
    }

    /// Undoes one step; returns whether there was one.
    pub fn undo(&mut self) -> bool {
        self.open = None;
        let Some(before) = self.past.pop_back() else { return false };
        self.future.push(std::mem::replace(&mut self.present, before));
        self.is_undone = true;
        true
    }

    /// Redoes one step; returns whether there was one.
    pub fn redo(&mut self) -> bool {
        self.open = None;
        let Some(after) = self.future.pop() else { return false };
        self.past.push_back(std::mem::replace(&mut self.present, after));
        self.is_undone = false;
        true
    }

    /// True if there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// True if there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_drag_that_is_cancelled_is_no_step_and_leaves_those_before_it() {
        let mut history = History::new(0);
        history.adjust("cutoff", |state| *state = 1);
        history.finish_step();
        assert!(!history.cancel_step() && *history.present() == 1);
        (2..=5).for_each(|value| history.adjust("cutoff", |state| *state = value));
        assert!(history.cancel_step() && *history.present() == 1 && !history.can_redo());
        assert!(!history.cancel_step() && history.undo() && *history.present() == 0 && !history.can_undo());
    }

    #[test]
    fn a_drag_that_is_taken_back_leaves_the_redo() {
        let mut history = History::new(0);
        history.change(|state| *state = 1);
        history.undo();
        for ends in [false, true] {
            history.adjust("cutoff", |state| *state = 2);
            assert!(!history.can_redo());
            if ends {
                history.adjust("cutoff", |state| *state = 0);
                history.finish_step();
            } else {
                history.cancel_step();
            }
            assert!(history.can_redo() && *history.present() == 0 && !history.can_undo());
        }
        assert!(history.redo() && *history.present() == 1);
    }

    #[test]
    fn a_drag_is_one_step_and_the_next_drag_another() {
        let mut history = History::new(0);
        for value in 1..=5 {
            history.adjust("cutoff", |state| *state = value);
        }
        history.finish_step();
        for value in 6..=9 {
            history.adjust("cutoff", |state| *state = value);
        }
        assert!(history.undo() && *history.present() == 5);
        assert!(history.undo() && *history.present() == 0 && !history.can_undo());
    }

    #[test]
    fn a_drag_that_ends_where_it_began_is_no_step() {
        let mut history = History::new(0);
        for value in [3, 5, 0] {
            history.adjust("cutoff", |state| *state = value);
        }
        history.finish_step();
        assert!(!history.can_undo());
        history.adjust("cutoff", |state| *state = 7);
        history.adjust("cutoff", |state| *state = 0);
        history.change(|state| *state = 2);
        assert!(history.undo() && *history.present() == 0 && !history.can_undo());
    }

    #[test]
    fn a_change_after_an_undo_clears_the_redo() {
        let mut history = History::new('a');
        history.change(|state| *state = 'b');
        history.undo();
        history.change(|state| *state = 'c');
        assert!(!history.redo());
        assert!(history.undo() && *history.present() == 'a');
    }

    #[test]
    fn a_change_without_effect_is_no_step_and_keeps_the_redo() {
        let mut history = History::new(1);
        history.change(|state| *state = 2);
        history.undo();
        history.change(|state| *state = 1);
        assert!(!history.can_undo() && history.can_redo());
    }

    proptest! {
        #[test]
        fn undoing_and_redoing_everything_restores_the_state(values in prop::collection::vec(0..4, 0..300)) {
            let mut history = History::new(-1);
            for &value in &values {
                history.change(|state| *state = value);
            }
            let last = *history.present();
            let mut steps = 0;
            while history.undo() {
                steps += 1;
            }
            prop_assert!(steps <= DEPTH);
            prop_assert!(steps == DEPTH || *history.present() == -1);
            while history.redo() {}
            prop_assert_eq!(*history.present(), last);
        }
    }
}
