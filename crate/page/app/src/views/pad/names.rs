//! Which dots have names on the zoomed map: measures the names and what lies on the map; `play::dot_names` places them.

use std::collections::{HashMap, HashSet};

use plane::Coordinates;
use plane::order::positions;
use play::State;
use play::dot_names::{Area, NAMING_ZOOM, NamedDot, PlacedName, place_names};
use play::viewport::RING_RADIUS_PX;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::views::pad::{dots, draw};

/// The tools, which lie on the map.
pub const TOOLS: &str = ".tools";
/// The elements that lie on the map.
const ON_THE_MAP: [&str; 4] = [TOOLS, ".legend", ".minimap", ".notes"];
/// The most dots whose names are measured: more find no room.
const MOST_MEASURED: usize = 160;

/// The side of a square that gets a name before any other gets its second, in CSS pixels.
const SQUARE_PX: f64 = 120.0;

/// The names on the map.
#[derive(Default)]
pub struct Names {
    placed: Vec<PlacedName>,
    /// The areas of the elements that lie on the map.
    taken: Vec<Area>,
    /// The widths of the names that were measured, in CSS pixels.
    widths: HashMap<String, f64>,
}

impl Names {
    /// Measures what lies on the map.
    pub fn measure_map(&mut self, canvas: &HtmlCanvasElement) {
        self.taken = ON_THE_MAP.into_iter().filter_map(|part| area_on_map(canvas, part)).collect();
    }

    /// The areas of the elements that lie on the map.
    pub fn taken(&self) -> &[Area] {
        &self.taken
    }

    /// The names for the state's viewport: those that were there first, then those near the current point; each name
    /// once, since banks hold many presets twice. `near`: the label of the nearest preset.
    pub fn place(
        &mut self,
        state: &State,
        context: &CanvasRenderingContext2d,
        near: Option<Area>,
    ) -> &[PlacedName] {
        let before = std::mem::take(&mut self.placed);
        let viewport = &state.map.viewport;
        let Some(known) = state.library.known.as_deref() else { return &[] };
        if viewport.zoom() < NAMING_ZOOM || !state.overlays().names {
            return &[];
        }
        let visible = dots::visible(viewport, known);
        let here = viewport.to_screen(state.point());
        let distance = |(x, y): (f64, f64)| (x - here.0).hypot(y - here.1);
        let distances: Vec<f64> = visible.iter().map(|&(_, at)| distance(at)).collect();
        let nearest = positions(visible.len(), &mut |one, other| distances[one].total_cmp(&distances[other]));
        let mut preferred: Vec<(usize, (f64, f64))> =
            nearest.into_iter().map(|position| visible[position]).collect();
        let mut seen = HashSet::new();
        preferred.retain(|&(row, _)| {
            let name = known.name[row].trim();
            !name.is_empty() && seen.insert(name.to_owned())
        });
        // The first of each square of the plane before any second one, so that names are everywhere.
        let mut counts: HashMap<(i32, i32), u32> = HashMap::new();
        let mut rank = |(x, y): (f64, f64)| {
            let square = |at: f64, from: f64| ((at - from) / SQUARE_PX).floor() as i32;
            let count = counts.entry((square(x, viewport.left), square(y, viewport.top))).or_default();
            *count += 1;
            *count
        };
        let is_new = |row: usize| !before.iter().any(|name| name.row == row);
        let keys: Vec<(bool, u32)> = preferred.iter().map(|&(row, at)| (is_new(row), rank(at))).collect();
        let order = positions(preferred.len(), &mut |one, other| keys[one].cmp(&keys[other]));
        draw::set_name_font(context);
        let named = order.into_iter().take(MOST_MEASURED).map(|position| {
            let (row, at) = preferred[position];
            NamedDot { row, at, width: self.width(context, known, row) }
        });
        let named: Vec<NamedDot> = named.collect();
        draw::set_font(context);
        let mut obstacles = self.taken.clone();
        obstacles.push(Area::about(here, RING_RADIUS_PX + 4.0));
        obstacles.extend(near);
        obstacles.extend(
            state
                .landmarks_here()
                .map(|(_, landmark)| Area::about(viewport.flag_center(landmark.point), RING_RADIUS_PX)),
        );
        let [left, top, width, height] = viewport.window;
        let window = Area { left: left + 4.0, top: top + 4.0, width: width - 8.0, height: height - 8.0 };
        let dots: Vec<(f64, f64)> = visible.into_iter().map(|(_, at)| at).collect();
        self.placed = place_names(named, &dots, &obstacles, &window);
        &self.placed
    }

    fn width(&mut self, context: &CanvasRenderingContext2d, known: &Coordinates, row: usize) -> f64 {
        let name = known.name[row].trim();
        if let Some(&width) = self.widths.get(name) {
            return width;
        }
        let width = context.measure_text(name).map_or(80.0, |measured| measured.width()) + 6.0;
        self.widths.insert(name.to_owned(), width);
        width
    }
}

/// The rectangle of what lies on the map, from its upper left corner; none if it is hidden.
pub fn area_on_map(canvas: &HtmlCanvasElement, selector: &str) -> Option<Area> {
    let pad = canvas.get_bounding_client_rect();
    let rect = canvas.parent_element()?.query_selector(selector).ok()??.get_bounding_client_rect();
    let (left, top) = (rect.left() - pad.left(), rect.top() - pad.top());
    (rect.height() > 0.0).then_some(Area { left, top, width: rect.width(), height: rect.height() })
}
