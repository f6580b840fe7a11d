//! Where the names of regions stand on the map: of one rank at a time, the largest regions first, never over each other
//! or over what lies on the map. Pure arithmetic in CSS pixels; the same input gives the same names.

use crate::dot_names::{Area, NAMING_ZOOM};

/// From this zoom on the quarters of the regions have names, until the presets have theirs.
pub const QUARTER_ZOOM: f64 = 1.8;
/// The free space about each name, in CSS pixels.
const GAP_PX: f64 = 6.0;
/// How far a name may stand from its place, in CSS pixels, the nearest first: beside, above and below.
const SHIFTS_PX: [(f64, f64); 9] = [
    (0.0, 0.0),
    (0.0, -16.0),
    (0.0, 16.0),
    (-28.0, 0.0),
    (28.0, 0.0),
    (0.0, -32.0),
    (0.0, 32.0),
    (-28.0, -20.0),
    (28.0, 20.0),
];

/// Which names the map has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRank {
    /// Those of the regions.
    Regions,
    /// Those of their quarters.
    Quarters,
    /// Those of the presets.
    Presets,
}

impl NameRank {
    /// The rank at a zoom.
    pub fn at(zoom: f64) -> Self {
        match zoom {
            zoom if zoom >= NAMING_ZOOM => Self::Presets,
            zoom if zoom >= QUARTER_ZOOM => Self::Quarters,
            _ => Self::Regions,
        }
    }
}

/// A name to place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WantedLabel {
    /// Its middle, if it has room there.
    pub at: (f64, f64),
    /// Its width and height.
    pub size: [f64; 2],
}

/// The areas of the labels in their order; none of a label without room.
pub fn place_labels(labels: &[WantedLabel], obstacles: &[Area], window: &Area) -> Vec<Option<Area>> {
    let mut placed: Vec<Option<Area>> = Vec::with_capacity(labels.len());
    for label in labels {
        let area = |(right, down): (f64, f64)| {
            let [width, height] = label.size;
            let (x, y) = (label.at.0 + right, label.at.1 + down);
            // A name at an edge stays whole.
            let left = (x - width / 2.0).min(window.left + window.width - width).max(window.left);
            let top = (y - height / 2.0).min(window.top + window.height - height).max(window.top);
            Area { left, top, width, height }
        };
        let is_visible = Area::about(label.at, 0.5).overlaps(window);
        let is_free = |area: &Area| {
            let wide = Area {
                left: area.left - GAP_PX,
                top: area.top - GAP_PX,
                width: area.width + 2.0 * GAP_PX,
                height: area.height + 2.0 * GAP_PX,
            };
            !obstacles.iter().any(|other| other.overlaps(area))
                && !placed.iter().flatten().any(|other| other.overlaps(&wide))
        };
        placed.push(SHIFTS_PX.into_iter().filter(|_| is_visible).map(area).find(is_free));
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WINDOW: Area = Area { left: 0.0, top: 0.0, width: 390.0, height: 500.0 };
    const TOOLS: Area = Area { left: 336.0, top: 10.0, width: 44.0, height: 44.0 };

    proptest! {
        #[test]
        fn names_of_regions_never_overlap(
            labels in prop::collection::vec((-50.0f64..450.0, -50.0f64..550.0, 30.0f64..140.0, 16.0f64..24.0), 0..40)
        ) {
            let wanted: Vec<WantedLabel> =
                labels.into_iter().map(|(x, y, width, height)| WantedLabel { at: (x, y), size: [width, height] }).collect();
            let placed = place_labels(&wanted, &[TOOLS], &WINDOW);
            prop_assert_eq!(&placed, &place_labels(&wanted, &[TOOLS], &WINDOW));
            let areas: Vec<Area> = placed.iter().flatten().copied().collect();
            for (number, one) in areas.iter().enumerate() {
                prop_assert!(areas[..number].iter().all(|other| !other.overlaps(one)) && !one.overlaps(&TOOLS));
                prop_assert!(one.left >= 0.0 && one.left + one.width <= 390.0 && one.top >= 0.0 && one.top + one.height <= 500.0);
            }
            if let Some(first) = wanted.first() {
                let is_inside = Area::about(first.at, 0.5).overlaps(&WINDOW) && !Area::about(first.at, 110.0).overlaps(&TOOLS);
                prop_assert!(!is_inside || placed[0].is_some(), "the largest one has its name");
            }
        }
    }

    #[test]
    fn each_zoom_has_names_of_one_rank() {
        let ranks = [1.0, 1.7, 1.8, 3.9, 4.0, 12.0].map(NameRank::at);
        use NameRank::{Presets, Quarters, Regions};
        assert_eq!(ranks, [Regions, Regions, Quarters, Quarters, Presets, Presets]);
    }
}
