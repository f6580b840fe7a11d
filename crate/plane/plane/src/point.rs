//! A point of the latent plane. Plain numbers; knows nothing of patches.

use serde::{Deserialize, Serialize};

/// Half the side of the latent square: it spans −4…4 both ways (the published model's range).
pub const LATENT_LIMIT: f32 = 4.0;

/// A point of the latent plane; both coordinates −4…4, y up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f32; 2]", into = "[f32; 2]")]
pub struct Point {
    /// From left to right.
    pub x: f32,
    /// From bottom to top.
    pub y: f32,
}

impl Point {
    /// The point nearest (x, y) that lies on the plane; not-a-number becomes the middle.
    pub fn on_plane(x: f32, y: f32) -> Self {
        let clamp = |v: f32| if v.is_nan() { 0.0 } else { v.clamp(-LATENT_LIMIT, LATENT_LIMIT) };
        Self { x: clamp(x), y: clamp(y) }
    }

    /// True if the point lies on the plane.
    pub fn is_on_plane(self) -> bool {
        self.x.abs() <= LATENT_LIMIT && self.y.abs() <= LATENT_LIMIT
    }

    /// Euclidean distance in latent units.
    pub fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// Linear interpolation to another point: share 0 is this point, 1 the other; clamped.
    pub fn towards(self, other: Self, share: f32) -> Self {
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        let mix = |from: f32, to: f32| from * (1.0 - share) + to * share;
        Self { x: mix(self.x, other.x), y: mix(self.y, other.y) }
    }
}

/// Clamps a saved point to the plane.
impl From<[f32; 2]> for Point {
    fn from([x, y]: [f32; 2]) -> Self {
        Self::on_plane(x, y)
    }
}

impl From<Point> for [f32; 2] {
    fn from(Point { x, y }: Point) -> Self {
        [x, y]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_points_lie_on_the_plane() {
        assert_eq!(Point::on_plane(f32::NAN, 9.0), Point { x: 0.0, y: 4.0 });
        assert_eq!(serde_json::from_str::<Point>("[-7, 0.5]").unwrap(), Point { x: -4.0, y: 0.5 });
        assert!(Point { x: -4.0, y: 4.0 }.is_on_plane() && !Point { x: 0.0, y: 4.1 }.is_on_plane());
    }

    #[test]
    fn interpolation_is_exact_at_both_ends() {
        let (here, there) = (Point { x: 0.1, y: -3.9 }, Point { x: 3.7, y: 0.3 });
        assert_eq!((here.towards(there, -1.0), here.towards(there, 1.0)), (here, there));
        assert_eq!(here.towards(there, f32::NAN), here);
        let half = here.towards(there, 0.5);
        assert!((half.distance(here) - half.distance(there)).abs() < 1e-6);
    }
}
