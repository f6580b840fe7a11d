//! A touch plays a child with the notes of Play, beside the current sound. Loops go on, and undo knows nothing of it.

use super::CHILD_COUNT;
use crate::action::{Action, TouchAction};
use crate::reduce::Reducer;
use crate::state::State;
use crate::touches::{TouchId, TouchSource};

/// How long a key or a screen reader plays a child, in milliseconds.
const STRIKE_MS: i32 = 1500;
/// How long a child sounds at least, in milliseconds: slow sounds need more than a tap.
const LEAST_MS: f64 = 800.0;

/// A touch that plays a child or, with none, the sound in the middle.
#[derive(Clone, Copy, Debug)]
pub(super) struct HeardChild {
    id: TouchId,
    child: Option<usize>,
    /// When it began, in milliseconds on the clock of the frames.
    begun_ms: f64,
}

impl State {
    /// The child that sounds, or none within for the sound in the middle.
    pub(super) fn sounding_child(&self) -> Option<Option<usize>> {
        let HeardChild { id, child, .. } = self.panels.breed.sounding?;
        self.touches.of(TouchSource::Audition).is_some_and(|touch| touch.id == id).then_some(child)
    }
}

impl Reducer<'_> {
    /// Plays a child, or the sound in the middle, until it is lifted, or for a moment.
    pub(super) fn hear_child(&mut self, child: Option<usize>, is_moment: bool) {
        let is_amsynth = self.state.is_amsynth();
        self.breed().kept = None;
        let Some(round) = self.breed().rounds.shown_mut() else { return };
        let patch = match child {
            None => round.start.parent.patch,
            Some(place) => match round.children.get_mut(place) {
                Some(child) => {
                    child.is_heard = true;
                    child.patch
                }
                None => return,
            },
        };
        round.chosen = child.filter(|&child| child < CHILD_COUNT);
        let point = round.start.parent.location.point;
        if !is_amsynth {
            return;
        }
        self.play_on(self.state.panels.now_ms);
        let id = self.audition_patch(point, Some(Box::new(patch)), None);
        let begun_ms = self.state.panels.now_ms;
        self.breed().sounding = id.map(|id| HeardChild { id, child, begun_ms });
        if let Some(id) = id.filter(|_| is_moment) {
            self.after(STRIKE_MS, Action::Touch(TouchAction::EndAudition(id)));
        }
    }

    /// A pointer slides onto another child while one sounds.
    pub(super) fn slide_to_child(&mut self, child: Option<usize>) {
        if self.state.sounding_child().is_some_and(|sounding| sounding != child) {
            self.hear_child(child, false);
        }
    }

    /// The pointer is up: the child ends, after a tap a moment later.
    pub(super) fn lift_child(&mut self) {
        let now_ms = self.state.panels.now_ms;
        let sounding = self.breed().sounding.filter(|heard| now_ms - heard.begun_ms < LEAST_MS);
        match sounding {
            Some(HeardChild { id, begun_ms, .. }) => {
                let rest_ms = (LEAST_MS - (now_ms - begun_ms)).ceil() as i32;
                self.after(rest_ms, Action::Touch(TouchAction::EndAudition(id)));
            }
            None => self.end_child(),
        }
    }

    /// The child that sounds ends.
    pub(super) fn end_child(&mut self) {
        if self.state.sounding_child().is_some() {
            self.touch(TouchAction::Lose(TouchSource::Audition));
        }
        self.breed().sounding = None;
    }
}
