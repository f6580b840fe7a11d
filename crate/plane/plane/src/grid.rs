//! The fallback grid: the patches of a coarse grid of points, a few kilobytes that load long before the decoder and
//! replace it until then. Decodes nothing.

use crate::presets::Presets;
use crate::{LATENT_LIMIT, Point};

use ::patch::Patch;

/// The file of patches that the build writes (build/grid.mjs), in the format of `presets.bin`: rows from the lowest y
/// up, in each from the lowest x.
pub const FILE: &str = "grid.bin";

/// The patches of a square grid over the whole plane.
#[derive(Debug)]
pub struct FallbackGrid {
    patches: Presets,
    side: usize,
}

impl FallbackGrid {
    /// Reads the bytes of the file; `None` if they are not a square of patches.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let patches = Presets::from_bytes(bytes).ok()?;
        let count = patches.all().len();
        let side = count.isqrt();
        (side >= 2 && side * side == count).then_some(Self { patches, side })
    }

    /// The row whose point is nearest.
    pub fn nearest(&self, point: Point) -> usize {
        let step = 2.0 * LATENT_LIMIT / (self.side - 1) as f32;
        let line = |value: f32| (((value + LATENT_LIMIT) / step).round() as usize).min(self.side - 1);
        line(point.y) * self.side + line(point.x)
    }

    /// The patch of a row from [`FallbackGrid::nearest`].
    pub fn patch(&self, row: usize) -> Patch {
        self.patches.patch(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_point_of_the_grid_is_found_everywhere() {
        let grid = FallbackGrid { patches: Presets::new(vec![Patch::default(); 9]), side: 3 };
        let rows = [(-4.0, -4.0, 0), (4.0, -4.0, 2), (0.5, 0.5, 4), (4.0, 4.0, 8), (-4.0, 2.1, 6)];
        for (x, y, row) in rows {
            assert_eq!(grid.nearest(Point { x, y }), row, "{x}, {y}");
        }
    }

    #[test]
    fn only_a_whole_square_is_accepted() {
        let bytes = |count| Presets::new(vec![Patch::default(); count]).to_bytes();
        assert!(FallbackGrid::from_bytes(&bytes(9)).is_some());
        for wrong in [&bytes(8)[..], &bytes(9)[1..], &bytes(1), &[]] {
            assert!(FallbackGrid::from_bytes(wrong).is_none());
        }
    }
}
