//! Remarks beside a slider that was moved: it cannot go there, or another property changes more.

use serde::Serialize;

use super::{MacroAmountList, PropertyReach};

/// A property that changes by so many points more than the slider's own is worth a remark.
const MORE_POINTS: f32 = 1.0;

/// A remark on the slider of a place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum MacroRemark {
    /// It only moves towards less (−1) or more (1).
    OneWay { place: usize, towards: i8 },
    /// Another property changes more.
    MovesMore { place: usize, other: usize },
}

/// Compares the change of the only slider that is moved with those of the others; `None` if there is nothing to say.
/// `points` are the properties as measured at these amounts.
pub(super) fn comparison(
    amounts: &MacroAmountList,
    reach: &[PropertyReach],
    points: &[f32],
) -> Option<MacroRemark> {
    let mut moved = (0..amounts.len()).filter(|&place| amounts[place] != 0.0);
    let (place, None) = (moved.next()?, moved.next()) else { return None };
    let change = |at: usize| Some((points.get(at)? - reach.get(at)?.value?).abs());
    let changes: Vec<f32> = (0..amounts.len()).map(|at| change(at).unwrap_or(0.0)).collect();
    let most = (0..changes.len()).max_by(|&one, &other| changes[one].total_cmp(&changes[other]))?;
    let is_more = changes[most] - changes[place] >= MORE_POINTS;
    is_more.then_some(MacroRemark::MovesMore { place, other: most })
}
