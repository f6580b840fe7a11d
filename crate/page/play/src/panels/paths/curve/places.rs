//! The places that a path passes and the circles that it avoids, as values: adding, changing, removing and undoing.

use path::target::Circle;
use plane::Point;
use serde::{Deserialize, Serialize};

use super::STEPS;

/// The most places of a kind.
pub(super) const MOST: usize = 8;
/// The plane ends at ±4; a circle is no larger.
pub(super) const LIMIT: f64 = 4.0;
/// The radius of a new circle, in latent units, and the least.
const RADIUS: f64 = 0.5;
pub(super) const LEAST_RADIUS: f64 = 0.05;
/// The changes that can be undone.
const MEMORY: usize = 100;

/// A kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum PathsPlaceKind {
    /// The path passes it.
    Pass,
    /// It is the middle of a circle that the path avoids.
    Avoid,
}

/// A place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsTargetCondition {
    /// Its kind.
    pub kind: PathsPlaceKind,
    /// Its number among those of its kind, from 1.
    pub number: usize,
    /// Its x.
    pub x: f64,
    /// Its y.
    pub y: f64,
    /// The share of the time at which the path passes it, 0…1.
    pub share: f64,
    /// The radius of its circle, in latent units.
    pub radius: f64,
}

impl PathsTargetCondition {
    /// The step at which the path passes it.
    fn step(&self) -> usize {
        (self.share * (STEPS - 1) as f64).round() as usize
    }
}

/// The places, oldest first, and what they were before.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    list: Vec<PathsTargetCondition>,
    past: Vec<Vec<PathsTargetCondition>>,
}

/// A coordinate as exact as it is shown, within the plane.
fn coordinate(value: f64) -> f64 {
    (value.clamp(-LIMIT, LIMIT) * 100.0).round() / 100.0
}

impl Places {
    pub fn list(&self) -> &[PathsTargetCondition] {
        &self.list
    }

    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Adds a place; returns it, `None` if there is no room.
    pub fn add(&mut self, kind: PathsPlaceKind, [x, y]: [f64; 2]) -> Option<PathsTargetCondition> {
        let alike = self.list.iter().filter(|place| place.kind == kind);
        let mut shares: Vec<f64> = [0.0, 1.0].into_iter().chain(alike.map(|place| place.share)).collect();
        let number = shares.len() - 1;
        if number > MOST {
            return None;
        }
        // In the middle of the largest part of the time that has no place; of several the first.
        shares.sort_by(f64::total_cmp);
        let wider =
            |best: [f64; 2], next: [f64; 2]| if next[1] - next[0] > best[1] - best[0] { next } else { best };
        let [from, to] = shares.windows(2).map(|pair| [pair[0], pair[1]]).reduce(wider).unwrap_or([0.0, 1.0]);
        let share = from + (to - from) / 2.0;
        let place =
            PathsTargetCondition { kind, number, x: coordinate(x), y: coordinate(y), share, radius: RADIUS };
        let mut list = self.list.clone();
        list.push(place);
        self.take(list, false);
        Some(place)
    }

    /// Changes a place, as part of the change before if it goes on; returns false if the step is another place's.
    pub fn change(
        &mut self,
        index: usize,
        goes_on: bool,
        change: impl FnOnce(&mut PathsTargetCondition),
    ) -> bool {
        let mut list = self.list.clone();
        let Some(own) = list.get_mut(index) else { return false };
        change(own);
        own.x = coordinate(own.x);
        own.y = coordinate(own.y);
        let own = *own;
        let is_other = |(other, place): (usize, &PathsTargetCondition)| {
            other != index && place.kind == PathsPlaceKind::Pass && place.step() == own.step()
        };
        if own.kind == PathsPlaceKind::Pass && list.iter().enumerate().any(is_other) {
            return false;
        }
        self.take(list, goes_on);
        true
    }

    /// Removes a place; returns it.
    pub fn remove(&mut self, index: usize) -> Option<PathsTargetCondition> {
        let mut list = self.list.clone();
        let removed = (index < list.len()).then(|| list.remove(index))?;
        self.take(list, false);
        Some(removed)
    }

    /// Undoes the last change; returns whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.past.pop() else { return false };
        self.list = before;
        true
    }

    fn take(&mut self, mut list: Vec<PathsTargetCondition>, goes_on: bool) {
        let mut counts = [0; 2];
        for place in &mut list {
            let count = &mut counts[place.kind as usize];
            *count += 1;
            place.number = *count;
        }
        let before = std::mem::replace(&mut self.list, list);
        if !goes_on {
            self.past.push(before);
            let forgotten = self.past.len().saturating_sub(MEMORY);
            self.past.drain(..forgotten);
        }
    }

    fn of(&self, kind: PathsPlaceKind) -> impl Iterator<Item = (&PathsTargetCondition, Point)> {
        let places = self.list.iter().filter(move |place| place.kind == kind);
        places.map(|place| (place, Point::on_plane(place.x as f32, place.y as f32)))
    }

    /// The step and the point of each place that is passed.
    pub fn pins(&self) -> Vec<(usize, Point)> {
        self.of(PathsPlaceKind::Pass).map(|(place, point)| (place.step(), point)).collect()
    }

    /// The circles.
    pub fn circles(&self) -> Vec<Circle> {
        let circle =
            |(place, centre): (&PathsTargetCondition, Point)| Circle { centre, radius: place.radius as f32 };
        self.of(PathsPlaceKind::Avoid).map(circle).collect()
    }
}
