//! Remarks beside a slider that was moved: it cannot go there, or it has changed other properties, too.

use serde::Serialize;

use super::{MacroAmountList, PropertyReach};

/// A side effect is worth a remark if it is at least this share of the change of the slider's own property.
const LARGE_SHARE: f32 = 0.4;
/// A change of fewer points is not worth one.
const LEAST_POINTS: f32 = 1.0;

/// A remark on the slider of a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum MacroRemark {
    /// It only moves towards less (−1) or more (1).
    OneWay { place: usize, towards: i8 },
    /// It changes other properties, too: the greatest change first.
    AlsoChanges { place: usize, others: Vec<SideEffect> },
}

/// The change of a property that was not to change.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SideEffect {
    /// The place of its own slider.
    pub place: usize,
    /// The change in points.
    pub points: f32,
}

/// Compares the change of the only slider that is moved with those of the other properties; `None` if there is nothing
/// to say. `points` are the properties as measured at these amounts.
pub(super) fn comparison(
    amounts: &MacroAmountList,
    reach: &[PropertyReach],
    points: &[f32],
) -> Option<MacroRemark> {
    let mut moved = (0..amounts.len()).filter(|&place| amounts[place] != 0.0);
    let (place, None) = (moved.next()?, moved.next()) else { return None };
    let change = |at: usize| Some(points.get(at)? - reach.get(at)?.value?);
    let least = (LARGE_SHARE * change(place)?.abs()).max(LEAST_POINTS);
    let mut others: Vec<SideEffect> = Vec::new();
    for other in (0..amounts.len()).filter(|&other| other != place) {
        let Some(points) = change(other).filter(|points| points.abs() >= least) else { continue };
        // Inserted one by one: sorting code would add kilobytes to the page.
        let at = others.iter().position(|own| own.points.abs() < points.abs()).unwrap_or(others.len());
        others.insert(at, SideEffect { place: other, points });
    }
    (!others.is_empty()).then_some(MacroRemark::AlsoChanges { place, others })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn side_effects_are_told_from_two_fifths_of_the_move_on_the_greatest_first() {
        let own = PropertyReach { value: Some(50.0), less: Some(-20.0), more: Some(20.0), predicted: false };
        let mut amounts = [0.0; 8];
        amounts[0] = 0.5;
        let told = |points: [f32; 8]| comparison(&amounts, &[own; 8], &points);
        assert_eq!(told([60.0, 53.9, 46.1, 50.0, 50.0, 50.0, 50.0, 50.0]), None);
        let effects = |others: &[(usize, f32)]| {
            let others = others.iter().map(|&(place, points)| SideEffect { place, points }).collect();
            Some(MacroRemark::AlsoChanges { place: 0, others })
        };
        assert_eq!(
            told([60.0, 54.0, 50.0, 80.0, 50.0, 45.0, 50.0, 50.0]),
            effects(&[(3, 30.0), (5, -5.0), (1, 4.0)])
        );
        assert_eq!(
            told([50.0, 50.5, 50.0, 50.0, 50.0, 50.0, 50.0, 51.0]),
            effects(&[(7, 1.0)]),
            "from a point on"
        );
        assert_eq!(comparison(&[0.5; 8], &[own; 8], &[90.0; 8]), None, "several sliders");
    }
}
