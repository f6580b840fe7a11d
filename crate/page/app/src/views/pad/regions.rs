//! The names of regions and of their quarters on the map: measures them, and draws those that `play::region_labels`
//! has placed. They fade while fingers play.

use play::State;
use play::dot_names::Area;
use play::region_labels::{NameRank, WantedLabel, place_labels};
use play::regions::Region;
use play::viewport::{RING_RADIUS_PX, Viewport};
use web_sys::CanvasRenderingContext2d;

use crate::views::pad::draw::Pen;
use crate::words::Language;

/// The fonts of the larger half of the names and of the others, and their heights in CSS pixels.
const FONTS: [(&str, f64); 2] =
    [("650 16px system-ui, sans-serif", 21.0), ("450 14px system-ui, sans-serif", 18.0)];
/// How many regions have the larger font.
const LARGE_COUNT: usize = 6;
/// The opacity while fingers play.
const FADED: f64 = 0.45;

/// The names on the map, and what they were placed for.
#[derive(Default)]
pub struct RegionNames {
    placed: Vec<PlacedRegion>,
    placed_for: Option<PlacedFor>,
    is_faded: bool,
}

struct PlacedRegion {
    text: String,
    area: Area,
    font: &'static str,
}

#[derive(Clone, Debug, PartialEq)]
struct PlacedFor {
    viewport: Viewport,
    regions: Vec<Region>,
}

impl PlacedFor {
    fn of(state: &State) -> Self {
        Self { viewport: state.map.viewport, regions: regions_of(state) }
    }
}

impl RegionNames {
    /// The names are to be placed again: what lies on the map may have moved.
    pub fn outdate(&mut self) {
        self.placed_for = None;
    }

    /// True if the names are placed for another view.
    pub fn are_outdated(&self, state: &State) -> bool {
        self.placed_for.as_ref() != Some(&PlacedFor::of(state))
    }

    /// Fades the names while fingers play; returns whether that changes them.
    pub fn fade(&mut self, state: &State) -> bool {
        let is_faded = state.touches.is_touched();
        std::mem::replace(&mut self.is_faded, is_faded) != is_faded && !self.placed.is_empty()
    }

    /// Places the names of the rank of the zoom beside what is `taken`.
    pub fn place(
        &mut self,
        state: &State,
        language: &Language,
        context: &CanvasRenderingContext2d,
        taken: &[Area],
    ) {
        let now = PlacedFor::of(state);
        let viewport = now.viewport;
        self.placed.clear();
        let mut texts = Vec::with_capacity(now.regions.len());
        let mut wanted = Vec::with_capacity(now.regions.len());
        for (number, region) in now.regions.iter().enumerate() {
            let (font, height) = FONTS[usize::from(number >= LARGE_COUNT || region.quality.is_some())];
            let text = language.region(region);
            context.set_font(font);
            let width = context.measure_text(&text).map_or(80.0, |measured| measured.width()) + 6.0;
            wanted.push(WantedLabel { at: viewport.to_screen(region.point), size: [width, height] });
            texts.push((text, font));
        }
        let [left, top, width, height] = viewport.window;
        let window = Area { left: left + 6.0, top: top + 6.0, width: width - 12.0, height: height - 12.0 };
        let areas = place_labels(&wanted, taken, &window);
        for ((text, font), area) in texts.into_iter().zip(areas) {
            if let Some(area) = area {
                self.placed.push(PlacedRegion { text, area, font });
            }
        }
        self.placed_for = Some(now);
    }

    /// Draws the names.
    pub fn draw(&self, pen: &Pen<'_>, state: &State) {
        let here = Area::about(pen.viewport.to_screen(state.point()), RING_RADIUS_PX);
        let context = pen.context;
        for PlacedRegion { text, area, font } in &self.placed {
            context.set_font(font);
            let is_under_ring = area.overlaps(&here);
            context.set_global_alpha(if self.is_faded || is_under_ring { FADED } else { 1.0 });
            pen.outlined((area.left + area.width / 2.0, area.top + area.height / 2.0), text);
        }
        context.set_global_alpha(1.0);
    }
}

/// The regions that have names at the zoom.
fn regions_of(state: &State) -> Vec<Region> {
    let library = &state.library;
    if !state.is_amsynth() || library.presets.is_none() || !state.overlays().names {
        return Vec::new();
    }
    let regions = state.map.finder.sounds(library).regions(library);
    match NameRank::at(state.map.viewport.zoom()) {
        NameRank::Regions => regions.whole.clone(),
        NameRank::Quarters => regions.quarters.clone(),
        NameRank::Presets => Vec::new(),
    }
}
