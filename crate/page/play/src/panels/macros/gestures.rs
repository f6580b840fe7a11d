//! The gestures on a slider of the macro-controls: drags, keys, double taps, and the pause after which keys and
//! controllers end a step of undo.

use super::{HeardSound, MacrosAction, PROPERTY_COUNT};
use crate::reduce::Reducer;

/// The pause after the last key or controller until its change is one step of undo, and heard; in milliseconds.
const PAUSE_MS: i32 = 700;
/// The time between the two taps of a double tap, in milliseconds.
const DOUBLE_MS: f64 = 350.0;

/// The state of a hand's gesture at a slider.
#[derive(Clone, Debug, Default)]
pub(super) struct SliderGesture {
    /// True if a pointer moves the slider, not keys.
    pub is_pointed: bool,
    /// The last press of a pointer.
    pressed: Option<SliderPress>,
    /// True if that press is the second one of a double tap.
    is_doubled: bool,
    /// The count of the pause that runs.
    pause: Option<u32>,
    pauses: u32,
}

/// A press on a slider.
#[derive(Clone, Debug)]
struct SliderPress {
    place: usize,
    at_ms: f64,
    /// The amount before it.
    amount: f32,
    /// The sound before it; none while a patch was still computed.
    sound: Option<HeardSound>,
}

impl SliderGesture {
    /// A press on a slider of a sound that is forgotten says nothing about the next one.
    pub fn forget_press(&mut self) {
        self.pressed = None;
        self.is_doubled = false;
    }

    /// The pause is over, or another gesture has ended it.
    pub fn end_pause(&mut self) {
        self.pause = None;
    }
}

impl Reducer<'_> {
    pub(super) fn focus_macro(&mut self, place: usize) {
        self.choose_macro(place);
        self.prefer_macro(place);
        self.draw_macro(place);
    }

    pub(super) fn press_macro(&mut self, place: usize, is_touch: bool) {
        // The change by keys is a step of its own.
        if self.macros().gesture.pause.is_some() {
            self.end_macro_step(true);
        }
        self.choose_macro(place);
        let now_ms = self.state.panels.now_ms;
        let heard = HeardSound::of(self.state);
        let macros = self.macros();
        let amount = macros.amounts[place];
        let sound = heard.filter(|_| !macros.steps.is_busy());
        let gesture = &mut macros.gesture;
        gesture.is_pointed = true;
        let is_second = |before: &SliderPress| before.place == place && now_ms - before.at_ms < DOUBLE_MS;
        // A finger's two taps are no double-click in every browser.
        gesture.is_doubled = is_touch && gesture.pressed.as_ref().is_some_and(is_second);
        gesture.pressed = Some(SliderPress { place, at_ms: now_ms, amount, sound });
    }

    pub(super) fn lift_macro(&mut self, place: usize) {
        if self.macros().gesture.is_doubled {
            self.zero_macro(place);
        }
    }

    /// Slider and sound return to where they were before the finger began to scroll: by now, the slider may have
    /// another curve.
    pub(super) fn scroll_macro(&mut self, place: usize) {
        let is_here = self.is_known_to_macros();
        let macros = self.macros();
        let mut amounts = macros.amounts;
        let pressed = macros.gesture.pressed.as_ref();
        amounts[place] = pressed.map_or(0.0, |press| press.amount);
        match pressed.and_then(|press| press.sound.clone()).filter(|_| is_here) {
            Some(sound) => self.return_macros_to(&sound, amounts),
            None => self.move_all_macros(amounts),
        }
    }

    pub(super) fn zero_macro(&mut self, place: usize) {
        let mut amounts = self.macros().amounts;
        amounts[place] = 0.0;
        self.move_all_macros(amounts);
    }

    /// Moves sliders as one step of undo.
    pub(super) fn move_all_macros(&mut self, amounts: [f32; PROPERTY_COUNT]) {
        self.macros().remark = None;
        self.move_macros_to(amounts);
        self.end_macro_step(true);
    }

    /// A slider was moved to its end by a pointer, or by a key.
    pub(super) fn end_macro_move(&mut self) {
        if self.macros().gesture.is_pointed {
            self.end_macro_step(true);
        } else {
            self.end_macro_step_soon();
        }
    }

    /// Keys and controllers do not say when they are let go.
    pub(super) fn end_macro_step_soon(&mut self) {
        let gesture = &mut self.macros().gesture;
        gesture.pauses = gesture.pauses.wrapping_add(1);
        let count = gesture.pauses;
        gesture.pause = Some(count);
        self.macros_later(PAUSE_MS, MacrosAction::EndPause { count });
    }

    pub(super) fn end_macro_pause(&mut self, count: u32) {
        if self.macros().gesture.pause == Some(count) {
            self.end_macro_step(true);
        }
    }
}
