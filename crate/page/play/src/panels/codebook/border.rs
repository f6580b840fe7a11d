//! The actions, tasks and results that cross the border between the codebook and its script.

use serde::Serialize;

use crate::panels::script_value::script_enum;

script_enum! {
    /// Something that a person does with the codebook, or that its own clock does. A dot is a known preset, named by
    /// its row, or a point of the map, whose numbers follow those of the presets.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum CodebookAction {
        /// A layer of the map colours the dots.
        ChooseLayer { layer: usize },
        /// Shows the codes alone, or all dots.
        ToggleCodes,
        /// Presses a bar, or releases it.
        ToggleBar { bar: usize },
        /// Releases all bars.
        ReleaseBars,
        /// There is room for this many bars.
        GiveRoom { bars: usize },
        /// Chooses a dot.
        Choose { dot: usize },
        /// Chooses a dot, goes there and plays it.
        Go { dot: usize },
        /// Plays the presets of these rows one after another, or stops those that play.
        TogglePlaying { rows: Vec<usize> },
        /// The preset of this turn has sounded long enough.
        EndTurn { turn: u32 },
    }
}

/// A task of the codebook.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum CodebookTask {
    /// Computes the dots of the sounds that are known now, and keeps them under this number. Fails with `scales` if the
    /// map has too few qualities, with `lost` if a file does not arrive.
    Compute { number: u32 },
}

script_enum! {
    /// A result of that task.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum CodebookAnswer {
        /// The dots are computed. This layer of the map weighs most in the first axis.
        Dots { heaviest: usize },
    }
}
