//! The lanes of the edited path: x, y, loudness and notes. A person draws in the chosen lane, erases in it, and moves
//! its points.

use serde::{Deserialize, Serialize};

use super::timeline::Timeline;
use crate::reduce::Reducer;

/// The number of curves.
pub(super) const CURVE_COUNT: usize = 3;
/// The values at the lower and the upper edge of each curve.
pub(super) const RANGES: [[f32; 2]; CURVE_COUNT] = [[-4.0, 4.0], [-4.0, 4.0], [0.0, 1.0]];

/// A lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum PathsLane {
    /// The map's x.
    #[default]
    X,
    /// The map's y.
    Y,
    /// The loudness.
    Level,
    /// The notes.
    Notes,
}

impl PathsLane {
    /// The number of its curve; notes have none.
    pub(super) fn curve(self) -> Option<usize> {
        match self {
            Self::X => Some(0),
            Self::Y => Some(1),
            Self::Level => Some(2),
            Self::Notes => None,
        }
    }
}

/// A place in a lane.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsPlace {
    /// Seconds from the beginning of the path.
    pub time_s: f64,
    /// The value of the lane.
    pub value: f32,
}

/// A pointer that draws or erases.
#[derive(Clone, Copy, Debug)]
struct DrawingHand {
    pointer: i32,
    curve: usize,
    /// The time at which it came down, if it erases.
    erases_from_s: Option<f64>,
    at: PathsPlace,
}

/// The lanes.
#[derive(Clone, Debug, Default)]
pub(super) struct PathsLaneState {
    pub chosen: PathsLane,
    pub timeline: Timeline,
    /// The chosen point of each curve.
    pub points: [usize; CURVE_COUNT],
    hands: Vec<DrawingHand>,
}

impl PathsLaneState {
    /// The path is another one: what a pointer draws belongs to the last one.
    pub fn drop_hands(&mut self) {
        self.hands.clear();
    }

    /// The chosen point of a curve, and its time.
    pub fn point(&self, curve: usize) -> Option<(usize, f64)> {
        let times_s = self.timeline.points_s();
        let index = self.points[curve].min(times_s.len().checked_sub(1)?);
        Some((index, times_s[index]))
    }
}

fn clamped(curve: usize, value: f32) -> f32 {
    let [least, most] = RANGES[curve];
    if value.is_nan() { least } else { value.clamp(least, most) }
}

impl Reducer<'_> {
    pub(super) fn choose_path_lane(&mut self, lane: PathsLane) {
        let paths = self.paths();
        paths.lanes.chosen = lane;
        self.restart_path_operator();
        if let Some(edited) = &mut self.paths().edited {
            edited.keep();
        }
    }

    /// A pointer comes down in the chosen lane.
    pub(super) fn press_path_lane(&mut self, pointer: i32, lane: PathsLane, place: PathsPlace) {
        let paths = self.paths();
        let Some(curve) = lane.curve().filter(|_| lane == paths.lanes.chosen) else { return };
        // A second finger would erase from what was there before the first.
        let erases = paths.operator.erases();
        if paths.edited.is_none() || erases && !paths.lanes.hands.is_empty() {
            return;
        }
        self.commit_path_operator();
        let paths = self.paths();
        let Some(edited) = &mut paths.edited else { return };
        edited.keep();
        let at = PathsPlace {
            time_s: place.time_s.max(0.0).min(edited.length_s()),
            value: clamped(curve, place.value),
        };
        if !erases {
            edited.line(curve, (at.time_s, at.value), (at.time_s, at.value));
        }
        let erases_from_s = erases.then_some(at.time_s);
        paths.lanes.hands.retain(|hand| hand.pointer != pointer);
        paths.lanes.hands.push(DrawingHand { pointer, curve, erases_from_s, at });
    }

    /// A pointer moves through these places.
    pub(super) fn draw_in_path_lane(&mut self, pointer: i32, places: &[PathsPlace]) {
        let paths = self.paths();
        let Some(edited) = &mut paths.edited else { return };
        let Some(hand) = paths.lanes.hands.iter_mut().find(|hand| hand.pointer == pointer) else { return };
        for place in places {
            let next = PathsPlace {
                time_s: place.time_s.max(0.0).min(edited.length_s()),
                value: clamped(hand.curve, place.value),
            };
            if hand.erases_from_s.is_none() {
                edited.line(hand.curve, (hand.at.time_s, hand.at.value), (next.time_s, next.value));
            }
            hand.at = next;
        }
        if let Some(from_s) = hand.erases_from_s {
            edited.erase(hand.curve, from_s, hand.at.time_s);
        }
        self.path_changed();
    }

    /// A pointer is up: the drawn line is a step of undo.
    pub(super) fn lift_from_path_lane(&mut self, pointer: i32) {
        let hands = &mut self.paths().lanes.hands;
        let before = hands.len();
        hands.retain(|hand| hand.pointer != pointer);
        if hands.len() < before {
            self.path_changed();
            self.path_done();
        }
    }

    pub(super) fn focus_path_point(&mut self, lane: PathsLane, index: usize) {
        if let Some(curve) = lane.curve() {
            self.paths().lanes.points[curve] = index;
        }
    }

    /// Moves a point of a curve; the curve goes along as far as the next points.
    pub(super) fn move_path_point(&mut self, lane: PathsLane, index: usize, value: f32) {
        let Some(curve) = lane.curve() else { return };
        self.commit_path_operator();
        let paths = self.paths();
        let timeline = &paths.lanes.timeline;
        let (Some(&time_s), Some(edited)) = (timeline.points_s().get(index), &mut paths.edited) else {
            return;
        };
        let step_s = timeline.step_s();
        edited.bend(curve, clamped(curve, value), [time_s - step_s, time_s, time_s + step_s]);
        self.path_changed();
    }

    /// A person types the value of the chosen point.
    pub(super) fn type_path_point(&mut self, value: f32) {
        let paths = self.paths();
        let lane = paths.lanes.chosen;
        let point = lane.curve().and_then(|curve| paths.lanes.point(curve));
        if let Some((index, _)) = point {
            self.move_path_point(lane, index, value);
            self.path_done();
        }
    }
}
