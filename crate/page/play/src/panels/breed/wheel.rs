//! The places of the children on the map: clockwise around the current point, the first two above it.

use plane::Point;

use super::{Breed, CHILD_COUNT};
use crate::page::Tab;
use crate::panels::PanelId;
use crate::state::State;

/// The greatest distance of the children from the middle, in CSS pixels: their labels neither touch each other nor the
/// ring.
const RADIUS_PX: f64 = 58.0;
/// The room of a label beyond that, in CSS pixels.
const LABEL_PX: f64 = 14.0;
/// The wheel takes at most this share of the lesser side of a flat map.
const SHARE: f64 = 0.46;

/// The wheel.
#[derive(Clone, Debug, PartialEq)]
pub struct BreedWheel {
    /// The sound in the middle.
    pub middle: Point,
    /// The children.
    pub children: Vec<Point>,
    /// The position of the child that was heard last.
    pub chosen: Option<usize>,
}

impl State {
    /// The wheel of children over the map, while a person sees the panel.
    pub fn breed_wheel(&self) -> Option<BreedWheel> {
        let is_seen = self.panels.is_open(PanelId::Breed) && self.page.tab == Tab::Sound && self.is_amsynth();
        let round = self.panels.breed.rounds.shown().filter(|_| is_seen)?;
        let children =
            (0..round.children.len()).map(|child| self.child_point(round.start.parent.location.point, child));
        Some(BreedWheel {
            middle: round.start.parent.location.point,
            children: children.collect(),
            chosen: round.chosen,
        })
    }

    /// The place of a child around a point. At the edge of the map the wheel moves inside.
    pub(super) fn child_point(&self, middle: Point, child: usize) -> Point {
        let viewport = &self.map.viewport;
        let [_, _, width, height] = viewport.window;
        let room = SHARE * width.min(height);
        if room <= 0.0 {
            return middle;
        }
        let radius = RADIUS_PX.min(room - LABEL_PX).max(0.0);
        let (x, y) = viewport.kept_inside(middle, radius + LABEL_PX);
        let turns = ((child % CHILD_COUNT) as f64 - 0.5) / CHILD_COUNT as f64;
        let angle = turns * std::f64::consts::TAU;
        let point = viewport.to_plane(x + radius * angle.sin(), y - radius * angle.cos());
        Point::on_plane(point.x, point.y)
    }
}

impl Breed {
    /// True if there are children on the map.
    pub fn has_children(&self) -> bool {
        self.rounds.shown().is_some_and(|round| !round.children.is_empty())
    }
}
