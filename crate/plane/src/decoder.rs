//! What every decoder of the plane does: a point in, a patch out. The network of crate `model` is one, the fallback grid
//! is another, and on the audio thread the module with the network is a third (crate `worklet`).

use patch::Patch;

use crate::{FallbackGrid, Point};

/// A decoder gives no patch at a point. The decoder itself knows the reason.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("the decoder gives no patch at {}, {}; choose another model", .0.x, .0.y)]
pub struct DecodeError(pub Point);

/// Decodes any point of the plane to a patch.
pub trait PointDecoder {
    /// The patch at a point.
    ///
    /// # Errors
    /// If there is none, for example because the network gives no finite number there.
    fn decode(&mut self, point: Point) -> Result<Patch, DecodeError>;
}

/// The patch of the nearest point of the grid. Never fails, never allocates.
impl PointDecoder for FallbackGrid {
    fn decode(&mut self, point: Point) -> Result<Patch, DecodeError> {
        Ok(self.patch(self.nearest(point)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Presets;
    use patch::Parameter;

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
