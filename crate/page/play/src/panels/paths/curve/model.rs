//! A path that follows a curve, as the script draws it.

use serde::Serialize;

use super::ground::TargetGround;
use super::target::POINTS;
use super::{
    CurveState, PathsConditionRemark, PathsCurveCounts, PathsCurveRemark, PathsDescriptor, PathsShape,
    PathsTargetCondition, TargetState,
};
use crate::state::State;

/// A path that follows a curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsCurveModel {
    /// The target.
    pub target: PathsTargetModel,
    /// The search and what it has found.
    pub search: PathsSearchModel,
    /// The conditions; null while they are hidden.
    pub conditions: Option<PathsConditionsModel>,
    /// The sentence.
    pub remark: PathsCurveRemark,
    /// Counts of moments.
    pub counts: PathsCurveCounts,
}

/// The target.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsTargetModel {
    /// The descriptor that follows it.
    pub descriptor: PathsDescriptor,
    /// Its shape.
    pub shape: PathsShape,
    /// Its range, in the unit of the descriptor; null while the page has no map.
    pub range: Option<[f64; 2]>,
    /// The length of the path in seconds.
    pub length_s: f64,
    /// The notes a second, 0 for one held note; null for recorded tones, which are held.
    pub strikes_hz: Option<f64>,
    /// True if the path takes the nearest sound at each step.
    pub is_nearest: bool,
    /// The value at each step.
    pub values: Vec<f32>,
    /// The values of the points that a person can move, at even times; empty for a shape that is not drawn.
    pub points: Vec<f32>,
}

/// The search.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsSearchModel {
    /// True while it is under way.
    pub is_running: bool,
    /// True if there is a found path that is not kept yet.
    pub has_found: bool,
    /// True while that plays.
    pub is_playing: bool,
    /// The map's prediction at each step; null before the first plan.
    pub predicted: Option<Vec<f32>>,
    /// The measured value at each step; null before it is measured.
    pub measured: Option<Vec<f32>>,
    /// The step that is farthest off.
    pub worst: Option<usize>,
    /// The measured second descriptor at each step.
    pub second: Option<Vec<f32>>,
}

/// The conditions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsConditionsModel {
    /// The second descriptor.
    pub second: Option<PathsSecondModel>,
    /// Its shape, also without one.
    pub second_shape: PathsShape,
    /// The places, oldest first.
    pub places: Vec<PathsTargetCondition>,
    /// True if a change of the places can be undone.
    pub can_undo: bool,
    /// The sentence.
    pub remark: PathsConditionRemark,
    /// Counts the typed values.
    pub typed: u32,
}

/// The second descriptor.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsSecondModel {
    /// The descriptor.
    pub descriptor: PathsDescriptor,
    /// Its range, in its unit; null while the page has no map.
    pub range: Option<[f64; 2]>,
    /// Its value at each step.
    pub values: Vec<f32>,
}

impl CurveState {
    pub(in super::super) fn model(&self, state: &State) -> PathsCurveModel {
        let number = self.search.number;
        let found = self.search.found.as_ref();
        let measured = |goal| found.and_then(|found| found.measured_goal(goal)).map(<[f32]>::to_vec);
        PathsCurveModel {
            target: self.target.model(self.ground.get()),
            search: PathsSearchModel {
                is_running: self.search.is_running(),
                has_found: number != 0,
                is_playing: number != 0 && state.gesture.plays(number),
                predicted: found.map(|found| found.predicted().to_vec()),
                measured: measured(0),
                worst: found.and_then(|found| Some(found.worst()?.0)),
                second: measured(1),
            },
            conditions: self.conditions.is_shown.then(|| self.conditions_model()),
            remark: self.remark.clone(),
            counts: self.counts,
        }
    }

    fn conditions_model(&self) -> PathsConditionsModel {
        let conditions = &self.conditions;
        let second = conditions.second.target.zip(conditions.second.goal());
        PathsConditionsModel {
            second: second.map(|(second, (descriptor, values))| PathsSecondModel {
                descriptor,
                range: second.range,
                values,
            }),
            second_shape: conditions.second.shape,
            places: conditions.places.list().to_vec(),
            can_undo: conditions.places.can_undo(),
            remark: conditions.remark,
            typed: conditions.typed,
        }
    }

    /// The share of the found path's time that has played; `None` if it does not play.
    pub(in super::super) fn played_share(&self, state: &State) -> Option<f64> {
        let own = state.document().loops.get(self.search.number)?;
        let share = state.gesture.time_s(own.number)? / own.length_s;
        Some(share).filter(|share| share.is_finite())
    }

    /// True while the places are on the map.
    pub(in super::super) fn has_marks(&self) -> bool {
        self.conditions.is_shown && !self.conditions.places.list().is_empty()
    }
}

impl TargetState {
    fn model(&self, ground: Option<&TargetGround>) -> PathsTargetModel {
        let is_held = ground.is_some_and(|ground| ground.tones().is_some());
        let values = self.values();
        let is_drawn = self.shape == PathsShape::Drawn && values.len() == super::STEPS;
        let points = if is_drawn {
            (0..POINTS).map(|index| values[Self::step_of_point(index)]).collect()
        } else {
            Vec::new()
        };
        PathsTargetModel {
            descriptor: self.descriptor,
            shape: self.shape,
            range: ground.map(|_| self.range),
            length_s: self.length_s,
            strikes_hz: (!is_held).then_some(self.strikes_hz),
            is_nearest: self.is_nearest,
            values,
            points,
        }
    }
}
