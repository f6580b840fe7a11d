//! The state after edits of the patch: a discarded patch that can return, and the measured sound of the heard one.
//! Values only; `reduce::editing` decides.

use patch::Patch;

use crate::compare::Location;

/// The discarded patch that can return, and the measured sound of the heard one.
#[derive(Clone, Debug, Default)]
pub struct EditingState {
    /// The edited patch that a touch has discarded, with its point, while its return is offered.
    pub discarded: Option<Location>,
    /// Counts the offers.
    pub offers: u32,
    /// The heard patch when the wait before its measurement began; none while nothing waits.
    pub waiting: Option<Box<Patch>>,
    /// The patch that is being measured.
    pub requested: Option<Box<Patch>>,
    /// The patch of a preset that was removed, or placed elsewhere, while it played: it is no edit.
    pub removed_preset: Option<Box<Patch>>,
    /// The patch that was measured last, and a value for each layer of the map; none if that failed.
    pub measured: Option<(Box<Patch>, Option<Vec<f32>>)>,
}

/// From where the values of the map's layers are known for the heard patch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HeardValues<'a> {
    /// The map predicts them: the patch is the one at the current point.
    OfMap,
    /// The patch is the known one of this row, whose own values were measured.
    OfPreset(usize),
    /// The patch is another one and not measured yet.
    Unmeasured,
    /// The patch is another one and could not be measured.
    Unmeasurable,
    /// The patch is another one; a measured value for each layer.
    Measured(&'a [f32]),
}
