//! Where touches stop: at the landmark whose flag they press, and, with snap, at a preset's dot, which they press or
//! reach.

use plane::Point;

use crate::compare::Location;
use crate::effect::AudioCommand;
use crate::reduce::Reducer;
use crate::reduce::touch::MOVE;
use crate::touches::TouchSource;

/// How near a sliding touch must come to a dot to stop at it, in CSS pixels: less than it must slide to leave the dot,
/// so that no touch changes between the two without moving.
const PASSING_PX: f64 = 8.0;

impl Reducer<'_> {
    /// A touch stops at a location and plays its own patch, if it has one, until it has slid away from `anchor`.
    pub(crate) fn stop_at(&mut self, source: TouchSource, location: Location, anchor: Point) {
        let Some(touch) = self.state.touches.of_mut(source) else { return };
        touch.anchor = Some(anchor);
        let (part, point) = (touch.part, location.point);
        if part == 0 && self.state.document().here() != location {
            self.offer_discarded();
        }
        match location.patch {
            _ if part == 0 => {
                let left = self.state.document().instrument;
                self.state.history.adjust(MOVE, |document| document.go(location));
                self.follow_instrument(left);
            }
            Some(patch) => {
                self.state.touches.set_other_point(part, point);
                self.audio(AudioCommand::SetPatch(part, patch, point));
            }
            None => {
                self.state.touches.set_other_point(part, point);
                self.audio(AudioCommand::Decode(part));
            }
        }
    }

    /// The dot that a sliding touch reaches, with snap.
    pub(crate) fn dot_in_passing(&self, point: Point) -> Option<Location> {
        self.snaps().then(|| self.dot(point, PASSING_PX)).flatten()
    }

    /// The target of a press: the landmark whose flag is there, or, with snap, a preset's dot; each with its own
    /// patch, if loaded.
    pub(crate) fn meant(&self, landed: Point, reach_px: f64) -> Option<Location> {
        let state = &*self.state;
        let (x, y) = state.map.viewport.to_screen(landed);
        let distance_px = |point: Point| {
            let (flag_x, flag_y) = state.map.viewport.flag_center(point);
            (x - flag_x).hypot(y - flag_y)
        };
        let near = state
            .landmarks_here()
            .filter(|(_, landmark)| state.map.viewport.shows_flag(landmark.point))
            .map(|(_, landmark)| (landmark, distance_px(landmark.point)))
            .filter(|&(_, distance_px)| distance_px < reach_px)
            .min_by(|one, other| one.1.total_cmp(&other.1));
        if let Some((landmark, _)) = near {
            return Some(landmark.location());
        }
        self.snaps().then(|| self.dot(landed, reach_px)).flatten()
    }

    /// True if touches stop at dots: only at visible ones.
    fn snaps(&self) -> bool {
        self.state.map.options.snap && self.state.overlays().dots
    }

    /// The dot near a point, with its preset's patch, if loaded.
    fn dot(&self, point: Point, reach_px: f64) -> Option<Location> {
        let (row, point) = self.state.dot_near(point, reach_px)?;
        let presets = self.state.library.presets.as_ref();
        Some(self.state.location(point, presets.map(|presets| Box::new(presets.patch(row)))))
    }
}
