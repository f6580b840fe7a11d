//! Estimates the sounds between the points of a grid by cubic interpolation of the sounds' coordinates: E. Catmull and
//! R. Rom, "A class of local interpolating splines", Computer Aided Geometric Design, 1974.

use features::{PerceptualDistance, SoundCoordinates};
use plane::map::Map;
use plane::{LATENT_LIMIT, Point};

use crate::plane_sounds::PlaneSounds;

/// The sounds of a grid as [`features::coordinate_distance`] compares them.
pub(crate) struct InterpolatedSounds {
    grid: u16,
    spacing: f32,
    /// The sounds in the order of [`Map::points`], row by row.
    sounds: Vec<SoundCoordinates>,
}

impl InterpolatedSounds {
    pub(crate) fn new(metric: &PerceptualDistance, plane: &PlaneSounds) -> Self {
        let sounds = plane.iter().map(|(_, sound)| metric.coordinates(sound)).collect();
        Self { grid: plane.grid(), spacing: plane.spacing(), sounds }
    }

    /// Distance between two neighbouring points of the grid, in latent units.
    pub(crate) fn spacing(&self) -> f32 {
        self.spacing
    }

    /// The points of the grid and their sounds.
    pub(crate) fn points(&self) -> impl Iterator<Item = (Point, &SoundCoordinates)> {
        Map::points(self.grid, LATENT_LIMIT).zip(&self.sounds)
    }

    /// The points of the grid that are less than two points away from one along both axes.
    pub(crate) fn around(&self, point: Point) -> impl Iterator<Item = Point> {
        let [columns, rows] = [point.x, point.y].map(|coordinate| {
            let first = self.place(coordinate).floor() as usize;
            first.saturating_sub(1)..(first + 3).min(self.side())
        });
        let place = |index: usize| index as f32 * self.spacing - LATENT_LIMIT;
        rows.flat_map(move |row| columns.clone().map(move |column| Point { x: place(column), y: place(row) }))
    }

    /// The sound at a point, by those of the 16 points of the grid around it; at the edge the last ones count again.
    pub(crate) fn at(&self, point: Point) -> SoundCoordinates {
        let axis = |coordinate: f32| {
            let place = self.place(coordinate);
            let first = place.floor().min((self.side() - 2) as f32);
            (first as usize, weights(place - first))
        };
        let ((column, across), (row, up)) = (axis(point.x), axis(point.y));
        let mut sound = [0.0; _];
        for (down, up) in up.iter().enumerate() {
            for (right, across) in across.iter().enumerate() {
                let at = |first: usize, step: usize| (first + step).saturating_sub(1).min(self.side() - 1);
                let of_grid = &self.sounds[at(row, down) * self.side() + at(column, right)];
                let weight = up * across;
                for (number, of_grid) in sound.iter_mut().zip(of_grid) {
                    *number += weight * of_grid;
                }
            }
        }
        sound
    }

    fn side(&self) -> usize {
        self.grid.into()
    }

    /// A coordinate in points of the grid, from 0.
    fn place(&self, coordinate: f32) -> f32 {
        ((coordinate + LATENT_LIMIT) / self.spacing).clamp(0.0, (self.side() - 1) as f32)
    }
}

/// Weights of four neighbours for a place between the two in the middle, 0…1.
fn weights(t: f32) -> [f32; 4] {
    let (square, cube) = (t * t, t * t * t);
    [
        0.5 * (2.0 * square - cube - t),
        0.5 * (3.0 * cube - 5.0 * square + 2.0),
        0.5 * (4.0 * square - 3.0 * cube + t),
        0.5 * (cube - square),
    ]
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A plane whose sounds are a function of the point.
    pub(crate) fn plane_of(grid: u16, sound: impl Fn(Point) -> SoundCoordinates) -> InterpolatedSounds {
        let sounds = Map::points(grid, LATENT_LIMIT).map(sound).collect();
        InterpolatedSounds { grid, spacing: 2.0 * LATENT_LIMIT / f32::from(grid - 1), sounds }
    }

    #[test]
    fn a_slope_stays_one_inside_and_the_grid_keeps_its_sounds() {
        let value = |point: Point| 2.0 * point.x - 3.0 * point.y + 1.0;
        let plane = plane_of(9, |point| [value(point); _]);
        for point in [[0.3, -1.7], [2.9, 2.9], [-3.0, 0.0]].map(Point::from) {
            assert!((plane.at(point)[5] - value(point)).abs() < 1e-4, "{point:?}: {}", plane.at(point)[5]);
        }
        for (point, sound) in plane.points() {
            assert_eq!(sound[0], value(point));
            assert!((plane.at(point)[0] - value(point)).abs() < 1e-4, "{point:?}");
        }
    }

    #[test]
    fn the_neighbours_of_a_point_are_on_the_grid() {
        let plane = plane_of(9, |_| [0.0; _]);
        assert_eq!(plane.around(Point { x: 0.5, y: 0.5 }).count(), 16);
        assert_eq!(plane.around(Point { x: -4.0, y: 4.0 }).count(), 3 * 2);
    }
}
