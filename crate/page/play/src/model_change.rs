//! ModelMoves what a person has placed on the plane when another model places the known presets: landmarks, comparison and
//! loops go where the presets around them have gone, and back to the same points when the model before returns.

use std::rc::Rc;

use plane::{Coordinates, Point};

use crate::Document;
use crate::compare::Location;
use crate::library::Library;
use crate::loops::RecordedLoop;

/// How many of the nearest presets move a point.
const GUIDES: usize = 8;
/// Rows that are searched for guides; some of them may be gone in the other table.
const SEARCHED: usize = 32;
/// How much the affine map resists a turn that its guides hardly show, as a share of their spread.
const STIFFNESS: f32 = 1e-3;
/// A point so close to a preset is the preset's own, in latent units.
const SAME_PLACE: f32 = 1e-5;

/// The change from one model to another.
pub struct ModelChange<'a> {
    before: &'a Library,
    known: &'a Coordinates,
    after: &'a Coordinates,
    /// The moves of the change before, if this one takes it back.
    returns: ModelMoves,
    moves: ModelMoves,
}

/// The points and loops that a change has moved, before and after it. The steps of undo share loops.
#[derive(Clone, Debug, Default)]
pub struct ModelMoves {
    /// The marks of the models, see [`mark`].
    marks: Option<[Point; 2]>,
    points: Vec<[Point; 2]>,
    loops: Vec<[Rc<RecordedLoop>; 2]>,
}

impl<'a> ModelChange<'a> {
    /// The change from the loaded table to another one; `None` if both place the presets alike. `last`: the moves of
    /// the change before.
    pub fn new(before: &'a Library, after: &'a Coordinates, last: &ModelMoves) -> Option<Self> {
        let known = before.known.as_deref()?;
        let marks @ [from, to] = [mark(known)?, mark(after)?];
        let returns = if last.marks == Some([to, from]) { last.clone() } else { ModelMoves::default() };
        let moves = ModelMoves { marks: Some(marks), ..ModelMoves::default() };
        (from != to).then_some(Self { before, known, after, returns, moves })
    }

    /// The mark of the model before, see [`mark`].
    pub fn mark_before(&self) -> Option<Point> {
        mark(self.known)
    }

    /// The points and loops that were moved.
    pub fn into_moves(self) -> ModelMoves {
        self.moves
    }

    /// A document of the model before, for the model after. The current point follows its preset; another one stays
    /// below the finger.
    pub fn document(&mut self, document: &Document) -> Document {
        let mut moved = document.clone();
        if let Some(point) = document.patch.as_deref().and_then(|patch| self.preset(document.point, patch)) {
            moved.point = point;
        }
        if let Some(other) = moved.comparison.other.take() {
            moved.comparison.other = Some(self.location(other));
        }
        moved.landmarks.relocate(|location| self.location(location));
        moved.loops.replace(|own| self.recorded(own));
        moved
    }

    /// A location; that of a preset follows it.
    pub fn location(&mut self, location: Location) -> Location {
        if !location.instrument.is_amsynth() {
            return location;
        }
        let preset = location.patch.as_deref().and_then(|patch| self.preset(location.point, patch));
        Location { point: preset.unwrap_or_else(|| self.place(location.point)), ..location }
    }

    /// The point of the preset that is exactly this patch at this point.
    pub fn preset(&self, point: Point, patch: &patch::Patch) -> Option<Point> {
        row_point(self.after, self.before.exact_preset(point, patch)?)
    }

    /// The new place of a point.
    fn place(&mut self, point: Point) -> Point {
        let before = self.returns.points.iter().find(|[_, after]| *after == point);
        let moved = before.map_or_else(|| self.point(point), |[before, _]| *before);
        self.moves.points.push([point, moved]);
        moved
    }

    fn recorded(&mut self, own: &Rc<RecordedLoop>) -> Rc<RecordedLoop> {
        if own.domain().is_some() {
            return Rc::clone(own);
        }
        if let Some([_, moved]) = self.moves.loops.iter().find(|[before, _]| Rc::ptr_eq(before, own)) {
            return Rc::clone(moved);
        }
        let is_same = |[_, after]: &&[Rc<RecordedLoop>; 2]| after.has_same_fingers(own);
        let fingers = match self.returns.loops.iter().find(is_same) {
            Some([before, _]) => before.fingers.clone(),
            None => own.fingers.iter().map(|finger| finger.with_points(|point| self.point(point))).collect(),
        };
        let moved = Rc::new(RecordedLoop { fingers, ..(**own).clone() });
        self.moves.loops.push([Rc::clone(own), Rc::clone(&moved)]);
        moved
    }

    /// A point goes where the affine map leads that fits its nearest presets best (S. Schaefer et al., “Image
    /// deformation using moving least squares”, 2006, equation 5). The nearer a preset is, the more it counts, and the
    /// farthest counts nothing, so that a path stays whole.
    fn point(&self, point: Point) -> Point {
        let near = self.known.nearest(point.x, point.y, SEARCHED).into_iter();
        let there = |row: usize| row_point(self.known, row).zip(row_point(self.after, row));
        let near = near.filter_map(|near| Some((near.distance, there(near.position)?)));
        let guides: Vec<(f32, (Point, Point))> = near.take(GUIDES + 1).collect();
        let (Some(&(nearest, (_, first))), Some(&(farthest, _))) = (guides.first(), guides.last()) else {
            return point;
        };
        if nearest <= SAME_PLACE || nearest == farthest {
            return first;
        }
        let weight = |distance: f32| ((farthest - distance) / (farthest * distance)).powi(2);
        let weighted: Vec<Guide> = guides
            .iter()
            .map(|&(distance, (from, to))| Guide { weight: weight(distance), from, to })
            .collect();
        affine(point, &weighted)
    }
}

/// A known preset near a point: its point before and after, and how much it counts.
struct Guide {
    weight: f32,
    from: Point,
    to: Point,
}

/// The image of a point by the affine map that fits the guides best.
fn affine(point: Point, guides: &[Guide]) -> Point {
    let total: f32 = guides.iter().map(|guide| guide.weight).sum();
    let middle = |of: fn(&Guide) -> Point| {
        let sum = |axis: fn(Point) -> f32| guides.iter().map(|own| own.weight * axis(of(own))).sum::<f32>();
        [sum(|own| own.x) / total, sum(|own| own.y) / total]
    };
    let (from, to) = (middle(|own| own.from), middle(|own| own.to));
    // Products of the distances from the middle: of the points before with themselves, and with those after.
    let mut own = [[0.0; 2]; 2];
    let mut crossed = [[0.0; 2]; 2];
    for guide in guides {
        let before = [guide.from.x - from[0], guide.from.y - from[1]];
        let after = [guide.to.x - to[0], guide.to.y - to[1]];
        for (row, &at) in before.iter().enumerate() {
            for column in 0..2 {
                own[row][column] += guide.weight * at * before[column];
                crossed[row][column] += guide.weight * at * after[column];
            }
        }
    }
    // Guides on a line say nothing of the way across it.
    let ridge = STIFFNESS * (own[0][0] + own[1][1]);
    let [[a, b], [c, d]] = [[own[0][0] + ridge, own[0][1]], [own[1][0], own[1][1] + ridge]];
    let determinant = a * d - b * c;
    if determinant <= 0.0 {
        return Point::on_plane(to[0], to[1]);
    }
    let [x, y] = [point.x - from[0], point.y - from[1]];
    let shares = [(x * d - y * c) / determinant, (y * a - x * b) / determinant];
    let along = |axis: usize| to[axis] + shares[0] * crossed[0][axis] + shares[1] * crossed[1][axis];
    Point::on_plane(along(0), along(1))
}

/// The mark of a model: the point of the first known preset.
pub fn mark(known: &Coordinates) -> Option<Point> {
    row_point(known, 0)
}

fn row_point(known: &Coordinates, row: usize) -> Option<Point> {
    Some(Point { x: *known.x.get(row)?, y: *known.y.get(row)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use plane::LATENT_LIMIT;
    use proptest::prelude::*;

    fn table(points: &[(f32, f32)]) -> Coordinates {
        let (x, y) = points.iter().copied().unzip();
        let rows = points.len();
        let index = (0..rows as u16).collect();
        Coordinates {
            name: vec![String::new(); rows],
            bank: vec![0; rows],
            index,
            x,
            y,
            ..Coordinates::default()
        }
    }

    proptest! {
        #[test]
        fn every_point_stays_on_the_plane(
            // Whole numbers, so that presets often share a point or lie on a line: x and y before, x and y after.
            rows in prop::collection::vec(prop::array::uniform4(-4i8..=4), 1..20),
            removed in 0usize..3,
            (x, y) in (-4.0f32..=4.0, -4.0f32..=4.0),
        ) {
            let all = |x: usize, y: usize| -> Vec<(f32, f32)> {
                rows.iter().map(|row| (row[x].into(), row[y].into())).collect()
            };
            let (before, mut after) = (table(&all(0, 1)), table(&all(2, 3)));
            after.x.truncate(rows.len().saturating_sub(removed).max(1));
            after.y.truncate(after.x.len());
            let library = Library { known: Some(Rc::new(before)), ..Library::default() };
            let Some(change) = ModelChange::new(&library, &after, &ModelMoves::default()) else { return Ok(()) };
            for point in [Point { x, y }, Point { x: x.round(), y: y.round() }] {
                let moved = change.point(point);
                prop_assert!(moved.x.abs() <= LATENT_LIMIT && moved.y.abs() <= LATENT_LIMIT, "{moved:?}");
            }
        }
    }
}
