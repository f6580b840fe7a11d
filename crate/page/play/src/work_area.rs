//! The work area beside the map of a wide page: how wide a person has made it, and whether it fills the page. The style
//! sheets know the widths that no person has chosen. Pure values.

use serde::Serialize;

use crate::field_by_field::field_by_field;

/// The least width of the work area and of the map beside it, in CSS pixels.
pub const LEAST_PX: [f64; 2] = [360.0, 360.0];
/// The way of the divider at an arrow key, as a share of the page's width.
const STEP: f64 = 0.02;

/// The things that stand in the work area: each takes a width of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkKind {
    /// The panel of a place.
    Place,
    /// A tool that needs room: a search with its answers, the lanes of a shape.
    Tool,
}

/// The widths that a person has chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct WorkWidths {
    /// That of the panel of a place, as a share of the page's width, 0…1.
    pub place: Option<f64>,
    /// That of a tool.
    pub tool: Option<f64>,
}

field_by_field!(WorkWidths { place, tool });

impl WorkWidths {
    /// The width of a kind.
    pub fn of(&self, kind: WorkKind) -> Option<f64> {
        match kind {
            WorkKind::Place => self.place,
            WorkKind::Tool => self.tool,
        }
    }

    /// Sets the width of a kind.
    pub fn set(&mut self, kind: WorkKind, share: Option<f64>) {
        *match kind {
            WorkKind::Place => &mut self.place,
            WorkKind::Tool => &mut self.tool,
        } = share;
    }

    /// The same with every width within 0…1, as needed after reading.
    pub fn tidy(self) -> Self {
        let tidy = |share: Option<f64>| share.filter(|share| (0.0..=1.0).contains(share));
        Self { place: tidy(self.place), tool: tidy(self.tool) }
    }
}

/// A move of the divider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DividerMove {
    /// The work area is to be so wide, as a share of the page's width.
    To(f64),
    /// By steps of an arrow key: wider (positive) or narrower.
    By(i8),
    /// To the least width of the work area.
    ToLeast,
    /// To its greatest width.
    ToGreatest,
    /// Back to the width that no person has chosen.
    Back,
}

/// The least and the greatest width of the work area on a page of a width in CSS pixels, as shares of it.
pub fn limits(page_px: f64) -> [f64; 2] {
    let page_px = page_px.max(1.0);
    let least = (LEAST_PX[0] / page_px).min(1.0);
    [least, (1.0 - LEAST_PX[1] / page_px).max(least)]
}

impl DividerMove {
    /// The width after a move from a width, as shares of the page's width; none: the one that no person has chosen.
    pub fn from(self, share: f64, page_px: f64) -> Option<f64> {
        let [least, greatest] = limits(page_px);
        let wanted = match self {
            Self::To(share) => share,
            Self::By(steps) => share + f64::from(steps) * STEP,
            Self::ToLeast => least,
            Self::ToGreatest => greatest,
            Self::Back => return None,
        };
        wanted.is_finite().then(|| wanted.clamp(least, greatest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn neither_the_map_nor_the_work_area_becomes_too_narrow() {
        assert_eq!(limits(1440.0), [0.25, 0.75]);
        assert_eq!(DividerMove::To(0.9).from(0.3, 1440.0), Some(0.75));
        assert_eq!(DividerMove::To(0.1).from(0.3, 1440.0), Some(0.25));
        assert_eq!(DividerMove::By(1).from(0.3, 1440.0), Some(0.32));
        assert_eq!(DividerMove::By(-5).from(0.3, 1440.0), Some(0.25));
        assert_eq!(DividerMove::Back.from(0.3, 1440.0), None);
    }

    proptest! {
        #[test]
        fn every_move_ends_within_the_limits(to in -9.0f64..9.0, now in 0.0f64..1.0, page_px in 1.0f64..8000.0) {
            let [least, greatest] = limits(page_px);
            for step in [DividerMove::To(to), DividerMove::By(3), DividerMove::ToLeast, DividerMove::ToGreatest] {
                let share = step.from(now, page_px).expect("it is a width");
                prop_assert!((least..=greatest).contains(&share));
            }
        }
    }
}
