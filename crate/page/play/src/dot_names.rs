//! Where the names of dots stand on the zoomed map: beside their dots, apart from each other and from what lies on the
//! map. Pure arithmetic in CSS pixels; the same input gives the same names.

use crate::viewport::RING_RADIUS_PX;

/// From this zoom on dots have names: about two hundred of three thousand are then visible.
pub const NAMING_ZOOM: f64 = 4.0;
/// The height of a name, in CSS pixels: 13-pixel text with its outline.
pub const NAME_HEIGHT_PX: f64 = 18.0;
/// The area for each name, in square CSS pixels, and the fewest and most names.
const AREA_PER_NAME_PX: f64 = 9_500.0;
const COUNTS: [f64; 2] = [8.0, 40.0];
/// The free space about each name, in CSS pixels: across and down.
const GAPS_PX: [f64; 2] = [12.0, 8.0];
/// From the middle of a dot to its name, in CSS pixels.
const FROM_DOT_PX: f64 = 8.0;

/// The height of the label of the nearest preset, and from its dot to the label's middle, in CSS pixels.
pub const LABEL_HEIGHT_PX: f64 = 28.0;
const LABEL_FROM_DOT_PX: f64 = 46.0;

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub left: f64,
    /// Its top edge.
    pub top: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Area {
    /// The square with this middle and half side.
    pub fn about((x, y): (f64, f64), half: f64) -> Self {
        Self { left: x - half, top: y - half, width: 2.0 * half, height: 2.0 * half }
    }

    /// True if two rectangles have a pixel in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.left + other.width
            && other.left < self.left + self.width
            && self.top < other.top + other.height
            && other.top < self.top + self.height
    }

    fn lies_in(&self, other: &Self) -> bool {
        self.left >= other.left
            && self.top >= other.top
            && self.left + self.width <= other.left + other.width
            && self.top + self.height <= other.top + other.height
    }

    fn holds(&self, (x, y): (f64, f64)) -> bool {
        (self.left..self.left + self.width).contains(&x) && (self.top..self.top + self.height).contains(&y)
    }

    fn widened(&self, [across, down]: [f64; 2]) -> Self {
        Self {
            left: self.left - across,
            top: self.top - down,
            width: self.width + 2.0 * across,
            height: self.height + 2.0 * down,
        }
    }
}

/// A visible dot that may have its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NamedDot {
    /// Its row in the table of known patches.
    pub row: usize,
    /// Its pixel.
    pub at: (f64, f64),
    /// The width of its name.
    pub width: f64,
}

/// A name on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedName {
    /// The row of its dot.
    pub row: usize,
    /// Its place.
    pub area: Area,
}

/// The most names in a window.
pub fn most_names(window: &Area) -> usize {
    (window.width * window.height / AREA_PER_NAME_PX).clamp(COUNTS[0], COUNTS[1]) as usize
}

/// Places names inside the window and outside the obstacles, at most [`most_names`]: the first dots first, each on the
/// side where it covers the fewest of the dots `others`.
pub fn place_names(
    dots: impl IntoIterator<Item = NamedDot>,
    others: &[(f64, f64)],
    obstacles: &[Area],
    window: &Area,
) -> Vec<PlacedName> {
    let (most, mut placed) = (most_names(window), Vec::<PlacedName>::new());
    for dot in dots {
        if placed.len() == most {
            break;
        }
        let free = sides(&dot).into_iter().filter(|area| {
            area.lies_in(window)
                && !obstacles.iter().any(|other| other.overlaps(area))
                && !placed.iter().any(|other| other.area.widened(GAPS_PX).overlaps(area))
        });
        let covered = |area: &Area| others.iter().filter(|&&at| area.holds(at)).count();
        if let Some(area) = free.min_by_key(covered) {
            placed.push(PlacedName { row: dot.row, area });
        }
    }
    placed
}

/// Where the label of the nearest preset stands, whose dot and the current point lie at these pixels: beyond the dot if
/// there is room, never over the current point's ring, and beside what is taken, if possible.
pub fn near_label(dot: (f64, f64), here: (f64, f64), width: f64, window: &Area, taken: &[Area]) -> Area {
    let (across, down) = (dot.0 - here.0, dot.1 - here.1);
    let distance = across.hypot(down);
    let beyond = if distance < 1.0 { (0.0, -1.0) } else { (across / distance, down / distance) };
    let from_dot = |(right, lower): (f64, f64)| {
        (dot.0 + right * (LABEL_FROM_DOT_PX + width / 2.0 * right.abs()), dot.1 + lower * LABEL_FROM_DOT_PX)
    };
    let place = |(x, y): (f64, f64)| Area {
        left: (x - width / 2.0).min(window.left + window.width - width).max(window.left),
        top: (y - LABEL_HEIGHT_PX / 2.0).min(window.top + window.height - LABEL_HEIGHT_PX).max(window.top),
        width,
        height: LABEL_HEIGHT_PX,
    };
    let [above, below, right, left] = [(0.0, -1.0), (0.0, 1.0), (1.0, 0.0), (-1.0, 0.0)].map(from_dot);
    // Near an edge only the sides of the current point may be free.
    let aside = |direction: f64| (here.0, here.1 + direction * LABEL_FROM_DOT_PX);
    let places = [from_dot(beyond), above, below, right, left, aside(-1.0), aside(1.0)].map(place);
    let ring = Area::about(here, RING_RADIUS_PX + 6.0);
    let free = |area: &&Area| !area.overlaps(&ring);
    let is_seen = |area: &&Area| !taken.iter().any(|other| other.overlaps(area));
    let beside = || places[..5].iter().filter(|area| !area.holds(dot)).filter(free);
    let best = beside().find(is_seen).or_else(|| places[5..].iter().filter(free).find(is_seen));
    *best.or_else(|| beside().next()).or_else(|| places[5..].iter().find(free)).unwrap_or(&places[1])
}

/// The places beside a dot, the best first: above, below, right, left.
fn sides(dot: &NamedDot) -> [Area; 4] {
    let ((x, y), width, height) = (dot.at, dot.width, NAME_HEIGHT_PX);
    let area = |left: f64, top: f64| Area { left, top, width, height };
    [
        area(x - width / 2.0, y - FROM_DOT_PX - height + 2.0),
        area(x - width / 2.0, y + FROM_DOT_PX - 2.0),
        area(x + FROM_DOT_PX, y - height / 2.0),
        area(x - FROM_DOT_PX - width, y - height / 2.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WINDOW: Area = Area { left: 0.0, top: 0.0, width: 390.0, height: 520.0 };
    const TOOLS: Area = Area { left: 336.0, top: 10.0, width: 44.0, height: 320.0 };

    fn dots() -> impl Strategy<Value = Vec<NamedDot>> {
        let dot = (0.0f64..390.0, 0.0f64..520.0, 20.0f64..160.0);
        prop::collection::vec(dot, 0..250).prop_map(|dots| {
            let dot = |(row, (x, y, width))| NamedDot { row, at: (x, y), width };
            dots.into_iter().enumerate().map(dot).collect()
        })
    }

    fn placed(dots: &[NamedDot]) -> Vec<PlacedName> {
        let others: Vec<(f64, f64)> = dots.iter().map(|dot| dot.at).collect();
        place_names(dots.iter().copied(), &others, &[TOOLS], &WINDOW)
    }

    proptest! {
        #[test]
        fn names_overlap_neither_each_other_nor_the_tools_and_are_few(dots in dots()) {
            let names = placed(&dots);
            prop_assert!(names.len() <= most_names(&WINDOW) && most_names(&WINDOW) <= 40);
            for (number, name) in names.iter().enumerate() {
                prop_assert!(name.area.lies_in(&WINDOW) && !name.area.overlaps(&TOOLS));
                prop_assert!(names[number + 1..].iter().all(|other| !other.area.overlaps(&name.area)));
                let (x, y) = dots[name.row].at;
                let is_beside = name.area.widened([FROM_DOT_PX + 1.0; 2]).holds((x, y));
                prop_assert!(is_beside, "{name:?} belongs to {x} {y}");
            }
        }

        #[test]
        fn the_same_dots_have_the_same_names_and_the_first_one_with_room_has_one(dots in dots()) {
            let names = placed(&dots);
            prop_assert_eq!(&names, &placed(&dots));
            let has_room = |dot: &&NamedDot| sides(dot).iter().any(|area| area.lies_in(&WINDOW) && !area.overlaps(&TOOLS));
            prop_assert_eq!(names.first().map(|name| name.row), dots.iter().find(has_room).map(|dot| dot.row));
        }

        #[test]
        fn names_that_were_there_stay_when_they_come_first_again(dots in dots()) {
            let names = placed(&dots);
            let kept = names.iter().map(|name| dots[name.row]);
            let rest = dots.iter().copied().filter(|dot| !names.iter().any(|name| name.row == dot.row));
            let others: Vec<(f64, f64)> = dots.iter().map(|dot| dot.at).collect();
            let again = place_names(kept.chain(rest), &others, &[TOOLS], &WINDOW);
            prop_assert_eq!(names, again[..placed(&dots).len()].to_vec());
        }
    }

    proptest! {
        #[test]
        fn the_label_of_the_nearest_preset_is_whole_and_leaves_the_current_point_free(
            x in 20.0f64..370.0, y in 20.0f64..500.0, right in -60.0f64..60.0, down in -60.0f64..60.0, width in 60.0f64..180.0,
        ) {
            let here = (x, y);
            let dot = ((x + right).clamp(0.0, 390.0), (y + down).clamp(0.0, 520.0));
            let area = near_label(dot, here, width, &WINDOW, &[TOOLS]);
            prop_assert!(area.lies_in(&WINDOW));
            prop_assert!(!area.overlaps(&Area::about(here, RING_RADIUS_PX)), "{area:?} over {here:?}");
        }
    }

    #[test]
    fn a_name_covers_no_dot_where_it_can_avoid_it() {
        let dot = NamedDot { row: 0, at: (200.0, 200.0), width: 60.0 };
        let above = place_names([dot], &[], &[], &WINDOW)[0].area;
        assert!(above.top + above.height < 200.0);
        let below = place_names([dot], &[(200.0, 185.0)], &[], &WINDOW)[0].area;
        assert!(below.top > 200.0);
    }
}
