//! Decisions about the view of the map: its visible part, its layer, its options and its dots.

use crate::action::{Action, MapAction};
use crate::hints::Hint;
use crate::reduce::Reducer;
use crate::touches::TouchSource;
use crate::viewport::ASPECTS;

/// How long nothing must point at the map before its dots fade, in milliseconds.
const REST_MS: i32 = 3500;

impl Reducer<'_> {
    pub(crate) fn map(&mut self, action: MapAction) {
        let map = &mut self.state.map;
        match action {
            MapAction::Resize([width, height], tools) => {
                let point = self.state.history.present().point;
                let viewport = &mut self.state.map.viewport;
                // Above a high sheet there is no room for the whole plane.
                let is_flat = width > height * ASPECTS[1];
                viewport.tools = tools;
                *viewport = match self.state.page.has_sheet && is_flat {
                    true => viewport.strip(width, height, point),
                    false => viewport.refit(width, height),
                };
            }
            MapAction::Zoom(factor, (x, y)) => map.viewport = map.viewport.zoomed(factor, x, y),
            MapAction::ShowAll => self.show_all(),
            MapAction::Center(point) => map.viewport = map.viewport.centered(point),
            MapAction::Rest(pointed) => return self.rest(pointed),
            MapAction::SetLayer(layer) => {
                map.layer = layer;
                map.wished_layer = None;
                self.update_found();
            }
            MapAction::WishLayer(name) => {
                map.wished_layer = Some(name);
                self.grant_layer();
            }
            MapAction::SetOptions(options) => {
                let frees_mouse = options.free_mouse != map.options.free_mouse;
                map.options = options;
                if frees_mouse {
                    self.unfreeze();
                    self.lose(TouchSource::Hover);
                }
            }
            MapAction::ToggleExplore => {
                map.is_exploring = !map.is_exploring;
                map.explorer.clear();
                if map.is_exploring {
                    self.answer(Hint::Explore);
                }
                self.lose_attended();
            }
        }
        self.mark_dirty();
    }

    /// Something points at the map, which shows its dots until nothing has done so for a while.
    pub(crate) fn point_at_map(&mut self) {
        let map = &mut self.state.map;
        map.pointed = map.pointed.wrapping_add(1);
        if !std::mem::replace(&mut map.is_pointed_at, true) {
            self.rest_later();
        }
    }

    fn rest(&mut self, pointed: u32) {
        if self.state.touches.is_pressed() || self.state.map.pointed != pointed {
            return self.rest_later();
        }
        self.state.map.is_pointed_at = false;
        self.request_frame();
    }

    fn rest_later(&mut self) {
        let pointed = self.state.map.pointed;
        self.after(REST_MS, Action::Map(MapAction::Rest(pointed)));
        self.request_frame();
    }

    pub(crate) fn show_all(&mut self) {
        let map = &mut self.state.map;
        map.viewport = map.viewport.zoomed(0.0, 0.0, 0.0);
        self.mark_dirty();
    }

    /// Shows the requested layer once the map is loaded.
    pub(crate) fn grant_layer(&mut self) {
        let Some(map) = self.state.library.map.as_ref().filter(|map| !map.layers.is_empty()) else { return };
        let Some(name) = self.state.map.wished_layer.take() else { return };
        let number = map.layers.iter().position(|layer| layer.name == name);
        self.state.map.layer = number.map_or(0, |number| number + 1);
    }
}
