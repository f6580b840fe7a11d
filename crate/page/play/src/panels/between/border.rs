//! The actions, tasks and results that cross the border between this panel and its script.

use crate::panels::script_value::script_enum;
use serde::Serialize;

use super::{BetweenControl, BetweenName, BetweenNote, BetweenWay, CellPoint, ListedSound};

script_enum! {
    /// Something that a person does between two sounds, or that the panel's own clock does. An end, a grid and a button
    /// are named by their positions.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum BetweenAction {
        /// Opens the list of sounds for an end, or closes it.
        ToggleChooser { end: usize },
        /// Closes the list.
        CloseChooser,
        /// Lists the sounds whose names have this text.
        Find { query: String },
        /// Chooses the current sound.
        ChooseHere,
        /// Chooses the first sound of the list.
        ChooseFirst,
        /// Chooses a sound of the list by its line.
        Choose { sound: ListedSound, name: String },
        /// A and B change places.
        Swap,
        /// Another way from A to B.
        ChooseWay { way: BetweenWay },
        /// Measures the way by sound, or stops the measurement.
        ToggleMeasuring,
        /// A pointer presses the slider.
        PressSlider { pointer: i32 },
        /// A key is pressed on the slider.
        PressSliderKey,
        /// The slider moves.
        MoveSlider { step: usize },
        /// The slider was moved: by a pointer to its end, by keys one step.
        MovedSlider,
        /// A pointer of the slider is up.
        LiftSlider { pointer: i32 },
        /// The finger on the slider scrolls instead.
        ScrollSlider { pointer: i32 },
        /// The slider has lost the focus.
        LeaveSlider,
        /// A pointer presses the square, at shares of its axes to the right and up.
        PressSquare { pointer: i32, at: [f32; 2] },
        /// A pointer moves in the square.
        DragSquare { pointer: i32, at: [f32; 2] },
        /// A pointer of the square is up.
        LiftSquare { pointer: i32 },
        /// The finger in the square scrolls instead.
        CancelSquare { pointer: i32 },
        /// Moves the point in the square along an axis, 0 or 1, to a step.
        SetSquareAxis { axis: usize, step: i32 },
        /// Moves it by steps.
        StepSquareAxis { axis: usize, by: i32 },
        /// Shows the square, or hides it.
        ToggleFour,
        /// Shows the grids, or hides them.
        ToggleAround,
        /// On a small screen, shows the grid of A or B.
        ShowGrid { place: usize },
        /// True if the screen has room for one grid.
        SetNarrow { is_narrow: bool },
        /// Moves the slider of the distance of two cells, in latent units.
        SetSpacing { spacing: f32 },
        /// That slider was moved: draws the grids.
        DrawSpacing,
        /// A cell of a grid has the focus, or a pointer moves over it.
        SayCell { place: usize, cell: usize },
        /// Goes to the sound of a cell.
        GoToCell { place: usize, cell: usize },
        /// Keeps the current sound as a landmark, by the button at this place.
        Keep { place: usize, name: String },
        /// The pause after the last key on a control is over, if it is still the one of this count.
        EndPause { control: BetweenControl, count: u32 },
    }
}

impl BetweenAction {
    /// True if a person wants something by it, so that what did not work before is told no more.
    pub(super) fn is_intent(&self) -> bool {
        !matches!(
            self,
            Self::LiftSlider { .. }
                | Self::LeaveSlider
                | Self::LiftSquare { .. }
                | Self::SetNarrow { .. }
                | Self::SayCell { .. }
                | Self::EndPause { .. }
        )
    }
}

/// A task between two sounds. A patch has 41 stored values.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum BetweenTask {
    /// Decodes the patch at a point of the map: [`BetweenAnswer::Patch`]. All tasks fail with `lost`.
    Decode { point: [f32; 2] },
    /// Computes so many patches from one to another, straight: [`BetweenAnswer::Way`].
    Straight { values: Vec<f32>, count: u8 },
    /// The same over the map, with x and y of both: [`BetweenAnswer::Way`].
    OverPlane { values: Vec<f32>, points: Vec<f32>, count: u8 },
    /// The same by sound, of this note: [`BetweenAnswer::Way`]. Fails with `silent` if one of them is.
    BySound { values: Vec<f32>, count: u8, note: BetweenNote },
    /// Measures how evenly these patches of a way play a note: [`BetweenAnswer::Compared`]. Fails with `silent` if one
    /// of them is.
    Compare { values: Vec<f32>, note: BetweenNote },
    /// Mixes four patches: [`BetweenAnswer::Patch`].
    Among { values: Vec<f32>, across: f32, upward: f32 },
    /// Computes and draws the sounds around a patch at a point: [`BetweenAnswer::Cell`] for each.
    Around { place: usize, patch: Vec<f32>, point: [f32; 2], cells: Vec<CellPoint> },
    /// Ends the workers.
    Free,
}

script_enum! {
    /// A result of these tasks.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum BetweenAnswer {
        /// The 41 stored values of a patch.
        Patch { values: Vec<f32> },
        /// The 41 stored values of each patch of a way.
        Way { values: Vec<f32> },
        /// The root mean square of the second differences of the scales from place to place, in points, and how far the
        /// level is from the line between both ends at most, in dB.
        Compared { uneven_points: f32, level_db: f32 },
        /// The patch of a cell, and its strongest changes: the index of a parameter and its change in turn.
        Cell { cell: usize, values: Vec<f32>, moves: Vec<f32> },
    }
}

/// Something that did not work, until a person does something else.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum BetweenProblem {
    /// A worker could not be loaded, or is lost.
    Lost,
    /// A or B is silent.
    Silent,
    /// The sound that was chosen for an end is the other one's, too; the end stays the sound of this name,
    /// if it has one.
    Same { end: usize, stays: Option<BetweenName> },
}
