//! The hands on the slider and on the square: a pointer plays while it is pressed, and its moves are one step of undo;
//! the moves of keys are one after a pause. A finger that scrolls instead leaves everything as it was.

use super::BetweenAction;
use crate::action::{Edit, TouchAction};
use crate::reduce::Reducer;
use crate::touches::TouchSource;

/// The pause after the last key until its moves are one step of undo, in milliseconds.
const PAUSE_MS: i32 = 700;

/// A control that a hand moves.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum BetweenControl {
    /// The slider from A to B.
    Slider,
    /// The square of four sounds.
    Square,
}

/// A hand on one control. `Place` is where that can be.
#[derive(Clone, Debug)]
pub(super) struct ControlHand<Place> {
    /// The pointer that presses it, and where it was before.
    pub pressed: Option<(i32, Place)>,
    /// The count of the pause that runs.
    pause: Option<u32>,
    pauses: u32,
}

impl<Place> Default for ControlHand<Place> {
    fn default() -> Self {
        Self { pressed: None, pause: None, pauses: 0 }
    }
}

impl<Place: Copy> ControlHand<Place> {
    /// True if this pointer presses it.
    pub fn is_pressed_by(&self, pointer: i32) -> bool {
        self.pressed.is_some_and(|(pressed, _)| pressed == pointer)
    }

    /// A pointer presses it. The pause of keys is over.
    pub fn press(&mut self, pointer: i32, before: Place) {
        self.pressed = Some((pointer, before));
        self.pause = None;
    }

    /// The pause after keys begins; returns its count.
    fn begin_pause(&mut self) -> u32 {
        self.pauses = self.pauses.wrapping_add(1);
        self.pause = Some(self.pauses);
        self.pauses
    }

    /// The pause of this count is over; returns true if no later one has begun and nothing else has ended it.
    fn end_pause(&mut self, count: u32) -> bool {
        self.pause.take_if(|running| *running == count).is_some()
    }
}

impl Reducer<'_> {
    /// Plays the current sound while a control is pressed, unless it sounds already.
    pub(super) fn hold_between(&mut self) {
        if !self.state.is_sounding() {
            self.touch(TouchAction::Press(TouchSource::Slider, self.state.panels.now_ms));
        }
    }

    pub(super) fn release_between(&mut self) {
        self.touch(TouchAction::Lose(TouchSource::Slider));
    }

    pub(super) fn press_way_slider(&mut self, pointer: i32) {
        let between = self.between();
        if between.slider_hand.pressed.is_some() {
            return;
        }
        let step = between.slider.step;
        between.slider_hand.press(pointer, step);
        between.is_pointed = true;
        // The moves of keys are a step of their own.
        self.edit(Edit::FinishStep);
        self.hold_between();
    }

    /// The slider was moved: by a pointer to its end, by keys one step.
    pub(super) fn end_way_move(&mut self) {
        if self.between().is_pointed {
            self.release_way_slider();
        } else {
            self.pause_between(BetweenControl::Slider);
        }
    }

    /// A pointer is up.
    pub(super) fn lift_way_slider(&mut self, pointer: i32) {
        if self.between().slider_hand.is_pressed_by(pointer) {
            self.release_way_slider();
        }
    }

    /// The finger scrolls instead.
    pub(super) fn scroll_way_slider(&mut self, pointer: i32) {
        let between = self.between();
        if !between.slider_hand.is_pressed_by(pointer) {
            return;
        }
        let Some((_, before)) = between.slider_hand.pressed else { return };
        if between.slider.step != before {
            self.move_way_slider(before);
        }
        self.release_way_slider();
    }

    pub(super) fn release_way_slider(&mut self) {
        self.between().slider_hand.pressed = None;
        self.release_between();
        self.edit(Edit::FinishStep);
    }

    /// Keys do not say when they are let go.
    pub(super) fn pause_between(&mut self, control: BetweenControl) {
        let between = self.between();
        let count = match control {
            BetweenControl::Slider => between.slider_hand.begin_pause(),
            BetweenControl::Square => between.square.hand.begin_pause(),
        };
        self.between_later(PAUSE_MS, BetweenAction::EndPause { control, count });
    }

    pub(super) fn end_between_pause(&mut self, control: BetweenControl, count: u32) {
        let between = self.between();
        match control {
            BetweenControl::Slider if between.slider_hand.end_pause(count) => self.edit(Edit::FinishStep),
            BetweenControl::Square if between.square.hand.end_pause(count) => self.end_square_step(),
            _ => {}
        }
    }
}
