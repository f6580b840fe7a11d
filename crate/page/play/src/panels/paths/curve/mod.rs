//! Paths whose sound follows a curve: the target, the search on the map that plays, its measurements, and the
//! conditions beyond the curve. A found path is a loop of the document like any other: it plays at once, and the next
//! search replaces it until a person keeps it. Never renders or measures a sound itself.

mod conditions;
mod contour;
mod decisions;
mod ground;
mod model;
mod places;
mod remarks;
mod search;
mod second;
mod target;

use serde::Serialize;

use super::PathsFile;
use crate::panels::script_value::script_enum;
use crate::panels::tasks::TaskNumber;

pub use conditions::{PathsConditionRemark, PathsPlaceField};
pub use ground::PathsTones;
pub use model::{
    PathsConditionsModel, PathsCurveModel, PathsSearchModel, PathsSecondModel, PathsTargetModel,
};
pub use places::{PathsPlaceKind, PathsTargetCondition};
pub use remarks::{PathsCurveRemark, PathsFollowed, PathsFollowedSecond};
pub use second::PathsRangeEnd;
pub use target::{PathsDescriptor, PathsShape, PathsTargetField, PathsTargetPlace};

use conditions::ConditionState;
use contour::ContourState;
use ground::GroundState;
use search::SearchState;
use target::TargetState;

/// The steps of a target.
const STEPS: usize = path::target::USUAL_STEPS;

script_enum! {
    /// Something that a person does with a path that follows a curve.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum PathsCurveAction {
        /// Chooses the descriptor that follows the curve.
        ChooseDescriptor { descriptor: PathsDescriptor },
        /// Chooses a shape. That of a sound asks for a file if there is no sound.
        ChooseShape { shape: PathsShape },
        /// Types a number of the target; not-a-number for any other text.
        TypeNumber { field: PathsTargetField, value: f64 },
        /// Chooses the nearest sound at each step, or the planned path.
        SetNearest { is_nearest: bool },
        /// A pointer comes down in the picture to draw the target.
        PressTarget { pointer: i32, place: PathsTargetPlace },
        /// That pointer has moved to these places.
        DrawTarget { pointer: i32, places: Vec<PathsTargetPlace> },
        /// That pointer is up.
        LiftTarget { pointer: i32 },
        /// A point of the drawn target moves to a value.
        MoveTargetPoint { index: usize, value: f32 },
        /// Gives a sound whose contour is the target.
        GiveSound { file: PathsFile },
        /// Begins a search, or stops the one that is under way.
        Find,
        /// The found path stays.
        KeepFound,
        /// Plays the found path, or stops it.
        PlayFound,
        /// Shows the conditions, or hides them.
        ToggleConditions,
        /// Chooses the second descriptor, or none.
        ChooseSecond { descriptor: Option<PathsDescriptor> },
        /// Chooses its shape.
        ChooseSecondShape { shape: PathsShape },
        /// Types an end of its range; not-a-number for any other text.
        TypeSecond { end: PathsRangeEnd, value: f64 },
        /// Adds a place at the current point.
        AddPlace { kind: PathsPlaceKind },
        /// A hand moves a place on the map, as part of its move before if it goes on.
        MovePlace { index: usize, x: f64, y: f64, goes_on: bool },
        /// Types a number of a place; not-a-number for any other text.
        TypePlace { index: usize, field: PathsPlaceField, value: f64 },
        /// Removes a place.
        RemovePlace { index: usize },
        /// Undoes the last change of the places.
        UndoPlace,
    }
}

/// The state of a path that follows a curve.
#[derive(Clone, Debug, Default)]
pub(super) struct CurveState {
    ground: GroundState,
    target: TargetState,
    contour: ContourState,
    search: SearchState,
    conditions: ConditionState,
    /// True if workers were needed to measure, and were not freed yet.
    uses_workers: bool,
    remark: PathsCurveRemark,
    counts: PathsCurveCounts,
}

/// Counts of moments at which fields, the focus or the choice of a file follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsCurveCounts {
    /// A person has typed something: the fields show what has become of it.
    pub typed: u32,
    /// A person has kept a path: the button that searches takes the focus.
    pub kept: u32,
    /// A person wants a sound: the page asks for a file.
    pub asked: u32,
}

impl CurveState {
    /// The notes a second of a path on the map that plays; recorded tones do not decay, and are held.
    fn strikes_hz(&self) -> f64 {
        let holds = self.ground.get().is_some_and(|ground| ground.tones().is_some());
        if holds { 0.0 } else { self.target.strikes_hz }
    }

    /// True if this task is one of the curve.
    pub fn has_task(&self, task: TaskNumber) -> bool {
        self.search.task == Some(task) || self.contour.has_task(task) || self.conditions.loading == Some(task)
    }
}
