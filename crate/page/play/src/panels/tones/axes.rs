//! The sliders of the axes that the map does not have: drags, taps, double taps, and the sound that a press plays.

use crate::action::{Edit, TouchAction};
use crate::instruments::InstrumentAction;
use crate::reduce::Reducer;
use crate::tone_domain::OFFSET_COUNT;
use crate::touches::TouchSource;

/// The time between the two taps of a double tap, in milliseconds.
const DOUBLE_MS: f64 = 350.0;

/// The pointer and the last tap of a hand on the sliders.
#[derive(Clone, Debug, Default)]
pub(super) struct AxisGesture {
    /// The pointer that presses a slider.
    pointer: Option<i32>,
    /// The last tap: its axis, and its time in milliseconds.
    tapped: Option<(usize, f64)>,
}

impl Reducer<'_> {
    /// A further pointer plays nothing.
    pub(super) fn press_axis(&mut self, pointer: i32) {
        let own = &mut self.tones().axis.pointer;
        if own.is_some() {
            return;
        }
        *own = Some(pointer);
        if !self.state.is_sounding() {
            self.touch(TouchAction::Press(TouchSource::Slider, self.state.panels.now_ms));
        }
    }

    /// A pointer is up; `None`: whichever it was.
    pub(super) fn release_axis(&mut self, pointer: Option<i32>) {
        let own = &mut self.tones().axis.pointer;
        if own.is_some() && (pointer.is_none() || pointer == *own) {
            *own = None;
            self.touch(TouchAction::Lose(TouchSource::Slider));
        }
    }

    /// A finger's two taps are no double-click in every browser.
    pub(super) fn tap_axis(&mut self, axis: usize, is_touch: bool) {
        let now_ms = self.state.panels.now_ms;
        let before = self.tones().axis.tapped.replace((axis, now_ms));
        let is_second = before.is_some_and(|(other, at_ms)| other == axis && now_ms - at_ms < DOUBLE_MS);
        if is_touch && is_second {
            self.center_axis(axis);
        }
    }

    pub(super) fn move_axis(&mut self, axis: usize, place: f32) {
        let mut places = self.state.sound.instruments.own_offsets();
        let Some(own) = places.get_mut(axis) else { return };
        *own = place.clamp(-1.0, 1.0);
        self.instrument(InstrumentAction::SetOffsets(places));
    }

    pub(super) fn finish_axis_step(&mut self) {
        self.edit(Edit::FinishStep);
    }

    pub(super) fn center_axis(&mut self, axis: usize) {
        let mut places = self.state.sound.instruments.own_offsets();
        let Some(own) = places.get_mut(axis) else { return };
        *own = 0.0;
        self.move_axes_at_once(places);
    }

    pub(super) fn center_axes(&mut self) {
        self.move_axes_at_once([0.0; OFFSET_COUNT]);
    }

    /// A step of undo of its own.
    fn move_axes_at_once(&mut self, places: [f32; OFFSET_COUNT]) {
        self.finish_axis_step();
        self.instrument(InstrumentAction::SetOffsets(places));
        self.finish_axis_step();
    }
}
