//! Pointers on the map: they play, explore or hover.

use crate::action::{Pointer, PointerAction};
use crate::explorer::Lifted;
use crate::reduce::Reducer;
use crate::touches::TouchSource;

/// How near a finger must be to a dot or a flag to hit it, in CSS pixels: a fingertip is less exact than a mouse.
const FINGER_REACH_PX: f64 = 18.0;
const MOUSE_REACH_PX: f64 = 10.0;

fn reach_px(pointer: Pointer) -> f64 {
    if pointer.is_mouse { MOUSE_REACH_PX } else { FINGER_REACH_PX }
}

impl Reducer<'_> {
    pub(crate) fn pointer(&mut self, action: PointerAction) {
        if !matches!(action, PointerAction::Lost(_) | PointerAction::Leave(_) | PointerAction::Blur) {
            self.point_at_map();
        }
        match action {
            PointerAction::Down(pointer) => self.pointer_down(pointer),
            PointerAction::Move(pointer) => self.pointer_move(pointer),
            PointerAction::Hover(pointer) => {
                if self.state.map.explorer.holds(pointer.id) {
                    return self.pointer_move(pointer);
                }
                let point = self.state.map.viewport.to_plane(pointer.at_px.0, pointer.at_px.1);
                self.hover(Some(point), pointer.now_ms);
            }
            PointerAction::Up(pointer) => self.pointer_up(pointer),
            PointerAction::Lost(id) => {
                self.state.map.explorer.lift(id, f64::INFINITY);
                self.lose(TouchSource::Pointer(id));
            }
            PointerAction::Leave(now_ms) => self.hover(None, now_ms),
            PointerAction::Blur => {
                self.state.map.explorer.clear();
                self.lose_attended();
            }
        }
    }

    fn pointer_down(&mut self, pointer: Pointer) {
        self.play_on(pointer.now_ms);
        if self.hear_shared(TouchSource::Pointer(pointer.id), pointer.pressure, pointer.now_ms) {
            return;
        }
        let map = &mut self.state.map;
        let point = map.viewport.to_plane(pointer.at_px.0, pointer.at_px.1);
        map.hover = None;
        if map.is_exploring {
            map.explorer.press(pointer.id, pointer.at_px, pointer.now_ms);
        } else if map.options.free_mouse && pointer.is_mouse {
            map.is_frozen = !map.is_frozen;
            self.state.history.finish_step();
            if !self.state.map.is_frozen {
                self.hover(Some(point), pointer.now_ms);
            }
        } else {
            let source = TouchSource::Pointer(pointer.id);
            self.press(source, point, reach_px(pointer), pointer.pressure, pointer.now_ms);
        }
    }

    fn pointer_move(&mut self, pointer: Pointer) {
        let map = &mut self.state.map;
        if let Some(look) = map.explorer.slide(pointer.id, pointer.at_px) {
            let zoomed = map.viewport.zoomed(look.factor, look.middle.0, look.middle.1);
            map.viewport = zoomed.panned(look.pan.0, look.pan.1);
            self.mark_dirty();
        } else {
            let point = map.viewport.to_plane(pointer.at_px.0, pointer.at_px.1);
            self.slide(TouchSource::Pointer(pointer.id), point, pointer.pressure, pointer.now_ms);
        }
    }

    fn pointer_up(&mut self, pointer: Pointer) {
        let map = &mut self.state.map;
        match map.explorer.lift(pointer.id, pointer.now_ms) {
            Lifted::Tap => {
                let point = map.viewport.to_plane(pointer.at_px.0, pointer.at_px.1);
                self.tap(point, reach_px(pointer), pointer.now_ms);
            }
            Lifted::DoubleTap => self.show_all(),
            Lifted::Nothing => self.lift(TouchSource::Pointer(pointer.id), pointer.now_ms),
        }
    }

    /// A hovering mouse shows the dot under it, or plays if that option is on.
    fn hover(&mut self, point: Option<crate::Point>, now_ms: f64) {
        if !self.state.map.options.free_mouse {
            self.state.map.hover = point;
        } else if !self.state.map.is_frozen && !self.state.page.onboarding.is_offered() {
            match point {
                Some(point) if self.state.touches.holds(TouchSource::Hover) => {
                    self.slide(TouchSource::Hover, point, 0.0, now_ms);
                }
                Some(point) => self.press(TouchSource::Hover, point, 0.0, 0.0, now_ms),
                None => {
                    self.end_touches(|touch| touch.source == Some(TouchSource::Hover));
                    self.state.gesture.lifted(TouchSource::Hover, now_ms);
                }
            }
        }
        self.request_frame();
    }
}
