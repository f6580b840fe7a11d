//! Decodes points to patches: by the network, or by the coarse grid until the network is loaded. The instrument
//! treats both the same.

use model::{ModelError, PatchDecoder};
use patch::Patch;
use plane::{FallbackGrid, LATENT_LIMIT, Point};

/// Decodes any point of the plane to a patch.
pub trait PointDecoder {
    /// The patch at a point.
    ///
    /// # Errors
    /// If the network gives no finite number there.
    fn decode(&mut self, point: Point) -> Result<Patch, ModelError>;
}

impl PointDecoder for PatchDecoder {
    fn decode(&mut self, point: Point) -> Result<Patch, ModelError> {
        Self::decode(self, point)
    }
}

/// The patch of the nearest point of the grid. Never fails, never allocates.
impl PointDecoder for FallbackGrid {
    fn decode(&mut self, point: Point) -> Result<Patch, ModelError> {
        Ok(self.patch(self.nearest(point)))
    }
}

/// Decodes `count` points on a spiral over the plane; returns how many succeeded before the first failure.
pub fn warm_up(decoder: &mut dyn PointDecoder, count: u32) -> (u32, Result<(), ModelError>) {
    for done in 0..count {
        let (turn, radius) = (0.1 * done as f32, LATENT_LIMIT * done as f32 / count as f32);
        if let Err(error) = decoder.decode(Point::on_plane(radius * turn.cos(), radius * turn.sin())) {
            return (done, Err(error));
        }
    }
    (count, Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::Parameter;
    use plane::Presets;

    #[test]
    fn the_grid_gives_the_patch_of_its_nearest_point() {
        let patches = (0..4).map(|row| {
            let mut patch = Patch::default();
            patch.set(Parameter::MasterVol, row as f32 / 4.0);
            patch
        });
        let bytes = Presets::new(patches.collect()).to_bytes();
        let mut grid = FallbackGrid::from_bytes(&bytes).expect("a square");
        for (x, y, volume) in [(-3.0, -4.0, 0.0), (0.5, -0.5, 0.25), (-4.0, 4.0, 0.5), (4.0, 0.1, 0.75)] {
            let decoder: &mut dyn PointDecoder = &mut grid;
            let patch = decoder.decode(Point { x, y }).expect("it never fails");
            assert_eq!(patch.get(Parameter::MasterVol), volume, "at {x}, {y}");
        }
    }
}
